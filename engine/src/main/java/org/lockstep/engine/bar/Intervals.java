package org.lockstep.engine.bar;

import org.lockstep.engine.event.codec.BarInterval;

/** Lengths and names of bar intervals. Intervals begin at multiples of their length since the epoch: days are UTC. */
public final class Intervals
{
    /** How many intervals there are. */
    public static final int COUNT = 5;

    private static final long MINUTE_NS = 60_000_000_000L;
    private static final BarInterval[] INTERVALS =
        {BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1, BarInterval.D1};
    private static final long[] LENGTHS_NS =
        {MINUTE_NS, 5 * MINUTE_NS, 15 * MINUTE_NS, 60 * MINUTE_NS, 24 * 60 * MINUTE_NS};
    private static final String[] CODES = {"1m", "5m", "15m", "1h", "1d"};

    private Intervals()
    {
    }

    /**
     * Position of an interval, shortest first.
     *
     * @param interval one of the five.
     * @return [0, {@link #COUNT}).
     */
    public static int index(final BarInterval interval)
    {
        final int index = interval.value() - 1;
        if (index < 0 || index >= COUNT)
        {
            throw new IllegalArgumentException("no such interval: " + interval);
        }
        return index;
    }

    /**
     * The interval at a position.
     *
     * @param index [0, {@link #COUNT}), shortest first.
     * @return the interval.
     */
    public static BarInterval at(final int index)
    {
        return INTERVALS[index];
    }

    /**
     * Length of an interval.
     *
     * @param interval one of the five.
     * @return nanoseconds.
     */
    public static long lengthNs(final BarInterval interval)
    {
        return LENGTHS_NS[index(interval)];
    }

    /**
     * Name of an interval.
     *
     * @param interval one of the five.
     * @return {@code 1m}, {@code 5m}, {@code 15m}, {@code 1h} or {@code 1d}.
     */
    public static String code(final BarInterval interval)
    {
        return CODES[index(interval)];
    }

    /**
     * Finds an interval by its name.
     *
     * @param code such as {@code 5m}.
     * @return the interval, or null when there is none.
     */
    public static BarInterval byCode(final String code)
    {
        for (int i = 0; i < COUNT; i++)
        {
            if (CODES[i].equals(code))
            {
                return INTERVALS[i];
            }
        }
        return null;
    }

    static long openTimeNs(final int index, final long timeNs)
    {
        return timeNs - Math.floorMod(timeNs, LENGTHS_NS[index]);
    }

    /**
     * Length of the interval at a position.
     *
     * @param index [0, {@link #COUNT}), shortest first.
     * @return nanoseconds.
     */
    public static long lengthNs(final int index)
    {
        return LENGTHS_NS[index];
    }
}
