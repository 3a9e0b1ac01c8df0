package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.api.RestReply;
import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.Interval;
import org.lockstep.tools.simulator.market.TradeTape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The public REST interface under {@code /api/v3}. Event loop only. */
final class RestApi
{
    private static final int DEPTH_LEVELS_MAX = 5_000;
    private static final int TRADES_MAX = 1_000;
    private static final int BARS_MAX = 1_000;

    private final MarketSource source;
    private final Faults faults;
    private final Counters counters;
    private final PayloadEncoder encoder = new PayloadEncoder();
    private final ExchangeInfo exchangeInfo;
    private final TickerReplies tickers;
    private final JsonBytes json = new JsonBytes();

    RestApi(final MarketSource source, final Faults faults, final Counters counters, final SimulatorConfig config)
    {
        this.source = source;
        this.faults = faults;
        this.counters = counters;
        this.exchangeInfo = new ExchangeInfo(config.weightPerMinute(), config.trading());
        this.tickers = new TickerReplies(source);
    }

    /** Answers a request; {@code micros} asks for times in microseconds. */
    RestReply handle(final String path, final RestParameters parameters, final boolean micros)
    {
        try
        {
            return dispatch(path, parameters, micros);
        }
        catch (final RestException ex)
        {
            return ex.reply();
        }
    }

    private RestReply dispatch(final String path, final RestParameters parameters, final boolean micros)
        throws RestException
    {
        return switch (path)
        {
            case "/api/v3/ping" -> RestReply.ok("{}".getBytes(StandardCharsets.US_ASCII), 1);
            case "/api/v3/time" -> RestReply.ok(json.clear().text("{\"serverTime\":")
                .number(micros ? nowUs() : nowUs() / 1_000).character('}').toArray(), 1);
            case "/api/v3/exchangeInfo" -> RestReply.ok(
                exchangeInfo.write(instruments(parameters.symbols()), nowMs()), 20);
            case "/api/v3/depth" -> depth(parameters);
            case "/api/v3/trades" -> trades(parameters, false, micros);
            case "/api/v3/historicalTrades" -> trades(parameters, true, micros);
            case "/api/v3/aggTrades" -> aggTrades(parameters, micros);
            case "/api/v3/klines", "/api/v3/uiKlines" -> klines(parameters, micros);
            case "/api/v3/avgPrice" -> tickers.averagePrice(instrument(parameters.symbol()), micros);
            case "/api/v3/ticker/24hr" -> tickers.day(parameters, selected(parameters), micros);
            case "/api/v3/ticker/price" -> tickers.prices(parameters, selected(parameters));
            case "/api/v3/ticker/bookTicker" -> tickers.bookTickers(parameters, selected(parameters));
            default -> RestReply.error(404, -1000, "No such endpoint: " + path.replaceAll("[^\\w/.-]", "?"));
        };
    }

    private long nowUs()
    {
        return source.timeUs() + faults.skewUs();
    }

    private long nowMs()
    {
        return source.timeUs() / 1_000;
    }

    private InstrumentView instrument(final String symbol) throws RestException
    {
        final InstrumentView instrument = source.instrument(symbol);
        if (null == instrument)
        {
            throw new RestException(-1121, "Invalid symbol.");
        }
        return instrument;
    }

    private List<InstrumentView> selected(final RestParameters parameters) throws RestException
    {
        return instruments(parameters.symbols());
    }

    private List<InstrumentView> instruments(final List<String> symbols) throws RestException
    {
        if (symbols.isEmpty())
        {
            return List.copyOf(source.instruments());
        }
        final List<InstrumentView> found = new ArrayList<>();
        for (final String symbol : symbols)
        {
            found.add(instrument(symbol));
        }
        return found;
    }

    private RestReply depth(final RestParameters parameters) throws RestException
    {
        final InstrumentView instrument = instrument(parameters.symbol());
        final int limit = parameters.limit(100, DEPTH_LEVELS_MAX);
        final int weight = limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
        counters.depthSnapshots++;
        final byte[] stale = faults.tryStaleDepth(instrument.symbol().name());
        return RestReply.ok(null == stale ? snapshot(instrument, limit) : stale, weight);
    }

    /** The current order book as REST gives it. */
    byte[] snapshot(final InstrumentView instrument, final int limit)
    {
        return encoder.snapshot(instrument, limit).toArray();
    }

