/** The panels. Each keeps its rows by key and touches only what changed. */
import { count, decimal, money, nanos, percent, plainMoney, short, time, tone, words } from './format.js';

const SPARK_POINTS = 60;
const MAX_ROWS = 200;

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function showEmpty(id, isEmpty) {
  document.getElementById(id + '-empty').hidden = !isEmpty;
}

function body(id) {
  return document.querySelector('#' + id + ' tbody');
}

function side(text) {
  return element('span', text === 'buy' ? 'up' : text === 'sell' ? 'down' : 'soft', text || '–');
}

/** A table whose rows are found by key and kept sorted by it. */
class Rows {
  constructor(id, make) {
    this.id = id;
    this.body = body(id);
    this.make = make;
    this.rows = new Map();
  }

  get(key) {
    let row = this.rows.get(key);
    if (!row) {
      row = this.make(key);
      this.rows.set(key, row);
      const after = [...this.rows.keys()].sort();
      const next = after[after.indexOf(key) + 1];
      this.body.insertBefore(row.node, next ? this.rows.get(next).node : null);
    }
    showEmpty(this.id, false);
    return row;
  }

  remove(key) {
    const row = this.rows.get(key);
    if (row) {
      row.node.remove();
      this.rows.delete(key);
      showEmpty(this.id, this.rows.size === 0);
    }
  }

  clear() {
    this.body.replaceChildren();
    this.rows.clear();
    showEmpty(this.id, true);
  }
}

function cells(names) {
  const node = element('tr');
  const row = { node };
  for (const name of names) {
    const [key, className] = name.split(':');
    row[key] = node.appendChild(element('td', className || ''));
  }
  return row;
}

export class Markets {
  constructor() {
    this.rows = new Rows('markets', key => {
      const row = cells(['symbol', 'last:num', 'change:num', 'spark:spark', 'bid:num', 'ask:num', 'volume:num wide', 'feed']);
      row.points = [];
      row.node.dataset.symbol = key;
      return row;
    });
  }

  update(data) {
    const row = this.rows.get(data.symbol + ' ' + data.venue);
    if (!row.symbol.firstChild) row.symbol.append(element('b', '', data.symbol), element('small', '', data.venue));
    const last = data.last ?? data.bid;
    const shown = decimal(last);
    if (row.last.textContent !== shown) {
      const before = Number(row.price);
      setText(row.last, shown);
      if (row.price !== undefined) this.flash(row.last, Number(last) >= before);
      row.price = last;
      row.points.push(Number(last));
      if (row.points.length > SPARK_POINTS) row.points.shift();
      this.spark(row);
    }
    const change = percent(data.open, last);
    setText(row.change, change === null ? '–' : (change >= 0 ? '+' : '−') + Math.abs(change).toFixed(2) + ' %');
    row.change.className = 'num ' + (change === null ? 'soft' : tone(change));
    setText(row.bid, decimal(data.bid));
    setText(row.ask, decimal(data.ask));
    setText(row.volume, data.quoteVolume ? short(data.quoteVolume) : '–');
    this.feed(row, data.feed);
    setText(document.getElementById('market-count'), String(this.rows.rows.size));
  }

  feed(row, state) {
    if (row.state === state) return;
    row.state = state;
    const kind = state === 'connected' ? 'good' : state === 'polling' || state === 'resync' ? 'fair' : state ? 'bad' : '';
    row.feed.replaceChildren(element('span', 'tag ' + kind, state === 'connected' ? 'live' : words(state)));
  }

  flash(cell, isUp) {
    cell.classList.remove('flash-up', 'flash-down');
    void cell.offsetWidth;
    cell.classList.add(isUp ? 'flash-up' : 'flash-down');
  }

  spark(row) {
    const points = row.points;
    if (points.length < 2) return;
    if (!row.line) {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('viewBox', '0 0 100 24');
      svg.setAttribute('preserveAspectRatio', 'none');
      svg.setAttribute('aria-hidden', 'true');
      row.line = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'polyline'));
      row.spark.append(svg);
    }
    const low = Math.min(...points);
    const range = Math.max(...points) - low || 1;
    row.line.setAttribute('points', points.map((p, i) =>
      (i / (points.length - 1) * 100).toFixed(1) + ',' + (22 - (p - low) / range * 20).toFixed(1)).join(' '));
    row.line.parentNode.setAttribute('class', points[points.length - 1] >= points[0] ? 'up' : 'down');
  }

  clear() {
    this.rows.clear();
  }
}

