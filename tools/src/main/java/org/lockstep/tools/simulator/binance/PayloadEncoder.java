package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.Interval;
import org.lockstep.tools.simulator.market.LevelChanges;
import org.lockstep.tools.simulator.market.OrderFlow;
import org.lockstep.tools.simulator.market.TradeTape;

/** Writes stream payloads: the venue's fields in its order. Each method starts a new payload. Event loop only. */
final class PayloadEncoder
{
    private final JsonBytes json = new JsonBytes();
    private int written;

    JsonBytes json()
    {
        return json;
    }

    private static long time(final long timeUs, final boolean micros)
    {
        return micros ? timeUs : timeUs / 1_000;
    }

    private void event(final String type, final long timeUs, final boolean micros, final String symbol)
    {
        json.text("{\"e\":\"").text(type).text("\",\"E\":").number(time(timeUs, micros))
            .text(",\"s\":\"").text(symbol).character('"');
    }

    JsonBytes trade(
        final String symbol, final TradeTape trades, final long id, final long eventUs, final boolean micros)
    {
        json.clear();
        event("trade", eventUs, micros, symbol);
        return json.text(",\"t\":").number(id)
            .text(",\"p\":").price(trades.priceE8(id)).text(",\"q\":").price(trades.quantityE8(id))
            .text(",\"T\":").number(time(trades.timeUs(id), micros))
            .text(",\"m\":").bool(trades.buyerIsMaker(id)).text(",\"M\":true}");
    }

    JsonBytes aggTrade(
        final String symbol,
        final TradeTape trades,
        final AggregateTrade aggregate,
        final long eventUs,
        final boolean micros)
    {
        json.clear();
        event("aggTrade", eventUs, micros, symbol);
        return json.text(",\"a\":").number(aggregate.id())
            .text(",\"p\":").price(trades.priceE8(aggregate.firstId()))
            .text(",\"q\":").price(aggregate.quantityE8())
            .text(",\"f\":").number(aggregate.firstId()).text(",\"l\":").number(aggregate.lastId())
            .text(",\"T\":").number(time(trades.timeUs(aggregate.firstId()), micros))
            .text(",\"m\":").bool(trades.buyerIsMaker(aggregate.firstId())).text(",\"M\":true}");
    }

    JsonBytes bookTicker(final OrderFlow instrument)
    {
        return json.clear().text("{\"u\":").number(instrument.lastUpdateId())
            .text(",\"s\":\"").text(instrument.symbol().name())
            .text("\",\"b\":").price(instrument.bestPriceE8(true))
            .text(",\"B\":").price(instrument.bestQuantityE8(true))
            .text(",\"a\":").price(instrument.bestPriceE8(false))
            .text(",\"A\":").price(instrument.bestQuantityE8(false)).character('}');
    }

    JsonBytes depth(final OrderFlow instrument, final LevelChanges changes, final long timeUs, final boolean micros)
    {
        json.clear();
        event("depthUpdate", timeUs, micros, instrument.symbol().name());
        json.text(",\"U\":").number(changes.firstId()).text(",\"u\":").number(instrument.lastUpdateId());
        json.text(",\"b\":");
        changedLevels(instrument, changes, true);
        json.text(",\"a\":");
        changedLevels(instrument, changes, false);
        return json.character('}');
    }

    private void changedLevels(final OrderFlow instrument, final LevelChanges changes, final boolean buy)
    {
        json.character('[');
        for (int i = 0; i < changes.count(buy); i++)
        {
            final long ticks = changes.ticks(buy, i);
            level(i > 0, ticks * instrument.symbol().tickE8(), instrument.quantityE8At(buy, ticks));
        }
        json.character(']');
    }

    private void level(final boolean comma, final long priceE8, final long quantityE8)
    {
        json.text(comma ? ",[" : "[").price(priceE8).character(',').price(quantityE8).character(']');
    }

    JsonBytes snapshot(final InstrumentView instrument, final int limit)
    {
        json.clear().text("{\"lastUpdateId\":").number(instrument.lastUpdateId()).text(",\"bids\":[");
        levels(instrument, true, limit);
        json.text("],\"asks\":[");
        levels(instrument, false, limit);
        return json.text("]}");
    }

