package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.binance.api.RestReply;
import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.TradeTape;

import java.util.List;

/** The ticker family of the REST interface. Event loop only. */
final class TickerReplies
{
    private static final long AVERAGE_WINDOW_MS = 300_000;

    private final MarketSource source;
    private final DayStatistics day = new DayStatistics();
    private final JsonBytes json = new JsonBytes();

    TickerReplies(final MarketSource source)
    {
        this.source = source;
    }

    private long nowMs()
    {
        return source.timeUs() / 1_000;
    }

    RestReply averagePrice(final InstrumentView instrument, final boolean micros)
    {
        final Bar bar = day.compute(instrument, nowMs(), AVERAGE_WINDOW_MS).bar();
        final TradeTape trades = instrument.trades();
        final long timeUs = trades.firstId() == trades.nextId() ? 0 : trades.timeUs(trades.nextId() - 1);
        return RestReply.ok(json.clear().text("{\"mins\":5,\"price\":").price(PayloadEncoder.averageE8(bar))
            .text(",\"closeTime\":").number(micros ? timeUs : timeUs / 1_000).character('}').toArray(), 2);
    }

    RestReply day(final RestParameters parameters, final List<InstrumentView> instruments, final boolean micros)
        throws RestException
    {
        final String type = parameters.optional("type");
        final boolean mini = "MINI".equals(type);
        begin(parameters);
        for (int i = 0; i < instruments.size(); i++)
        {
            json.text(i > 0 ? "," : "");
            dayOf(instruments.get(i), mini, micros);
        }
        final int weight = instruments.size() <= 20 ? 2 : instruments.size() <= 100 ? 40 : 80;
        return end(parameters, parameters.has("symbol") || parameters.has("symbols") ? weight : 80);
    }

    private void dayOf(final InstrumentView instrument, final boolean mini, final boolean micros)
    {
        final Bar bar = day.compute(instrument, nowMs()).bar();
        final long unit = micros ? 1_000 : 1;
        json.text("{\"symbol\":\"").text(instrument.symbol().name()).character('"');
        if (mini)
        {
            json.text(",\"openPrice\":").price(bar.open).text(",\"highPrice\":").price(bar.high)
                .text(",\"lowPrice\":").price(bar.low).text(",\"lastPrice\":").price(bar.close);
        }
        else
        {
            json.text(",\"priceChange\":").price(bar.close - bar.open)
                .text(",\"priceChangePercent\":").thousandths(day.changeThousandths())
                .text(",\"weightedAvgPrice\":").price(day.averageE8())
                .text(",\"prevClosePrice\":").price(day.previousCloseE8())
                .text(",\"lastPrice\":").price(bar.close).text(",\"lastQty\":").price(day.lastQuantityE8());
            top(instrument);
            json.text(",\"openPrice\":").price(bar.open).text(",\"highPrice\":").price(bar.high)
                .text(",\"lowPrice\":").price(bar.low);
        }
        json.text(",\"volume\":").price(bar.volume).text(",\"quoteVolume\":").price(bar.quoteVolume)
            .text(",\"openTime\":").number(day.openTimeMs() * unit)
            .text(",\"closeTime\":").number(day.closeTimeMs() * unit)
            .text(",\"firstId\":").number(day.firstTradeId()).text(",\"lastId\":").number(day.lastTradeId())
            .text(",\"count\":").number(bar.count).character('}');
    }

    private void top(final InstrumentView instrument)
    {
        final int before = json.length();
        instrument.forEachLevel(true, 1, (priceE8, quantityE8) ->
            json.text(",\"bidPrice\":").price(priceE8).text(",\"bidQty\":").price(quantityE8));
        if (json.length() == before)
        {
            json.text(",\"bidPrice\":\"0.00000000\",\"bidQty\":\"0.00000000\"");
        }
        final int middle = json.length();
        instrument.forEachLevel(false, 1, (priceE8, quantityE8) ->
            json.text(",\"askPrice\":").price(priceE8).text(",\"askQty\":").price(quantityE8));
        if (json.length() == middle)
        {
            json.text(",\"askPrice\":\"0.00000000\",\"askQty\":\"0.00000000\"");
        }
    }

    RestReply prices(final RestParameters parameters, final List<InstrumentView> instruments)
    {
        begin(parameters);
        for (int i = 0; i < instruments.size(); i++)
        {
            final TradeTape trades = instruments.get(i).trades();
            final long lastE8 = trades.firstId() == trades.nextId() ?
                instruments.get(i).symbol().priceE8() : trades.priceE8(trades.nextId() - 1);
            json.text(i > 0 ? "," : "").text("{\"symbol\":\"").text(instruments.get(i).symbol().name())
                .text("\",\"price\":").price(lastE8).character('}');
        }
        return end(parameters, parameters.has("symbol") ? 2 : 4);
    }

    RestReply bookTickers(final RestParameters parameters, final List<InstrumentView> instruments)
    {
        begin(parameters);
        for (int i = 0; i < instruments.size(); i++)
        {
            json.text(i > 0 ? "," : "").text("{\"symbol\":\"").text(instruments.get(i).symbol().name()).character('"');
            top(instruments.get(i));
            json.character('}');
        }
        return end(parameters, parameters.has("symbol") ? 2 : 4);
    }

    private void begin(final RestParameters parameters)
    {
        json.clear().text(parameters.has("symbol") ? "" : "[");
    }

    private RestReply end(final RestParameters parameters, final int weight)
    {
        return RestReply.ok(json.text(parameters.has("symbol") ? "" : "]").toArray(), weight);
    }
}
