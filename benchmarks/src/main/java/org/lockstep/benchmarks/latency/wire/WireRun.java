package org.lockstep.benchmarks.latency.wire;

import org.HdrHistogram.Histogram;

/**
 * What one lane did for a while.
 *
 * @param answers  ns from when each marked tick was due to when its order had been read.
 * @param lateness ns from when each tick was due to when it was sent.
 * @param achieved part of the asked rate that the sender kept.
 * @param late     part of the ticks that left later than is allowed.
 * @param isWhole  whether every marked tick provoked its order; if not, no answer can be told from another's.
 * @param problem  why this must not be published, or null.
 * @param firstDueNs when the first tick was due, monotonic.
 * @param intervalNs from each tick to the next.
 */
record WireRun(
    Histogram answers,
    Histogram lateness,
    double achieved,
    double late,
    boolean isWhole,
    String problem,
    long firstDueNs,
    long intervalNs)
{
    /** This, or an exception when an order is missing. */
    WireRun whole()
    {
        if (!isWhole)
        {
            throw new IllegalStateException(problem);
        }
        return this;
    }
}
