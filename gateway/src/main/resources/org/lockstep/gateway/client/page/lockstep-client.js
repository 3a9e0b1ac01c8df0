/**
 * A client of the Lockstep gateway for browsers and Node (18 or later): one module, no dependencies.
 *
 *     const client = LockstepClient.shared({ token });
 *     client.on('state', change => console.log(change.state));
 *     const quotes = client.subscribe('market-data', { symbol: 'BTCUSDT' }, record => console.log(record.data.bid));
 *     await client.command('maker-btc', 'stop');
 *     quotes.close();
 *
 * It signs in, subscribes, comes back by itself after any trouble and asks for exactly the events it has missed. When
 * the socket cannot be had, the same records come over Server-Sent Events, or from snapshots that are polled, until the
 * socket is back. What is sent while offline waits in a bounded queue.
 */

/** @typedef {'CONNECTING'|'OPEN'|'RECONNECTING'|'FALLBACK'|'CLOSED'|'ERROR'} State */
/** @typedef {'socket'|'stream'|'polling'|'none'} Transport How data come at the moment; none = not at all. */

/**
 * One step in the life of the connection.
 * @typedef {object} StateChange
 * @property {State} state
 * @property {Transport} transport
 * @property {number} at epoch ms
 * @property {string} reason in words, may be empty
 * @property {number} code close code of the socket, HTTP status, or 0
 * @property {number} attempt failed attempts since the connection was last open
 * @property {number} retryAt epoch ms of the next attempt, 0 = none planned
 */

/** @typedef {Record<string, any>} Data Fields as the protocol names them; prices and quantities are decimal strings. */

/**
 * What a listener gets. A book always holds all levels it asked for and a series all known bars, however they came.
 * @typedef {object} DataRecord
 * @property {string} channel
 * @property {string} key of the value within its channel; empty for events
 * @property {boolean} isEvent
 * @property {Data} data
 * @property {number} offset sequence in the journal
 * @property {number} ageMs when it was sent, since venue time
 * @property {number} receivedAt epoch ms
 * @property {boolean} snapshot
 * @property {boolean} stale older than `staleAfterMs`; changes with time, see the event `stale`
 */

/** @typedef {(record: DataRecord) => void} DataListener */

/**
 * @typedef {object} Selector
 * @property {string} [symbol] `BTCUSDT`, `binance:BTCUSDT` or `*`
 * @property {string[]} [symbols]
 * @property {string} [interval] for klines: 1m, 5m, 15m, 1h or 1d
 * @property {number} [levels] for orderbook: at most so many a side, 1, 5, 10, 20, 50 or 100; 20 without. Without a
 *   socket 20 are the most there are
 * @property {number} [conflateMs] for state channels: at most one value in this time
 */

/**
 * What is used of a WebSocket, so that any implementation will do.
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {number} [readyState] 1 = open
 * @property {(code?: number, reason?: string) => void} close
 * @property {(() => void)} [terminate]
 * @property {((event: any) => void)|null} onmessage
 * @property {((event: any) => void)|null} onclose
 * @property {((event: any) => void)|null} onerror
 */

/**
 * @typedef {object} Options
 * @property {string} [url] of the gateway, http(s) or ws(s), default the page's own
 * @property {string|((why: {isRefused: boolean}) => string|Promise<string>)} token a function is asked again before it expires
 * @property {new (url: string, protocols: string[]) => Socket} [WebSocket] default the global one
 * @property {typeof fetch} [fetch] default the global one
 * @property {() => number} [random] in [0, 1), for jitter
 * @property {number[]} [backoffMs] waits before the attempts to reconnect; the last one repeats
 * @property {number} [jitter] part of a wait that is random, both ways
 * @property {number} [attemptsBeforeFallback]
 * @property {number} [pollIntervalMs] of snapshots when there is no stream either
 * @property {number} [heartbeatMs] between pings
 * @property {number} [heartbeatTimeoutMs] silence after a ping that ends the socket
 * @property {number} [connectTimeoutMs]
 * @property {number} [requestTimeoutMs] for an answer, each try
 * @property {number} [queueCapacity] messages that wait while offline
 * @property {number} [maxTries] of one message
 * @property {number} [staleAfterMs]
 * @property {number} [historyLength] of state changes kept
 */

/** The defaults are the protocol's. */
export const DEFAULTS = Object.freeze({
  backoffMs: [2_000, 4_000, 8_000, 16_000, 30_000],
  jitter: 0.2,
  attemptsBeforeFallback: 5,
  pollIntervalMs: 5_000,
  heartbeatMs: 15_000,
  heartbeatTimeoutMs: 10_000,
  connectTimeoutMs: 10_000,
  requestTimeoutMs: 10_000,
  queueCapacity: 1_000,
  maxTries: 3,
  staleAfterMs: 30_000,
  historyLength: 100,
});

const SOCKET_OPEN = 1;
const EVENT_CHANNELS = new Set(['public-trades', 'trades', 'orders', 'signals', 'alerts']);
/** Their values hold until they change, so only a silent connection makes them stale. */
const LASTING_CHANNELS = new Set(['positions', 'bot-status']);
/** Levels a side of a book for who does not say. */
const USUAL_LEVELS = 20;
const WITHOUT_SYMBOLS = new Set(['bot-status', 'alerts', 'time-sync', 'system-health']);
const FINAL_CODES = new Map([[1008, 'this origin is not allowed'], [4001, 'the token was refused'],
  [4003, 'the role is not enough'], [4010, 'the token has expired']]);
const RETRYABLE = new Set(['busy', 'rate_limited', 'unconfirmed']);
const SWEEP_MS = 1_000;
const STREAM_SILENCE_MS = 45_000;
const MAX_STREAMS = 2;
const MAX_BARS = 1_000;
const RATE_SHARE = 0.8;

/** Why a request failed; `code` is the protocol's or one of offline, dropped, unanswered, closed. */
export class LockstepError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{field?: string, retryAfterMs?: number}} [more]
   */
  constructor(code, message, more = {}) {
    super(message);
    this.name = 'LockstepError';
    this.code = code;
    this.field = more.field;
    this.retryAfterMs = more.retryAfterMs ?? 0;
  }
}

/**
 * Wait before an attempt to reconnect.
 * @param {number} attempt 0 for the first
 * @param {{backoffMs: number[], jitter: number}} options
 * @param {number} random in [0, 1)
 */
export function backoff(attempt, { backoffMs, jitter }, random) {
  const base = backoffMs[Math.min(attempt, backoffMs.length - 1)];
  return Math.round(base * (1 - jitter + 2 * jitter * random));
}

/** @param {Data} data */
function symbolKey(data) {
  return data.symbol ? `${data.venue ?? ''}:${data.symbol}` : '';
}

