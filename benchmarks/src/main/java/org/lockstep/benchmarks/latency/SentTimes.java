package org.lockstep.benchmarks.latency;

import java.util.concurrent.atomic.AtomicLongArray;

/** When each message was meant to be sent, by its offset; the newest 64 Ki are kept. Any thread. */
final class SentTimes
{
    private static final int CAPACITY = 1 << 16;

    private final AtomicLongArray times = new AtomicLongArray(CAPACITY);

    void sent(final long offset, final long timeNs)
    {
        times.lazySet((int)offset & CAPACITY - 1, timeNs);
    }

    /** Zero when it is not known. */
    long of(final long offset)
    {
        return times.get((int)offset & CAPACITY - 1);
    }
}
