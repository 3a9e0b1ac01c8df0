// Trades on the simulator through ccxt, as a user of the real exchange would. Arguments: REST base, stream base,
// address of the WebSocket API, key, secret, symbol. Prints what it has seen; exits 1 with the reason at the first
// thing that is wrong.
import ccxt from 'ccxt';

const [rest, stream, api, apiKey, secret, symbol] = process.argv.slice(2);
const [base, quote] = symbol.split('/');

const exchange = new ccxt.pro.binance({
    apiKey,
    secret,
    enableRateLimit: false,
    options: {
        defaultType: 'spot',
        fetchMarkets: { types: ['spot'] },
        fetchCurrencies: false,
        fetchMargins: false,
        recvWindow: 60_000,
    },
});
for (const name of ['public', 'private', 'v1']) {
    exchange.urls.api[name] = `${rest}/api/v3`;
}
exchange.urls.api.sapi = `${rest}/sapi/v1`;
exchange.urls.api.ws.spot = `${stream}/ws`;
exchange.urls.api.ws['ws-api'].spot = api;
await exchange.loadHttpProxyAgent(); // what ccxt asks for before any ws:// address, proxy or not

function check(condition, text) {
    if (!condition) {
        throw new Error(text);
    }
}

async function refused(type, call, where) {
    try {
        await call();
    } catch (error) {
        check(error instanceof type, `${where}: ${error.constructor.name} ${error.message}`);
        return;
    }
    throw new Error(`${where}: was not refused`);
}

async function overRest(bid) {
    const before = await exchange.fetchBalance();
    check(before[quote].free > 0 && before[base].free > 0 && before[quote].used === 0, 'funds');

    const resting = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, bid * 0.9, { clientOrderId: 'ccxt-1' });
    check(resting.status === 'open' && resting.clientOrderId === 'ccxt-1' && resting.filled === 0, 'resting order');
    const open = await exchange.fetchOpenOrders(symbol);
    check(open.length === 1 && open[0].id === resting.id, 'fetchOpenOrders');
    const locked = await exchange.fetchBalance();
    check(Math.abs(locked[quote].used - 0.01 * resting.price) < 1e-6, `locked ${locked[quote].used}`);
    const cancelled = await exchange.cancelOrder(resting.id, symbol);
    check(cancelled.status === 'canceled', 'cancelOrder');
    check((await exchange.fetchOrder(resting.id, symbol)).status === 'canceled', 'fetchOrder');
    await refused(ccxt.OrderNotFound, () => exchange.cancelOrder(resting.id, symbol), 'second cancel');
    await refused(ccxt.OrderNotFound, () => exchange.fetchOrder('987654321', symbol), 'unknown order');
    await refused(ccxt.InsufficientFunds,
        () => exchange.createOrder(symbol, 'limit', 'buy', 100, bid * 0.9), 'too much');
    await refused(ccxt.OrderImmediatelyFillable,
        () => exchange.createOrder(symbol, 'limit', 'buy', 0.01, bid * 1.1, { postOnly: true }), 'post-only');

    const market = await exchange.createOrder(symbol, 'market', 'buy', 0.002);
    check(market.status === 'closed' && market.filled === 0.002 && market.average > 0, 'market order');
    check(market.fees.length === 1 && market.fees[0].currency === base, 'fee in base');
    const stop = await exchange.createOrder(symbol, 'limit', 'sell', 0.001, bid * 0.85, { stopLossPrice: bid * 0.86 });
    check(stop.status === 'open' || stop.status === undefined, `stop order ${stop.status}`);
    const replaced = await exchange.editOrder(stop.id, symbol, 'limit', 'sell', 0.002, bid * 1.1);
    check(replaced.status === 'open' && replaced.amount === 0.002, 'editOrder');
    const all = await exchange.cancelAllOrders(symbol);
    check(all.length === 1, 'cancelAllOrders');
    const trades = await exchange.fetchMyTrades(symbol);
    check(trades.length > 0 && trades[0].order === market.id && trades[0].takerOrMaker === 'taker', 'fetchMyTrades');
    const orders = await exchange.fetchOrders(symbol);
    check(orders.length === 4, `fetchOrders ${orders.length}`);
    console.log(`rest: ${orders.length} orders, ${trades.length} trades`);
}

async function until(condition, text) {
    const end = Date.now() + 20_000;
    while (!condition()) {
        check(Date.now() < end, `waited in vain: ${text}`);
        await exchange.sleep(5);
    }
}

async function collect(watch, isEnough, seen = []) {
    while (!isEnough(seen)) {
        seen.push(...[await watch()].flat());
    }
    return seen;
}

async function watched(bid) {
    exchange.newUpdates = true;
    const orderStates = [];
    const orders = collect(async () => structuredClone(await exchange.watchOrders(symbol)),
        (seen) => seen.some((o) => o.status === 'canceled'), orderStates);
    const trades = collect(() => exchange.watchMyTrades(symbol), (seen) => seen.length > 0);
    const balances = collect(async () => structuredClone(await exchange.watchBalance()),
        (seen) => seen.some((b) => b[quote].used > 0));
    const { futures } = exchange.client(api);
    const awaited = [`orders:${symbol}`, `myTrades:${symbol}`, 'spot:balance'];
    await until(() => awaited.every((hash) => hash in futures), 'subscribed');

    const resting = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.01, bid * 0.9);
    check(resting.status === 'open', `createOrderWs ${resting.status}`);
    await until(() => orderStates.some((o) => o.id === resting.id && o.status === 'open'), 'watchOrders: open');
    check((await exchange.fetchOpenOrdersWs(symbol)).some((o) => o.id === resting.id), 'fetchOpenOrdersWs');
    const market = await exchange.createOrderWs(symbol, 'market', 'sell', 0.001);
    check(market.status === 'closed', `market order ${market.status}`);
    await exchange.cancelOrderWs(resting.id, symbol);
    check((await exchange.fetchOrderWs(resting.id, symbol)).status === 'canceled', 'fetchOrderWs');
    const balance = await exchange.fetchBalanceWs();
    check(balance.info.balances.some((b) => b.asset === base && b.free > 0), 'fetchBalanceWs'); // ccxt parses no more

    const seenOrders = await orders;
    check(seenOrders.some((o) => o.id === resting.id && o.status === 'canceled'), 'watchOrders: canceled');
    const seenTrades = await trades;
    check(seenTrades[0].order === market.id && seenTrades[0].fee.currency === quote, 'watchMyTrades');
    const last = await balances;
    check(last.length > 0, 'watchBalance');
    console.log(`watched: ${seenOrders.length} orders, ${seenTrades.length} trades, ${last.length} balances`);
}

try {
    await exchange.loadMarkets();
    const { bid } = await exchange.fetchTicker(symbol);
    await overRest(bid);
    await watched(bid);
    await exchange.close();
    console.log('ok');
    process.exit(0);
} catch (error) {
    console.error(error.stack || String(error));
    process.exit(1);
}