export class Bots {
  constructor(command) {
    this.command = command;
    this.holder = document.getElementById('bots');
    this.cards = new Map();
    this.mayCommand = false;
  }

  allow(mayCommand) {
    this.mayCommand = mayCommand;
    for (const card of this.cards.values()) this.actions(card);
  }

  update(data) {
    let card = this.cards.get(data.bot);
    if (!card) card = this.make(data.bot);
    card.data = data;
    setText(card.strategy, data.strategy || '');
    setText(card.pnl, money(data.pnl));
    card.pnlHolder.className = 'pnl ' + tone(data.pnl);
    const figures = [['realised', money(data.realisedPnl)], ['unrealised', money(data.unrealisedPnl)], ['fees', plainMoney(data.fees)],
      ['fills', count(data.fills)], ['orders', count(data.ordersRequested)], ['open', count(data.openOrders)]];
    figures.forEach(([, text], i) => setText(card.figures[i], text));
    card.reason.hidden = !data.reason || data.state === 'running';
    setText(card.reason, data.reason || '');
    if (card.state !== data.state) {
      card.state = data.state;
      card.node.dataset.state = data.state;
      this.actions(card);
    }
    showEmpty('bots', false);
    this.totals();
  }

  make(name) {
    const node = element('article', 'card');
    node.dataset.bot = name;
    const title = element('div', 'name', name);
    const strategy = title.appendChild(element('small'));
    const pnlHolder = element('div', 'pnl');
    const pnl = pnlHolder.appendChild(element('span', '', '–'));
    pnlHolder.append(element('small', '', 'PnL after fees'));
    const row = element('div', 'figures');
    const figures = ['realised', 'unrealised', 'fees', 'fills', 'orders', 'open'].map(label => {
      const item = element('span', '', label + ' ');
      const value = item.appendChild(element('b', '', '–'));
      row.append(item);
      return value;
    });
    const reason = element('div', 'reason');
    const actions = element('div', 'actions');
    node.append(title, pnlHolder, row, reason, actions);
    const card = { name, node, strategy, pnl, pnlHolder, figures, reason, actionsRow: actions };
    this.cards.set(name, card);
    const names = [...this.cards.keys()].sort();
    const next = names[names.indexOf(name) + 1];
    this.holder.insertBefore(node, next ? this.cards.get(next).node : null);
    setText(document.getElementById('bot-count'), String(this.cards.size));
    return card;
  }

  actions(card) {
    const state = card.state;
    const kind = state === 'running' ? 'good' : state === 'failed' || state === 'killed' ? 'bad' : state === 'paused' || state === 'stopping' ? 'fair' : '';
    const nodes = [element('span', 'tag ' + kind, words(state))];
    if (this.mayCommand) {
      const offered = state === 'running' ? ['pause', 'stop', 'kill'] : state === 'paused' ? ['resume', 'stop', 'kill']
        : state === 'stopping' ? ['kill'] : ['start'];
      for (const action of offered) {
        const button = element('button', action === 'kill' ? 'danger' : action === 'start' ? 'primary' : '', action[0].toUpperCase() + action.slice(1));
        button.type = 'button';
        button.dataset.action = action;
        button.addEventListener('click', () => this.press(card, action, button));
        nodes.push(button);
      }
    }
    card.actionsRow.replaceChildren(...nodes);
  }

  async press(card, action, button) {
    if (action === 'kill' && button.dataset.armed !== 'yes') {
      button.dataset.armed = 'yes';
      button.textContent = 'Kill ' + card.name + '?';
      setTimeout(() => { button.dataset.armed = ''; button.textContent = 'Kill'; }, 3000);
      return;
    }
    const buttons = card.actionsRow.querySelectorAll('button');
    buttons.forEach(b => { b.disabled = true; });
    const error = document.getElementById('bot-error');
    error.textContent = '';
    try {
      await this.command(card.name, action);
    } catch (refusal) {
      error.textContent = card.name + ': ' + refusal.message;
    } finally {
      buttons.forEach(b => { b.disabled = false; });
    }
  }

