/** Positions, orders, fills and signals as tables; newest first, bounded. */
import { alertText } from './codes.js';
import { byId, element, row, Rows, setClass, setText } from './dom.js';
import { count, decimal, fixed, money, plainMoney, quantity, time, tone } from './format.js';
import { onLanguage, t, word } from './i18n.js';

const MAX_ROWS = 200;
const WORKING = new Set(['pendingNew', 'new', 'partiallyFilled', 'pendingCancel', 'pendingReplace', 'replaced']);
const STATUS_KIND = { filled: 'good', partiallyFilled: 'note', rejected: 'bad' };

export const isWorking = status => WORKING.has(status);
export const botName = data => data.bot ?? (data.accountName ? `${t('manual')} · ${data.accountName}` : t('manual'));

export function sideText(side) {
  return element('span', side === 'buy' ? 'up' : side === 'sell' ? 'down' : 'soft', word(side));
}

export function statusTag(data) {
  const tag = element('span', 'tag ' + (STATUS_KIND[data.status] ?? (isWorking(data.status) ? 'fair' : '')), word(data.status));
  if (data.reason) tag.title = alertText({ code: data.code, text: data.reason });
  return tag;
}

function when(cell, ms) {
  setText(cell, time(ms));
  setClass(cell, 'soft');
}

