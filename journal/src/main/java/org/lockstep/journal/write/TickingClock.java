package org.lockstep.journal.write;

import org.agrona.concurrent.EpochClock;

/**
 * Time as of the last tick. Whether a file is full is asked before every append, and asking the system's clock costs a
 * good part of a small append, while a file may well roll some milliseconds late.
 * Threading: {@link #tick} by one thread, {@link #time} by any.
 */
final class TickingClock implements EpochClock
{
    private final EpochClock clock;
    private volatile long nowMs;

    TickingClock(final EpochClock clock)
    {
        this.clock = clock;
        tick();
    }

    /** Reads the clock. */
    void tick()
    {
        nowMs = clock.time();
    }

    @Override
    public long time()
    {
        return nowMs;
    }
}
