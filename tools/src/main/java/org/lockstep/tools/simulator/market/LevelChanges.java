package org.lockstep.tools.simulator.market;

import java.util.Arrays;

/**
 * Price levels of one symbol that changed since the last diff, and the update ids that the diff will cover.
 * Idle until somebody wants diffs. One thread.
 */
public final class LevelChanges
{
    private long[] bids = new long[64];
    private long[] asks = new long[64];
    private int bidCount;
    private int askCount;
    private long firstId;
    private boolean active;

    /** Creates an idle one. */
    public LevelChanges()
    {
    }

    /**
     * Starts to collect, unless it already does.
     *
     * @param nextUpdateId first update id that the next diff covers.
     */
    public void activate(final long nextUpdateId)
    {
        if (!active)
        {
            active = true;
            restart(nextUpdateId);
        }
    }

    /** Stops to collect. */
    public void deactivate()
    {
        active = false;
    }

    /** @return whether it collects. */
    public boolean isActive()
    {
        return active;
    }

    /** Notes a changed level. */
    void add(final boolean buy, final long ticks)
    {
        if (buy)
        {
            bids = bidCount == bids.length ? Arrays.copyOf(bids, 2 * bidCount) : bids;
            bids[bidCount++] = ticks;
        }
        else
        {
            asks = askCount == asks.length ? Arrays.copyOf(asks, 2 * askCount) : asks;
            asks[askCount++] = ticks;
        }
    }

    /** Sorts and removes duplicates: after this the counts are those of distinct levels. */
    public void settle()
    {
        bidCount = distinct(bids, bidCount);
        askCount = distinct(asks, askCount);
    }

    /**
     * Empties it for the next diff.
     *
     * @param nextUpdateId first update id that the next diff covers.
     */
    public void restart(final long nextUpdateId)
    {
        firstId = nextUpdateId;
        bidCount = 0;
        askCount = 0;
    }

    /** @return first update id covered. */
    public long firstId()
    {
        return firstId;
    }

    /**
     * How many levels changed.
     *
     * @param buy which side.
     * @return distinct levels, once settled.
     */
    public int count(final boolean buy)
    {
        return buy ? bidCount : askCount;
    }

    /**
     * A changed level, best first, once settled.
     *
     * @param buy   which side.
     * @param index from 0.
     * @return its price in ticks.
     */
    public long ticks(final boolean buy, final int index)
    {
        return buy ? bids[bidCount - 1 - index] : asks[index];
    }

    private static int distinct(final long[] values, final int count)
    {
        Arrays.sort(values, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (0 == kept || values[kept - 1] != values[i])
            {
                values[kept++] = values[i];
            }
        }
        return kept;
    }
}
