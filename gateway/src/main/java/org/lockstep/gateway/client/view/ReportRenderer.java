package org.lockstep.gateway.client.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;
import org.lockstep.gateway.client.analysis.EquityCurve;
import org.lockstep.gateway.client.analysis.MarketScanner;
import org.lockstep.gateway.client.analysis.Performance;
import org.lockstep.gateway.client.analysis.Timeframe;

/** Writes the market scanner and the performance of bots as JSON. Cold: allocates. Client event loop only. */
public final class ReportRenderer
{
    private static final int MONEY_SCALE = 8;
    private static final int QUOTE_VOLUME_SCALE = 2;
    private static final double NS_PER_MS = 1e6;
    private static final double PER_CENT = 100;

    private final ClientView view;
    private final ExposureMeter exposures;

    /**
     * Reports on a view.
     *
     * @param view to read.
     */
    public ReportRenderer(final ClientView view)
    {
        this.view = view;
        exposures = new ExposureMeter(view);
    }

    /** Ranks all instruments that have bars, a quote or a ticker. */
    public List<MarketScanner.Ranked> scan()
    {
        final List<MarketScanner.Candidate> candidates = new ArrayList<>();
        for (final InstrumentView instrument : view.market.instruments())
        {
            if (null == instrument)
            {
                continue;
            }
            final List<Timeframe> timeframes = new ArrayList<>();
            for (int interval = 1; interval < InstrumentView.INTERVALS; interval++)
            {
                final BarSeries bars = instrument.bars[interval];
                final Timeframe timeframe =
                    null == bars ? null : Timeframe.of(Intervals.NAMES.get(interval), bars.closes(Timeframe.MAX_BARS));
                if (null != timeframe)
                {
                    timeframes.add(timeframe);
                }
            }
            if (!timeframes.isEmpty() || instrument.hasQuote || instrument.hasTicker)
            {
                final boolean hasSpread = instrument.hasQuote && instrument.bidPrice > 0 && instrument.askPrice > 0;
                candidates.add(new MarketScanner.Candidate(instrument.id,
                    hasSpread ? MarketScanner.spreadBps(instrument.bidPrice, instrument.askPrice) : Double.NaN,
                    instrument.hasTicker ? instrument.tickerQuoteVolume / PER_CENT : Double.NaN, timeframes));
            }
        }
        return MarketScanner.rank(candidates);
    }

    /** Writes a ranked instrument as an object. */
    public void ranked(final MarketScanner.Ranked ranked, final JsonWriter json)
    {
        final MarketScanner.Candidate candidate = ranked.candidate();
        final InstrumentView instrument = view.market.instrument(candidate.instrumentId());
        json.beginObject();
        StateRenderer.symbol(instrument, json);
        json.field("rank", ranked.rank());
        number(json, "score", ranked.score(), 1);
        if (instrument.hasTrade || instrument.hasTicker)
        {
            json.field("last", instrument.hasTrade ? instrument.lastPrice : instrument.tickerLast,
                instrument.priceScale);
        }
        number(json, "spreadBps", candidate.spreadBps(), 3);
        number(json, "volatilityPercent", candidate.volatility(), 4);
        number(json, "momentumPercent", candidate.momentum(), 4);
        number(json, "trend", candidate.trend(), 3);
        number(json, "agreement", candidate.agreement(), 3);
        json.field("direction", candidate.direction());
        if (instrument.hasTicker)
        {
            json.field("quoteVolume", instrument.tickerQuoteVolume, QUOTE_VOLUME_SCALE);
        }
        json.name("timeframes").beginArray();
        for (final Timeframe timeframe : candidate.timeframes())
        {
            json.beginObject().field("interval", timeframe.interval()).field("bars", timeframe.bars());
            number(json, "momentumPercent", timeframe.momentum(), 4);
            number(json, "volatilityPercent", timeframe.volatility(), 4);
            number(json, "trend", timeframe.trend(), 3);
            json.field("direction", timeframe.direction()).endObject();
        }
        json.endArray().endObject();
    }

    /**
     * Writes how a bot does as an object.
     *
     * @param name      of a bot that is there.
     * @param nowNs     to count the minutes up to now, epoch ns.
     * @param withCurve whether the equity curve comes along.
     * @param json      to write to.
     */
    public void performance(final String name, final long nowNs, final boolean withCurve, final JsonWriter json)
    {
        final BotView bot = view.bots.get(name);
        final Performance performance = view.performances.of(bot.id);
        performance.passTo(nowNs);
        final BigDecimal exposure = exposures.of(bot.id);
        json.beginObject()
            .field("bot", bot.name)
            .field("strategy", bot.strategy);
        view.accounts.write(bot.accountId, json);
        json.field("state", bot.state)
            .field("pnl", performance.netPnl(), MONEY_SCALE)
            .field("realisedPnl", bot.realisedPnl, MONEY_SCALE)
            .field("unrealisedPnl", bot.unrealisedPnl, MONEY_SCALE)
            .field("fees", bot.fees, MONEY_SCALE)
            .field("capital", performance.capital(), MONEY_SCALE);
        number(json, "returnPercent", performance.returnPercent(), 4);
        json.field("fills", bot.fills).field("closedTrades", performance.closedTrades());
        number(json, "winRatePercent", performance.winRatePercent(), 2);
        number(json, "profitFactor", performance.profitFactor(), 3);
        json.field("drawdown", performance.drawdown(), MONEY_SCALE)
            .field("maxDrawdown", performance.maxDrawdown(), MONEY_SCALE);
        number(json, "maxDrawdownPercent", performance.maxDrawdownPercent(), 4);
        number(json, "sharpe", performance.sharpe(), 3);
        json.field("exposure", exposure.toPlainString());
        number(json, "exposurePercent", 0 == performance.capital() ? Double.NaN :
            PER_CENT * exposure.doubleValue() / (performance.capital() / 1e8), 3);
        latency(performance.latency(), json);
        if (withCurve)
        {
            curve(performance.curve(), json);
        }
        json.field("offset", bot.sequence).endObject();
    }

    private static void latency(final Histogram latency, final JsonWriter json)
    {
        json.name("latencyMs").beginObject().field("count", latency.getTotalCount());
        final boolean isEmpty = 0 == latency.getTotalCount();
        number(json, "p50", isEmpty ? Double.NaN : latency.getValueAtPercentile(50) / NS_PER_MS, 3);
        number(json, "p99", isEmpty ? Double.NaN : latency.getValueAtPercentile(99) / NS_PER_MS, 3);
        number(json, "max", isEmpty ? Double.NaN : latency.getMaxValue() / NS_PER_MS, 3);
        json.endObject();
    }

    private static void curve(final EquityCurve curve, final JsonWriter json)
    {
        json.name("curve").beginArray();
        for (int i = 0; i < curve.size(); i++)
        {
            json.beginArray().value(curve.timeNs(i) / 1_000_000).decimal(curve.value(i), MONEY_SCALE).endArray();
        }
        json.endArray();
    }

    private static void number(final JsonWriter json, final String name, final double value, final int decimals)
    {
        json.name(name);
        if (Double.isNaN(value) || Double.isInfinite(value))
        {
            json.value((String)null);
        }
        else
        {
            json.value(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue());
        }
    }
}
