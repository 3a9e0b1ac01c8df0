package org.lockstep.tools.rehearse;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;

/**
 * Time in a scenario. For the engine and for the venue it passes {@link #SPEED} times as fast as for us, so that what
 * the engine does after one, two, four seconds is soon seen; sockets, which know the machine's time alone, get settings
 * that are as much shorter. The code is the same. Any thread once begun.
 */
final class Tempo
{
    /** How many of the scenario's seconds pass in one of ours. */
    static final int SPEED = 20;

    /** How old a request may be when the venue takes it, the scenario's time. */
    static final int RECV_WINDOW_MS = 2_000;

    /** A scenario's journal is short. */
    static final int JOURNAL_BLOCK_BYTES = 1 << 20;

    private static final int REQUEST_AGE_MS = 1_000;
    private static final long NEVER_MS = TimeUnit.HOURS.toMillis(1);

    private final long epochMs;
    private volatile long beginNs;

    Tempo()
    {
        epochMs = System.currentTimeMillis();
        beginNs = System.nanoTime();
    }

    Tempo(final long epochMs, final long beginNs)
    {
        this.epochMs = epochMs;
        this.beginNs = beginNs;
    }

    /** The venue's clock has just begun to run. */
    void begin()
    {
        beginNs = System.nanoTime();
    }

    /** When it is at the beginning. */
    long epochMs()
    {
        return epochMs;
    }

    /** What the monotonic clock, which all processes of this machine share, said at the beginning. */
    long beginNs()
    {
        return beginNs;
    }

    /** The scenario's time; a process that goes on where a journal ends begins no earlier. */
    EpochNanoClock clock(final long notBeforeNs)
    {
        final long originNs = beginNs;
        final long startNs = TimeUnit.MILLISECONDS.toNanos(epochMs);
        final long aheadNs = Math.max(0, notBeforeNs - startNs - SPEED * (System.nanoTime() - originNs));
        return () -> startNs + aheadNs + SPEED * (System.nanoTime() - originNs);
    }

    static BinanceOrderConfig.Times orderTimes()
    {
        return new BinanceOrderConfig.Times(
            1, 1_000, 200, 120, REQUEST_AGE_MS, 2, 20, 0, 60_000, 1_000, NEVER_MS, 200);
    }

    static BinanceFeedConfig.Times feedTimes()
    {
        return new BinanceFeedConfig.Times(
            2, 1_000, 500, 500, 2, 20, 1_000, 100, 100, NEVER_MS, 50, 5, 10, 500, 500, TimeUnit.DAYS.toMillis(1));
    }
}
