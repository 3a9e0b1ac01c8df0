package org.lockstep.benchmarks.latency.wire;

import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * When messages of a fixed rate are due, and how late each was sent. Due times are a plain sum of intervals, whatever
 * happens: a sender that was held up sends at once what it owes, and each is measured from when it was due. One thread.
 */
final class Pace
{
    private static final double MIN_ACHIEVED = 0.99;
    private static final long MAX_P99_LATE_NS = 100_000;

    private final Histogram lateness = new Histogram(60_000_000_000L, 3);
    private final long intervalNs;
    private final long messages;
    private long firstNs;
    private long dueNs;
    private long lastNs;
    private long sent;

    Pace(final long ratePerSecond, final long durationNs)
    {
        intervalNs = 1_000_000_000L / ratePerSecond;
        messages = Math.max(1, durationNs / intervalNs);
    }

    void start(final long nowNs)
    {
        firstNs = nowNs + intervalNs;
        dueNs = firstNs;
    }

    boolean isDue(final long nowNs)
    {
        return sent < messages && nowNs - dueNs >= 0;
    }

    boolean isDone()
    {
        return sent == messages;
    }

    /** Notes that the message that was due is about to be sent; returns when it was due. */
    long next(final long nowNs)
    {
        final long due = dueNs;
        lateness.recordValue(nowNs - due);
        lastNs = nowNs;
        dueNs += intervalNs;
        sent++;
        return due;
    }

    Histogram lateness()
    {
        return lateness;
    }

    /** Messages sent over those that were to be sent in the time it took. */
    double achieved()
    {
        return sent * (double)intervalNs / Math.max(1, lastNs - firstNs + intervalNs);
    }

    /** Why what was measured at this pace is worth nothing, or null: p99 late by a tenth of a ms, or an interval. */
    String problem()
    {
        final long lateNs = lateness.getValueAtPercentile(99);
        final long allowedNs = Math.min(MAX_P99_LATE_NS, intervalNs);
        if (achieved() < MIN_ACHIEVED)
        {
            return String.format(Locale.ROOT, "the sender reached %.1f %% of its rate", 100 * achieved());
        }
        return lateNs <= allowedNs ? null : String.format(
            Locale.ROOT, "the sender was late: p99 %.1f us, allowed %.1f", lateNs / 1e3, allowedNs / 1e3);
    }
}
