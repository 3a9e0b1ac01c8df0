package org.lockstep.gateway.net;

/**
 * Own ceiling on the request weight a venue counts per fixed window, corrected by what the venue reports as used, and
 * closed for as long as the venue says after a 429 or 418. Threading: one event loop.
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
     * @param limit    weight per window that may be used.
     * @param windowNs length of the venue's window, aligned to the epoch.
     */
    public WeightBudget(final long limit, final long windowNs)
    {
        this.limit = limit;
        this.windowNs = windowNs;
    }

    /**
     * Takes weight if the window has room.
     *
     * @param weight of the request.
     * @param nowNs  epoch ns.
     * @return true when taken.
     */
    public boolean tryAcquire(final int weight, final long nowNs)
    {
        roll(nowNs);
        if (nowNs < closedUntilNs || used + weight > limit)
        {
            return false;
        }
        used += weight;
        return true;
    }

    /**
     * Takes over what the venue counted.
     *
     * @param venueUsed weight used in the current window, as the venue says.
     * @param nowNs     epoch ns.
     */
    public void onReported(final long venueUsed, final long nowNs)
    {
        roll(nowNs);
        used = Math.max(used, venueUsed);
    }

    /**
     * Closes the budget.
     *
     * @param delayNs how long the venue wants silence.
     * @param nowNs   epoch ns.
     */
    public void closeFor(final long delayNs, final long nowNs)
    {
        closedUntilNs = Math.max(closedUntilNs, nowNs + delayNs);
    }

    /** @return weight taken in the current window. */
    public long used()
    {
        return used;
    }

    private void roll(final long nowNs)
    {
        final long index = Math.floorDiv(nowNs, windowNs);
        if (index != windowIndex)
        {
            windowIndex = index;
            used = 0;
        }
    }
}
