package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/**
 * Resting orders of one side, best price first, then in the order they came. What is searched for, prices and ids, lies
 * in arrays of its own. Allocates only while it grows.
 */
final class RestingSide
{
    private static final long NEVER = -1;
    private static final int UNSEEN_CAPACITY = 16;
    private static final int PRICE_GROUPS = 256;

    private final boolean isBuy;
    private final long sign;
    private final long[] unseenPrices = new long[UNSEEN_CAPACITY];
    private int unseenCount;
    private long seenVersion = NEVER;
    private long seenBehindPrice;
    private long seenBest;
    private long seenBestQuantity;
    /** How many orders have a price of each group: most changes of the market concern none of them. */
    private final int[] pricesInGroup = new int[PRICE_GROUPS];
    private RestingOrder[] orders = new RestingOrder[16];
    /** Ascending: the price of a seller's order, the negative of a buyer's. */
    private long[] keys = new long[16];
    private long[] orderIds = new long[16];
    private int count;

    RestingSide(final boolean isBuy)
    {
        this.isBuy = isBuy;
        this.sign = isBuy ? -1 : 1;
    }

    int count()
    {
        return count;
    }

    RestingOrder get(final int index)
    {
        return orders[index];
    }

    RestingOrder find(final long orderId)
    {
        for (int i = 0; i < count; i++)
        {
            if (orderIds[i] == orderId)
            {
                return orders[i];
            }
        }
        return null;
    }

    /** Returns where it stands. */
    int add(final RestingOrder order)
    {
        if (count == orders.length)
        {
            orders = Arrays.copyOf(orders, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
            orderIds = Arrays.copyOf(orderIds, count * 2);
        }
        final long key = sign * order.price;
        int index = count;
        while (index > 0 && key < keys[index - 1])
        {
            index--;
        }
        final int moved = count - index;
        System.arraycopy(orders, index, orders, index + 1, moved);
        System.arraycopy(keys, index, keys, index + 1, moved);
        System.arraycopy(orderIds, index, orderIds, index + 1, moved);
        orders[index] = order;
        keys[index] = key;
        orderIds[index] = order.orderId;
        noteUnseen(order.price);
        pricesInGroup[group(key)]++;
        count++;
        return index;
    }

    /**
     * Lets orders see what is visible at their prices now. What lies behind the best price now, lay there since the
     * last look, and has not changed since, has been seen: quotes change the best price alone.
     */
    void see(final Depth depth)
    {
        final long version = depth.version();
        if (depth.isEmpty(isBuy))
        {
            see(depth, 0, count);
            seenVersion = seenVersion == version && 0 == unseenCount ? version : NEVER;
            unseenCount = 0;
            return;
        }
        final boolean isSeenBehind = NEVER != seenVersion && depth.isKnownSince(seenVersion);
        final long best = depth.price(isBuy, 0);
        final long bestQuantity = depth.quantity(isBuy, 0);
        if (!isSeenBehind)
        {
            see(depth, 0, count);
            seenBehindPrice = best;
            seenAt(version, best, bestQuantity);
            unseenCount = 0;
            return;
        }
        if (best == seenBest && best == seenBehindPrice && bestQuantity == seenBestQuantity && 0 == unseenCount &&
            seeChangedBehind(depth, version, sign * best))
        {
            seenVersion = version;
            return;
        }
        final boolean isHigher = sign * best < sign * seenBehindPrice;
        final long limit = sign * (isHigher ? seenBehindPrice : best);
        int end = 0;
        while (end < count && keys[end] <= limit)
        {
            end++;
        }
        seeBest(depth, best, end);
        final boolean isHidden = seeChanged(depth, version, end, sign * best);
        seenBehindPrice = isHigher || isHidden ? best : seenBehindPrice;
        seenAt(version, best, bestQuantity);
    }

    private void seenAt(final long version, final long best, final long bestQuantity)
    {
        seenVersion = version;
        seenBest = best;
        seenBestQuantity = bestQuantity;
    }

    /**
     * The best price is what it was: only what changed behind it is to be seen. Returns false when something changed at
     * it or before it.
     */
    private boolean seeChangedBehind(final Depth depth, final long version, final long bestKey)
    {
        for (long change = seenVersion + 1; change <= version; change++)
        {
            if (depth.isChangedBid(change) == isBuy)
            {
                final long key = sign * depth.changedPrice(change);
                if (key <= bestKey)
                {
                    return false;
                }
                seeAt(depth, key, 0);
            }
        }
        return true;
    }

    /** The first orders of the side: there is nothing before the best price, and a quantity at it. */
    private void seeBest(final Depth depth, final long best, final int end)
    {
        final long bestKey = sign * best;
        int behind = end;
        while (behind > 0 && keys[behind - 1] > bestKey)
        {
            behind--;
        }
        see(depth, behind, end);
        int before = behind;
        if (before > 0 && keys[before - 1] == bestKey)
        {
            final long visible = depth.quantity(isBuy, 0);
            while (before > 0 && keys[before - 1] == bestKey)
            {
                orders[--before].see(visible);
            }
        }
        for (int i = 0; i < before; i++)
        {
            orders[i].see(0);
        }
    }

    /** Returns whether something changed at the best price or before it, where the quote hides what the book says. */
    private boolean seeChanged(final Depth depth, final long version, final int start, final long bestKey)
    {
        boolean isHidden = false;
        for (long change = seenVersion + 1; change <= version; change++)
        {
            if (depth.isChangedBid(change) == isBuy)
            {
                final long key = sign * depth.changedPrice(change);
                isHidden |= key <= bestKey;
                seeAt(depth, key, start);
            }
        }
        for (int i = 0; i < unseenCount; i++)
        {
            final long key = sign * unseenPrices[i];
            isHidden |= key <= bestKey;
            seeAt(depth, key, start);
        }
        unseenCount = 0;
        return isHidden;
    }

    private void seeAt(final Depth depth, final long key, final int start)
    {
        if (0 == pricesInGroup[group(key)])
        {
            return;
        }
        int first = start;
        while (first < count && keys[first] < key)
        {
            first++;
        }
        int end = first;
        while (end < count && keys[end] == key)
        {
            end++;
        }
        see(depth, first, end);
    }

    /** Orders at one price stand together, and one look is enough for them. */
    private void see(final Depth depth, final int start, final int end)
    {
        long visible = 0;
        for (int i = start; i < end; i++)
        {
            if (i == start || keys[i] != keys[i - 1])
            {
                visible = depth.quantityAt(isBuy, sign * keys[i]);
            }
            orders[i].see(visible);
        }
    }

    void remove(final RestingOrder order)
    {
        int index = 0;
        while (orders[index] != order)
        {
            index++;
        }
        remove(index);
    }

    void remove(final int index)
    {
        pricesInGroup[group(keys[index])]--;
        final int moved = --count - index;
        System.arraycopy(orders, index + 1, orders, index, moved);
        System.arraycopy(keys, index + 1, keys, index, moved);
        System.arraycopy(orderIds, index + 1, orderIds, index, moved);
        orders[count] = null;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            orders[i].describe(out);
        }
    }

    private static int group(final long key)
    {
        return (int)key & PRICE_GROUPS - 1;
    }

    /** An order that came since the last look; a first one may come long after it. */
    private void noteUnseen(final long price)
    {
        if (0 == count || UNSEEN_CAPACITY == unseenCount)
        {
            seenVersion = NEVER;
            unseenCount = 0;
        }
        else
        {
            unseenPrices[unseenCount++] = price;
        }
    }
}
