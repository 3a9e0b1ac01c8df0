import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectFills, openGateway, range, until } from './gateway.js';

test('should bring every fill once and in order when the connection is cut again and again', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const { ids } = collectFills(client);
  await gateway.fills(1, 25);
  await until('it is subscribed', () => ids.length === 25);

  for (let batch = 1; batch < 20; batch++) {
    await gateway.fills(batch * 25 + 1, batch * 25 + 25);
    gateway.proxy.cut();
  }

  await until('all have come', () => ids.length >= 500);
  assert.deepEqual(ids, range(1, 500));
});

test('should resume over a restart of the gateway', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const { ids } = collectFills(client);
  await gateway.fills(1, 2);
  await until('the first have come', () => ids.length === 2);

  await gateway.run('/stop');
  await gateway.fills(3, 4);
  await gateway.run('/restart-process', { epoch: 2 });
  await gateway.fills(5);

  await until('the rest has come', () => ids.length >= 5);
  assert.deepEqual(ids, range(1, 5));
});

test('should neither lose nor double a fill when it changes between socket, stream and polling', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const { ids } = collectFills(client);
  await gateway.fills(1, 10);
  await until('it is subscribed', () => ids.length === 10);

  gateway.proxy.refuses = line => line.startsWith('GET /ws ');
  gateway.proxy.cut();
  await gateway.fills(11, 20);
  await until('the stream has brought them', () => client.transport === 'stream' && ids.length === 20);
  gateway.proxy.refuses = line => /^GET \/(ws|api\/stream)/.test(line);
  gateway.proxy.cut();
  await gateway.fills(21, 30);
  await until('snapshots are polled', () => client.transport === 'polling');
  gateway.proxy.refuses = () => false;
  await until('it is back', () => client.state === 'OPEN');
  await gateway.fills(31, 40);

  await until('all have come', () => ids.length >= 40);
  assert.deepEqual(ids, range(1, 40));
});

test('should say so when what was missed is no longer held', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const { ids } = collectFills(client);
  const lost = [];
  client.on('lost', event => lost.push(event));
  await gateway.fills(1, 3);
  await until('the first have come', () => ids.length === 3);

  await gateway.run('/stop');
  await gateway.run('/new-journal');

  await until('it has said so', () => lost.length === 1);
  assert.equal(lost[0].channel, 'trades');
  await gateway.fills(7);
  await until('the new journal is followed', () => ids.at(-1) === 7);
});

test('should give a second widget the values at hand and ask the gateway only once', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  await gateway.run('/quote', { bid: 6_000_000 });
  const first = [];
  client.subscribe('market-data', { symbol: 'BTCUSDT' }, record => first.push(record.data.bid));
  await until('the first has it', () => first.includes('60000.00'));

  const second = [];
  const subscription = client.subscribe('market-data', { symbol: 'binance:BTCUSDT' }, record => second.push(record.data.bid));
  assert.deepEqual(second, ['60000.00']);
  subscription.close();
  await gateway.run('/quote', { bid: 6_000_100 });

  await until('the first still gets news', () => first.at(-1) === '60001.00');
  assert.deepEqual(second, ['60000.00']);
});

test('should end a subscription at the gateway when nobody wants it any more', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const subscriptions = async () => (await (await fetch(gateway.url + '/ws/stats')).json()).subscriptions;
  const first = client.subscribe('market-data', {}, () => {});
  const second = client.subscribe('market-data', { symbol: 'BTCUSDT' }, () => {});
  await until('it is subscribed', async () => (await subscriptions())['market-data'] === 1);

  first.close();
  const quotes = [];
  client.subscribe('market-data', { symbol: 'BTCUSDT' }, record => quotes.push(record.data));
  await gateway.run('/quote', { bid: 5_000_000 });
  await until('one symbol still comes', () => quotes.some(quote => quote.bid === '50000.00'));
  second.close();
  assert.equal((await subscriptions())['market-data'], 1);
});

test('should not let an unknown symbol cost the others their data', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const errors = [];
  client.on('error', error => errors.push(error.code));
  const symbols = new Set();

  client.subscribe('market-data', { symbols: ['BTCUSDT', 'NOSUCH', 'ETHUSDT'] }, record => symbols.add(record.data.symbol));

  await until('both have come', () => symbols.size === 2);
  assert.deepEqual(errors, ['unknown_symbol']);
});

test('should keep a book whole when its changes come one by one', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  await gateway.run('/book', { bid: 6_000_000 });
  let book;
  client.subscribe('orderbook', { symbol: 'BTCUSDT', conflateMs: 0 }, record => { book = record.data; });
  await until('the snapshot has come', () => book?.bids.length > 0);
  const bids = book.bids.length;

  await gateway.run('/level', { price: 5_999_900, quantity: 70_000 });
  await until('a level was added', () => book.bids.some(([price, quantity]) => price === '59999.00' && Number(quantity) === 0.7));
  assert.equal(book.bids.length, bids + 1);
  assert.deepEqual(book.bids, [...book.bids].sort((a, b) => Number(b[0]) - Number(a[0])));
});

test('should take a level out of a book when its quantity becomes zero', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  await gateway.run('/book', { bid: 6_000_000 });
  let book;
  client.subscribe('orderbook', { symbol: 'BTCUSDT', conflateMs: 0 }, record => { book = record.data; });
  await until('the snapshot has come', () => book?.bids.length > 0);
  const bids = book.bids.length;
  await gateway.run('/level', { price: 5_999_900, quantity: 70_000 });
  await until('a level was added', () => book.bids.length === bids + 1);

  await gateway.run('/level', { price: 5_999_900, quantity: 0 });

  await until('it was taken away', () => book.bids.length === bids);
});

