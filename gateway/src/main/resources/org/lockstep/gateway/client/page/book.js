/** The order book as a ladder, with own orders marked, and the venue's trades beside it. */
import { byId, element, perFrame, row, setClass, setText } from './dom.js';
import { decimal, fixed, placesOf, quantity, time } from './format.js';
import { onLanguage, t } from './i18n.js';
import { Tabs } from './tabs.js';

const RUNG_PX = 18;
const MID_PX = 32;
const MAX_TAPE = 60;

export class Book {
  #ladder = byId('ladder');
  #draw = perFrame(() => this.#render());
  #book = null;
  #rungs = [];
  #mid = element('div', 'rung-mid');
  #ownPrices = () => new Set();
  #tape = document.querySelector('#tape tbody');
  #quantityPlaces = 2;

  /** ownPrices() gives the prices of own working orders in the instrument that is shown. */
  constructor(ownPrices) {
    this.#ownPrices = ownPrices;
    this.#mid.append(element('b'), element('small'));
    new Tabs(byId('book-tabs'));
    new ResizeObserver(() => this.#draw()).observe(this.#ladder);
    onLanguage(() => this.#draw());
  }

  show(key) {
    this.#book = null;
    setText(byId('book-symbol'), key.split(':')[1]);
    this.#ladder.replaceChildren();
    this.#rungs = [];
    this.#tape.replaceChildren();
    this.#quantityPlaces = 2;
    this.#draw();
  }

  update({ data }) {
    this.#book = data;
    this.#draw();
  }

  trade({ data }) {
    const cells = row(['time:soft', 'price:num ' + (data.side === 'buy' ? 'up' : 'down'), 'quantity:num']);
    cells.time.textContent = time(data.time);
    cells.price.textContent = decimal(data.price);
    cells.quantity.textContent = quantity(data.symbol, data.quantity);
    this.#tape.prepend(cells.node);
    while (this.#tape.children.length > MAX_TAPE) this.#tape.lastChild.remove();
  }

  renew() {
    this.#draw();
  }

  #render() {
    const book = this.#book;
    byId('book-empty').hidden = book !== null;
    if (!book) return;
    const perSide = Math.max(1, Math.min(20, Math.floor((this.#ladder.clientHeight - MID_PX) / RUNG_PX / 2)));
    this.#shape(perSide);
    const asks = depth(book.asks.slice(0, perSide));
    const bids = depth(book.bids.slice(0, perSide));
    const deepest = Math.max(asks[asks.length - 1]?.total ?? 0, bids[bids.length - 1]?.total ?? 0) || 1;
    const places = placesOf(book.bids[0]?.[0] ?? book.asks[0]?.[0]);
    for (const level of [...asks, ...bids]) this.#quantityPlaces = Math.max(this.#quantityPlaces, Math.min(5, placesOf(level.text)));
    const own = this.#ownPrices();
    for (let i = 0; i < perSide; i++) {
      this.#rung(this.#rungs[perSide - 1 - i], 'ask', asks[i], deepest, places, own);
      this.#rung(this.#rungs[perSide + i], 'bid', bids[i], deepest, places, own);
    }
    if (asks[0] && bids[0]) {
      const middle = (asks[0].price + bids[0].price) / 2;
      setText(this.#mid.firstChild, decimal(middle.toFixed(places + 1), places));
      setText(this.#mid.lastChild, `${t('spread')} ${fixed(asks[0].price - bids[0].price, places)} · ${fixed((asks[0].price - bids[0].price) / middle * 10_000, 2)} ${t('bps')}`);
    }
  }

  #shape(perSide) {
    if (this.#rungs.length === 2 * perSide) return;
    this.#rungs = Array.from({ length: 2 * perSide }, () => {
      const node = element('div', 'rung');
      node.append(element('i'), element('span'), element('span'), element('span'));
      return node;
    });
    this.#ladder.replaceChildren(...this.#rungs.slice(0, perSide), this.#mid, ...this.#rungs.slice(perSide));
  }

  #rung(node, side, level, deepest, places, own) {
    const [bar, price, quantity, total] = node.children;
    setClass(node, `rung ${side}${level && own.has(level.price) ? ' own' : ''}`);
    bar.style.width = level ? `${(level.total / deepest * 100).toFixed(1)}%` : '0';
    setText(price, level ? decimal(level.price.toFixed(places), places) : '');
    setText(quantity, level ? fixed(level.quantity, this.#quantityPlaces) : '');
    setText(total, level ? fixed(level.total, this.#quantityPlaces) : '');
  }
}

function depth(levels) {
  let total = 0;
  return levels.map(([price, text]) => {
    const quantity = Number(text);
    total += quantity;
    return { price: Number(price), quantity, total, text };
  });
}