export class Positions {
  #rows = new Rows(document.querySelector('#positions tbody'), () =>
    row(['bot', 'symbol', 'quantity:num', 'average:num wide', 'last:num wide', 'unrealised:num', 'realised:num', 'fees:num wide']));
  #records = new Map();

  constructor() {
    onLanguage(() => this.#records.forEach(record => this.update(record)));
  }

  of(bot) {
    return [...this.#records.values()].map(record => record.data).filter(data => data.bot === bot);
  }

  update(record) {
    const { data, key } = record;
    const isGone = Number(data.quantity) === 0 && Number(data.realisedPnl) === 0;
    if (isGone) {
      this.#rows.remove(key);
      this.#records.delete(key);
    } else {
      this.#records.set(key, record);
      this.#fill(this.#rows.get(key), data);
    }
    byId('positions-empty').hidden = this.#rows.size > 0;
    const open = [...this.#records.values()].filter(({ data: { quantity } }) => Number(quantity) !== 0).length;
    setText(byId('position-count'), open ? String(open) : '');
  }

  quote({ data }) {
    for (const [key, record] of this.#records) {
      if (record.data.symbol === data.symbol && record.data.venue === data.venue) {
        setText(this.#rows.get(key).last, decimal(data.last ?? data.bid));
      }
    }
  }

  #fill(cells, data) {
    const isFlat = Number(data.quantity) === 0;
    setText(cells.bot, botName(data));
    setText(cells.symbol, data.symbol ?? '–');
    setText(cells.quantity, isFlat ? t('flat') : quantity(data.symbol, data.quantity));
    setClass(cells.quantity, 'num ' + (isFlat ? 'soft' : tone(data.quantity, 12)));
    setText(cells.average, isFlat ? '–' : decimal(data.averagePrice));
    for (const [cell, value] of [[cells.unrealised, data.unrealisedPnl], [cells.realised, data.realisedPnl]]) {
      setText(cell, money(value));
      setClass(cell, 'num ' + tone(value));
    }
    setText(cells.fees, plainMoney(data.fees));
  }
}

/** Newest first; `limit` rows at most. */
class Tape {
  #body;
  #empty;
  #columns;

  constructor(id, columns) {
    this.#body = document.querySelector(`#${id} tbody`);
    this.#empty = byId(id + '-empty');
    this.#columns = columns;
  }

  put() {
    const cells = row(this.#columns);
    this.#body.prepend(cells.node);
    while (this.#body.children.length > MAX_ROWS) this.#body.lastChild.remove();
    this.#empty.hidden = true;
    return cells;
  }

  clear() {
    this.#body.replaceChildren();
    this.#empty.hidden = false;
  }
}

export class Fills {
  #tape = new Tape('fills', ['time', 'bot', 'symbol', 'side', 'quantity:num', 'price:num', 'fee:num wide', 'liquidity:wide soft']);
  #all = [];

  constructor() {
    onLanguage(() => { const all = this.#all; this.clear(); all.forEach(record => this.add(record)); });
  }

  of(bot) {
    return this.#all.map(record => record.data).filter(data => data.bot === bot).reverse();
  }

  clear() {
    this.#all = [];
    this.#tape.clear();
    setText(byId('fill-count'), '');
  }

  add(record) {
    const { data } = record;
    this.#all.push(record);
    if (this.#all.length > MAX_ROWS) this.#all.shift();
    const cells = this.#tape.put();
    cells.node.dataset.trade = data.tradeId;
    when(cells.time, data.time);
    setText(cells.bot, botName(data));
    setText(cells.symbol, data.symbol ?? '–');
    cells.side.append(sideText(data.side));
    setText(cells.quantity, quantity(data.symbol, data.quantity));
    setText(cells.price, decimal(data.price));
    setText(cells.fee, fixed(data.fee, 4));
    setText(cells.liquidity, word(data.liquidity));
  }
}

export class Orders {
  #tape = new Tape('orders', ['time', 'bot', 'symbol', 'side', 'quantity:num', 'filled:num wide', 'price:num', 'status']);
  #orders = new Map();
  #onChange;
  #waiting = new Map();

  constructor(onChange) {
    this.#onChange = onChange;
    byId('only-open').addEventListener('change', () => this.#redraw());
    onLanguage(() => this.#redraw());
  }

  of(bot) {
    return [...this.#orders.values()].map(order => order.data).filter(data => data.bot === bot).reverse();
  }

  /** Prices of own working orders in an instrument. */
  workingPrices(key) {
    return new Set([...this.#orders.values()].filter(({ data }) => isWorking(data.status) && `${data.venue}:${data.symbol}` === key)
      .map(({ data }) => Number(data.newPrice ?? data.price)));
  }

  clear() {
    this.#orders.clear();
    this.#redraw();
  }

  /** Resolves with what became of the order that a command in the journal asked for. */
  outcome(sequence) {
    const told = [...this.#orders.values()].find(({ data }) => data.causeSequence === sequence);
    if (told) return Promise.resolve(told.data);
    return new Promise(resolve => this.#waiting.set(sequence, resolve));
  }

  #told(sequence, data) {
    this.#waiting.get(sequence)?.(data);
    this.#waiting.delete(sequence);
  }

  /** An event about an order, or its whole state; what comes late or twice changes nothing. */
  add(data) {
    const key = data.orderId === '0' && data.status === 'rejected' ? `refused at ${data.offset}` : data.orderId;      // refused before it was one
    const known = this.#orders.get(key);
    if (known && data.offset <= known.data.offset) return;
    const order = known ?? { cells: null };
    order.data = { ...known?.data, ...data };
    if (!known) {
      this.#orders.set(key, order);
      if (this.#orders.size > 4 * MAX_ROWS) this.#orders.delete(this.#orders.keys().next().value);
    }
    this.#draw(order);
    this.#showCount();
    this.#onChange(data);
    if (data.causeSequence !== undefined) this.#told(data.causeSequence, data);
  }

  #draw(order) {
    const { data } = order;
    if (byId('only-open').checked && !isWorking(data.status)) {
      order.cells?.node.remove();
      order.cells = null;
      return;
    }
    if (!order.cells?.node.isConnected) {
      order.cells = this.#tape.put();
      order.cells.node.dataset.order = data.orderId;
    }
    const { cells } = order;
    cells.node.classList.toggle('done', !isWorking(data.status) && data.status !== 'filled');
    when(cells.time, data.time);
    setText(cells.bot, botName(data));
    setText(cells.symbol, data.symbol ?? '–');
    cells.side.replaceChildren(sideText(data.side));
    setText(cells.quantity, quantity(data.symbol, data.newQuantity ?? data.quantity));
    setText(cells.filled, Number(data.filledQuantity) ? quantity(data.symbol, data.filledQuantity) : '–');
    setText(cells.price, data.orderType === 'market' ? t('market') : decimal(data.newPrice ?? data.price));
    cells.status.replaceChildren(statusTag(data));
  }

  #redraw() {
    this.#tape.clear();
    for (const order of this.#orders.values()) {
      order.cells = null;
      this.#draw(order);
    }
    this.#showCount();
  }

  #showCount() {
    const open = [...this.#orders.values()].filter(({ data }) => isWorking(data.status)).length;
    setText(byId('order-count'), open ? count(open) : '');
  }
}

export class Signals {
  #tape = new Tape('signals', ['time', 'bot', 'symbol', 'name', 'side', 'value:num']);
  #all = [];

  constructor() {
    onLanguage(() => { const all = this.#all; this.clear(); all.forEach(record => this.add(record)); });
  }

  clear() {
    this.#all = [];
    this.#tape.clear();
  }

  add(record) {
    const { data } = record;
    this.#all.push(record);
    if (this.#all.length > MAX_ROWS) this.#all.shift();
    const cells = this.#tape.put();
    when(cells.time, data.time);
    setText(cells.bot, botName(data));
    setText(cells.symbol, data.symbol ?? '–');
    setText(cells.name, data.name ?? '–');
    cells.side.append(sideText(data.side));
    setText(cells.value, decimal(data.value, 2, 4));
  }
}
