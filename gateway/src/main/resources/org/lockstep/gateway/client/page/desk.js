/** The panels of the desk and what they are fed with. */
import { Fills, Orders, Positions, Signals } from './blotter.js';
import { Book } from './book.js';
import { Bots } from './bots.js';
import { Chart } from './chart.js';
import { byId, setText } from './dom.js';
import { onLanguage, say, t } from './i18n.js';
import { keyOf, Markets } from './markets.js';
import { openOrderForm, pressKillSwitch } from './orders.js';
import { Scanner } from './scanner.js';
import { Sheet } from './sheet.js';
import { Alerts, System } from './side.js';
import { Tabs } from './tabs.js';

const NOTHING = { positions: 'noPositions', orders: 'noOrders', fills: 'noFills', signals: 'noSignals', alerts: 'noAlerts' };
const SPARK_INTERVAL = '15m';
const SPARK_RENEWAL_MS = 900_000;

export class Desk {
  #client;
  #panels;
  #chosen = [];
  #isSubscribed = false;
  #isKilled = false;
  #pastTimer = 0;

  constructor(client) {
    this.#client = client;
    const fetch = path => client.fetch(path);
    const subscribe = (channel, selector, listener) => client.subscribe(channel, selector, listener);
    const chart = new Chart(subscribe);
    const book = new Book(() => orders.workingPrices(chart.key));
    const orders = new Orders(data => { if (keyOf(data) === chart.key) book.renew(); });
    const markets = new Markets(key => this.#choose(key));
    const fills = new Fills();
    const positions = new Positions();
    const bots = new Bots((bot, action) => client.command(bot, action), name => sheet.open(name));
    const sheet = new Sheet(bots, { positions, orders, fills }, fetch);
    const alerts = new Alerts();
    new Tabs(byId('side-tabs'), name => alerts.shown(name === 'alerts'));
    const scanner = new Scanner(fetch, () => markets.records, key => markets.select(key));
    this.#panels = { chart, book, orders, markets, fills, positions, bots, sheet, alerts, scanner, signals: new Signals(), system: new System() };
    new Tabs(byId('blotter-tabs'), name => {
      byId('only-open-label').hidden = name !== 'orders';
      scanner.shown(name === 'scanner');
    });
    client.on('lost', ({ channel }) => this.#clear(channel));
    client.on('stale', record => { if (record.channel === 'market-data') markets.update(record); });
    byId('new-order').addEventListener('click', async () => {
      const { accounts } = await fetch('/api/accounts').catch(() => ({ accounts: [] }));
      openOrderForm({ symbols: [...markets.records.keys()].sort(), selected: chart.key, accounts: accounts.map(account => account.accountName),
        request: (type, data) => client.request(type, data, { isQueued: false }), outcome: sequence => orders.outcome(sequence) });
    });
    byId('kill-switch').addEventListener('click', () =>
      pressKillSwitch((type, data) => client.request(type, data, { isQueued: false }), this.#isKilled));
    onLanguage(() => this.#killed(this.#isKilled));
  }

  /** The first time, and again after every new connection. */
  signedIn(session) {
    this.#panels.bots.allow(session.role !== 'viewer');
    for (const node of document.querySelectorAll('.admin-only')) node.hidden = session.role !== 'admin';
    if (!this.#isSubscribed) this.#subscribe();
    this.#isSubscribed = true;
    this.#reconcile();
    this.#loadPast();
  }

  connected({ state, transport }) {
    this.#panels.bots.reach(state === 'OPEN' ? 'all' : state === 'FALLBACK' && transport !== 'none' ? 'http' : 'none');
  }

  restyle() {
    this.#panels.chart.restyle();
  }

  #subscribe() {
    const { markets, chart, positions, bots, sheet, fills, orders, signals, alerts, system } = this.#panels;
    const on = (channel, listener, selector = {}) => this.#client.subscribe(channel, selector, listener);
    on('market-data', record => {
      markets.update(record);
      positions.quote(record);
      if (record.key === chart.key) chart.quote(record);
    });
    on('bot-status', record => { bots.update(record); sheet.renew(record.data.bot); });
    on('positions', record => positions.update(record));
    on('trades', record => { fills.add(record); chart.fill(record); });
    on('orders', record => orders.add(record.data));
    on('signals', record => { signals.add(record); chart.signal(record); });
    on('alerts', record => alerts.add(record));
    on('time-sync', record => system.clock(record), { conflateMs: 1_000 });
    on('system-health', record => {
      system.update(record);
      if (record.data.killSwitch) this.#killed(record.data.killSwitch.on);
      markets.settle();       // subscribed to last: what there was of the others has come
      bots.settle();
      for (const [id, nothing] of Object.entries(NOTHING)) say(byId(id + '-empty'), nothing);
    }, { conflateMs: 1_000 });
  }

  /** Another instrument in chart, book and tape. */
  #choose(key) {
    const { chart, book, markets } = this.#panels;
    this.#chosen.forEach(subscription => subscription.close());
    book.show(key);
    chart.show(key);
    const record = markets.records.get(key);
    if (record) chart.quote(record);
    this.#chosen = [
      this.#client.subscribe('orderbook', { symbol: key }, update => book.update(update)),
      this.#client.subscribe('public-trades', { symbol: key }, trade => { book.trade(trade); chart.trade(trade); }),
    ];
  }

  /** Working orders and curves from before this page: events alone begin with the newest. */
  async #reconcile() {
    try {
      const { orders } = await this.#client.fetch('/api/orders');
      for (const order of (orders ?? []).reverse()) this.#panels.orders.add(order);
      const { strategies } = await this.#client.fetch('/api/strategy-performance?curve=true');
      for (const strategy of strategies ?? []) this.#panels.bots.past(strategy.bot, (strategy.curve ?? []).map(([, value]) => Number(value)));
    } catch {
      // without them the desk only knows less of the past
    }
  }

  /** The last day of every instrument, for the lines beside its price. */
  async #loadPast() {
    clearTimeout(this.#pastTimer);
    this.#pastTimer = setTimeout(() => this.#loadPast(), SPARK_RENEWAL_MS);
    try {
      const { symbols } = await this.#client.fetch(`/api/klines?interval=${SPARK_INTERVAL}`);
      for (const series of symbols ?? []) this.#panels.markets.past(keyOf(series), series.bars.map(bar => Number(bar.close)));
    } catch {
      // then the lines begin with this page
    }
  }

  #clear(channel) {
    const { fills, orders, signals, alerts, chart } = this.#panels;
    ({ trades: fills, orders, signals, alerts })[channel]?.clear();
    if (channel === 'trades' || channel === 'signals') chart.clearMarks();
    if (channel === 'orders') this.#reconcile();
  }

  #killed(isKilled) {
    this.#isKilled = isKilled;
    const press = byId('kill-switch');
    press.classList.toggle('solid', isKilled);
    press.dataset.t = isKilled ? 'killSwitchIsOn' : 'killSwitch';
    setText(press, t(isKilled ? 'killSwitchIsOn' : 'killSwitch'));
  }
}
