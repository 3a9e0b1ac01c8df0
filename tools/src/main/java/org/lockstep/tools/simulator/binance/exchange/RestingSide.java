package org.lockstep.tools.simulator.binance.exchange;

import java.util.ArrayList;
import java.util.List;

/** Resting orders of one side, best price first, then in the order they came. Event loop only. */
final class RestingSide
{
    private final boolean isBuy;
    private final List<Order> orders = new ArrayList<>();

    RestingSide(final boolean isBuy)
    {
        this.isBuy = isBuy;
    }

    int count()
    {
        return orders.size();
    }

    Order get(final int index)
    {
        return orders.get(index);
    }

    void add(final Order order)
    {
        int index = orders.size();
        while (index > 0 && isBetter(order.terms().priceE8(), orders.get(index - 1).terms().priceE8()))
        {
            index--;
        }
        orders.add(index, order);
    }

    boolean remove(final Order order)
    {
        return orders.remove(order);
    }

    private boolean isBetter(final long priceE8, final long thanE8)
    {
        return isBuy ? priceE8 > thanE8 : priceE8 < thanE8;
    }
}
