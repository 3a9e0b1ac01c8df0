import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { backoff, DEFAULTS, LockstepClient } from './page/lockstep-client.js';
import { openGateway, token, until } from './gateway.js';

const states = client => client.history.map(change => change.state);
const socketsOnly = line => line.startsWith('GET /ws ');
const socketsAndStreams = line => socketsOnly(line) || line.startsWith('GET /api/stream');

test('should wait 2, 4, 8, 16 and 30 s, more or less, before it reconnects', () => {
  const waits = random => [0, 1, 2, 3, 4, 5, 50].map(attempt => backoff(attempt, DEFAULTS, random));

  assert.deepEqual(waits(0.5), [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(waits(0), [1_600, 3_200, 6_400, 12_800, 24_000, 24_000, 24_000]);
  assert.equal(backoff(0, DEFAULTS, 0.999), 2_399);
});

test('should say who we are when it is open', async t => {
  const gateway = await openGateway(t);

  const client = await gateway.open();

  assert.deepEqual(states(client), ['CONNECTING', 'OPEN']);
  assert.equal(client.transport, 'socket');
  assert.equal(client.session.user, 'ann');
  assert.equal(client.session.role, 'admin');
});

test('should come back by itself when the connection is cut', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  gateway.proxy.cut();

  await until('it is open again', () => states(client).filter(state => state === 'OPEN').length === 2);
  assert.deepEqual(states(client), ['CONNECTING', 'OPEN', 'RECONNECTING', 'OPEN']);
});

test('should come back when the gateway is restarted', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  await gateway.run('/stop');
  await until('it has noticed', () => client.state !== 'OPEN');
  await gateway.run('/restart-process', { epoch: 2 });

  await until('it is open again', () => client.state === 'OPEN');
  assert.match(client.epoch, /^2-/);
});

test('should notice a connection that is dead without saying so', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ heartbeatMs: 40, heartbeatTimeoutMs: 60, connectTimeoutMs: 300 });
  await until('a heartbeat has been answered', () => client.roundTripMs >= 0);

  gateway.proxy.isMute = true;
  await until('it has noticed', () => states(client).includes('RECONNECTING'));
  gateway.proxy.isMute = false;

  await until('it is open again', () => client.state === 'OPEN');
  assert.equal(client.history.find(change => change.state === 'RECONNECTING').reason, 'the gateway is silent');
});

test('should take the stream after five attempts and return to the socket by itself', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const bids = [];
  client.subscribe('market-data', { symbol: 'BTCUSDT' }, record => bids.push(record.data.bid));
  const before = gateway.proxy.requests.length;
  let attempts = 0;
  client.on('state', change => {
    if (change.state === 'FALLBACK' && attempts === 0) attempts = gateway.proxy.requests.slice(before).filter(socketsOnly).length;
  });

  gateway.proxy.refuses = socketsOnly;
  gateway.proxy.cut();
  await until('data come by the stream', () => client.transport === 'stream');
  await gateway.run('/quote', { bid: 6_100_000 });
  await until('the quote has come', () => bids.includes('61000.00'));
  assert.equal(client.state, 'FALLBACK');
  assert.equal(attempts, 5);

  gateway.proxy.refuses = () => false;
  await until('it is back on the socket', () => client.state === 'OPEN');
  await gateway.run('/quote', { bid: 6_200_000 });
  await until('the next quote has come', () => bids.includes('62000.00'));
  assert.equal(bids.filter(bid => bid === '62000.00').length, 1);
});

test('should not take word from the stream for the socket that is still being opened', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ connectTimeoutMs: 2_000 });
  client.subscribe('market-data', {}, () => {});
  gateway.proxy.refuses = socketsOnly;
  gateway.proxy.cut();
  await until('data come by the stream', () => client.transport === 'stream');

  gateway.proxy.holds = socketsOnly;
  gateway.proxy.refuses = () => false;
  const before = gateway.proxy.requests.length;
  await until('a socket is being opened', () => gateway.proxy.requests.slice(before).some(socketsOnly));
  const bots = [];
  client.subscribe('bot-status', {}, record => bots.push(record));
  await until('another stream was opened', () => bots.length > 0);

  assert.equal(client.state, 'FALLBACK');
  gateway.proxy.holds = () => false;
  await until('it is back on the socket', () => client.state === 'OPEN');
});

