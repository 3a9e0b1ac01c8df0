package org.lockstep.tools.run;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Epoch time that never steps: read from the wall clock once, at the start, and carried on by the monotonic clock,
 * which the operating system keeps in step by slewing. It begins no earlier than the journal ends, because engine time
 * cannot go back: on a clock set back an hour, timers, order rates and the age of market data would stand still for as
 * long.
 * Any thread, no allocation.
 */
final class SteadyEpochClock implements EpochNanoClock
{
    private static final Logger LOG = LoggerFactory.getLogger(SteadyEpochClock.class);
    private static final long TOLERANCE_NS = 1_000_000_000L;

    private final long offsetNs;
    private final long aheadNs;

    /**
     * Reads the wall clock.
     *
     * @param notBeforeNs engine time the journal ends with, epoch ns, 0 = none.
     */
    SteadyEpochClock(final long notBeforeNs)
    {
        this(notBeforeNs, wallNs());
    }

    /** Reads the wall clock, and says so when the journal is ahead of it. */
    static SteadyEpochClock notBefore(final long notBeforeNs)
    {
        final SteadyEpochClock clock = new SteadyEpochClock(notBeforeNs);
        if (clock.aheadNs() > TOLERANCE_NS)
        {
            LOG.warn("the clock is {} s behind the end of the journal; engine time goes on from there",
                clock.aheadNs() / 1_000_000_000L);
        }
        return clock;
    }

    SteadyEpochClock(final long notBeforeNs, final long wallNs)
    {
        final long startNs = Math.max(wallNs, notBeforeNs);
        aheadNs = startNs - wallNs;
        offsetNs = startNs - System.nanoTime();
    }

    @Override
    public long nanoTime()
    {
        return System.nanoTime() + offsetNs;
    }

    /** How far it runs ahead of the wall clock because the journal did, ns; 0 as a rule. */
    long aheadNs()
    {
        return aheadNs;
    }

    private static long wallNs()
    {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