/** Where each event channel stands, to ask for what comes next and to drop what came already. */
class Cursors {
  /** @type {Map<string, {epoch: string, offset: number}>} */
  #channels = new Map();
  /** @type {Map<string, Map<string, number>>} */
  #seen = new Map();

  /** @param {string} channel */
  since(channel) {
    return this.#channels.get(channel);
  }

  /**
   * @param {string} channel
   * @param {string} epoch
   * @param {number} offset
   */
  start(channel, epoch, offset) {
    this.#channels.set(channel, { epoch, offset });
  }

  /** @param {string} channel */
  forget(channel) {
    this.#channels.delete(channel);
    this.#seen.delete(channel);
  }

  /**
   * True for an event that has not been seen. A snapshot tells of the past and does not move the cursor.
   * @param {string} channel
   * @param {Data} data
   */
  accept(channel, data) {
    let seen = this.#seen.get(channel);
    if (!seen) this.#seen.set(channel, seen = new Map());
    const key = symbolKey(data);
    const last = seen.get(key);
    if (last !== undefined && data.offset <= last) return false;
    seen.set(key, data.offset);
    const cursor = this.#channels.get(channel);
    if (!data.snapshot && cursor && data.offset > cursor.offset) cursor.offset = data.offset;
    return true;
  }

  /**
   * Moves a channel on, as after a note that events were left out.
   * @param {string} channel
   * @param {number} offset
   */
  skip(channel, offset) {
    const cursor = this.#channels.get(channel);
    if (cursor && offset > cursor.offset) cursor.offset = offset;
  }
}

/**
 * @param {string} channel
 * @param {Data} data
 */
function valueKey(channel, data) {
  switch (channel) {
    case 'klines': return `${symbolKey(data)} ${data.interval}`;
    case 'positions': return `${symbolKey(data)} ${data.bot ?? ''} ${data.account ?? ''}`;
    case 'bot-status': return String(data.bot);
    case 'time-sync': return String(data.venue);
    case 'system-health': return '';
    default: return symbolKey(data);
  }
}

/**
 * Levels after a change; a quantity of zero takes a level away.
 * @param {string[][]} levels best first
 * @param {string[][]} changes
 * @param {1|-1} direction 1 for asks
 */
function mergeLevels(levels, changes, direction) {
  const byPrice = new Map(levels.map(level => [level[0], level]));
  for (const change of changes) {
    if (Number(change[1]) === 0) byPrice.delete(change[0]); else byPrice.set(change[0], change);
  }
  return [...byPrice.values()].sort((a, b) => direction * (Number(a[0]) - Number(b[0])));
}

/**
 * @param {Data[]} bars oldest first
 * @param {Data[]} changes
 */
function mergeBars(bars, changes) {
  const byTime = new Map(bars.map(bar => [bar.openTime, bar]));
  for (const change of changes) byTime.set(change.openTime, change);
  return [...byTime.values()].sort((a, b) => a.openTime - b.openTime).slice(-MAX_BARS);
}

/** The newest value of everything on state channels. */
class Values {
  /** @type {Map<string, Map<string, DataRecord>>} */
  #channels = new Map();

  /** @param {string} channel */
  of(channel) {
    return this.#channels.get(channel) ?? new Map();
  }

  /** @param {string} [channel] all without */
  clear(channel) {
    if (channel === undefined) this.#channels.clear(); else this.#channels.delete(channel);
  }

  /**
   * Keeps a value and gives it completed, or nothing when a newer one is at hand.
   * @param {DataRecord} record
   */
  put(record) {
    let values = this.#channels.get(record.channel);
    if (!values) this.#channels.set(record.channel, values = new Map());
    const last = values.get(record.key);
    if (last && !record.snapshot && record.offset < last.offset) return null;
    if (last && record.channel === 'orderbook' && record.data.prevOffset !== undefined) {
      record.data = { ...record.data, bids: mergeLevels(last.data.bids, record.data.bids ?? [], -1),
        asks: mergeLevels(last.data.asks, record.data.asks ?? [], 1) };
    } else if (last && record.channel === 'klines' && !record.snapshot) {
      record.data = { ...record.data, bars: mergeBars(last.data.bars, record.data.bars ?? []) };
    }
    values.set(record.key, record);
    return record;
  }

  /**
   * Renews every mark of age and tells of those that changed.
   * @param {number} now
   * @param {number} lastTrafficAt
   * @param {number} staleAfterMs
   * @param {(record: DataRecord) => void} onChange
   */
  sweep(now, lastTrafficAt, staleAfterMs, onChange) {
    for (const [channel, values] of this.#channels) {
      for (const record of values.values()) {
        const ageMs = LASTING_CHANNELS.has(channel) ? now - lastTrafficAt : now - record.receivedAt + record.ageMs;
        const isStale = ageMs > staleAfterMs;
        if (isStale !== record.stale) {
          record.stale = isStale;
          onChange(record);
        }
      }
    }
  }
}

/**
 * A message that wants an answer.
 * @typedef {object} Request
 * @property {string} id
 * @property {string} text
 * @property {number} tries
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {any} timer
 */

/** Messages that wait for a connection: bounded, the oldest goes first when it is full. */
class OfflineQueue {
  /** @type {Request[]} */
  #waiting = [];
  droppedCount = 0;

  /** @param {number} capacity */
  constructor(capacity) {
    this.capacity = capacity;
  }

  get length() {
    return this.#waiting.length;
  }

  /** @param {Request} request */
  push(request) {
    this.#waiting.push(request);
    this.#bound();
  }

  /** @param {Request[]} requests those that were under way, oldest first */
  putBack(requests) {
    this.#waiting.unshift(...requests);
    this.#bound();
  }

  shift() {
    return this.#waiting.shift();
  }

  clear() {
    return this.#waiting.splice(0);
  }

  #bound() {
    while (this.#waiting.length > this.capacity) {
      const oldest = /** @type {Request} */ (this.#waiting.shift());
      this.droppedCount++;
      oldest.reject(new LockstepError('dropped', `the queue is full at ${this.capacity} messages; the oldest was dropped`));
    }
  }
}

/** What goes out: in order, no faster than the server allows, again when it was not answered, and bounded while offline. */
class Outbox {
  /** Subscriptions on their way out; they are made anew in each connection and go first. @type {string[]} */
  #control = [];
  #queue;
  /** Sent and not answered. @type {Map<string, Request>} */
  #underWay = new Map();
  #tokens = { available: 0, at: 0, perSecond: 1 };
  /** @type {any} */ #timer;
  /** @type {((text: string) => void)|null} */
  #send = null;
  #options;

  /** @param {{queueCapacity: number, maxTries: number, requestTimeoutMs: number}} options */
  constructor(options) {
    this.#options = options;
    this.#queue = new OfflineQueue(options.queueCapacity);
  }

