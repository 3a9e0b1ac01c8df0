package org.lockstep.gateway.venue;

import java.util.Arrays;

/**
 * Book levels of one message, decoded and not yet published. Grows to the largest message seen, up to a bound.
 * Threading: one event loop. Allocation: none once grown.
 */
public final class LevelBuffer
{
    /** Most levels of one message. */
    public static final int MAX_LEVELS = 65_536;

    private static final int INITIAL_LEVELS = 4096;

    private long[] prices = new long[INITIAL_LEVELS];
    private long[] quantities = new long[INITIAL_LEVELS];
    private boolean[] bids = new boolean[INITIAL_LEVELS];
    private int size;
    private int inexactCount;

    /** Forgets all levels. */
    public void clear()
    {
        size = 0;
        inexactCount = 0;
    }

    /**
     * Adds a level.
     *
     * @param price    mantissa.
     * @param quantity mantissa, absolute.
     * @param isBid    side.
     * @return false when there are too many.
     */
    public boolean add(final long price, final long quantity, final boolean isBid)
    {
        if (size == prices.length && !grow())
        {
            return false;
        }
        prices[size] = price;
        quantities[size] = quantity;
        bids[size] = isBid;
        size++;
        return true;
    }

    /** Notes that a level was rounded or left out, because the venue's own steps are coarser. */
    public void onInexact()
    {
        inexactCount++;
    }

    /** @return levels rounded or left out since the last {@link #clear()}. */
    public int inexactCount()
    {
        return inexactCount;
    }

    /** @return number of levels. */
    public int size()
    {
        return size;
    }

    /**
     * A level's price.
     *
     * @param index from 0.
     * @return mantissa.
     */
    public long price(final int index)
    {
        return prices[index];
    }

    /**
     * A level's quantity.
     *
     * @param index from 0.
     * @return mantissa, absolute, 0 removes the level.
     */
    public long quantity(final int index)
    {
        return quantities[index];
    }

    /**
     * A level's side.
     *
     * @param index from 0.
     * @return true for a bid.
     */
    public boolean isBid(final int index)
    {
        return bids[index];
    }

    private boolean grow()
    {
        if (prices.length >= MAX_LEVELS)
        {
            return false;
        }
        final int capacity = prices.length * 2;
        prices = Arrays.copyOf(prices, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
        bids = Arrays.copyOf(bids, capacity);
        return true;
    }
}
