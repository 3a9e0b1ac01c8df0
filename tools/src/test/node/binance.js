// Uses the simulator through ccxt, as a user of the real exchange would. Arguments: REST base, stream base, symbol.
// Prints what it has seen; exits 1 with the reason at the first thing that is wrong.
import ccxt from 'ccxt';

const [rest, stream, symbol] = process.argv.slice(2);
const WATCH_MS = 4_000;

const exchange = new ccxt.pro.binance({
    enableRateLimit: false,
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, tradesLimit: 100_000 },
});
for (const name of ['public', 'private', 'v1']) {
    exchange.urls.api[name] = `${rest}/api/v3`;
}
exchange.urls.api.ws.spot = `${stream}/ws`;
await exchange.loadHttpProxyAgent(); // what ccxt asks for before any ws:// address, proxy or not

function check(condition, text) {
    if (!condition) {
        throw new Error(text);
    }
}

function checkBook(book, where) {
    check(book.bids.length > 0 && book.asks.length > 0, `${where}: empty side`);
    check(book.bids[0][0] < book.asks[0][0], `${where}: crossed, ${book.bids[0][0]} >= ${book.asks[0][0]}`);
    for (const [side, sign] of [[book.bids, -1], [book.asks, 1]]) {
        for (let i = 0; i < side.length; i++) {
            check(side[i][0] > 0 && side[i][1] > 0, `${where}: level ${side[i]}`);
            check(i === 0 || (side[i][0] - side[i - 1][0]) * sign > 0, `${where}: not sorted at ${i}`);
        }
    }
}

async function restCalls() {
    const time = await exchange.fetchTime();
    check(Math.abs(time - Date.now()) < 60_000, `time ${time}`);
    const markets = await exchange.loadMarkets();
    const market = markets[symbol];
    check(market && market.spot && market.active, `${symbol} is not an active spot market`);
    check(market.precision.price > 0 && market.precision.amount > 0, 'precision');
    check(market.limits.cost.min > 0 && market.limits.amount.min > 0, 'limits');

    const book = await exchange.fetchOrderBook(symbol, 100);
    checkBook(book, 'fetchOrderBook');
    check(book.nonce > 0, 'nonce');
    const ticker = await exchange.fetchTicker(symbol);
    check(ticker.high >= ticker.last && ticker.last >= ticker.low && ticker.low > 0, 'ticker range');
    check(ticker.bid < ticker.ask && ticker.baseVolume > 0 && ticker.vwap > 0, 'ticker values');
    const tickers = await exchange.fetchTickers();
    check(Object.keys(tickers).length === Object.keys(markets).length, 'one ticker for each market');
    const trades = await exchange.fetchTrades(symbol, undefined, 50);
    check(trades.length === 50 && trades.every((t) => t.price > 0 && t.amount > 0), 'trades');
    check(trades.every((t, i) => i === 0 || t.timestamp >= trades[i - 1].timestamp), 'trades in order');
    for (const timeframe of ['1m', '1h', '1d']) {
        const bars = await exchange.fetchOHLCV(symbol, timeframe, undefined, 200);
        check(bars.length === 200, `${timeframe}: ${bars.length} bars`);
        const step = exchange.parseTimeframe(timeframe) * 1000;
        bars.forEach(([at, open, high, low, close, volume], i) => {
            check(i === 0 || at === bars[i - 1][0] + step, `${timeframe}: gap at ${i}`);
            check(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close), `${timeframe}: bar ${i}`);
            check(volume > 0 || i === bars.length - 1, `${timeframe}: volume of ${i}`);
        });
    }
    console.log(`rest: ${Object.keys(markets).length} markets, last ${ticker.last}`);
}

async function repeat(name, call, look, least) {
    const end = Date.now() + WATCH_MS;
    let count = 0;
    while (Date.now() < end || count < least) {
        look(await call());
        count++;
    }
    console.log(`${name}: ${count}`);
}

async function watchAll() {
    let nonce = 0;
    let lastTrade = 0;
    await Promise.all([
        repeat('ticker', () => exchange.watchTicker(symbol), (ticker) => {
            check(ticker.symbol === symbol && ticker.last > 0, 'watchTicker');
        }, 2),
        repeat('bidsAsks', () => exchange.watchBidsAsks([symbol]), (found) => {
            check(found[symbol].bid < found[symbol].ask, 'watchBidsAsks');
        }, 5),
        repeat('trades', () => exchange.watchTrades(symbol), (trades) => {
            for (const trade of trades) {
                const id = Number(trade.id);
                check(trade.price > 0 && trade.amount > 0 && trade.symbol === symbol, 'watchTrades');
                check(id > 0, `trade id ${trade.id}`);
                lastTrade = Math.max(lastTrade, id);
            }
        }, 5),
        repeat('orderBook', () => exchange.watchOrderBook(symbol), (book) => {
            checkBook(book, 'watchOrderBook');
            check(book.nonce >= nonce, `nonce went back from ${nonce} to ${book.nonce}`);
            nonce = book.nonce;
        }, 5),
        repeat('klines', () => exchange.watchOHLCV(symbol, '1m'), (bars) => {
            const [, open, high, low, close] = bars[bars.length - 1];
            check(low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0, 'watchOHLCV');
        }, 2),
    ]);
    check(nonce > 0 && lastTrade > 0, 'nothing watched');
}

try {
    await restCalls();
    await watchAll();
    await exchange.close();
    console.log('ok');
    process.exit(0);
} catch (error) {
    console.error(error.stack || String(error));
    process.exit(1);
}
