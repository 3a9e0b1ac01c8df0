package org.lockstep.benchmarks.latency.socket;

import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * When messages of a fixed rate are due, and how late each was sent. Due times are a plain sum of intervals, whatever
 * happens: a sender that was held up sends at once what it owes, and each is measured from when it was due. One thread.
 */
public final class Pace
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

    /**
     * A pace that has not begun.
     *
     * @param ratePerSecond messages a second.
     * @param durationNs    for how long.
     */
    public Pace(final long ratePerSecond, final long durationNs)
    {
        intervalNs = 1_000_000_000L / ratePerSecond;
        messages = Math.max(1, durationNs / intervalNs);
    }

    /**
     * Begins; the first message is due an interval later.
     *
     * @param nowNs monotonic time.
     */
    public void start(final long nowNs)
    {
        firstNs = nowNs + intervalNs;
        dueNs = firstNs;
    }

    /**
     * Asks for the next message.
     *
     * @param nowNs monotonic time.
     * @return whether it is due.
     */
    public boolean isDue(final long nowNs)
    {
        return sent < messages && nowNs - dueNs >= 0;
    }

    /** @return whether all were sent. */
    public boolean isDone()
    {
        return sent == messages;
    }

    /**
     * Notes that the message that was due is about to be sent.
     *
     * @param nowNs monotonic time.
     * @return when it was due.
     */
    public long next(final long nowNs)
    {
        final long due = dueNs;
        lateness.recordValue(nowNs - due);
        lastNs = nowNs;
        dueNs += intervalNs;
        sent++;
        return due;
    }

    /**
     * Tells how long there is time.
     *
     * @param nowNs monotonic time.
     * @return ns until the next message is due, negative when it is overdue.
     */
    public long dueInNs(final long nowNs)
    {
        return dueNs - nowNs;
    }

    /** @return when the first message was due, monotonic ns. */
    public long firstDueNs()
    {
        return firstNs;
    }

    /** @return ns from one message to the next. */
    public long intervalNs()
    {
        return intervalNs;
    }

    /** @return ns from due to sent. */
    public Histogram lateness()
    {
        return lateness;
    }

    /** @return messages sent over those that were to be sent in the time it took. */
    public double achieved()
    {
        return sent * (double)intervalNs / Math.max(1, lastNs - firstNs + intervalNs);
    }

    /** @return part of the messages that were later than is allowed: a tenth of a ms, or an interval. */
    public double late()
    {
        final long count = lateness.getTotalCount();
        return 0 == count ? 0 :
            lateness.getCountBetweenValues(allowedNs() + 1, lateness.getHighestTrackableValue()) / (double)count;
    }

    /** @return why what was measured is worth nothing (p99 late by a tenth of a ms, or an interval), or null. */
    public String problem()
    {
        final long lateNs = lateness.getValueAtPercentile(99);
        final long allowedNs = allowedNs();
        if (achieved() < MIN_ACHIEVED)
        {
            return String.format(Locale.ROOT, "the sender reached %.1f %% of its rate", 100 * achieved());
        }
        return lateNs <= allowedNs ? null : String.format(
            Locale.ROOT, "the sender was late: p99 %.1f us, allowed %.1f", lateNs / 1e3, allowedNs / 1e3);
    }

    private long allowedNs()
    {
        return Math.min(MAX_P99_LATE_NS, intervalNs);
    }
}
