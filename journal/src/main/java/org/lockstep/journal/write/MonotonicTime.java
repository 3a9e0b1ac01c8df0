package org.lockstep.journal.write;

import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.EpochClock;

/**
 * The clock that decides when the journal rolls: never runs back, and never behind the newest file, so a clock that is
 * set back cannot make the queue write into an older file. Written by the appending thread.
 */
final class MonotonicTime implements TimeProvider
{
    private final EpochClock clock;
    private long lastMs;
    private volatile boolean held;

    MonotonicTime(final EpochClock clock, final long notBeforeMs)
    {
        this.clock = clock;
        this.lastMs = notBeforeMs;
    }

    /** Stands still from now on, so that the mark of an orderly close does not begin a file of its own. */
    void hold()
    {
        held = true;
    }

    @Override
    public long currentTimeMillis()
    {
        if (held)
        {
            return lastMs;
        }
        final long nowMs = clock.time();
        if (nowMs > lastMs)
        {
            lastMs = nowMs;
        }
        return lastMs;
    }
}
