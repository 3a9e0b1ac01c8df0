package org.lockstep.gateway.client.analysis;

/**
 * A line of bounded length: when it is full, every other point goes, and from then on points come half as often. The
 * newest value is always there. One thread.
 */
public final class EquityCurve
{
    static final int CAPACITY = 512;

    private final long[] times = new long[CAPACITY];
    private final long[] values = new long[CAPACITY];
    private int count;
    private long stepNs = 1;

    /** Adds a value; within a step it replaces the last. */
    void add(final long timeNs, final long value)
    {
        if (count > 1 && timeNs - times[count - 2] < stepNs)
        {
            times[count - 1] = timeNs;
            values[count - 1] = value;
            return;
        }
        if (CAPACITY == count)
        {
            for (int i = 0; 2 * i < CAPACITY; i++)
            {
                times[i] = times[2 * i];
                values[i] = values[2 * i];
            }
            count = CAPACITY / 2;
            stepNs = Math.max(2 * stepNs, (times[count - 1] - times[0]) / (count - 1));
        }
        times[count] = timeNs;
        values[count++] = value;
    }

    /** @return points there are. */
    public int size()
    {
        return count;
    }

    /**
     * When a point was.
     *
     * @param index 0 = oldest.
     * @return epoch ns.
     */
    public long timeNs(final int index)
    {
        return times[index];
    }

    /**
     * Equity of a point.
     *
     * @param index 0 = oldest.
     * @return money, 8 decimals.
     */
    public long value(final int index)
    {
        return values[index];
    }
}