  totals() {
    const all = [...this.cards.values()].map(card => card.data);
    const sum = name => all.reduce((total, data) => total + Number(data[name]), 0);
    const pnl = document.getElementById('total-pnl');
    setText(pnl, money(sum('pnl')));
    pnl.className = tone(sum('pnl'));
    setText(document.getElementById('total-fees'), plainMoney(sum('fees')));
    setText(document.getElementById('total-fills'), count(sum('fills')));
    setText(document.getElementById('total-orders'), count(sum('openOrders')));
  }
}

export class Positions {
  constructor() {
    this.rows = new Rows('positions', () => cells(['bot', 'symbol', 'quantity:num', 'average:num', 'unrealised:num', 'realised:num']));
  }

  update(data) {
    const key = data.bot + ' ' + data.symbol;
    if (Number(data.quantity) === 0 && Number(data.realisedPnl) === 0) {
      this.rows.remove(key);
      return;
    }
    const row = this.rows.get(key);
    setText(row.bot, data.bot || '–');
    setText(row.symbol, data.symbol || '–');
    setText(row.quantity, decimal(data.quantity, 0));
    row.quantity.className = 'num ' + tone(data.quantity);
    setText(row.average, Number(data.quantity) === 0 ? '–' : decimal(data.averagePrice));
    setText(row.unrealised, money(data.unrealisedPnl));
    row.unrealised.className = 'num ' + tone(data.unrealisedPnl);
    setText(row.realised, money(data.realisedPnl));
    row.realised.className = 'num ' + tone(data.realisedPnl);
  }
}

/** Newest first, bounded. */
class Tape {
  constructor(id, columns) {
    this.id = id;
    this.columns = columns;
    this.body = body(id);
    this.seen = new Set();
  }

  put(key, offset, fill) {
    const row = cells(this.columns);
    fill(row);
    row.node.dataset.offset = offset;
    row.node.dataset.key = key;
    this.body.prepend(row.node);
    while (this.body.children.length > MAX_ROWS) this.body.lastChild.remove();
    showEmpty(this.id, false);
    return row;
  }
}

export class Fills {
  constructor() {
    this.tape = new Tape('fills', ['time', 'bot', 'symbol', 'side', 'quantity:num', 'price:num', 'fee:num']);
    this.seen = new Set();
  }

  add(data) {
    if (this.seen.has(data.offset)) return;
    this.seen.add(data.offset);
    this.tape.put(data.tradeId, data.offset, row => {
      row.time.textContent = time(data.time);
      row.time.className = 'soft';
      row.bot.textContent = data.bot || '–';
      row.symbol.textContent = data.symbol || '–';
      row.side.append(side(data.side));
      row.side.append(element('small', '', data.liquidity || ''));
      row.quantity.textContent = decimal(data.quantity, 0);
      row.price.textContent = decimal(data.price);
      row.fee.textContent = plainMoney(data.fee);
    });
    setText(document.getElementById('fill-count'), count(this.seen.size));
  }
}

const OPEN_STATES = new Set(['pendingNew', 'new', 'partiallyFilled', 'pendingCancel', 'pendingReplace', 'replaced']);

export class Orders {
  constructor() {
    this.tape = new Tape('orders', ['time', 'bot', 'symbol', 'side', 'quantity:num', 'price:num', 'status']);
    this.rows = new Map();
    this.offsets = new Map();
  }

  add(data) {
    const last = this.offsets.get(data.orderId);
    if (last !== undefined && data.offset <= last) return;
    this.offsets.set(data.orderId, data.offset);
    let row = this.rows.get(data.orderId);
    if (!row || !row.node.isConnected) {
      row = this.tape.put(data.orderId, data.offset, () => {});
      this.rows.set(data.orderId, row);
      if (this.rows.size > 4 * MAX_ROWS) {
        const oldest = this.rows.keys().next().value;
        this.rows.delete(oldest);
        this.offsets.delete(oldest);
      }
    }
    setText(row.time, time(data.time));
    row.time.className = 'soft';
    setText(row.bot, data.bot || '–');
    setText(row.symbol, data.symbol || '–');
    row.side.replaceChildren(side(data.side));
    setText(row.quantity, decimal(data.newQuantity ?? data.quantity, 0));
    const price = data.newPrice ?? data.price;
    setText(row.price, data.orderType === 'market' ? 'market' : decimal(price));
    const kind = data.status === 'filled' ? 'good' : data.status === 'rejected' ? 'bad' : OPEN_STATES.has(data.status) ? 'fair' : '';
    const tag = element('span', 'tag ' + kind, words(data.status));
    if (data.reason) tag.title = data.reason;
    row.status.replaceChildren(tag);
  }
}

