package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/** Resting orders of one side, best price first, then in the order they came. Allocates only while it grows. */
final class RestingSide
{
    private static final long NEVER = -1;

    private final boolean isBuy;
    private long seenVersion = NEVER;
    private long seenBehindPrice;
    private RestingOrder[] orders = new RestingOrder[16];
    private int count;

    RestingSide(final boolean isBuy)
    {
        this.isBuy = isBuy;
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
            if (orders[i].orderId == orderId)
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
        }
        int index = count;
        while (index > 0 && isBetter(order.price, orders[index - 1].price))
        {
            orders[index] = orders[index - 1];
            index--;
        }
        orders[index] = order;
        count++;
        seenVersion = NEVER;
        return index;
    }

    /**
     * Lets orders see what is visible at their prices now. What lies behind the best price now, and lay there since the
     * depth got its version, has been seen: quotes change the best price alone.
     */
    void see(final Depth depth)
    {
        final long version = depth.version();
        final boolean isSeenBehind = seenVersion == version;
        if (depth.isEmpty(isBuy))
        {
            see(depth, count);
            seenVersion = isSeenBehind ? version : NEVER;
            return;
        }
        final long best = depth.price(isBuy, 0);
        if (!isSeenBehind)
        {
            see(depth, count);
            seenBehindPrice = best;
            seenVersion = version;
            return;
        }
        final boolean isHigher = isBetter(best, seenBehindPrice);
        final long limit = isHigher ? seenBehindPrice : best;
        int unseen = 0;
        while (unseen < count && !isBetter(limit, orders[unseen].price))
        {
            unseen++;
        }
        see(depth, unseen);
        seenBehindPrice = isHigher ? best : seenBehindPrice;
    }

    /** Orders at one price stand together, and one look is enough for them. */
    private void see(final Depth depth, final int end)
    {
        long visible = 0;
        for (int i = 0; i < end; i++)
        {
            final RestingOrder order = orders[i];
            if (0 == i || order.price != orders[i - 1].price)
            {
                visible = depth.quantityAt(isBuy, order.price);
            }
            order.see(visible);
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
        System.arraycopy(orders, index + 1, orders, index, count - index - 1);
        orders[--count] = null;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            orders[i].describe(out);
        }
    }

    private boolean isBetter(final long price, final long than)
    {
        return isBuy ? price > than : price < than;
    }
}