test('should give each as many levels of one book as it asked for', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  await gateway.run('/book', { bid: 6_000_000 });
  for (let i = 1; i <= 30; i++) await gateway.run('/level', { price: 6_000_000 - i * 100, quantity: 70_000 });
  const bids = {};
  const watch = (name, selector) =>
    client.subscribe('orderbook', { symbol: 'BTCUSDT', conflateMs: 0, ...selector }, ({ data }) => { bids[name] = data.bids.map(level => level[0]); });

  watch('five', { levels: 5 });
  await until('the best have come', () => bids.five?.at(-1) === '59996.00');
  assert.deepEqual(bids.five, ['60000.00', '59999.00', '59998.00', '59997.00', '59996.00']);

  watch('usual', {});
  const deep = watch('fifty', { levels: 50 });
  await until('the others have come', () => bids.usual?.length === 20 && bids.fifty?.length === 31);
  assert.equal(bids.five.length, 5);

  await gateway.run('/level', { price: 5_999_800, quantity: 0 });
  await until('the next has moved up', () => bids.five.at(-1) === '59995.00');
  assert.equal(bids.fifty.length, 30);

  deep.close();
  await gateway.run('/level', { price: 5_999_700, quantity: 0 });
  await until('it has moved up with fewer asked for', () => bids.five.at(-1) === '59994.00');
  assert.equal(bids.usual.length, 20);
  assert.equal(bids.fifty.length, 30);
});

test('should keep a series of bars whole and only of the interval asked for', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  for (let i = 0; i < 5; i++) await gateway.run('/bar', { time: i * 60_000, close: 6_000_000 + i, closed: 'yes' });
  let series;
  client.subscribe('klines', { symbol: 'BTCUSDT', interval: '1m', conflateMs: 0 }, record => { series = record.data; });
  await until('the snapshot has come', () => series?.bars.length === 5);

  await gateway.run('/bar', { time: 300_000, close: 6_100_000, closed: 'no' });
  await gateway.run('/bar', { time: 300_000, close: 6_200_000, closed: 'yes' });

  await until('the new bar is there', () => series.bars.length === 6 && series.bars[5].close === '62000.00');
  assert.deepEqual(series.bars.map(bar => bar.openTime), range(0, 5).map(i => i * 60_000));
});

test('should leave others the interval they share when one of them ends', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  let everything;
  client.subscribe('klines', { interval: '1m', conflateMs: 0 }, record => { everything = record.data; });
  const bars = [];
  const one = client.subscribe('klines', { symbol: 'BTCUSDT', interval: '5m', conflateMs: 0 }, record => bars.push(record.data));
  await gateway.run('/bar', { time: 0, close: 6_000_000, interval: 'M5', closed: 'yes' });
  await until('a bar of 5m has come', () => bars.length > 0);

  one.close();
  await client.request('echo', {});
  await gateway.run('/bar', { time: 300_000, close: 6_000_001, interval: 'M5', closed: 'yes' });
  await gateway.run('/bar', { time: 60_000, close: 6_000_002, closed: 'yes' });

  await until('a bar of 1m has come', () => everything?.bars.at(-1).close === '60000.02');
  assert.ok(bars.every(data => data.interval === '5m' && data.bars.every(bar => bar.openTime === 0)));
});

test('should leave the fills of a symbol to who named its venue, too', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const ids = [];
  client.subscribe('trades', { symbols: ['binance:BTCUSDT', 'ETHUSDT'] }, record => ids.push(Number(record.data.tradeId)));
  const other = client.subscribe('trades', { symbol: 'BTCUSDT' }, () => {});
  await client.request('echo', {});
  await gateway.run('/fill', { from: 1, to: 10 });
  await until('the first have come', () => ids.length === 10);

  other.close();
  await gateway.run('/fill', { from: 11, to: 20 });

  await until('all have come', () => ids.length >= 20);
  assert.deepEqual(ids, range(1, 20));
});

test('should mark what is old as stale, and fresh again when it is renewed', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ staleAfterMs: 2_500 });
  let cameFresh = 0;
  const marks = [];
  client.on('stale', record => { if (record.channel === 'market-data') marks.push([record.data.symbol, record.stale]); });
  client.subscribe('market-data', { symbol: 'BTCUSDT' }, record => { if (!record.stale) cameFresh++; });
  client.subscribe('bot-status', {}, () => {});
  client.subscribe('system-health', {}, () => {});
  const bots = () => client.values('bot-status');
  // On a busy machine one quote may be old by the time it is here.
  const renew = async bid => {
    const before = cameFresh;
    await until('a fresh quote has come', async () => { await gateway.run('/quote', { bid }); return cameFresh > before; });
  };

  await renew(6_000_000);
  await until('it is stale', () => marks.length > 0);
  assert.deepEqual(marks[0], ['BTCUSDT', true]);
  await until('it is stale, and bots that do nothing are not', () =>
    client.values('market-data')[0].stale && bots().length > 0 && bots().every(record => !record.stale));

  await renew(6_000_100);

  gateway.proxy.refuses = () => true;
  gateway.proxy.cut();
  await until('what is known of bots is stale', () => bots().length > 0 && bots().every(record => record.stale));
});

test('should mark what is 30 s old as stale by default', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  await gateway.run('/quote', { bid: 6_000_000 });
  await gateway.run('/quote', { instrument: 1, bid: 250_000, ageMs: 31_000 });
  const marks = new Map();

  client.subscribe('market-data', {}, record => { if (record.data.bid) marks.set(record.data.symbol, record.stale); });

  await until('both have come', () => marks.size === 2);
  assert.equal(marks.get('BTCUSDT'), false);
  assert.equal(marks.get('ETHUSDT'), true);
});
