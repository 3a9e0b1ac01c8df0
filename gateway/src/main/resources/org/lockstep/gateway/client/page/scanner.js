/** Every instrument ranked by what the engine's bars say of it; any column sorts. */
import { button, byId, element, row, setText } from './dom.js';
import { decimal, fixed, percent, percentOf, plainPercent, short, tone } from './format.js';
import { onLanguage, t } from './i18n.js';
import { Switch } from './light.js';
import { keyOf, spreadBps } from './markets.js';

const POLL_MS = 3_000;
const ALL = '∑';
const COLUMNS = [
  ['rank', 'num', item => item.rank, value => String(value ?? '–')],
  ['symbol', '', item => item.symbol, value => value],
  ['score', 'num', item => item.score, value => fixed(value ?? NaN, 1)],
  ['last', 'num wide', item => Number(item.last), (_, item) => decimal(item.last)],
  ['momentum', 'num', item => item.momentumPercent, value => percent(value), value => tone(value)],
  ['volatility', 'num', item => item.volatilityPercent, value => plainPercent(value)],
  ['trendStrength', 'num wide', item => item.trend, value => fixed(value ?? NaN, 2)],
  ['agreement', 'num wide', item => item.agreement, value => fixed(value ?? NaN, 2)],
  ['spread', 'num', item => item.spreadBps, value => fixed(value ?? NaN, 2) + '\u202f' + t('bps')],
  ['volume', 'num wide', item => Number(item.quoteVolume), value => short(value)],
];

export class Scanner {
  #fetch;
  #quotes;
  #onPick;
  #items = [];
  #sort = { name: 'rank', isDown: false };
  #switch = new Switch(byId('scanner-frames'), () => this.#draw());
  #timer = 0;
  #isLocal = false;

  /** fetch(path) asks the gateway; quotes() gives market data by symbol for gateways without a scanner. */
  constructor(fetch, quotes, onPick) {
    this.#fetch = fetch;
    this.#quotes = quotes;
    this.#onPick = onPick;
    this.#switch.options([ALL], ALL);
    onLanguage(() => this.#head());
    this.#head();
  }

  shown(isShown) {
    clearInterval(this.#timer);
    byId('scanner-frames').hidden = !isShown || this.#switch.frames === undefined;
    if (!isShown) return;
    this.#poll();
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
  }

  async #poll() {
    if (document.hidden) return;
    try {
      this.#items = (await this.#fetch('/api/market-scanner')).instruments ?? [];
      this.#isLocal = false;
      this.#frames();
    } catch (error) {
      if (error.code !== 'not_found') return;
      this.#items = this.#fromQuotes();
      this.#isLocal = true;
    }
    this.#draw();
  }

  #frames() {
    const frames = [ALL, ...new Set(this.#items.flatMap(item => (item.timeframes ?? []).map(frame => frame.interval)))];
    if (frames.join() === this.#switch.frames) return;
    this.#switch.frames = frames.join();
    this.#switch.options(frames, frames.includes(this.#switch.selected) ? this.#switch.selected : ALL);
    byId('scanner-frames').hidden = false;
  }

  #fromQuotes() {
    return [...this.#quotes().values()].map(({ data }) => ({ symbol: data.symbol, venue: data.venue, last: data.last ?? data.bid,
      spreadBps: spreadBps(data) ?? undefined, quoteVolume: data.quoteVolume, momentumPercent: percentOf(data.open, data.last),
      volatilityPercent: data.low ? percentOf(data.low, data.high) : null }))
      .sort((a, b) => (b.volatilityPercent ?? 0) - (a.volatilityPercent ?? 0)).map((item, index) => ({ ...item, rank: index + 1 }));
  }

  #head() {
    const [heads] = document.querySelector('#scanner thead').rows;
    heads.replaceChildren(...COLUMNS.map(([name, className]) => {
      const head = element('th', className);
      head.scope = 'col';
      if (name === this.#sort.name) head.setAttribute('aria-sort', this.#sort.isDown ? 'descending' : 'ascending');
      const press = button('', t(name), () => {
        const isSame = this.#sort.name === name;
        this.#sort = { name, isDown: isSame ? !this.#sort.isDown : name !== 'rank' && name !== 'symbol' && name !== 'spread' };
        this.#head();
        document.querySelectorAll('#scanner thead button')[COLUMNS.findIndex(column => column[0] === name)].focus();
      });
      press.setAttribute('aria-label', t('sortBy', t(name)));
      head.append(press);
      return head;
    }));
    this.#draw();
  }

  #draw() {
    const items = this.#items.map(item => {
      const frame = (item.timeframes ?? []).find(some => some.interval === this.#switch.selected);
      return frame ? { ...item, ...frame } : item;
    });
    const [, , value] = COLUMNS.find(column => column[0] === this.#sort.name);
    const order = (a, b) => (typeof a === 'string' ? a.localeCompare(b) : (Number.isFinite(a) ? a : -Infinity) - (Number.isFinite(b) ? b : -Infinity));
    items.sort((a, b) => order(value(a) ?? NaN, value(b) ?? NaN) * (this.#sort.isDown ? -1 : 1));
    document.querySelector('#scanner tbody').replaceChildren(...items.map(item => {
      const cells = row(COLUMNS.map(([name, className]) => `${name}:${className}`));
      for (const [name, , read, show, colour] of COLUMNS) {
        setText(cells[name], show(read(item), item));
        if (colour) cells[name].classList.add(...[colour(read(item))].filter(Boolean));
      }
      const pick = button('pick', item.symbol, () => this.#onPick(keyOf(item)));
      cells.symbol.replaceChildren(pick);
      return cells.node;
    }));
    byId('scanner-empty').hidden = items.length > 0;
    byId('scanner-note').hidden = !this.#isLocal;
    setText(byId('scanner-note'), t('scannerLocal'));
  }
}
