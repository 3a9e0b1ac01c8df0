package org.lockstep.engine.order;

import java.util.Arrays;

/**
 * For each instrument the best price of the open orders of one side, or one that is better still: who goes leaves it as
 * it is until somebody looks again. It follows from the open orders and is no state of its own.
 * Threading: the engine thread. Allocation: when a higher instrument id than ever before is used.
 */
final class ReachedPrices
{
    /** Worse than any price. */
    private static final long NONE = Long.MAX_VALUE;

    private final long sign;
    /** Ascending from the best: the price of a seller's order, the negative of a buyer's. */
    private long[] keys;
    private boolean[] exact;

    ReachedPrices(final boolean isBuy, final int instruments)
    {
        sign = isBuy ? -1 : 1;
        keys = new long[instruments];
        exact = new boolean[instruments];
        Arrays.fill(keys, NONE);
        Arrays.fill(exact, true);
    }

    void onPrice(final int instrumentId, final long price)
    {
        grow(instrumentId);
        if (sign * price <= keys[instrumentId])
        {
            keys[instrumentId] = sign * price;
            exact[instrumentId] = true;
        }
    }

    void onGone(final int instrumentId, final long price)
    {
        if (instrumentId < keys.length && sign * price == keys[instrumentId])
        {
            exact[instrumentId] = false;
        }
    }

    boolean isExact(final int instrumentId)
    {
        return instrumentId >= keys.length || exact[instrumentId];
    }

    boolean isReached(final int instrumentId, final long limit)
    {
        return instrumentId < keys.length && NONE != keys[instrumentId] && keys[instrumentId] <= sign * limit;
    }

    void clear(final int instrumentId)
    {
        keys[instrumentId] = NONE;
        exact[instrumentId] = true;
    }

    private void grow(final int instrumentId)
    {
        final int length = keys.length;
        if (instrumentId >= length)
        {
            keys = Arrays.copyOf(keys, Math.max(instrumentId + 1, 2 * length));
            exact = Arrays.copyOf(exact, keys.length);
            Arrays.fill(keys, length, keys.length, NONE);
            Arrays.fill(exact, length, keys.length, true);
        }
    }
}
