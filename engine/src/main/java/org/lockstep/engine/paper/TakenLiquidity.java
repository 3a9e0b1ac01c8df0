package org.lockstep.engine.paper;

import org.lockstep.engine.state.StateWriter;

/**
 * What our orders have eaten of one visible side. The real market knows nothing of it and goes on showing what it
 * showed, so the taken quantity is remembered by price, with the quantity displayed, until the level goes:
 * <ul>
 * <li>while the level shows the same quantity, what was taken of it stays taken;</li>
 * <li>what it grows by is new;</li>
 * <li>those by whom it shrinks are taken to be those we had already taken;</li>
 * <li>while it cannot be seen, nothing is known and nothing changes.</li>
 * </ul>
 * Bounded: at {@link #CAPACITY} prices the oldest that cannot be seen is forgotten; when all can be seen, nothing more
 * can be taken at further prices until one of them goes. Allocates nothing.
 */
final class TakenLiquidity
{
    static final int CAPACITY = 256;

    private static final long NEVER = -1;

    private final Depth depth;
    private final boolean isBid;
    private final long[] prices = new long[CAPACITY];
    private final long[] quantities = new long[CAPACITY];
    private final long[] displayed = new long[CAPACITY];
    private int count;
    private long seenVersion = NEVER;
    private long seenBest;
    private long seenBestQuantity;
    private long nearest;

    TakenLiquidity(final Depth depth, final boolean isBid)
    {
        this.depth = depth;
        this.isBid = isBid;
    }

    /** All that can be seen from now on is new. */
    void clear()
    {
        count = 0;
        seenVersion = NEVER;
    }

    /** Compares every level remembered with what is displayed now, unless none can have changed. */
    void onDepth()
    {
        if (0 == count)
        {
            return;
        }
        final long version = depth.version();
        final boolean isEmpty = depth.isEmpty(isBid);
        final long best = isEmpty ? 0 : depth.price(isBid, 0);
        final long bestQuantity = isEmpty ? 0 : depth.quantity(isBid, 0);
        final boolean isBestSeen = best == seenBest && bestQuantity == seenBestQuantity && nearest == best ||
            isBehind(nearest, best) && isBehind(nearest, seenBest);
        if (!isEmpty && isBestSeen && NEVER != seenVersion && depth.isKnownSince(seenVersion) &&
            !isAnyChanged(version))
        {
            seenVersion = version;
        }
        else
        {
            compare();
            seenVersion = isEmpty ? NEVER : version;
        }
        seenBest = best;
        seenBestQuantity = bestQuantity;
    }

    /** Did something change at a price that is remembered? */
    private boolean isAnyChanged(final long version)
    {
        for (long change = seenVersion + 1; change <= version; change++)
        {
            if (depth.isChangedBid(change) == isBid && indexOf(depth.changedPrice(change)) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    private void compare()
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            final long shown = depth.quantityAt(isBid, prices[i]);
            if (Depth.NOT_VISIBLE != shown)
            {
                quantities[i] -= Math.max(0, Math.min(quantities[i], displayed[i] - shown));
                displayed[i] = shown;
            }
            if (quantities[i] > 0 && 0 != shown)
            {
                nearest = 0 == kept || isBehind(nearest, prices[i]) ? prices[i] : nearest;
                move(i, kept++);
            }
        }
        count = kept;
    }

    /** What may still be taken at a price that displays so much. */
    long available(final long price, final long shown)
    {
        final int index = indexOf(price);
        if (index >= 0)
        {
            return Math.max(0, shown - quantities[index]);
        }
        return hasRoom() ? shown : 0;
    }

    /** Takes what {@link #available} said, or less. */
    void take(final long price, final long quantity, final long shown)
    {
        int index = indexOf(price);
        if (index < 0)
        {
            index = count++;
            prices[index] = price;
            quantities[index] = 0;
        }
        quantities[index] += quantity;
        displayed[index] = shown;
        seenVersion = NEVER;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            out.begin("taken", prices[i]);
            out.field("quantity", quantities[i]);
            out.field("displayed", displayed[i]);
            out.end();
        }
    }

    private int indexOf(final long price)
    {
        for (int i = 0; i < count; i++)
        {
            if (prices[i] == price)
            {
                return i;
            }
        }
        return -1;
    }

    private boolean isBehind(final long price, final long than)
    {
        return isBid ? price < than : price > than;
    }

    private boolean hasRoom()
    {
        for (int i = 0; CAPACITY == count && i < CAPACITY; i++)
        {
            if (Depth.NOT_VISIBLE == depth.quantityAt(isBid, prices[i]))
            {
                for (int later = i + 1; later < CAPACITY; later++)
                {
                    move(later, later - 1);
                }
                count--;
            }
        }
        return count < CAPACITY;
    }

    private void move(final int from, final int to)
    {
        prices[to] = prices[from];
        quantities[to] = quantities[from];
        displayed[to] = displayed[from];
    }
}
