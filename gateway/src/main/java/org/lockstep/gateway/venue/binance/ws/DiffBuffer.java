package org.lockstep.gateway.venue.binance.ws;

import org.lockstep.gateway.venue.LevelBuffer;

/**
 * Book changes that wait for a snapshot, in memory that is allocated once. When it is full the caller starts over.
 * Threading: the feed's loop. Allocation: none once constructed.
 */
final class DiffBuffer
{
    private static final int MAX_DIFFS = 8192;

    private final long[] firstUpdateIds = new long[MAX_DIFFS];
    private final long[] lastUpdateIds = new long[MAX_DIFFS];
    private final long[] venueTimesNs = new long[MAX_DIFFS];
    private final int[] ends = new int[MAX_DIFFS];
    private final long[] prices;
    private final long[] quantities;
    private final boolean[] bids;
    private int size;

    DiffBuffer(final int maxLevels)
    {
        prices = new long[maxLevels];
        quantities = new long[maxLevels];
        bids = new boolean[maxLevels];
    }

    void clear()
    {
        size = 0;
    }

    int size()
    {
        return size;
    }

    /** @return false when there is no room; the buffer is unchanged then. */
    boolean add(final long firstUpdateId, final long lastUpdateId, final long venueTimeNs, final LevelBuffer levels)
    {
        int position = 0 == size ? 0 : ends[size - 1];
        if (MAX_DIFFS == size || position + levels.size() > prices.length)
        {
            return false;
        }
        for (int i = 0; i < levels.size(); i++)
        {
            prices[position] = levels.price(i);
            quantities[position] = levels.quantity(i);
            bids[position] = levels.isBid(i);
            position++;
        }
        firstUpdateIds[size] = firstUpdateId;
        lastUpdateIds[size] = lastUpdateId;
        venueTimesNs[size] = venueTimeNs;
        ends[size] = position;
        size++;
        return true;
    }

    long firstUpdateId(final int index)
    {
        return firstUpdateIds[index];
    }

    long lastUpdateId(final int index)
    {
        return lastUpdateIds[index];
    }

    long venueTimeNs(final int index)
    {
        return venueTimesNs[index];
    }

    /** Copies the levels of one change. */
    void copyLevels(final int index, final LevelBuffer target)
    {
        target.clear();
        for (int i = 0 == index ? 0 : ends[index - 1]; i < ends[index]; i++)
        {
            target.add(prices[i], quantities[i], bids[i]);
        }
    }
}
