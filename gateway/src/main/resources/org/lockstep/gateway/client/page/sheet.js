/** Everything about one bot: result, performance, parameters, and its own positions, orders and fills. */
import { sideText, statusTag } from './blotter.js';
import { stateTag } from './bots.js';
import { button, element, row, setText } from './dom.js';
import { count, decimal, fixed, moment, money, percent, plainMoney, plainPercent, quantity, time, tone } from './format.js';
import { t } from './i18n.js';
import { Spark } from './spark.js';

const POLL_MS = 2_000;
const MAX_ROWS = 20;

export class Sheet {
  #bots;
  #lists;
  #fetch;
  #dialog = null;
  #performance = {};
  #parameters = null;

  /** lists: {positions, orders, fills}, each with of(bot); fetch(path) asks the gateway. */
  constructor(bots, lists, fetch) {
    this.#bots = bots;
    this.#lists = lists;
    this.#fetch = fetch;
  }

  open(name) {
    this.#performance = {};
    this.#parameters = null;
    const dialog = this.#dialog = element('dialog', 'sheet');
    dialog.dataset.bot = name;
    dialog.setAttribute('aria-label', t('details', name));
    const timer = setInterval(() => this.#poll(name), POLL_MS);
    const close = button('quiet', t('close'), () => dialog.close());
    dialog.addEventListener('close', () => { clearInterval(timer); dialog.remove(); this.#dialog = null; });
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    const head = element('header');
    this.#head = { tag: element('span'), actions: element('div', 'actions') };
    head.append(element('h2', '', name), this.#head.tag, this.#head.actions, close);
    this.#body = element('div');
    this.#spark = new Spark({ capacity: 2_000, isResult: true });
    dialog.append(head, this.#body);
    document.body.append(dialog);
    dialog.showModal();
    this.#draw(name);
    this.#poll(name);
  }

  /** Shows what has changed since, if it is this bot that is open. */
  renew(name) {
    if (this.#dialog?.dataset.bot === name) this.#draw(name);
  }

  #head;
  #body;
  #spark;

  async #poll(name) {
    try {
      const answer = await this.#fetch(`/api/strategy-performance?curve=true&bot=${encodeURIComponent(name)}`);
      this.#performance = answer.strategies?.[0] ?? {};
      this.#parameters = (await this.#fetch(`/api/bot/status?bot=${encodeURIComponent(name)}`)).parameters ?? {};
    } catch {
      // an older gateway, or none at the moment: what is known stays
    }
    if (this.#dialog?.dataset.bot === name) this.#draw(name);
  }

  #draw(name) {
    const data = this.#bots.data(name) ?? {};
    const p = this.#performance;
    this.#head.tag.replaceChildren(stateTag(data.state));
    if (!this.#head.actions.contains(document.activeElement)) this.#head.actions.replaceChildren(...this.#bots.buttons(name));
    const curve = p.curve?.length > 1 ? p.curve.map(([, value]) => Number(value)) : this.#bots.curve(name);
    this.#spark.draw(curve);
    const curveHolder = element('div', 'curve');
    curveHolder.append(this.#spark.svg);
    const since = p.curve?.length > 1 ? p.curve[0][0] : 0;
    const scale = element('p', 'scale');
    if (curve.length > 1) {
      scale.append(element('span', '', since ? t('since', moment(since)) : ''),
        element('span', '', `${t('low')} ${money(Math.min(...curve))}`), element('span', '', `${t('high')} ${money(Math.max(...curve))}`));
    }
    const parameters = Object.entries(this.#parameters ?? {});
    this.#body.replaceChildren(
      section('pnl', curveHolder, scale),
      section('performance', facts([
        ['pnl', money(data.pnl), tone(data.pnl)], ['realised', money(data.realisedPnl), tone(data.realisedPnl)],
        ['unrealised', money(data.unrealisedPnl), tone(data.unrealisedPnl)], ['fees', plainMoney(data.fees)],
        ['returns', percent(p.returnPercent, 3), tone(p.returnPercent, 3)], ['winRate', plainPercent(p.winRatePercent, 1)],
        ['profitFactor', number(p.profitFactor, 2)], ['drawdown', p.maxDrawdown === undefined ? '–' : plainMoney(p.maxDrawdown)],
        ['sharpe', number(p.sharpe, 2)], ['exposure', plainMoney(p.exposure)], ['trades', count(p.closedTrades)], ['fills', count(data.fills)],
        ['account', data.accountName ?? data.account ?? '–'], ['sent', count(data.ordersRequested)], ['refusals', count(data.ordersRefused ?? 0), data.ordersRefused > 0 ? 'warn' : ''], ['openOrders', count(data.openOrders)],
        ['latency', p.latencyMs?.p50 === undefined || p.latencyMs.p50 === null ? '–' : `${fixed(p.latencyMs.p50, 2)} / ${fixed(p.latencyMs.p99, 2)}\u202fms`],
      ])),
      section('parameters', parameters.length ? facts(parameters.map(([key, value]) => [key, value]), key => key, 'facts named') : element('p', 'soft', t(this.#parameters ? 'noParameters' : 'loading'))),
      section('positions', table(['symbol', 'quantity:num', 'average:num', 'unrealised:num', 'realised:num'],
        this.#lists.positions.of(name), 'noPositions', (cells, item) => {
          setText(cells.symbol, item.symbol ?? '–');
          setText(cells.quantity, quantity(item.symbol, item.quantity));
          setText(cells.average, Number(item.quantity) ? decimal(item.averagePrice) : '–');
          money2(cells.unrealised, item.unrealisedPnl);
          money2(cells.realised, item.realisedPnl);
        })),
      section('orders', table(['time:soft', 'symbol:wide', 'side', 'quantity:num', 'price:num', 'status'],
        this.#lists.orders.of(name).slice(0, MAX_ROWS), 'noOrders', (cells, item) => {
          trade(cells, item, item.orderType === 'market' ? t('market') : decimal(item.newPrice ?? item.price));
          cells.status.append(statusTag(item));
        })),
      section('fills', table(['time:soft', 'symbol:wide', 'side', 'quantity:num', 'price:num', 'fee:num'],
        this.#lists.fills.of(name).slice(0, MAX_ROWS), 'noFills', (cells, item) => {
          trade(cells, item, decimal(item.price));
          setText(cells.fee, fixed(item.fee, 4));
        })));
  }
}

const number = (value, places) => value === undefined || value === null ? '–' : fixed(value, places);

function money2(cell, value) {
  setText(cell, money(value));
  cell.className = 'num ' + tone(value);
}

function trade(cells, item, price) {
  setText(cells.time, time(item.time));
  setText(cells.symbol, item.symbol ?? '–');
  cells.side.append(sideText(item.side));
  setText(cells.quantity, quantity(item.symbol, item.newQuantity ?? item.quantity));
  setText(cells.price, price);
}

function section(key, ...content) {
  const node = element('section');
  node.append(element('h3', '', t(key)), ...content);
  return node;
}

function facts(items, name = t, className = 'facts') {
  const list = element('dl', className);
  for (const [key, text, tint] of items) {
    const item = element('div');
    item.append(element('dt', '', name(key)), element('dd', tint ?? '', text));
    list.append(item);
  }
  return list;
}

function table(columns, items, empty, fill) {
  if (items.length === 0) return element('p', 'soft', t(empty));
  const node = element('table', 'tight');
  const heads = node.createTHead().insertRow();
  for (const column of columns) {
    const [name, className = ''] = column.split(':');
    const head = element('th', className.replace('soft', ''), t(name));
    head.scope = 'col';
    heads.append(head);
  }
  const body = node.createTBody();
  for (const item of items) {
    const cells = row(columns);
    fill(cells, item);
    body.append(cells.node);
  }
  return node;
}