test('should poll snapshots when there is no stream either', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const quotes = [];
  const bots = [];
  client.subscribe('market-data', {}, record => quotes.push(record));
  client.subscribe('bot-status', {}, record => bots.push(record));

  gateway.proxy.refuses = socketsAndStreams;
  gateway.proxy.cut();
  await until('snapshots are polled', () => client.transport === 'polling');
  await gateway.run('/quote', { bid: 6_300_000 });

  const quote = await until('the quote has come', () => quotes.find(record => record.data.bid === '63000.00'));
  assert.equal(quote.snapshot, true);
  await until('bots have come', () => bots.some(record => record.data.bot === 'maker-btc'));
  assert.equal(client.state, 'FALLBACK');
});

test('should say that nothing comes when the gateway is gone, and recover in full', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  await gateway.run('/stop');
  await until('it says so', () => client.history.some(change => change.state === 'FALLBACK'));
  assert.equal(client.transport, 'none');
  await gateway.run('/start');

  await until('it is open again', () => client.state === 'OPEN');
});

test('should end in ERROR when the token is refused', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.client({ token: 'nonsense' });

  client.connect();

  await until('it has given up', () => client.state === 'ERROR');
  assert.equal(client.status.code, 4001);
  assert.match(client.status.reason, /not a signed JWT/);
});

test('should end in ERROR when its token expires, and go on with a new one without losing a fill', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.client({ token: await token('ann', 'admin', 4_000) });
  const ids = [];
  client.subscribe('trades', {}, record => ids.push(record.data.tradeId));
  client.connect();
  await until('the token has expired', () => client.state === 'ERROR');
  assert.equal(client.status.code, 4010);

  await gateway.fills(1, 3);
  await client.renew(await token());

  await until('what was missed has come', () => ids.length === 3);
  assert.deepEqual(ids, ['1', '2', '3']);
});

test('should notice that its token expires while it has no socket', async t => {
  const gateway = await openGateway(t);
  gateway.proxy.refuses = socketsOnly;
  let client;
  let hasStream = false;
  // A busy machine may need longer than the first token lasts to come to the stream.
  for (let ms = 4_000; !hasStream; ms *= 4) {
    client = await gateway.client({ token: await token('ann', 'admin', ms) });
    client.subscribe('bot-status', {}, () => {});
    client.connect();
    await until('the stream is there', () => client.transport === 'stream' || client.state === 'ERROR');
    hasStream = client.state !== 'ERROR';
  }

  await until('it has given up', () => client.state === 'ERROR');

  assert.equal(client.status.code, 401);
});

test('should ask for a new token before the old one expires when it knows whom to ask', async t => {
  const gateway = await openGateway(t);
  const given = [];
  const renews = async firstMs => {
    given.length = 0;
    const client = await gateway.open({
      token: async () => { given.push(await token('ann', 'admin', given.length === 0 ? firstMs : 600_000)); return given.at(-1); },
    });
    const expiresAt = client.session.expiresAt;
    await until('the token was renewed', () => given.length > 1 && client.session.expiresAt >= expiresAt && client.state === 'OPEN');
    return client;
  };
  let client = await renews(4_000);
  // A busy machine may need longer than the first token lasts.
  for (let ms = 16_000; states(client).length > 2 && ms < 100_000; ms *= 2) client = await renews(ms);

  await until('it has the new one', () => client.session.expiresAt > Date.now() + 300_000);
  assert.deepEqual(states(client), ['CONNECTING', 'OPEN']);
  assert.equal(given.length, 2);
});

test('should get a fresh token when the one it has is refused', async t => {
  const gateway = await openGateway(t);

  const client = await gateway.open({ token: async ({ isRefused }) => isRefused ? token() : 'nonsense' });

  assert.equal(client.state, 'OPEN');
});

test('should be one client a page', async t => {
  const gateway = await openGateway(t);
  const options = { url: gateway.url, WebSocket, token: await token() };

  const first = LockstepClient.shared(options);
  t.after(() => first.close());
  const second = LockstepClient.shared(options);
  await until('it is open', () => first.state === 'OPEN');

  assert.equal(first, second);
  first.close();
  const third = LockstepClient.shared(options);
  t.after(() => third.close());
  assert.notEqual(first, third);
});

test('should keep a bounded history', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ historyLength: 3 });

  gateway.proxy.cut();

  await until('it is open again', () => client.state === 'OPEN' && client.history.length === 3 && client.history[1].state === 'RECONNECTING');
  assert.deepEqual(states(client), ['OPEN', 'RECONNECTING', 'OPEN']);
});

test('should say what to do where there is no WebSocket', { skip: typeof globalThis.WebSocket !== 'undefined' }, () => {
  assert.throws(() => new LockstepClient({ url: 'http://127.0.0.1:1', token: 'x' }), /Node 22 or later, or npm install ws/);
});
