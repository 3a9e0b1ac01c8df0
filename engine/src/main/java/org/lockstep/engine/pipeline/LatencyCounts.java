package org.lockstep.engine.pipeline;

import java.util.concurrent.atomic.AtomicLongArray;

import org.HdrHistogram.Histogram;

/**
 * Counts latencies in the buckets of a {@link Histogram} of three digits. A recorder that swaps histograms costs two
 * atomic operations a value, which is more than the rest of the pipeline's bookkeeping; here a value is one ordered
 * store, and a reader may look while it grows.
 * Threading: recorded by one thread, read by any. Allocation: none where it is recorded.
 */
final class LatencyCounts
{
    /** Longest latency that is told from longer ones, an hour. */
    static final long HIGHEST_NS = 3_600_000_000_000L;

    private static final int DIGITS = 3;
    private static final int HALF_BITS = 10;
    private static final int HALF = 1 << HALF_BITS;
    private static final long MASK = 2 * HALF - 1;
    private static final int ZEROS = Long.SIZE - HALF_BITS - 1;

    private final AtomicLongArray counts = new AtomicLongArray(index(HIGHEST_NS) + 1);

    /**
     * Counts a latency.
     *
     * @param elapsedNs what is out of range counts as the nearest that is not.
     * @param times     how often it was seen.
     */
    void record(final long elapsedNs, final long times)
    {
        final int index = index(Math.max(0, Math.min(elapsedNs, HIGHEST_NS)));
        counts.lazySet(index, counts.getPlain(index) + times);
    }

    /** @return what was counted so far. */
    Histogram histogram()
    {
        final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
        for (int i = 0; i < counts.length(); i++)
        {
            final long times = counts.getOpaque(i);
            if (times > 0)
            {
                histogram.recordValueWithCount(value(i), times);
            }
        }
        return histogram;
    }

    /** Values below 2,048 have a bucket each; above, 1,024 buckets for each power of two. */
    private static int index(final long value)
    {
        final int power = ZEROS - Long.numberOfLeadingZeros(value | MASK);
        return (power << HALF_BITS) + (int)(value >>> power);
    }

    private static long value(final int index)
    {
        final int power = Math.max(0, (index >> HALF_BITS) - 1);
        return (long)(index - (power << HALF_BITS)) << power;
    }
}