  get length() { return this.#queue.length; }
  get droppedCount() { return this.#queue.droppedCount; }

  /**
   * Messages may go.
   * @param {(text: string) => void} send
   * @param {number} perSecond
   */
  open(send, perSecond) {
    this.#send = send;
    this.#tokens = { available: perSecond, at: Date.now(), perSecond };
  }

  /** They may not any more; what was sent and not answered waits again, in front. */
  shut() {
    clearTimeout(this.#timer);
    this.#send = null;
    this.#control = [];
    const requests = [...this.#underWay.values()];
    this.#underWay.clear();
    requests.forEach(request => clearTimeout(request.timer));
    this.#queue.putBack(requests.filter(request => request.tries < this.#options.maxTries));
    requests.filter(request => request.tries >= this.#options.maxTries).forEach(request => this.#again(request));
  }

  /** @param {Error} error */
  refuseAll(error) {
    this.shut();
    this.#queue.clear().forEach(request => request.reject(error));
  }

  /** @param {string} text */
  pushControl(text) {
    this.#control.push(text);
  }

  /** @param {Request} request */
  push(request) {
    this.#queue.push(request);
    this.drain();
  }

  /** Sends what may be sent now. */
  drain() {
    clearTimeout(this.#timer);
    while (this.#send && (this.#control.length > 0 || this.#queue.length > 0)) {
      if (!this.#takeToken()) {
        this.#timer = unref(setTimeout(() => this.drain(), Math.max(1_000 / this.#tokens.perSecond, this.#tokens.at - Date.now())));
        return;
      }
      const control = this.#control.shift();
      if (control !== undefined) this.#send(control);
      else this.#transmit(/** @type {Request} */ (this.#queue.shift()), this.#send);
    }
  }

  /** @param {number} ms the server wants nothing for so long */
  rest(ms) {
    this.#tokens = { ...this.#tokens, available: 0, at: Date.now() + ms };
  }

  /**
   * @param {string} id
   * @param {Data} data
   */
  answered(id, data) {
    this.#take(id)?.resolve(data);
  }

  /**
   * @param {string} id
   * @param {LockstepError} error
   * @returns {boolean} true when it was a request of ours
   */
  refused(id, error) {
    const request = this.#take(id);
    if (!request) return false;
    if (RETRYABLE.has(error.code) && request.tries < this.#options.maxTries) {
      request.timer = unref(setTimeout(() => this.push(request), error.retryAfterMs));
    } else {
      request.reject(error);
    }
    return true;
  }

  /** @param {string} id */
  #take(id) {
    const request = this.#underWay.get(id);
    this.#underWay.delete(id);
    clearTimeout(request?.timer);
    return request;
  }

  #takeToken() {
    const now = Date.now();
    const bucket = this.#tokens;
    if (now < bucket.at) return false;
    bucket.available = Math.min(bucket.perSecond, bucket.available + (now - bucket.at) * bucket.perSecond / 1_000);
    bucket.at = now;
    if (bucket.available < 1) return false;
    bucket.available--;
    return true;
  }

  /**
   * @param {Request} request
   * @param {(text: string) => void} send
   */
  #transmit(request, send) {
    request.tries++;
    this.#underWay.set(request.id, request);
    request.timer = unref(setTimeout(() => {
      this.#underWay.delete(request.id);
      this.#again(request);
    }, this.#options.requestTimeoutMs));
    send(request.text);
  }

  /** @param {Request} request */
  #again(request) {
    if (request.tries < this.#options.maxTries) this.push(request);
    else request.reject(new LockstepError('unanswered', `no answer after ${request.tries} tries`));
  }
}

/**
 * Symbols by interval, '' where all are wanted.
 * @param {string[]} wishes
 * @returns {Map<string, string[]>}
 */
function byInterval(wishes) {
  const groups = new Map();
  for (const wish of wishes) {
    const [symbol, interval = ''] = wish.split(' ');
    groups.set(interval, [...(groups.get(interval) ?? []), symbol]);
  }
  return groups;
}

/**
 * True when two wishes may be for the same data, as with and without the venue.
 * @param {string} wish
 * @param {string} other
 */
function isShared(wish, other) {
  const [symbol, interval = ''] = wish.split(' ');
  const [otherSymbol, otherInterval = ''] = other.split(' ');
  const [name, otherName] = [symbol, otherSymbol].map(whole => whole.slice(whole.indexOf(':') + 1));
  return (name === otherName || symbol === '*' || otherSymbol === '*') &&
    (interval === otherInterval || interval === '' || otherInterval === '');
}

/**
 * The best levels of a book; all of it, the same, when it has no more.
 * @param {DataRecord} record
 * @param {number} levels a side
 * @returns {DataRecord}
 */
function bestOf(record, levels) {
  const { bids = [], asks = [] } = record.data;
  if (bids.length <= levels && asks.length <= levels) return record;
  return { ...record, data: { ...record.data, bids: bids.slice(0, levels), asks: asks.slice(0, levels) } };
}

/** What is wanted of one channel, over all who want it. */
class Channel {
  /** @type {Set<Subscription>} */
  handles = new Set();
  /** What the server has been asked for in this connection. @type {Set<string>} */
  asked = new Set();
  askedConflateMs = -1;
  askedLevels = 0;
  isResuming = false;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.isEvent = EVENT_CHANNELS.has(name);
  }

  /** Symbols, where only some intervals are wanted each with its interval. @returns {Set<string>} */
  wanted() {
    const wishes = [...this.handles].flatMap(handle => handle.symbols.map(symbol => [symbol, handle.selector.interval ?? '']));
    if (wishes.length > 0 && WITHOUT_SYMBOLS.has(this.name)) return new Set(['*']);
    const wide = new Set(wishes.filter(([symbol]) => symbol === '*').map(([, interval]) => interval));
    return new Set(wishes.filter(([symbol, interval]) => symbol === '*' || !wide.has(interval)).map(wish => wish.join(' ').trim()));
  }

  /** @returns {string[]} */
  symbols() {
    const symbols = new Set([...this.wanted()].map(wish => wish.split(' ')[0]));
    return symbols.has('*') ? ['*'] : [...symbols].sort();
  }

  /** The shortest that anybody asked for; -1 when nobody did. */
  conflateMs() {
    const wishes = [...this.handles].map(handle => handle.selector.conflateMs).filter(wish => wish !== undefined);
    return wishes.length === this.handles.size && wishes.length > 0 ? Math.min(.../** @type {number[]} */ (wishes)) : -1;
  }

  /** The most levels of a book that anybody asked for; 0 when nobody did. */
  levels() {
    if (this.name !== 'orderbook' || ![...this.handles].some(handle => handle.selector.levels !== undefined)) return 0;
    return Math.max(...[...this.handles].map(handle => handle.selector.levels ?? USUAL_LEVELS));
  }
}

/** A wish for data; `close` ends it. */
export class Subscription {
  #end;

  /**
   * @param {string} channel
   * @param {Selector} selector
   * @param {DataListener} listener
   * @param {(handle: Subscription) => void} end
   */
  constructor(channel, selector, listener, end) {
    this.channel = channel;
    this.selector = selector;
    this.symbols = [...(selector.symbols ?? []), ...(selector.symbol ? [selector.symbol] : [])];
    if (this.symbols.length === 0) this.symbols.push('*');
    this.listener = listener;
    this.#end = end;
  }

  /** @param {Data} data */
  matches(data) {
    if (this.selector.interval && data.interval && data.interval !== this.selector.interval) return false;
    return WITHOUT_SYMBOLS.has(this.channel) || this.symbols.includes('*') ||
      this.symbols.includes(data.symbol) || this.symbols.includes(symbolKey(data));
  }

  /**
   * What of a record was asked for: others may have asked for more levels of the same book.
   * @param {DataRecord} record
   */
  part(record) {
    return this.channel === 'orderbook' ? bestOf(record, this.selector.levels ?? USUAL_LEVELS) : record;
  }

  close() {
    this.#end(this);
  }
}

/**
 * What the fallback needs of its client.
 * @typedef {object} FallbackHost
 * @property {() => string[]} streamPaths what is wanted now, as paths of streams
 * @property {() => [string, string, string][]} snapshots channel, name of the list in the answer, path
 * @property {(path: string, init: RequestInit) => Promise<Response>} http
 * @property {(text: string) => void} onText a message of a stream
 * @property {(channel: string, body: Data, values: Data[]) => void} onSnapshot
 * @property {(transport: Transport, reason: string) => void} onTransport how data come now
 * @property {(error: unknown) => void} onError
 */

/** Data without a socket: streams where they can be had, else snapshots that are polled, until it is stopped. */
class Fallback {
  #host;
  #options;
  #stopping = new AbortController();
  /** @type {AbortController|null} */
  #streams = null;

  /**
   * @param {FallbackHost} host
   * @param {{backoffMs: number[], pollIntervalMs: number, connectTimeoutMs: number}} options
   */
  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    this.#run(this.#stopping.signal);
  }

  stop() {
    this.#stopping.abort();
    this.#streams?.abort();
  }

  /** Ends the streams, so that others begin with what is wanted then. */
  restart() {
    this.#streams?.abort();
  }

  /** @param {AbortSignal} signal */
  async #run(signal) {
    const retryStreamMs = this.#options.backoffMs[this.#options.backoffMs.length - 1];
    while (!signal.aborted) {
      let hasStreamed = false;
      try {
        hasStreamed = await this.#stream(signal);
      } catch (error) {
        if (!signal.aborted) this.#host.onError(error);
      }
      const untilMs = Date.now() + retryStreamMs;
      while (!signal.aborted && !hasStreamed && Date.now() < untilMs) {
        await this.#poll(signal);
        await pause(this.#options.pollIntervalMs, signal);
      }
      if (hasStreamed) await pause(Math.min(200, this.#options.pollIntervalMs), signal);
    }
  }

  /**
   * Reads streams until one ends.
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} true when anything came
   */
  async #stream(signal) {
    const streams = this.#streams = new AbortController();
    const paths = this.#host.streamPaths();
    if (paths.length === 0) return false;
    let hasData = false;
    const onText = (/** @type {string} */ text) => {
      if (signal.aborted || streams.signal.aborted) return false;
      hasData = true;
      this.#host.onTransport('stream', '');
      this.#host.onText(text);
      return true;
    };
    try {
      await Promise.race(paths.map(path => this.#readStream(path, streams.signal, onText)));
    } catch (error) {
      if (signal.aborted || !hasData && !streams.signal.aborted) throw error;
    } finally {
      streams.abort();
    }
    return hasData;
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   * @param {(text: string) => boolean} onText false ends it
   */
  async #readStream(path, signal, onText) {
    const silence = new AbortController();
    const stop = () => silence.abort();
    signal.addEventListener('abort', stop);
    let timer = unref(setTimeout(stop, this.#options.connectTimeoutMs));
    try {
      const response = await this.#host.http(path, { headers: { Accept: 'text/event-stream' }, signal: silence.signal });
      if (!response.ok || !response.body) throw new LockstepError(`http_${response.status}`, `no stream: HTTP ${response.status}`);
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        clearTimeout(timer);
        timer = unref(setTimeout(stop, STREAM_SILENCE_MS));
        const { done, value } = await reader.read();
        if (done) return;
        rest += decoder.decode(value, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const text = block.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart()).join('\n');
          if (text && !onText(text)) return;
        }
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      silence.abort();
    }
  }

  /**
   * Reads everything once that has a snapshot.
   * @param {AbortSignal} signal
   */
  async #poll(signal) {
    try {
      for (const [channel, list, path] of this.#host.snapshots()) {
        const response = await this.#host.http(path, { signal });
        if (!response.ok) throw new LockstepError(`http_${response.status}`, `HTTP ${response.status}`);
        const body = await response.json();
        if (signal.aborted) return;
        this.#host.onTransport('polling', '');
        this.#host.onSnapshot(channel, body, body[list] ?? []);
      }
    } catch (error) {
      if (!signal.aborted) this.#host.onTransport('none', messageOf(error));
    }
  }
}

/** @type {Map<string, LockstepClient>} */
const sharedClients = new Map();

export class LockstepClient {
  #options;
  #base;
  #cursors = new Cursors();
  #values = new Values();
  #outbox;
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();
  /** Asked for and not confirmed. */
  /** @type {Map<string, {channel: string, symbols: string[], interval: string}>} */
  #subscribing = new Map();
  /** @type {Socket|null} */
  #socket = null;
  /** @type {StateChange[]} */
  #history = [];
  /** @type {StateChange} */
  #change = { state: 'CLOSED', transport: 'none', at: Date.now(), reason: '', code: 0, attempt: 0, retryAt: 0 };
  /** @type {Data|null} */
  #session = null;
  #epoch = '';
  #attempts = 0;
  #refusals = 0;
  #lastTrafficAt = 0;
  #isProbing = false;
  #isSyncPlanned = false;
  #nextId = 0;
  #idPrefix = randomPrefix();
  /** @type {any} */ #retryTimer;
  /** @type {any} */ #deadlineTimer;
  /** @type {any} */ #heartbeatTimer;
  /** @type {any} */ #renewTimer;
  /** @type {any} */ #sweepTimer;
  /** @type {Fallback|null} */
  #fallback = null;
  #onWake = () => this.#retryNow();

  /** Round trip of the last heartbeat, ms; -1 before the first. */
  roundTripMs = -1;

  /** @param {Options} options */
  constructor(options) {
    this.#options = { ...DEFAULTS, random: Math.random, ...withoutUndefined(options) };
    this.#outbox = new Outbox(this.#options);
    const url = options.url ?? globalThis.location?.origin;
    if (!url) throw new LockstepError('invalid', 'options.url is needed outside a page');
    this.#base = url.replace(/^ws/, 'http').replace(/\/(ws)?$/, '');
    if (!this.#options.WebSocket && !globalThis.WebSocket) {
      throw new LockstepError('invalid', 'there is no WebSocket here: use Node 22 or later, or npm install ws and give it as options.WebSocket');
    }
  }

  /**
   * The page's one client of a gateway, made and connected by who asks first.
   * @param {Options} options of later calls only `url` is looked at
   */
  static shared(options) {
    const key = options.url ?? globalThis.location?.origin ?? '';
    let client = sharedClients.get(key);
    if (!client || client.state === 'CLOSED') {
      client = new LockstepClient(options);
      sharedClients.set(key, client);
      client.connect();
    }
    return client;
  }

  get state() { return this.#change.state; }
  get transport() { return this.#change.transport; }
  /** The newest change. */
  get status() { return this.#change; }
  /** Changes, oldest first. */
  get history() { return [...this.#history]; }
  /** What the server said when it let us in: user, role, limits, ... */
  get session() { return this.#session; }
  get epoch() { return this.#epoch; }
  get queueLength() { return this.#outbox.length; }
  /** Messages that were given up because the queue was full. */
  get droppedCount() { return this.#outbox.droppedCount; }

  /**
   * Listens to `state` (StateChange), `session` (what the server says of itself and of us), `error` (LockstepError that
   * belongs to no request), `lost` ({channel, reason}: events are missing for good, a snapshot follows), `skipped`
   * ({channel, count}), `stale` (DataRecord whose mark changed).
   * @param {'state'|'session'|'error'|'lost'|'skipped'|'stale'} name
   * @param {(event: any) => void} listener
   * @returns {() => void} ends it
   */
  on(name, listener) {
    let listeners = this.#listeners.get(name);
    if (!listeners) this.#listeners.set(name, listeners = new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  connect() {
    if (this.state !== 'CLOSED' && this.state !== 'ERROR') return;
    this.#attempts = 0;
    this.#refusals = 0;
    this.#lastTrafficAt = Date.now();
    clearInterval(this.#sweepTimer);
    this.#sweepTimer = unref(setInterval(() => this.#sweep(), SWEEP_MS));
    globalThis.addEventListener?.('online', this.#onWake);
    globalThis.document?.addEventListener('visibilitychange', this.#onWake);
    this.#moveTo('CONNECTING', {});
    this.#openSocket();
  }

  /** Ends it; what waited is refused. `connect` begins anew. */
  close() {
    this.#halt('CLOSED', { reason: 'closed by us' });
    this.#outbox.refuseAll(new LockstepError('closed', 'the client was closed'));
  }

  /** Tries the socket now instead of when it is due. */
  retry() {
    if (!this.#socket && (this.state === 'RECONNECTING' || this.state === 'FALLBACK')) this.#openSocket();
  }

  /**
   * Takes another token of the same user: at once on an open socket, else for the next attempt.
   * @param {string} token
   */
  async renew(token) {
    this.#options.token = token;
    if (this.state === 'OPEN') await this.request('auth', { token }, { isQueued: false });
    else if (this.state === 'ERROR' || this.state === 'CLOSED') this.connect();
    else this.#retryNow();
  }

  /**
   * Asks for data until the subscription is closed. Of state channels the values at hand come at once.
   * @param {string} channel
   * @param {Selector} selector
   * @param {DataListener} listener
   */
  subscribe(channel, selector, listener) {
    const handle = new Subscription(channel, selector, listener, ended => this.#unsubscribe(ended));
    let wanted = this.#channels.get(channel);
    if (!wanted) this.#channels.set(channel, wanted = new Channel(channel));
    wanted.handles.add(handle);
    for (const record of this.#values.of(channel).values()) {
      if (handle.matches(record.data)) this.#call(listener, handle.part(record));
    }
    this.#planSync();
    return handle;
  }

  /**
   * Newest values of a state channel.
   * @param {string} channel
   * @returns {DataRecord[]}
   */
  values(channel) {
    return [...this.#values.of(channel).values()];
  }

  /**
   * Sends a message and resolves with the data of its answer. While offline it waits in the queue, and what is cut off
   * before its answer is sent again under the same id, so that it acts once.
   * @param {string} type
   * @param {Data} [data]
   * @param {{id?: string, isQueued?: boolean}} [how] isQueued: false refuses at once while offline
   * @returns {Promise<Data>}
   */
  request(type, data, how = {}) {
    const id = how.id ?? this.#newId();
    return new Promise((resolve, reject) => {
      if (this.state === 'CLOSED' || this.state !== 'OPEN' && how.isQueued === false) {
        reject(new LockstepError('offline', 'not connected'));
        return;
      }
      const text = JSON.stringify({ type, id, data, timestamp: Date.now() });
      this.#outbox.push({ id, text, tries: 0, resolve, reject, timer: 0 });
    });
  }

  /**
   * Tells a bot what to do. Without a socket, starting and stopping go over HTTP.
   * @param {string} bot
   * @param {'start'|'stop'|'pause'|'resume'|'kill'} action
   * @param {Record<string, string>} [params]
   * @returns {Promise<Data>}
   */
  async command(bot, action, params) {
    const id = this.#newId();
    if (this.state === 'FALLBACK' && this.transport !== 'none' && !params && (action === 'start' || action === 'stop')) {
      const answer = await this.fetch(`/api/bot/${action}`, {
        method: 'POST', body: JSON.stringify({ bot }), headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      });
      return answer;
    }
    return this.request('bot_command', params ? { bot, action, params } : { bot, action }, { id });
  }

  /**
   * What only an admin may do: orders by hand, limits, the kill switch. Refused at once while offline, since it must not
   * act later than it was meant to.
   * @param {'submit_order'|'cancel_order'|'set_limits'|'kill_switch_on'|'kill_switch_off'} action
   * @param {Data} [terms] of the action
   * @returns {Promise<Data>} once the journal has it
   */
  adminCommand(action, terms = {}) {
    return this.request('admin_command', { ...terms, action }, { isQueued: false });
  }

  /** Balances, positions, orders and bots, all at once. @returns {Promise<Data>} */
  refresh() {
    return this.request('refresh_data');
  }

  /** @param {Data} data @returns {Promise<Data>} */
  echo(data) {
    return this.request('echo', data);
  }

  /**
   * Calls the gateway's HTTP interface with our token.
   * @param {string} path
   * @param {RequestInit} [init]
   * @returns {Promise<Data>}
   */
  async fetch(path, init = {}) {
    const response = await this.#http(path, init);
    const body = await response.json().catch(() => ({}));
    if (!response.ok) {
      throw new LockstepError(body.code ?? `http_${response.status}`, body.detail ?? body.title ?? `HTTP ${response.status}`, body);
    }
    return body;
  }

  // ---- the socket

  async #openSocket() {
    clearTimeout(this.#retryTimer);
    let socket;
    try {
      const token = await this.#token(this.#refusals > 0);
      if (this.#socket || this.state === 'CLOSED' || this.state === 'ERROR' || this.state === 'OPEN') return;
      const Implementation = this.#options.WebSocket ?? /** @type {any} */ (globalThis.WebSocket);
      socket = /** @type {Socket} */ (new Implementation(
        this.#base.replace(/^http/, 'ws') + '/ws', ['lockstep.v1', 'bearer.' + token]));
    } catch (error) {
      this.#onSocketLost(0, messageOf(error));
      return;
    }
    this.#socket = socket;
    socket.onmessage = event => this.#onFrame(String(event.data), true);
    socket.onclose = event => this.#dropSocket(event.code, String(event.reason ?? ''));
    socket.onerror = () => {};  // a close follows and says more
    this.#deadlineTimer = unref(setTimeout(() => this.#dropSocket(0, 'no answer'), this.#options.connectTimeoutMs));
  }

  /**
   * Lets go of the socket without waiting for the other side, which may be gone.
   * @param {number} code
   * @param {string} reason
   */
  #dropSocket(code, reason) {
    this.#releaseSocket(true);
    this.#onSocketLost(code, reason);
  }

  /** @param {boolean} isDead the other side need not be told */
  #releaseSocket(isDead) {
    clearTimeout(this.#deadlineTimer);
    clearInterval(this.#heartbeatTimer);
    this.#isProbing = false;
    clearTimeout(this.#renewTimer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onmessage = socket.onclose = null;
      if (isDead && socket.terminate) socket.terminate(); else socket.close(1000, '');
    }
    this.#outbox.shut();
    this.#subscribing.clear();
    for (const channel of this.#channels.values()) channel.asked.clear();
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #onSocketLost(code, reason) {
    if (this.state === 'CLOSED' || this.state === 'ERROR') return;
    if (FINAL_CODES.has(code) && !this.#mayAskForToken(code)) {
      this.#halt('ERROR', { code, reason: reason || FINAL_CODES.get(code) });
      return;
    }
    if (this.state === 'RECONNECTING' || this.state === 'FALLBACK') this.#attempts++;
    const hint = code === 1001 && this.state === 'OPEN' ? reconnectHint(reason) : null;
    const waitMs = FINAL_CODES.has(code) ? 0 :
      hint !== null ? Math.round(hint * (1 + this.#options.jitter * this.#options.random())) :
        backoff(this.#attempts, this.#options, this.#options.random());
    this.#retryTimer = unref(setTimeout(() => this.#openSocket(), waitMs));
    const detail = { code, reason: hint === null ? reason : 'the gateway shuts down', attempt: this.#attempts,
      retryAt: Date.now() + waitMs };
    if (this.#fallback) {
      this.#change = { ...this.#change, attempt: this.#attempts, retryAt: detail.retryAt };
    } else if (this.#attempts >= this.#options.attemptsBeforeFallback) {
      this.#moveTo('FALLBACK', detail);
      this.#startFallback();
    } else {
      this.#moveTo('RECONNECTING', detail);
    }
  }

  /** @param {number} code */
  #mayAskForToken(code) {
    return typeof this.#options.token === 'function' && (code === 4001 || code === 4010) && ++this.#refusals <= 1;
  }

  /**
   * @param {State} state
   * @param {Partial<StateChange>} detail
   */
  #halt(state, detail) {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#sweepTimer);
    globalThis.removeEventListener?.('online', this.#onWake);
    globalThis.document?.removeEventListener('visibilitychange', this.#onWake);
    this.#stopFallback();
    if (this.state !== state) this.#moveTo(state, detail);
    this.#releaseSocket(false);
  }

  #retryNow() {
    if (globalThis.document?.visibilityState !== 'hidden') this.retry();
  }

  /**
   * @param {State} state
   * @param {Partial<StateChange>} detail
   */
  #moveTo(state, detail) {
    const transport = state === 'OPEN' ? 'socket' : 'none';
    this.#change = { state, transport, at: Date.now(), reason: '', code: 0, attempt: 0, retryAt: 0, ...detail };
    this.#history.push(this.#change);
    if (this.#history.length > this.#options.historyLength) this.#history.shift();
    this.#emit('state', this.#change);
  }

  /**
   * @param {string} text
   * @param {boolean} isOnSocket false for what a stream brings, perhaps while the socket is being opened
   */
  #onFrame(text, isOnSocket) {
    this.#lastTrafficAt = Date.now();
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.#emit('error', new LockstepError('malformed', 'the gateway sent what is not JSON'));
      return;
    }
    this.#onMessage(message, isOnSocket);
  }

  /**
   * @param {Data} message
   * @param {boolean} isOnSocket
   */
  #onMessage(message, isOnSocket) {
    const { type, channel, id } = message;
    const data = message.data ?? {};
    switch (type) {
      case 'data': this.#onData(channel, data); break;
      case 'connection': this.#onConnection(data, isOnSocket); break;
      case 'subscribed': this.#onSubscribed(channel, data, id); break;
      case 'ping': if (isOnSocket) this.#write(JSON.stringify({ type: 'pong', data })); break;
      case 'pong': if (data.heartbeat) this.roundTripMs = Date.now() - data.heartbeat; break;
      case 'error': this.#onError(data, id); return;
    }
    if (id !== undefined) this.#outbox.answered(id, data);
  }

  /**
   * @param {Data} data
   * @param {boolean} isOnSocket
   */
  #onConnection(data, isOnSocket) {
    this.#session = { ...this.#session, ...data };
    const isNewJournal = this.#epoch !== '' && data.epoch !== this.#epoch;
    this.#epoch = data.epoch;
    this.#refusals = 0;
    if (isNewJournal) this.#values.clear();     // values of another run are not compared with these by offset
    if (isOnSocket && this.state !== 'OPEN') {
      clearTimeout(this.#deadlineTimer);
      this.#attempts = 0;
      this.#stopFallback();
      const perSecond = Math.max(1, Math.floor((data.limits?.messagesPerSecond ?? 50) * RATE_SHARE));
      this.#outbox.open(text => this.#write(text), perSecond);
      this.#heartbeatTimer = unref(setInterval(() => this.#heartbeat(), this.#options.heartbeatMs));
      this.#moveTo('OPEN', {});
      this.#sync();
    }
    if (isOnSocket && typeof this.#options.token === 'function' && data.expiresAt) this.#planRenewal(data.expiresAt);
    this.#emit('session', this.#session);
  }

  /** @param {number} expiresAt */
  #planRenewal(expiresAt) {
    const leftMs = expiresAt - Date.now();
    const waitMs = Math.min(Math.max(leftMs * 0.8, leftMs - 60_000), 2 ** 31 - 1);
    clearTimeout(this.#renewTimer);
    this.#renewTimer = unref(setTimeout(async () => {
      try {
        await this.request('auth', { token: await this.#token(false) }, { isQueued: false });
      } catch (error) {
        this.#emit('error', error);
      }
    }, Math.max(0, waitMs)));
  }

  /** Asks for a sign of life; anything that comes will do. */
  #heartbeat() {
    const now = Date.now();
    this.#write(JSON.stringify({ type: 'ping', data: { heartbeat: now } }));
    if (this.#isProbing) return;
    this.#isProbing = true;
    this.#deadlineTimer = unref(setTimeout(() => {
      this.#isProbing = false;
      if (this.#lastTrafficAt < now) this.#dropSocket(0, 'the gateway is silent');
    }, this.#options.heartbeatTimeoutMs));
  }

  // ---- what comes in

  /**
   * @param {string} channel
   * @param {Data} data
   */
  #onData(channel, data) {
    if (data.skipped !== undefined) {
      this.#cursors.skip(channel, data.offset);
      this.#emit('skipped', { channel, count: data.skipped });
      return;
    }
    const isEvent = EVENT_CHANNELS.has(channel);
    if (isEvent && !this.#cursors.accept(channel, data)) return;
    const ageMs = data.ageMs ?? 0;
    /** @type {DataRecord|null} */
    let record = { channel, key: isEvent ? '' : valueKey(channel, data), isEvent, data, offset: data.offset ?? -1, ageMs,
      receivedAt: Date.now(), snapshot: data.snapshot === true,
      stale: !LASTING_CHANNELS.has(channel) && ageMs > this.#options.staleAfterMs };
    if (!isEvent) record = this.#values.put(record);
    if (record) this.#deliver(record);
  }

  /** @param {DataRecord} record */
  #deliver(record) {
    for (const handle of this.#channels.get(record.channel)?.handles ?? []) {
      if (handle.matches(record.data)) this.#call(handle.listener, handle.part(record));
    }
  }

  /**
   * @param {string} name
   * @param {Data} data
   * @param {string} [id]
   */
  #onSubscribed(name, data, id) {
    if (id !== undefined) this.#subscribing.delete(id);
    this.#epoch = data.epoch;
    const channel = this.#channels.get(name);
    if (!channel?.isEvent) return;
    const cursor = this.#cursors.since(name);
    if (!cursor) {
      this.#cursors.start(name, data.epoch, data.offset);
    } else if (channel.isResuming) {
      channel.isResuming = false;
      if (data.recovered) {
        cursor.epoch = data.epoch;
      } else {
        this.#cursors.forget(name);
        this.#cursors.start(name, data.epoch, data.offset);
        this.#emit('lost', { channel: name, reason: 'the gateway no longer holds what was missed' });
      }
    }
  }

  /**
   * @param {Data} data
   * @param {string} [id]
   */
  #onError(data, id) {
    const error = new LockstepError(data.code ?? 'error', data.message ?? 'error', data);
    if (id !== undefined && this.#subscribing.has(id)) {
      this.#onSubscribeError(id, data);
    } else if (id !== undefined && this.#outbox.refused(id, error)) {
      return;
    } else if (error.code === 'rate_limited') {
      this.#outbox.rest(error.retryAfterMs);
    } else if (error.code === 'history_lost') {
      this.#emit('lost', { channel: data.channel ?? null, reason: error.message });
    } else if (error.code === 'expired' && !this.#socket) {
      this.#fallback?.restart();
    }
    this.#emit('error', error);
  }

  /**
   * A symbol that does not exist must not cost the others their data.
   * @param {string} id
   * @param {Data} data
   */
  #onSubscribeError(id, data) {
    const asked = this.#subscribing.get(id);
    if (!asked) return;
    const { channel, symbols, interval } = asked;
    this.#subscribing.delete(id);
    const bad = /^data\.symbols\[(\d+)\]$/.exec(data.field ?? '');
    if (data.code === 'unknown_symbol' && bad && symbols.length > 1) {
      const isResuming = this.#channels.get(channel)?.isResuming ?? false;
      this.#sendSubscribe(channel, symbols.filter((_, index) => index !== Number(bad[1])), interval, isResuming);
      this.#outbox.drain();
    }
  }

  #sweep() {
    const now = Date.now();
    this.#values.sweep(now, this.#lastTrafficAt, this.#options.staleAfterMs, record => this.#emit('stale', record));
  }

  // ---- subscriptions

  /** @param {Subscription} handle */
  #unsubscribe(handle) {
    const channel = this.#channels.get(handle.channel);
    if (channel?.handles.delete(handle)) this.#planSync();
  }

  /** Once for all that is subscribed in one go. */
  #planSync() {
    if (this.#isSyncPlanned) return;
    this.#isSyncPlanned = true;
    queueMicrotask(() => {
      this.#isSyncPlanned = false;
      if (this.state === 'OPEN') this.#sync();
      else if (this.transport === 'stream') this.#fallback?.restart();
    });
  }

  /** Makes what the server has been asked for what is wanted. */
  #sync() {
    for (const [name, channel] of this.#channels) {
      const before = new Set(channel.asked);
      const wanted = channel.wanted();
      const gone = [...channel.asked].filter(wish => !wanted.has(wish));
      if (gone.length > 0) {
        for (const [interval, symbols] of byInterval(gone)) {
          this.#sendControl('unsubscribe', name, interval ? { symbols, interval } : { symbols });
        }
        // The gateway has then stopped what they share with others, too: that is asked for anew.
        for (const wish of before) {
          if (gone.some(other => isShared(wish, other))) channel.asked.delete(wish);
        }
        this.#forgetValues(channel);
      }
      if (channel.handles.size === 0) {
        this.#channels.delete(name);
        this.#cursors.forget(name);
        this.#values.clear(name);
        continue;
      }
      const isNewPace = channel.asked.size > 0 &&
        (channel.conflateMs() !== channel.askedConflateMs || channel.levels() !== channel.askedLevels);
      const added = [...wanted].filter(wish => isNewPace || !channel.asked.has(wish));
      const isFirst = channel.asked.size === 0;
      if (added.length > 0) {
        channel.askedConflateMs = channel.conflateMs();
        channel.askedLevels = channel.levels();
      }
      for (const isAnew of [true, false]) {
        for (const [interval, symbols] of byInterval(added.filter(wish => before.has(wish) === isAnew))) {
          this.#sendSubscribe(name, symbols, interval, isFirst || isAnew);
        }
      }
      added.forEach(wish => channel.asked.add(wish));
    }
    this.#outbox.drain();
  }

  /** @param {Channel} channel */
  #forgetValues(channel) {
    const values = this.#values.of(channel.name);
    for (const [key, record] of values) {
      if (![...channel.handles].some(handle => handle.matches(record.data))) values.delete(key);
    }
  }

  /**
   * @param {string} name
   * @param {string[]} symbols
   * @param {string} interval empty = all
   * @param {boolean} mayResume
   */
  #sendSubscribe(name, symbols, interval, mayResume) {
    const channel = this.#channels.get(name);
    if (!channel) return;
    /** @type {Data} */
    const data = WITHOUT_SYMBOLS.has(name) ? {} : { symbols };
    if (interval) data.interval = interval;
    const since = channel.isEvent && mayResume ? this.#cursors.since(name) : undefined;
    if (since) {
      data.since = since;
      channel.isResuming = true;
    }
    if (!channel.isEvent && channel.askedConflateMs >= 0) data.conflateMs = channel.askedConflateMs;
    if (channel.askedLevels > 0) data.levels = channel.askedLevels;
    const id = this.#sendControl('subscribe', name, data);
    this.#subscribing.set(id, { channel: name, symbols, interval });
  }

  /**
   * @param {string} type
   * @param {string} channel
   * @param {Data} data
   */
  #sendControl(type, channel, data) {
    const id = this.#newId();
    this.#outbox.pushControl(JSON.stringify({ type, id, channel, data }));
    return id;
  }

  /** @param {string} text */
  #write(text) {
    // A socket that is not open is about to close; what went lost is sent again after that.
    if ((this.#socket?.readyState ?? SOCKET_OPEN) !== SOCKET_OPEN) return;
    try {
      this.#socket?.send(text);
    } catch {
      // it has closed just now
    }
  }

  // ---- without a socket

  #startFallback() {
    this.#fallback = new Fallback({
      streamPaths: () => this.#streamPaths(),
      snapshots: () => this.#snapshots(),
      http: (path, init) => this.#http(path, init),
      onText: text => this.#onFrame(text, false),
      onSnapshot: (channel, body, values) => this.#onSnapshot(channel, body, values),
      onTransport: (transport, reason) => this.#comeBy(transport, reason),
      onError: error => this.#emit('error', error),
    }, this.#options);
  }

  #stopFallback() {
    this.#fallback?.stop();
    this.#fallback = null;
  }

  /**
   * @param {Transport} transport
   * @param {string} reason
   */
  #comeBy(transport, reason) {
    if (this.state !== 'FALLBACK' || this.transport === transport) return;
    this.#moveTo('FALLBACK', { transport, reason, attempt: this.#attempts, retryAt: this.#change.retryAt });
  }

  /** One stream for each set of symbols, at most two, as a user has few connections. */
  #streamPaths() {
    /** @type {Map<string, string[]>} */
    const groups = new Map();
    for (const [name, channel] of this.#channels) {
      if (channel.handles.size === 0) continue;
      const wanted = channel.symbols().join(',');
      const key = groups.has(wanted) || groups.size < MAX_STREAMS ? wanted : '*';
      groups.set(key, [...(groups.get(key) ?? []), name]);
    }
    return [...groups].map(([symbols, names]) => {
      const query = new URLSearchParams({ channels: names.join(','), symbols });
      const cursors = names.map(name => this.#cursors.since(name)).filter(cursor => cursor !== undefined);
      const oldest = cursors.sort((a, b) => a.offset - b.offset)[0];
      if (oldest) query.set('since', `${oldest.epoch}/${oldest.offset}`);
      for (const name of names) {
        const channel = /** @type {Channel} */ (this.#channels.get(name));
        channel.isResuming = channel.isEvent && this.#cursors.since(name) !== undefined;
      }
      return '/api/stream?' + query;
    });
  }

  /** @returns {[string, string, string][]} */
  #snapshots() {
    const symbols = this.#channels.get('market-data')?.symbols() ?? ['*'];
    /** @type {[string, string, string][]} */
    const sources = [['market-data', 'symbols', '/api/market/snapshot?symbols=' + encodeURIComponent(symbols.join(','))]];
    if (this.#channels.has('bot-status')) sources.push(['bot-status', 'bots', '/api/bots']);
    if (this.#channels.has('positions')) sources.push(['positions', 'positions', '/api/positions']);
    return sources;
  }

  /**
   * @param {string} channel
   * @param {Data} body
   * @param {Data[]} values
   */
  #onSnapshot(channel, body, values) {
    if (this.#epoch !== '' && body.epoch !== this.#epoch) this.#values.clear();
    this.#epoch = body.epoch;
    this.#lastTrafficAt = Date.now();
    for (const data of values) this.#onData(channel, { offset: body.offset, ...data, snapshot: true });
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   */
  async #http(path, init) {
    const token = await this.#token(false);
    const call = this.#options.fetch ?? globalThis.fetch.bind(globalThis);
    const ask = (/** @type {string} */ bearer) =>
      call(this.#base + path, { ...init, headers: { ...init.headers, Authorization: 'Bearer ' + bearer } });
    const response = await ask(token);
    if (response.status !== 401) return response;
    if (typeof this.#options.token === 'function') return ask(await this.#token(true));
    if (this.state === 'FALLBACK') this.#halt('ERROR', { code: 401, reason: 'the token was refused or has expired' });
    return response;
  }

  // ---- bits

  /** @param {boolean} isRefused */
  async #token(isRefused) {
    const { token } = this.#options;
    return typeof token === 'function' ? token({ isRefused }) : token;
  }

  #newId() {
    return this.#idPrefix + (this.#nextId++).toString(36);
  }

  /**
   * @param {string} name
   * @param {any} event
   */
  #emit(name, event) {
    for (const listener of this.#listeners.get(name) ?? []) this.#call(listener, event);
  }

  /**
   * A listener that throws must not stop the others.
   * @param {(event: any) => void} listener
   * @param {any} event
   */
  #call(listener, event) {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => { throw error; });
    }
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {string} reason */
function reconnectHint(reason) {
  try {
    const hint = JSON.parse(reason).reconnectAfterMs;
    return typeof hint === 'number' && hint >= 0 ? hint : null;
  } catch {
    return null;
  }
}

/**
 * @template {object} T
 * @param {T} object
 * @returns {T}
 */
function withoutUndefined(object) {
  return /** @type {T} */ (Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
}

function randomPrefix() {
  const bytes = new Uint8Array(9);
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(bytes);
  else bytes.forEach((_, index) => { bytes[index] = Math.floor(Math.random() * 256); });
  return Array.from(bytes, byte => byte.toString(36).padStart(2, '0')).join('') + '-';
}

/**
 * Timers must not keep a script alive; an open socket does.
 * @template T
 * @param {T} timer
 * @returns {T}
 */
function unref(timer) {
  /** @type {any} */ (timer)?.unref?.();
  return timer;
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
