package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/** Resting orders of one side, best price first, then in the order they came. Allocates only while it grows. */
final class RestingSide
{
    private final boolean isBuy;
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
        return index;
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
