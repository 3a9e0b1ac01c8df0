package org.lockstep.gateway.net;

/**
 * Own ceiling on what a venue counts per fixed window, such as request weight per minute and address, corrected by what
 * the venue reports as used, and closed for as long as the venue says after a 429 or 418. One budget serves every
 * connection that the venue counts together, REST and WebSocket alike. Threading: any thread.
 */
public final class WeightBudget
{
    private final long limit;
    private final long windowNs;
    private long windowIndex = Long.MIN_VALUE;
    private long used;
    private long closedUntilNs;

    /**
     * Constructs an untouched budget.
     *
     * @param limit    weight per window that may be used, from 1.
     * @param windowNs length of the venue's window, aligned to the epoch, from 1.
     */
    public WeightBudget(final long limit, final long windowNs)
    {
        if (limit < 1 || windowNs < 1)
        {
            throw new IllegalArgumentException("budget needs limit and window from 1: " + limit + ", " + windowNs);
        }
        this.limit = limit;
        this.windowNs = windowNs;
    }

    /**
     * Takes weight if the window has room up to the ceiling of the request's class. A request that is heavier than its
     * ceiling is let through when the window is untouched: it would wait for ever.
     *
     * @param weight   of the request, from 0.
     * @param priority of the request.
     * @param nowNs    epoch ns.
     * @return 0 when taken, else how long to wait before asking again, nanoseconds.
     */
    public synchronized long tryAcquire(final int weight, final RequestPriority priority, final long nowNs)
    {
        roll(nowNs);
        if (nowNs < closedUntilNs)
        {
            return closedUntilNs - nowNs;
        }
        if (weight > 0 && used > 0 && used + weight > limit * priority.ceilingPercent() / 100)
        {
            return (windowIndex + 1) * windowNs - nowNs;
        }
        used += weight;
        return 0;
    }

    /**
     * Takes over what the venue counted, if it is more than what was taken.
     *
     * @param venueUsed weight used in the current window, as the venue says.
     * @param nowNs     epoch ns.
     */
    public synchronized void onReported(final long venueUsed, final long nowNs)
    {
        roll(nowNs);
        used = Math.max(used, venueUsed);
    }

    /**
     * Closes the budget.
     *
     * @param untilNs end of the silence the venue wants, epoch ns.
     */
    public synchronized void closeUntil(final long untilNs)
    {
        closedUntilNs = Math.max(closedUntilNs, untilNs);
    }

    /** @return end of the silence the venue wants, epoch ns; long ago when it wants none. */
    public synchronized long closedUntilNs()
    {
        return closedUntilNs;
    }

    /**
     * Says what is used.
     *
     * @param nowNs epoch ns.
     * @return weight taken in the current window.
     */
    public synchronized long used(final long nowNs)
    {
        roll(nowNs);
        return used;
    }

    /** Never back: of two threads the one with the earlier reading may come second. */
    private void roll(final long nowNs)
    {
        final long index = Math.floorDiv(nowNs, windowNs);
        if (index > windowIndex)
        {
            windowIndex = index;
            used = 0;
        }
    }
}
