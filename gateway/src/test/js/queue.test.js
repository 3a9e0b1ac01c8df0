import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGateway, range, until } from './gateway.js';

const commands = line => line.startsWith('GET /ws ');

test('should send what waited when it is connected', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.client();
  client.connect();
  assert.notEqual(client.state, 'OPEN');

  const answer = client.command('maker-btc', 'stop');
  assert.equal(client.queueLength, 1);

  assert.equal((await answer).action, 'stop');
  assert.equal(client.queueLength, 0);
  assert.equal(await gateway.run('/actions'), 'STOP_BOT maker-btc by ann');
});

test('should drop the oldest of more than it holds, and count them', async t => {
  const gateway = await openGateway(t);
  gateway.proxy.refuses = commands;
  const client = await gateway.client({ queueCapacity: 3 });
  client.connect();
  const outcomes = range(1, 5).map(n => client.echo({ n }).then(data => data.n, error => error.code));
  assert.equal(client.queueLength, 3);
  assert.equal(client.droppedCount, 2);

  gateway.proxy.refuses = () => false;

  assert.deepEqual(await Promise.all(outcomes), ['dropped', 'dropped', 3, 4, 5]);
});

test('should hold a thousand by default and deliver them in order without tripping the rate limit', async t => {
  const gateway = await openGateway(t);
  gateway.proxy.refuses = commands;
  const client = await gateway.client();
  const errors = [];
  client.on('error', error => errors.push(error.code));
  client.connect();
  const order = [];
  const outcomes = range(1, 1_100).map(n => client.echo({ n }).then(data => order.push(data.n), () => {}));
  assert.equal(client.queueLength, 1_000);
  assert.equal(client.droppedCount, 100);

  gateway.proxy.refuses = () => false;
  await until('some have come', () => order.length >= 60);

  assert.deepEqual(order.slice(0, 60), range(101, 160));
  assert.deepEqual(errors.filter(code => code === 'rate_limited'), []);
  client.close();
  await Promise.all(outcomes);
});

test('should send a command again when the connection broke before its answer, and have it act once', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  gateway.proxy.isDeaf = true;
  const answer = client.command('maker-btc', 'stop');
  await until('the command has acted', async () => await gateway.run('/actions') !== '');

  gateway.proxy.cut();
  gateway.proxy.isDeaf = false;

  assert.equal((await answer).duplicate, true);
  assert.equal(await gateway.run('/actions'), 'STOP_BOT maker-btc by ann');
});

test('should give up after three tries', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ requestTimeoutMs: 60 });
  await gateway.run('/mute', { on: 'yes' });

  const outcome = client.command('maker-btc', 'stop').catch(error => error);

  assert.equal((await outcome).code, 'unanswered');
  assert.match((await outcome).message, /3 tries/);
});

test('should refuse at once what must not wait', async t => {
  const gateway = await openGateway(t);
  gateway.proxy.refuses = commands;
  const client = await gateway.client();
  client.connect();

  const outcome = client.request('echo', {}, { isQueued: false }).catch(error => error.code);

  assert.equal(await outcome, 'offline');
});

test('should pass on why the gateway refuses a command', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  const outcome = await client.command('no-such-bot', 'stop').catch(error => error);

  assert.equal(outcome.code, 'unknown_bot');
  assert.equal(outcome.field, 'data.bot');
});

test('should start and stop bots over HTTP while there is no socket', async t => {
  const gateway = await openGateway(t);
  gateway.proxy.refuses = commands;
  const client = await gateway.client();
  client.subscribe('bot-status', {}, () => {});
  client.connect();
  await until('the stream is there', () => client.transport === 'stream');

  const answer = await client.command('maker-btc', 'stop');

  assert.equal(answer.action, 'stop');
  assert.equal(await gateway.run('/actions'), 'STOP_BOT maker-btc by ann');
});
