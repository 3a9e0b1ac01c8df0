/** The instruments: price, trend, change, and how fresh it all is. */
import { button, byId, element, flash, row, Rows, setClass, setText } from './dom.js';
import { age, decimal, fixed, percent, percentOf, placesOf, tone } from './format.js';
import { onLanguage, say, t, word } from './i18n.js';
import { Spark } from './spark.js';

export const FEED_KIND = { connected: 'good', polling: 'fair', resync: 'fair', reconnecting: 'fair' };

export const keyOf = data => `${data.venue}:${data.symbol}`;
export const feedWord = state => state === 'reconnecting' ? t('reconnectingFeed') : word(state);

export class Markets {
  #rows;
  #onSelect;
  /** @type {Map<string, import('./lockstep-client.js').DataRecord>} */
  records = new Map();
  #past = new Map();
  selected = null;

  constructor(onSelect) {
    this.#onSelect = onSelect;
    const body = document.querySelector('#markets tbody');
    this.#rows = new Rows(body, key => this.#make(key));
    body.addEventListener('keydown', event => this.#onKey(event));
    setInterval(() => this.#renewAges(), 1_000);
    onLanguage(() => this.records.forEach(record => this.update(record)));
  }

  update(record) {
    const { data } = record;
    const key = keyOf(data);
    this.records.set(key, record);
    const cells = this.#rows.get(key);
    const last = data.last ?? data.bid;
    cells.places = Math.max(cells.places ?? 2, placesOf(last));     // a price keeps its width when it ends in 0
    const shown = decimal(last, cells.places);
    if (cells.price.textContent !== shown) {
      setText(cells.price, shown);
      if (cells.before !== undefined && Number(last) !== cells.before) flash(cells.price, Number(last) > cells.before);
      cells.before = Number(last);
      if (last !== undefined) cells.line.push(Number(last));
    }
    const change = data.open === undefined ? null : percentOf(data.open, last);
    setText(cells.percent, percent(change));
    setClass(cells.percent, 'two ' + tone(change));
    const kind = FEED_KIND[data.feed] ?? (data.feed ? 'bad' : '');
    setClass(cells.dot, 'dot ' + kind);
    cells.feedState = data.feed;
    this.#renewAge(cells, record);
    byId('markets-empty').hidden = true;
    setText(byId('market-count'), String(this.#rows.size));
    if (this.selected === null) this.select(key);
  }

  /** Closes of the last day; what this page has seen since is the end of the line. */
  past(key, closes) {
    this.#past.set(key, closes);
    const cells = this.#rows.has(key) ? this.#rows.get(key) : null;
    if (cells) cells.line.past(closes);
  }

  /** Nothing has come and nothing is on its way. */
  settle() {
    say(byId('markets-empty'), 'noMarkets');
  }

  select(key) {
    if (!this.#rows.has(key)) return;
    this.selected = key;
    for (const cells of this.#rows.values()) cells.node.setAttribute('aria-selected', String(cells.node.dataset.symbol === key));
    this.#onSelect(key);
  }

  #make(key) {
    const cells = row(['symbol', 'spark:spark-cell', 'last:num']);
    cells.node.dataset.symbol = key;
    const [venue, symbol] = key.split(':');
    const feed = element('span', 'feed');
    cells.dot = feed.appendChild(element('i', 'dot'));
    cells.feedText = feed.appendChild(element('span', 'age'));
    cells.symbol.append(button('pick', symbol, () => this.select(key)), feed);
    cells.symbol.title = venue;
    cells.line = new Spark();
    cells.line.past(this.#past.get(key) ?? []);
    cells.spark.append(cells.line.svg);
    cells.price = cells.last.appendChild(element('b', '', '–'));
    cells.percent = cells.last.appendChild(element('span', 'two', '–'));
    cells.node.addEventListener('click', () => this.select(key));
    return cells;
  }

  #renewAges() {
    for (const [key, record] of this.records) this.#renewAge(this.#rows.get(key), record);
  }

  #renewAge(cells, record) {
    const ms = Date.now() - record.receivedAt + record.ageMs;
    const mark = record.stale ? ` ${t('stale')}` : '';
    setText(cells.feedText, `${feedWord(cells.feedState)} ${age(ms)}${mark}`);
    cells.node.classList.toggle('stale', record.stale);
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = this.#rows.values().map(cells => cells.node).sort((a, b) => a.rowIndex - b.rowIndex);
    const next = all[all.findIndex(node => node.contains(document.activeElement)) + step];
    next?.querySelector('.pick').focus();
    if (next) this.select(next.dataset.symbol);
  }
}

export function spreadBps(data) {
  const bid = Number(data.bid);
  const ask = Number(data.ask);
  return bid > 0 && ask > 0 ? (ask - bid) / ((ask + bid) / 2) * 10_000 : null;
}

export function spreadText(data) {
  const bps = spreadBps(data);
  return bps === null ? '–' : `${fixed(bps, 2)}\u202f${t('bps')}`;
}
