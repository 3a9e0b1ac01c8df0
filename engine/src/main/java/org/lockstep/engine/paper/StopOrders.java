package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.state.StateWriter;

/**
 * Orders that wait for a trade at their stop price, in the order they came. A stop-loss waits for the market to move
 * on (a buy for a trade at or above its stop price), a take-profit for it to come back (a buy for one at or below).
 * Allocates only while it grows.
 */
final class StopOrders
{
    private RestingOrder[] orders = new RestingOrder[16];
    private int count;

    static boolean isTriggered(
        final boolean isBuy, final OrderType orderType, final long stopPrice, final long tradePrice)
    {
        final boolean isStopLoss = OrderType.STOP_LOSS == orderType || OrderType.STOP_LOSS_LIMIT == orderType;
        return isBuy == isStopLoss ? tradePrice >= stopPrice : tradePrice <= stopPrice;
    }

    /** Does it become a market order, rather than a limit order? */
    static boolean isMarket(final OrderType orderType)
    {
        return OrderType.STOP_LOSS == orderType || OrderType.TAKE_PROFIT == orderType;
    }

    int count()
    {
        return count;
    }

    void add(final RestingOrder order)
    {
        if (count == orders.length)
        {
            orders = Arrays.copyOf(orders, count * 2);
        }
        orders[count++] = order;
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

    void remove(final RestingOrder order)
    {
        int index = 0;
        while (orders[index] != order)
        {
            index++;
        }
        System.arraycopy(orders, index + 1, orders, index, count - index - 1);
        orders[--count] = null;
    }

    /** The oldest that a trade triggers, or null. */
    RestingOrder firstTriggered(final long tradePrice)
    {
        for (int i = 0; i < count; i++)
        {
            final RestingOrder order = orders[i];
            if (isTriggered(order.isBuy, order.orderType, order.stopPrice, tradePrice))
            {
                return order;
            }
        }
        return null;
    }

    /** The stop price that is met first when the price moves there, 0 when that triggers none. */
    long nextTriggered(final boolean isRising, final long price)
    {
        long next = 0;
        for (int i = 0; i < count; i++)
        {
            final RestingOrder order = orders[i];
            if (isTriggered(order.isBuy, order.orderType, order.stopPrice, price) &&
                (0 == next || isRising == order.stopPrice < next))
            {
                next = order.stopPrice;
            }
        }
        return next;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            orders[i].describe(out);
        }
    }
}