    private RestReply trades(final RestParameters parameters, final boolean historical, final boolean micros)
        throws RestException
    {
        final TradeTape trades = instrument(parameters.symbol()).trades();
        final int limit = parameters.limit(500, TRADES_MAX);
        final long latest = Math.max(trades.firstId(), trades.nextId() - limit);
        final long fromId = historical ?
            Math.max(trades.firstId(), parameters.number("fromId", latest)) : latest;
        json.clear().character('[');
        for (long id = fromId; id < Math.min(trades.nextId(), fromId + limit); id++)
        {
            json.text(id > fromId ? ",{\"id\":" : "{\"id\":").number(id)
                .text(",\"price\":").price(trades.priceE8(id)).text(",\"qty\":").price(trades.quantityE8(id))
                .text(",\"quoteQty\":")
                .price(E8.multiply(trades.priceE8(id), trades.quantityE8(id)))
                .text(",\"time\":").number(micros ? trades.timeUs(id) : trades.timeUs(id) / 1_000)
                .text(",\"isBuyerMaker\":").bool(trades.buyerIsMaker(id)).text(",\"isBestMatch\":true}");
        }
        return RestReply.ok(json.character(']').toArray(), 25);
    }

    private RestReply aggTrades(final RestParameters parameters, final boolean micros) throws RestException
    {
        final TradeTape trades = instrument(parameters.symbol()).trades();
        final int limit = parameters.limit(500, TRADES_MAX);
        final long startMs = parameters.number("startTime", Long.MIN_VALUE);
        final long endMs = parameters.number("endTime", Long.MAX_VALUE);
        final long fromAggregate = parameters.number("fromId", Long.MIN_VALUE);
        final List<AggregateTrade> found = new ArrayList<>();
        long id = trades.firstId();
        while (id < trades.nextId())
        {
            final AggregateTrade aggregate = AggregateTrade.startingAt(trades, id, trades.nextId());
            final long timeMs = trades.timeUs(id) / 1_000;
            if (timeMs >= startMs && timeMs <= endMs && aggregate.id() >= fromAggregate)
            {
                found.add(aggregate);
            }
            id = aggregate.lastId() + 1;
        }
        final boolean fromStart = parameters.has("startTime") || parameters.has("fromId");
        final int count = Math.min(limit, found.size());
        final List<AggregateTrade> rows = fromStart ?
            found.subList(0, count) : found.subList(found.size() - count, found.size());
        json.clear().character('[');
        for (int i = 0; i < rows.size(); i++)
        {
            final AggregateTrade row = rows.get(i);
            final long timeUs = trades.timeUs(row.firstId());
            json.text(i > 0 ? ",{\"a\":" : "{\"a\":").number(row.id())
                .text(",\"p\":").price(trades.priceE8(row.firstId())).text(",\"q\":").price(row.quantityE8())
                .text(",\"f\":").number(row.firstId()).text(",\"l\":").number(row.lastId())
                .text(",\"T\":").number(micros ? timeUs : timeUs / 1_000)
                .text(",\"m\":").bool(trades.buyerIsMaker(row.firstId())).text(",\"M\":true}");
        }
        return RestReply.ok(json.character(']').toArray(), 4);
    }

    private RestReply klines(final RestParameters parameters, final boolean micros) throws RestException
    {
        final InstrumentView instrument = instrument(parameters.symbol());
        final Interval interval = Interval.byCode(parameters.required("interval"));
        if (null == interval)
        {
            throw new RestException(-1120, "Invalid interval.");
        }
        final int limit = parameters.limit(500, BARS_MAX);
        final long nowMs = nowMs();
        final long endMs = Math.min(nowMs, parameters.number("endTime", nowMs));
        long openMs = interval.openTimeMs(endMs);
        if (parameters.has("startTime"))
        {
            final long startMs = Math.max(parameters.number("startTime", 0), instrument.candles().startMs());
            openMs = interval.openTimeMs(startMs);
            openMs = openMs < startMs ? interval.nextOpenTimeMs(openMs) : openMs;
        }
        else
        {
            for (int i = 1; i < limit && openMs > instrument.candles().startMs(); i++)
            {
                openMs = interval.openTimeMs(openMs - 1);
            }
        }
        json.clear().character('[');
        final Bar bar = new Bar();
        for (int rows = 0; rows < limit && openMs <= endMs; openMs = interval.nextOpenTimeMs(openMs))
        {
            bar.reset(openMs);
            instrument.candles().accumulate(interval, openMs, interval.nextOpenTimeMs(openMs), nowMs, bar);
            if (bar.isStarted())
            {
                row(bar, interval, rows++ > 0, micros);
            }
        }
        return RestReply.ok(json.character(']').toArray(), 2);
    }

    private void row(final Bar bar, final Interval interval, final boolean comma, final boolean micros)
    {
        final long closeMs = interval.nextOpenTimeMs(bar.openTimeMs) - 1;
        json.text(comma ? ",[" : "[").number(micros ? bar.openTimeMs * 1_000 : bar.openTimeMs)
            .character(',').price(bar.open).character(',').price(bar.high)
            .character(',').price(bar.low).character(',').price(bar.close)
            .character(',').price(bar.volume)
            .character(',').number(micros ? closeMs * 1_000 + 999 : closeMs)
            .character(',').price(bar.quoteVolume).character(',').number(bar.count)
            .character(',').price(bar.takerVolume).character(',').price(bar.takerQuoteVolume).text(",\"0\"]");
    }
}