    private void levels(final InstrumentView instrument, final boolean buy, final int limit)
    {
        written = 0;
        instrument.forEachLevel(buy, limit, (priceE8, quantityE8) -> level(written++ > 0, priceE8, quantityE8));
    }

    JsonBytes kline(
        final String symbol,
        final Interval interval,
        final Bar bar,
        final long closeTimeMs,
        final long lastTradeId,
        final boolean closed,
        final long eventUs,
        final boolean micros)
    {
        json.clear();
        event("kline", eventUs, micros, symbol);
        final boolean traded = bar.count > 0;
        return json.text(",\"k\":{\"t\":").number(time(bar.openTimeMs * 1_000, micros))
            .text(",\"T\":").number(micros ? closeTimeMs * 1_000 + 999 : closeTimeMs)
            .text(",\"s\":\"").text(symbol).text("\",\"i\":\"").text(interval.code())
            .text("\",\"f\":").number(traded ? lastTradeId - bar.count + 1 : -1)
            .text(",\"L\":").number(traded ? lastTradeId : -1)
            .text(",\"o\":").price(bar.open).text(",\"c\":").price(bar.close)
            .text(",\"h\":").price(bar.high).text(",\"l\":").price(bar.low)
            .text(",\"v\":").price(bar.volume).text(",\"n\":").number(bar.count).text(",\"x\":").bool(closed)
            .text(",\"q\":").price(bar.quoteVolume).text(",\"V\":").price(bar.takerVolume)
            .text(",\"Q\":").price(bar.takerQuoteVolume).text(",\"B\":\"0\"}}");
    }

    JsonBytes ticker(final OrderFlow instrument, final DayStatistics day, final long timeUs, final boolean micros)
    {
        json.clear();
        event("24hrTicker", timeUs, micros, instrument.symbol().name());
        final Bar bar = day.bar();
        return json.text(",\"p\":").price(bar.close - bar.open).text(",\"P\":").thousandths(day.changeThousandths())
            .text(",\"w\":").price(day.averageE8()).text(",\"x\":").price(day.previousCloseE8())
            .text(",\"c\":").price(bar.close).text(",\"Q\":").price(day.lastQuantityE8())
            .text(",\"b\":").price(instrument.bestPriceE8(true)).text(",\"B\":").price(instrument.bestQuantityE8(true))
            .text(",\"a\":").price(instrument.bestPriceE8(false))
            .text(",\"A\":").price(instrument.bestQuantityE8(false))
            .text(",\"o\":").price(bar.open).text(",\"h\":").price(bar.high).text(",\"l\":").price(bar.low)
            .text(",\"v\":").price(bar.volume).text(",\"q\":").price(bar.quoteVolume)
            .text(",\"O\":").number(time(day.openTimeMs() * 1_000, micros))
            .text(",\"C\":").number(time(day.closeTimeMs() * 1_000, micros))
            .text(",\"F\":").number(day.firstTradeId()).text(",\"L\":").number(day.lastTradeId())
            .text(",\"n\":").number(bar.count).character('}');
    }

    JsonBytes miniTicker(final String symbol, final Bar bar, final long timeUs, final boolean micros)
    {
        json.clear();
        appendMiniTicker(symbol, bar, timeUs, micros);
        return json;
    }

    void appendMiniTicker(final String symbol, final Bar bar, final long timeUs, final boolean micros)
    {
        event("24hrMiniTicker", timeUs, micros, symbol);
        json.text(",\"c\":").price(bar.close).text(",\"o\":").price(bar.open)
            .text(",\"h\":").price(bar.high).text(",\"l\":").price(bar.low)
            .text(",\"v\":").price(bar.volume).text(",\"q\":").price(bar.quoteVolume).character('}');
    }

    JsonBytes averagePrice(
        final String symbol, final long averageE8, final long lastTradeUs, final long timeUs, final boolean micros)
    {
        json.clear();
        event("avgPrice", timeUs, micros, symbol);
        return json.text(",\"i\":\"5m\",\"w\":").price(averageE8)
            .text(",\"T\":").number(time(lastTradeUs, micros)).character('}');
    }

    /** Volume-weighted price of a bar, its close when nothing was traded. */
    static long averageE8(final Bar bar)
    {
        return 0 == bar.volume ? bar.close : E8.divide(bar.quoteVolume, bar.volume);
    }
}
