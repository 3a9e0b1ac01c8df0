/**
 * One WebSocket to the gateway: signs in, subscribes, heartbeats, comes back by itself and asks for the events it missed;
 * what comes twice is dropped by its offset.
 */
const BACKOFF_MS = [1000, 2000, 4000, 8000, 16000, 30000];
const FINAL_CODES = { 4001: 'the token was refused', 4003: 'the role is not enough', 4009: 'too many connections', 4010: 'the token has expired', 1008: 'this origin is not allowed' };
const SILENCE_MS = 45000;

export class Connection {
  constructor(token, handlers) {
    this.token = token;
    this.handlers = handlers;
    this.subscriptions = new Map();
    this.eventOffsets = new Map();
    this.pending = new Map();
    this.attempts = 0;
    this.isClosed = false;
    this.watch = setInterval(() => this.checkSilence(), 5000);
    this.open();
  }

  /** `isEvent` channels are resumed after a reconnect; the others begin with a snapshot again. */
  subscribe(channel, data = {}, isEvent = false) {
    this.subscriptions.set(channel, { data, isEvent });
    this.sendSubscribe(channel);
  }

  /** Sends a message with an id and resolves with its answer, or rejects with its error. */
  request(type, data) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, '0')).join('');
    return new Promise((resolve, reject) => {
      if (!this.send({ type, id, data, timestamp: Date.now() })) {
        reject(new Error('not connected'));
        return;
      }
      const timer = setTimeout(() => this.settle(id, null, new Error('no answer')), 8000);
      this.pending.set(id, { resolve, reject, timer });
    });
  }

  close() {
    this.isClosed = true;
    clearInterval(this.watch);
    clearTimeout(this.retry);
    if (this.socket) this.socket.close(1000);
  }

  open() {
    this.handlers.state(this.attempts ? 'reconnecting' : 'connecting', this.attempts ? `attempt ${this.attempts}` : '');
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws`, ['lockstep.v1', 'bearer.' + this.token]);
    this.socket = socket;
    this.lastMessageMs = Date.now();
    socket.onmessage = event => this.receive(JSON.parse(event.data));
    socket.onclose = event => this.closed(socket, event);
  }

  closed(socket, event) {
    if (socket !== this.socket) return;
    for (const id of [...this.pending.keys()]) this.settle(id, null, new Error('connection lost'));
    if (this.isClosed) return;
    if (FINAL_CODES[event.code]) {
      this.isClosed = true;
      clearInterval(this.watch);
      this.handlers.refused(event.code, event.reason || FINAL_CODES[event.code]);
      return;
    }
    let waitMs = BACKOFF_MS[Math.min(this.attempts, BACKOFF_MS.length - 1)] * (0.75 + Math.random() / 2);
    if (event.code === 1001 && event.reason.includes('reconnectAfterMs')) {
      try { waitMs = JSON.parse(event.reason).reconnectAfterMs; } catch { /* the hint is only a hint */ }
    }
    this.attempts++;
    this.handlers.state('reconnecting', `in ${Math.ceil(waitMs / 1000)} s`);
    this.retry = setTimeout(() => this.open(), waitMs);
  }

  receive(message) {
    this.lastMessageMs = Date.now();
    const { type, channel, data } = message;
    if (type === 'data') {
      if (!this.isNews(channel, data)) return;
      this.handlers.data(channel, data, message);
    } else if (type === 'ping') {
      this.send({ type: 'pong', data });
    } else if (type === 'connection') {
      this.attempts = 0;
      this.handlers.state('open', '');
      this.handlers.connected(data);
      for (const name of this.subscriptions.keys()) this.sendSubscribe(name);
    } else if (type === 'subscribed') {
      const subscription = this.subscriptions.get(channel);
      if (subscription && subscription.isEvent) {
        if (!data.recovered && this.eventOffsets.has(channel)) this.handlers.lost(channel);
        if (!data.recovered) this.eventOffsets.delete(channel);
        subscription.epoch = data.epoch;
        if (!this.eventOffsets.has(channel)) subscription.floor = data.offset;
      }
    } else if (type === 'error') {
      const error = Object.assign(new Error(data.message), data);
      if (!message.id || !this.settle(message.id, null, error)) this.handlers.error(error);
    }
    if (message.id && type !== 'error') this.settle(message.id, message, null);
  }

  /** Events count once, whatever is sent twice around a reconnect; state is always news. */
  isNews(channel, data) {
    const subscription = this.subscriptions.get(channel);
    if (!subscription || !subscription.isEvent || data.snapshot) return true;
    const last = this.eventOffsets.get(channel);
    if (last !== undefined && data.offset <= last) return false;
    this.eventOffsets.set(channel, data.offset);
    return true;
  }

  sendSubscribe(channel) {
    const { data, isEvent, epoch, floor } = this.subscriptions.get(channel);
    const body = { ...data };
    const offset = this.eventOffsets.get(channel) ?? floor;
    if (isEvent && epoch && offset !== undefined) body.since = { epoch, offset };
    this.send({ type: 'subscribe', channel, data: body });
  }

  send(message) {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  settle(id, answer, error) {
    const waiting = this.pending.get(id);
    if (!waiting) return false;
    this.pending.delete(id);
    clearTimeout(waiting.timer);
    if (error) waiting.reject(error); else waiting.resolve(answer);
    return true;
  }

  checkSilence() {
    if (this.socket && this.socket.readyState === WebSocket.OPEN && Date.now() - this.lastMessageMs > SILENCE_MS) {
      this.socket.close(4000, 'silence');
    }
  }
}
