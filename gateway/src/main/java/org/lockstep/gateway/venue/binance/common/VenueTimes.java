package org.lockstep.gateway.venue.binance.common;

/** The venue's times, which are milliseconds or, on request, microseconds since the epoch. Stateless. */
public final class VenueTimes
{
    /** Returned for a time out of range. */
    public static final long INVALID = -1;

    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;
    private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;

    private VenueTimes()
    {
    }

    /**
     * Converts a time whose unit shows in its size: what would lie after the year 2262 in milliseconds is microseconds.
     *
     * @param time milliseconds or microseconds since the epoch.
     * @return nanoseconds since the epoch, or {@link #INVALID}.
     */
    public static long toNanos(final long time)
    {
        if (time < 0 || time > MAX_MICROS)
        {
            return INVALID;
        }
        return time <= MAX_MILLIS ? time * 1_000_000 : time * 1_000;
    }
}
