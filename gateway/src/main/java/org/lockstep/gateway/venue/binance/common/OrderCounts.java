package org.lockstep.gateway.venue.binance.common;

import org.lockstep.gateway.net.RestResponse;

/**
 * The unfilled orders Binance counts per account, in windows of ten seconds and of a day. For the day the
 * venue's own count replaces ours, since fills make it smaller again; for the ten seconds the larger one holds.
 * Threading: any thread.
 */
public final class OrderCounts
{
    private static final long TEN_SECONDS_NS = 10_000_000_000L;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final long perTenSeconds;
    private final long perDay;
    private final long[] windows = {Long.MIN_VALUE, Long.MIN_VALUE};
    private final long[] counts = new long[2];

    /**
     * Constructs counts at zero.
     *
     * @param perTenSeconds own ceiling per ten seconds, from 1.
     * @param perDay        own ceiling per day, from 1.
     */
    public OrderCounts(final long perTenSeconds, final long perDay)
    {
        if (perTenSeconds < 1 || perDay < 1)
        {
            throw new IllegalArgumentException(
                "order counts need limits from 1, found " + perTenSeconds + " per 10 s and " + perDay + " per day");
        }
        this.perTenSeconds = perTenSeconds;
        this.perDay = perDay;
    }

    /**
     * Counts a new order if both windows have room.
     *
     * @param nowNs epoch ns.
     * @return 0 when counted, else how long to wait before asking again, nanoseconds.
     */
    public synchronized long tryAcquire(final long nowNs)
    {
        roll(nowNs);
        if (counts[1] >= perDay)
        {
            return (windows[1] + 1) * DAY_NS - nowNs;
        }
        if (counts[0] >= perTenSeconds)
        {
            return (windows[0] + 1) * TEN_SECONDS_NS - nowNs;
        }
        counts[0]++;
        counts[1]++;
        return 0;
    }

    /**
     * Takes over what the venue counted.
     *
     * @param inTenSeconds in the current ten seconds, below 0 = not said.
     * @param inDay        in the current day, below 0 = not said.
     * @param nowNs        epoch ns.
     */
    public synchronized void onReported(final long inTenSeconds, final long inDay, final long nowNs)
    {
        roll(nowNs);
        if (inTenSeconds >= 0)
        {
            counts[0] = Math.max(counts[0], inTenSeconds);
        }
        if (inDay >= 0)
        {
            counts[1] = inDay;
        }
    }

    /**
     * Says what is counted.
     *
     * @param nowNs epoch ns.
     * @return orders of the current ten seconds.
     */
    public synchronized long inTenSeconds(final long nowNs)
    {
        roll(nowNs);
        return counts[0];
    }

    /**
     * Says what is counted.
     *
     * @param nowNs epoch ns.
     * @return orders of the current day.
     */
    public synchronized long inDay(final long nowNs)
    {
        roll(nowNs);
        return counts[1];
    }

    void onResponse(final RestResponse response, final long nowNs)
    {
        onReported(response.number("X-MBX-ORDER-COUNT-10S"), response.number("X-MBX-ORDER-COUNT-1D"), nowNs);
    }

    private void roll(final long nowNs)
    {
        roll(0, Math.floorDiv(nowNs, TEN_SECONDS_NS));
        roll(1, Math.floorDiv(nowNs, DAY_NS));
    }

    private void roll(final int which, final long window)
    {
        if (window > windows[which])
        {
            windows[which] = window;
            counts[which] = 0;
        }
    }
}
