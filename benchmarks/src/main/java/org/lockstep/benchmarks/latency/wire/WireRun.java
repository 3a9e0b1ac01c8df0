package org.lockstep.benchmarks.latency.wire;

import org.HdrHistogram.Histogram;

/**
 * What one lane did for a while.
 *
 * @param answers  ns from when each marked tick was due to when its order had been read.
 * @param lateness ns from when each tick was due to when it was sent.
 * @param achieved part of the asked rate that the sender kept.
 * @param late     part of the ticks that left later than is allowed.
 * @param problem  why this must not be published, or null.
 * @param firstDueNs when the first tick was due, monotonic.
 * @param intervalNs from each tick to the next.
 */
record WireRun(
    Histogram answers,
    Histogram lateness,
    double achieved,
    double late,
    String problem,
    long firstDueNs,
    long intervalNs)
{
}
