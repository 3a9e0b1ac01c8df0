package org.lockstep.gateway.net;

import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with jitter: each delay is drawn evenly from the upper half of an interval that doubles up to a
 * ceiling, so that many sessions that fell together do not come back together. No limit on attempts.
 * Threading: one thread.
 */
public final class Backoff
{
    private static final int MAX_DOUBLINGS = 30;

    private final long minDelayNs;
    private final long maxDelayNs;
    private final DoubleSupplier random;
    private int attempts;

    /**
     * Constructs a back-off that starts at its shortest delay.
     *
     * @param minDelayNs first interval, from 1.
     * @param maxDelayNs ceiling of the interval, not below the first.
     * @param random     draws from [0, 1).
     */
    public Backoff(final long minDelayNs, final long maxDelayNs, final DoubleSupplier random)
    {
        if (minDelayNs < 1 || maxDelayNs < minDelayNs)
        {
            throw new IllegalArgumentException(
                "back-off needs 1 <= minimum <= maximum, found " + minDelayNs + " and " + maxDelayNs + " ns");
        }
        this.minDelayNs = minDelayNs;
        this.maxDelayNs = maxDelayNs;
        this.random = random;
    }

    /** @return how long to wait before the next attempt, nanoseconds; counts the attempt. */
    public long nextDelayNs()
    {
        final int doublings = Math.min(attempts++, MAX_DOUBLINGS);
        final long intervalNs = maxDelayNs >> doublings < minDelayNs ? maxDelayNs : minDelayNs << doublings;
        final long halfNs = intervalNs >> 1;
        return halfNs + (long)(random.getAsDouble() * (intervalNs - halfNs));
    }

    /** Starts over at the shortest delay: the session is healthy. */
    public void reset()
    {
        attempts = 0;
    }

    /** @return attempts since the last {@link #reset()}. */
    public int attempts()
    {
        return attempts;
    }
}
