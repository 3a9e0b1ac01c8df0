// ccxt.pro's Binance client as its users use it; a process of its own. Arguments: address of the venue, file for the
// arrivals. Answers "seen" on standard input with the last trade's id, ends with "stop", as Arrivals.java does.
import ccxt from 'ccxt';
import fs from 'node:fs';
import readline from 'node:readline';

const [address, file] = process.argv.slice(2);
const CAPACITY = 1 << 17;
const MODULUS = 100_000_000;
const SYMBOL = 'BTC/USDT';

const exchange = new ccxt.pro.binance({
    enableRateLimit: false,
    newUpdates: true,
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } },
});
for (const name of ['public', 'private', 'v1']) {
    exchange.urls.api[name] = `http://${address}/api/v3`;
}
exchange.urls.api.ws.spot = `ws://${address}/ws`;
await exchange.loadHttpProxyAgent();

const ids = new Float64Array(CAPACITY);
const times = new BigInt64Array(CAPACITY);
let count = 0;
let quotes = 0;
let books = 0;

async function forever(call, look) {
    for (;;) {
        look(await call());
    }
}

function fail(error) {
    console.error(error.stack || String(error));
    process.exit(1);
}

await exchange.loadMarkets();
forever(() => exchange.watchBidsAsks([SYMBOL]), () => { quotes++; }).catch(fail);
forever(() => exchange.watchOrderBook(SYMBOL), () => { books++; }).catch(fail);
forever(() => exchange.watchTrades(SYMBOL), (trades) => {
    const now = process.hrtime.bigint();
    for (const trade of trades) {
        const index = count++ & (CAPACITY - 1);
        ids[index] = Number(trade.id) % MODULUS;
        times[index] = now;
    }
}).catch(fail);

readline.createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === 'stop') {
        const lines = [];
        for (let i = Math.max(0, count - CAPACITY); i < count; i++) {
            lines.push(`${ids[i & (CAPACITY - 1)]} ${times[i & (CAPACITY - 1)]}\n`);
        }
        fs.writeFileSync(file, lines.join(''));
        process.exit(0);
    }
    const ready = count > 0 && quotes > 0 && books > 0;
    console.log(`${ready ? ids[(count - 1) & (CAPACITY - 1)] : -1} ${count} ${quotes} ${books}`);
}).on('close', () => process.exit(0));
