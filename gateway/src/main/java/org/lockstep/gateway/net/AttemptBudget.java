package org.lockstep.gateway.net;

/**
 * A ceiling on attempts in a sliding window, such as Binance's 300 connections in 5 minutes per address. Shared by
 * every session of a venue; any thread.
 */
public final class AttemptBudget
{
    private final long[] attemptTimesNs;
    private final long windowNs;
    private int next;
    private int count;

    /**
     * Constructs a full budget.
     *
     * @param limit    attempts per window, from 1.
     * @param windowNs length of the window.
     */
    public AttemptBudget(final int limit, final long windowNs)
    {
        if (limit < 1 || windowNs < 1)
        {
            throw new IllegalArgumentException("budget needs limit and window from 1: " + limit + ", " + windowNs);
        }
        this.attemptTimesNs = new long[limit];
        this.windowNs = windowNs;
    }

    /**
     * Takes one attempt if the window has room.
     *
     * @param nowNs monotonic time.
     * @return 0 when taken, else how long to wait before asking again, nanoseconds.
     */
    public synchronized long tryAcquire(final long nowNs)
    {
        if (count == attemptTimesNs.length)
        {
            final long waitNs = attemptTimesNs[next] + windowNs - nowNs;
            if (waitNs > 0)
            {
                return waitNs;
            }
        }
        else
        {
            count++;
        }
        attemptTimesNs[next] = nowNs;
        next = (next + 1) % attemptTimesNs.length;
        return 0;
    }
}