export class Events {
  constructor() {
    this.list = document.getElementById('events');
    this.seen = new Set();
  }

  add(channel, data) {
    const key = channel + data.offset;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const item = element('li');
    const text = element('span');
    if (channel === 'signals') {
      text.append(element('b', '', data.bot || 'bot'), ' ', data.name || 'signal', ' ');
      if (data.side) text.append(side(data.side), ' ');
      if (data.symbol) text.append(element('span', 'soft', data.symbol));
    } else {
      const colour = data.severity === 'critical' ? 'down' : data.severity === 'warning' ? 'warn' : 'soft';
      text.append(element('b', colour, data.kind === 'feed' ? data.feedVenue + ' ' + words(data.state) : data.bot || words(data.kind)), ' ');
      text.append(data.text || '', data.symbol ? ' ' + data.symbol : '');
    }
    item.append(element('time', '', time(data.time)), text);
    item.dataset.time = data.time;
    const older = [...this.list.children].find(other => Number(other.dataset.time) <= data.time);
    this.list.insertBefore(item, older || null);
    while (this.list.children.length > MAX_ROWS) this.list.lastChild.remove();
    showEmpty('events', false);
  }
}

const HOPS = { socketToJournal: 'socket to journal', socketToBot: 'socket to bot', botToOrder: 'bot to order' };

export class Health {
  constructor() {
    this.gauges = new Map();
    this.clocks = new Map();
  }

  update(data) {
    this.gauge('Events in', short(data.inputs));
    this.gauge('Events out', short(data.outputs));
    this.gauge('Sequence', count(data.lastSequence));
    this.gauge('Journal', short(data.journalBytes) + 'B');
    const used = data.ringCapacity ? 100 * (1 - data.ringRemaining / data.ringCapacity) : 0;
    this.gauge('Ring in use', used.toFixed(used && used < 10 ? 1 : 0) + ' %', used > 75 ? 'down' : '');
    this.gauge('Engine', data.halted ? 'halted' : 'running', data.halted ? 'down' : 'up');
    body('latency').replaceChildren(...Object.entries(data.latencyNs).map(([hop, l]) => {
      const row = cells(['hop', 'p50:num', 'p99:num', 'p999:num', 'max:num']);
      row.hop.textContent = HOPS[hop] || hop;
      for (const name of ['p50', 'p99', 'p999', 'max']) row[name].textContent = nanos(l[name], l.count);
      return row.node;
    }));
    body('sessions').replaceChildren(...data.sessions.map(s => {
      const row = cells(['name', 'state', 'decoded:num', 'rejected:num', 'gaps:num']);
      row.name.textContent = s.venue + ' ' + s.name;
      row.state.append(element('span', 'tag ' + (s.live ? 'good' : 'bad'), s.state));
      row.decoded.textContent = count(s.decoded);
      row.rejected.textContent = count(s.rejected);
      row.gaps.textContent = count(s.gaps);
      return row.node;
    }));
  }

  clock(data) {
    let row = this.clocks.get(data.venue);
    if (!row) {
      row = cells(['venue', 'offset:num', 'trip:num']);
      this.clocks.set(data.venue, row);
      body('clocks').append(row.node);
    }
    setText(row.venue, data.venue);
    setText(row.offset, data.offsetMs.toFixed(2) + ' ms');
    setText(row.trip, data.roundTripMs.toFixed(2) + ' ms');
  }

  gauge(label, text, className = '') {
    let node = this.gauges.get(label);
    if (!node) {
      const box = element('div');
      box.append(element('span', '', label));
      node = box.appendChild(element('b'));
      document.getElementById('gauges').append(box);
      this.gauges.set(label, node);
    }
    setText(node, text);
    node.className = className;
  }
}
