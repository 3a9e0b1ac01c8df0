package org.lockstep.engine.paper;

import java.util.Arrays;

/** Orders to use again. Allocates only while more are in use than ever before. */
final class OrderPool
{
    private RestingOrder[] orders = new RestingOrder[16];
    private int count;

    RestingOrder take()
    {
        return 0 == count ? new RestingOrder() : orders[--count];
    }

    void release(final RestingOrder order)
    {
        if (count == orders.length)
        {
            orders = Arrays.copyOf(orders, count * 2);
        }
        orders[count++] = order;
    }
}
