package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.Interval;
import org.lockstep.tools.simulator.market.TradeTape;

/** The last 24 hours of an instrument, to the minute. Reused; event loop only. */
final class DayStatistics
{
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 86_400_000;

    private final Bar bar = new Bar();
    private long previousCloseE8;
    private long lastQuantityE8;
    private long lastTradeId;
    private long closeTimeMs;

    DayStatistics compute(final InstrumentView instrument, final long nowMs)
    {
        return compute(instrument, nowMs, DAY_MS);
    }

    DayStatistics compute(final InstrumentView instrument, final long nowMs, final long windowMs)
    {
        final TradeTape trades = instrument.trades();
        final long fromMs = (nowMs - windowMs) / MINUTE_MS * MINUTE_MS + MINUTE_MS;
        closeTimeMs = nowMs;
        lastTradeId = trades.nextId() - 1;
        lastQuantityE8 = trades.firstId() == trades.nextId() ? 0 : trades.quantityE8(lastTradeId);
        bar.reset(fromMs);
        instrument.candles().accumulate(Interval.M1, fromMs, nowMs + 1, nowMs, bar);
        final long before = instrument.candles().closeBeforeE8(fromMs, nowMs);
        previousCloseE8 = 0 == before ? bar.open : before;
        return this;
    }

    Bar bar()
    {
        return bar;
    }

    long previousCloseE8()
    {
        return previousCloseE8;
    }

    long lastQuantityE8()
    {
        return lastQuantityE8;
    }

    long averageE8()
    {
        return PayloadEncoder.averageE8(bar);
    }

    /** Change in thousandths of a percent. */
    long changeThousandths()
    {
        return 0 == bar.open ? 0 : Math.round((bar.close - bar.open) * 100_000.0 / bar.open);
    }

    long openTimeMs()
    {
        return closeTimeMs - DAY_MS;
    }

    long closeTimeMs()
    {
        return closeTimeMs;
    }

    long firstTradeId()
    {
        return 0 == bar.count ? -1 : lastTradeId - bar.count + 1;
    }

    long lastTradeId()
    {
        return 0 == bar.count ? -1 : lastTradeId;
    }
}
