package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.Interval;

/** The candle in progress of a kline stream; keeps what is over, so that an update costs a minute. Event loop only. */
final class KlineTracker
{
    private final InstrumentView instrument;
    private final Interval interval;
    private final long offsetMs;
    private final long stepMs;
    private final Bar past = new Bar();
    private final Bar current = new Bar();
    private long openTimeMs = Long.MIN_VALUE;
    private long pastEndMs;

    KlineTracker(final InstrumentView instrument, final Interval interval, final long offsetMs)
    {
        this.instrument = instrument;
        this.interval = interval;
        this.offsetMs = offsetMs;
        this.stepMs = Interval.S1 == interval ? 1_000 : 60_000;
    }

    /** Whether the candle last brought up to date is over by now. */
    boolean isOver(final long nowMs)
    {
        return Long.MIN_VALUE != openTimeMs && nowMs > closeTimeMs();
    }

    /** The complete candle last brought up to date. */
    Bar finish(final long nowMs)
    {
        return build(closeTimeMs(), nowMs);
    }

    /** The candle in progress. */
    Bar update(final long nowMs)
    {
        final long open = interval.openTimeMs(nowMs + offsetMs) - offsetMs;
        if (open != openTimeMs)
        {
            openTimeMs = open;
            pastEndMs = open;
            past.reset(open);
        }
        return build(nowMs, nowMs);
    }

    private Bar build(final long untilMs, final long nowMs)
    {
        final long stepStartMs = Math.max(openTimeMs, untilMs / stepMs * stepMs);
        if (stepStartMs > pastEndMs)
        {
            instrument.candles().accumulate(interval, pastEndMs, stepStartMs, nowMs, past);
            pastEndMs = stepStartMs;
        }
        current.copy(past);
        instrument.candles().accumulate(interval, stepStartMs, untilMs + 1, nowMs, current);
        return current;
    }

    long closeTimeMs()
    {
        return interval.nextOpenTimeMs(openTimeMs + offsetMs) - offsetMs - 1;
    }

    Interval interval()
    {
        return interval;
    }
}
