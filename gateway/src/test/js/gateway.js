// A real gateway for a test, behind a proxy that can be told to misbehave, and a client with short waits.
import net from 'node:net';
import { WebSocket } from 'ws';
import { LockstepClient } from './page/lockstep-client.js';

const CONTROL = process.env.GATEWAY_CONTROL;
const AWAIT_MS = 60_000;

async function control(path, query = {}) {
  const response = await fetch(`${CONTROL}${path}?${new URLSearchParams(query)}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  return text;
}

export function token(user = 'ann', role = 'admin', ms = 3_600_000) {
  return control('/token', { user, role, ms });
}

/** Resolves with the first truthy value of the condition; says what it waited for when there is none in time. */
export async function until(what, condition) {
  const deadline = Date.now() + AWAIT_MS;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error('in vain waited until ' + what);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/**
 * Forwards bytes; `refuses` decides by the first line of a request, `holds` leaves one without an
 * answer, `isMute` lets nothing through, `isDeaf` no answers. */
class Proxy {
  isMute = false;
  isDeaf = false;
  refuses = () => false;
  holds = () => false;
  requests = [];
  #pairs = new Set();
  #server;

  async listen(target) {
    this.#server = net.createServer(inbound => {
      const outbound = net.connect(target, '127.0.0.1');
      const pair = { inbound, outbound };
      this.#pairs.add(pair);
      const end = () => { this.#pairs.delete(pair); inbound.destroy(); outbound.destroy(); };
      inbound.on('error', end).on('close', end);
      outbound.on('error', end).on('close', end);
      inbound.on('data', bytes => {
        const line = bytes.toString('latin1').split('\r\n')[0];
        if (/ HTTP\/1\.1$/.test(line)) {
          this.requests.push(line);
          if (this.refuses(line)) return end();
          if (this.holds(line)) return undefined;
        }
        if (!this.isMute) outbound.write(bytes);
      });
      outbound.on('data', bytes => { if (!this.isMute && !this.isDeaf) inbound.write(bytes); });
    });
    await new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return this.#server.address().port;
  }

  cut() {
    for (const { inbound, outbound } of this.#pairs) { inbound.destroy(); outbound.destroy(); }
  }

  close() {
    this.cut();
    this.#server.close();
  }
}

const SHORT = { backoffMs: [20, 30, 40, 50, 60], pollIntervalMs: 50, connectTimeoutMs: 20_000 };

/** Opens a gateway; everything is closed after the test. */
export async function openGateway(test) {
  const port = Number(await control('/open'));
  const proxy = new Proxy();
  const url = `http://127.0.0.1:${await proxy.listen(port)}`;
  const clients = [];
  test.after(() => { clients.forEach(client => client.close()); proxy.close(); });
  return {
    proxy,
    url,
    run: (path, query = {}) => control(path, { port, ...query }),
    fills: (from, to = from) => control('/fill', { port, from, to }),
    /** A client that is not connected yet. */
    async client(options = {}) {
      const client = new LockstepClient({ url, WebSocket, token: await token(), ...SHORT, ...options });
      clients.push(client);
      return client;
    },
    async open(options = {}) {
      const client = await this.client(options);
      client.connect();
      await until('the client is open', () => client.state === 'OPEN');
      return client;
    },
  };
}

/** Collects trade ids of own fills, as a widget would. */
export function collectFills(client) {
  const ids = [];
  const subscription = client.subscribe('trades', {}, record => ids.push(Number(record.data.tradeId)));
  return { ids, subscription };
}

export const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
