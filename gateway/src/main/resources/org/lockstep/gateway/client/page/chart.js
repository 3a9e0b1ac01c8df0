/** Candles of the chosen instrument, with own fills and signals where they happened. */
import { byId, perFrame, setClass, setText } from './dom.js';
import { decimal, percent, percentOf, placesOf, short, time, tone } from './format.js';
import { onLanguage, t, word } from './i18n.js';
import { Switch } from './light.js';
import { FEED_KIND, feedWord, spreadText } from './markets.js';

const INTERVALS = { '5s': 5_000, '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 };
const OWN_BARS = '5s';
const MAX_OWN_BARS = 400;
const MAX_MARKS = 500;
const ENOUGH_BARS = 8;
const MIN_SLOTS = 60;
const SHOWN_BARS = 150;
const MAX_TOLD = 4;
const ZOOM = { type: 'inside', xAxisIndex: [0, 1], minValueSpan: 10 };

export class Chart {
  #canvas = byId('chart');
  #switch = new Switch(byId('intervals'), interval => this.#choose(interval));
  #draw = perFrame(() => this.#render());
  #subscribe;
  #subscriptions = [];
  #library = null;
  #chart = null;
  #key = null;
  #bars = [];
  /** Bars this page makes from trades, for the moments too short for the engine's. */
  #ownBars = new Map();
  #fills = new Map();
  #signals = new Map();
  #isChosen = false;
  #isZoomed = false;
  #slots = 0;
  #from = 0;
  #lastTrade = null;
  #lastDraw = 0;
  #feed = undefined;

  /** subscribe(channel, selector, listener) gives something with close(). */
  constructor(subscribe) {
    this.#subscribe = subscribe;
    this.#switch.options(Object.keys(INTERVALS), '1m');
    new ResizeObserver(() => this.#chart?.resize()).observe(this.#canvas);
    onLanguage(() => { this.#draw(); this.#doubt(); });
    setInterval(() => this.#draw(), 1_000);
  }

  get key() { return this.#key; }

  show(key) {
    if (key === this.#key) return;
    this.#key = key;
    this.#lastTrade = null;
    setText(byId('chart-symbol'), key.split(':')[1]);
    this.#isChosen = false;
    this.#switch.select('1m', false);
    this.#follow();
    this.#load();
  }

  quote({ data }) {
    const last = data.last ?? data.bid;
    setText(byId('chart-last'), decimal(last));
    const change = data.open === undefined ? null : percentOf(data.open, last);
    setText(byId('chart-change'), percent(change));
    setClass(byId('chart-change'), tone(change));
    setText(byId('chart-bid'), decimal(data.bid));
    setText(byId('chart-ask'), decimal(data.ask));
    setText(byId('chart-spread'), spreadText(data));
    setText(byId('chart-volume'), data.quoteVolume ? short(data.quoteVolume) : '–');
    this.#feed = data.feed;
    this.#doubt();
  }

  /** A trade of the venue: the open bar follows it before the venue tells of the bar, and this page makes bars itself. */
  trade({ data }) {
    const key = `${data.venue}:${data.symbol}`;
    if (key === this.#key) {
      this.#lastTrade = { time: data.time, price: Number(data.price) };
      this.#followTrade();
    }
    let bars = this.#ownBars.get(key);
    if (!bars) this.#ownBars.set(key, bars = []);
    const price = Number(data.price);
    const openTime = Math.floor(data.time / INTERVALS[OWN_BARS]) * INTERVALS[OWN_BARS];
    const last = bars[bars.length - 1];
    if (last && openTime < last.openTime) return;
    if (last?.openTime === openTime) {
      last.high = Math.max(last.high, price);
      last.low = Math.min(last.low, price);
      last.close = price;
      last.volume += Number(data.quantity);
    } else {
      bars.push({ openTime, open: last?.close ?? price, high: price, low: price, close: price, volume: Number(data.quantity) });
      if (bars.length > MAX_OWN_BARS) bars.shift();
    }
    if (key === this.#key && this.#switch.selected === OWN_BARS) this.#draw();
  }

  fill({ data }) {
    this.#mark(this.#fills, data, { time: data.time, price: Number(data.price), side: data.side,
      text: `${data.bot ?? ''} ${word(data.side)} ${decimal(data.quantity, 0)} @ ${decimal(data.price)}` });
  }

  signal({ data }) {
    if (!data.symbol || !data.side) return;     // a reading without a direction would only cover the bars
    this.#mark(this.#signals, data, { time: data.time, side: data.side, text: `${data.bot ?? ''} ${data.name} ${word(data.side)}` });
  }

  clearMarks() {
    this.#fills.clear();
    this.#signals.clear();
  }

  /** Colours come from the style sheet. */
  restyle() {
    this.#chart?.dispose();
    this.#chart = null;
    this.#isZoomed = false;
    this.#load();
  }

  /** Prices and book that no feed renews must not look as if they were those of the market. */
  #doubt() {
    const isDoubtful = this.#feed !== undefined && FEED_KIND[this.#feed] !== 'good';
    byId('chart-feed').hidden = !isDoubtful;
    setClass(byId('chart-feed'), 'tag ' + (FEED_KIND[this.#feed] ?? 'bad'));
    setText(byId('chart-feed'), isDoubtful ? feedWord(this.#feed) : '');
    byId('desk').classList.toggle('doubtful', isDoubtful);
  }

  #followTrade() {
    const bar = this.#bars[this.#bars.length - 1];
    const trade = this.#lastTrade;
    if (!bar || bar.closed || !trade || trade.time < bar.openTime || trade.time >= bar.openTime + INTERVALS[this.#switch.selected]) return;
    bar.close = trade.price;
    bar.high = Math.max(bar.high, trade.price);
    bar.low = Math.min(bar.low, trade.price);
    this.#draw();
  }

  #mark(marks, data, mark) {
    const key = `${data.venue}:${data.symbol}`;
    if (!marks.has(key)) marks.set(key, []);
    marks.get(key).push(mark);
    if (marks.get(key).length > MAX_MARKS) marks.get(key).shift();
    if (key === this.#key) this.#draw();
  }

  #choose(interval) {
    this.#isChosen = true;
    this.#switch.select(interval, false);
    this.#follow();
    this.#draw();
  }

  #follow() {
    this.#subscriptions.forEach(subscription => subscription.close());
    this.#subscriptions = [];
    this.#bars = [];
    this.#isZoomed = false;
    const interval = this.#switch.selected;
    if (interval === OWN_BARS) return;
    this.#subscriptions = [this.#subscribe('klines', { symbol: this.#key, interval, conflateMs: 250 }, ({ data }) => {
      this.#bars = data.bars.map(bar => ({ ...bar, open: Number(bar.open), high: Number(bar.high), low: Number(bar.low),
        close: Number(bar.close), volume: Number(bar.volume) }));
      this.#followTrade();
      // A young journal has too few bars to show anything: begin with shorter ones, unless somebody chose otherwise.
      if (!this.#isChosen && this.#bars.length < ENOUGH_BARS) this.#switch.select(OWN_BARS, false);
      this.#draw();
    })];
  }

  async #load() {
    if (!this.#library) {
      try {
        this.#library = await import('/vendor/echarts.js');
      } catch {
        setText(byId('chart-empty'), t('noCharts'));
        return;
      }
    }
    this.#chart ??= this.#library.init(this.#canvas, null, { renderer: 'canvas' });
    this.#draw();
  }

  #render() {
    const interval = this.#switch.selected;
    const bars = interval === OWN_BARS ? this.#ownBars.get(this.#key) ?? [] : this.#bars;
    byId('chart-empty').hidden = bars.length > 0;
    if (!this.#chart || document.hidden || Date.now() - this.#lastDraw < 200) return;
    this.#lastDraw = Date.now();
    this.#canvas.setAttribute('aria-label',
      t('chartOf', this.#key?.split(':')[1] ?? '', interval, bars.length ? decimal(String(bars[bars.length - 1].close)) : '–'));
    const slots = Math.max(bars.length, MIN_SLOTS);
    const zoom = bars.length > 0 ? this.#zoom(slots) : undefined;
    this.#slots = slots;
    this.#from = zoom?.startValue ?? this.#from;
    const view = { height: this.#canvas.clientHeight, bars: bars.slice(Math.min(this.#from, bars.length - 1)) };
    this.#chart.setOption({ ...option(bars, INTERVALS[interval], this.#fills.get(this.#key) ?? [], this.#signals.get(this.#key) ?? [], view),
      ...(zoom && { dataZoom: [{ ...ZOOM, ...zoom }] }) }, { replaceMerge: ['series'] });
  }

  /** The newest part, which a new bar moves along; once the wheel has moved the newest out of sight, it stays where it is. */
  #zoom(slots) {
    if (this.#isZoomed && slots === this.#slots) return undefined;
    const now = this.#isZoomed ? this.#chart.getOption().dataZoom?.[0] : undefined;
    this.#isZoomed = true;
    if (now && now.endValue < this.#slots - 1) return undefined;
    const length = now ? now.endValue - now.startValue + 1 : 0;
    const isWhole = now?.startValue === 0 && length <= SHOWN_BARS;
    return { startValue: Math.max(0, slots - (now && !isWhole ? length : SHOWN_BARS)), endValue: slots - 1 };
  }
}

/** Room to the left of a short series, so that a bar is as wide as ever. */
function padded(bars, length) {
  if (bars.length === 0) return bars;
  const missing = Math.max(0, MIN_SLOTS - bars.length);
  return [...Array.from({ length: missing }, (_, i) => ({ openTime: bars[0].openTime - (missing - i) * length, isEmpty: true })), ...bars];
}

function option(known, length, fills, signals, view) {
  const bars = padded(known, length);
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue('--' + name).trim();
  const places = bars.length ? placesOf(String(bars[bars.length - 1].close)) : 2;
  const index = new Map(bars.flatMap((bar, i) => (bar.isEmpty ? [] : [[bar.openTime, i]])));
  const at = ms => index.get(Math.floor(ms / length) * length);
  const label = ms => length >= 86_400_000 ? new Date(ms).toLocaleDateString('en-GB', { day: '2-digit', month: '2-digit' }) :
    length < 60_000 ? time(ms) : time(ms).slice(0, 5);
  // Beside the bar, not upon it: buys below its low, sells above its high, however many; what was seen and not done, farther out.
  const fillMarks = perBar(fills, at).map(({ index: i, side, texts }) => ({
    value: [i, bars[i][side === 'buy' ? 'low' : 'high']], name: texts.join('\n'), symbolRotate: side === 'buy' ? 0 : 180,
    symbolOffset: [0, side === 'buy' ? 9 : -9], itemStyle: { color: colour(side === 'buy' ? 'up' : 'down') } }));
  const filled = new Set(perBar(fills, at).map(mark => `${mark.index} ${mark.side}`));
  const signalMarks = perBar(signals, at).map(({ index: i, side, texts }) => ({
    value: [i, bars[i][side === 'buy' ? 'low' : 'high']], name: texts.join('\n'),
    symbolOffset: [0, (side === 'buy' ? 1 : -1) * (filled.has(`${i} ${side}`) ? 20 : 10)],
    itemStyle: { color: 'transparent', borderColor: colour('accent'), borderWidth: 1.5 } }));
  const last = bars[bars.length - 1];
  // A label of the axis gives way to that of the last price.
  const perPixel = 1.4 * (Math.max(...view.bars.map(bar => bar.high)) - Math.min(...view.bars.map(bar => bar.low))) / view.height;
  const hides = value => last && Math.abs(value - last.close) < 13 * perPixel;
  const axis = { axisLine: { lineStyle: { color: colour('line') } }, axisTick: { show: false }, axisLabel: { color: colour('faint'), fontSize: 11 } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: [{ left: 8, right: 76, top: 6, bottom: '21%' }, { left: 8, right: 76, height: '13%', bottom: 22 }],
    axisPointer: { link: [{ xAxisIndex: 'all' }], label: { backgroundColor: colour('raised'), color: colour('text'), fontSize: 11 } },
    // Drawn on the canvas: a tooltip made of markup would carry styles that the page's policy forbids.
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colour('raised'), borderColor: colour('line-strong'),
      textStyle: { color: colour('text'), fontSize: 12 }, axisPointer: { type: 'cross', lineStyle: { color: colour('line-strong') }, crossStyle: { color: colour('line-strong') } },
      formatter: points => tooltip(points, bars, places, label) },
    xAxis: [{ type: 'category', data: bars.map(bar => label(bar.openTime)), boundaryGap: true, ...axis, axisLabel: { show: false }, splitLine: { show: false } },
      { type: 'category', gridIndex: 1, data: bars.map(bar => label(bar.openTime)), boundaryGap: true, ...axis, splitLine: { show: false } }],
    yAxis: [{ scale: true, position: 'right', boundaryGap: ['7%', '7%'], ...axis, splitNumber: 6, splitLine: { lineStyle: { color: colour('line'), opacity: .6 } },
      axisLabel: { color: colour('faint'), fontSize: 11, formatter: value => hides(value) ? '' : decimal(value.toFixed(places)) } },
    { gridIndex: 1, position: 'right', ...axis, splitNumber: 2, splitLine: { show: false }, axisLabel: { show: false } }],
    dataZoom: [ZOOM],
    series: [
      { type: 'candlestick', name: 'bars', barMaxWidth: 14, data: bars.map(bar => bar.isEmpty ? '-' : [bar.open, bar.close, bar.low, bar.high]),
        itemStyle: { color: colour('up'), color0: colour('down'), borderColor: colour('up'), borderColor0: colour('down') },
        markLine: last && { symbol: 'none', silent: true, animation: false, lineStyle: { color: colour(last.close >= last.open ? 'up' : 'down'), type: [2, 3], width: 1 },
          label: { formatter: decimal(last.close.toFixed(places)), color: '#fff', backgroundColor: colour(last.close >= last.open ? 'up' : 'down'), padding: [2, 5], borderRadius: 2, fontSize: 11, position: 'end' },
          data: [{ yAxis: last.close }] } },
      { type: 'bar', xAxisIndex: 1, yAxisIndex: 1, name: 'volume', barMaxWidth: 14,
        data: bars.map(bar => bar.isEmpty ? '-' : ({ value: bar.volume, itemStyle: { color: colour(bar.close >= bar.open ? 'up' : 'down'), opacity: .4 } })) },
      { type: 'scatter', name: 'fills', symbol: 'triangle', symbolSize: [10, 8], data: fillMarks, z: 5 },
      { type: 'scatter', name: 'signals', symbol: 'circle', symbolSize: 7, data: signalMarks, z: 4 },
    ],
  };
}

/** Marks of one side in one bar are one mark; the newest few of its texts are told. */
export function perBar(marks, at) {
  const byBar = new Map();
  for (const mark of marks) {
    const index = at(mark.time);
    if (index === undefined) continue;
    const key = `${index} ${mark.side}`;
    if (!byBar.has(key)) byBar.set(key, { index, side: mark.side, all: [] });
    byBar.get(key).all.push(mark.text);
  }
  return [...byBar.values()].map(({ index, side, all }) => ({ index, side, texts: [
    ...all.slice(-MAX_TOLD).reverse(), ...(all.length > MAX_TOLD ? [`+ ${all.length - MAX_TOLD}`] : [])] }));
}

function tooltip(points, bars, places, label) {
  const bar = bars[points[0]?.dataIndex];
  const at = points.find(point => point.seriesName === 'bars');
  const own = points.filter(point => point.seriesName === 'fills' || point.seriesName === 'signals').map(point => point.name);
  if (!at || !bar || bar.isEmpty) return own.join('\n');
  const text = value => decimal(value.toFixed(places));
  return [`${label(bar.openTime)}   O ${text(bar.open)}   H ${text(bar.high)}   L ${text(bar.low)}   C ${text(bar.close)}   V ${short(bar.volume)}`, ...own].join('\n');
}
