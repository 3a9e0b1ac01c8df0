package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;

/** An order in a {@link MatchingBook}: it rests, or waits for its stop price. Pooled. */
final class RestingOrder
{
    long orderId;
    boolean isBuy;
    OrderType orderType = OrderType.NULL_VAL;
    long price;
    long quantity;
    long executedQuantity;
    long queueAhead;
    boolean isQueueKnown;
    TimeInForce timeInForce = TimeInForce.GTC;
    long stopPrice;
    int protectionBps;
    /** The other order of its one-cancels-the-other pair, or null. */
    RestingOrder peer;

    RestingOrder init(
        final long newOrderId, final boolean newIsBuy, final OrderType newType, final long newPrice, final long newQty)
    {
        orderId = newOrderId;
        isBuy = newIsBuy;
        orderType = newType;
        price = newPrice;
        quantity = newQty;
        executedQuantity = 0;
        queueAhead = 0;
        isQueueKnown = false;
        timeInForce = TimeInForce.GTC;
        stopPrice = 0;
        protectionBps = 0;
        peer = null;
        return this;
    }

    RestingOrder stop(final long newStopPrice, final TimeInForce newTimeInForce, final int newProtectionBps)
    {
        stopPrice = newStopPrice;
        timeInForce = newTimeInForce;
        protectionBps = newProtectionBps;
        return this;
    }

    /** Does it wait for its stop price, rather than rest? */
    boolean isWaiting()
    {
        return 0 != stopPrice;
    }

    long remaining()
    {
        return quantity - executedQuantity;
    }

    /** Goes to the end of the queue at its price. */
    void join(final Depth depth)
    {
        final long visible = depth.quantityAt(isBuy, price);
        isQueueKnown = Depth.NOT_VISIBLE != visible;
        queueAhead = isQueueKnown ? visible : depth.count(isBuy) > 0 ? depth.quantity(isBuy, 0) : 0;
    }

    /** Cuts the queue ahead to what is visible at its price now, or sets it when that was not known before. */
    void see(final long visible)
    {
        if (Depth.NOT_VISIBLE != visible)
        {
            queueAhead = isQueueKnown ? Math.min(queueAhead, visible) : visible;
            isQueueKnown = true;
        }
    }

    void describe(final StateWriter out)
    {
        out.begin("resting", orderId);
        out.field("type", orderType.name());
        out.field("price", price);
        out.field("quantity", quantity);
        out.field("executed", executedQuantity);
        out.field("queueAhead", queueAhead);
        out.field("isQueueKnown", isQueueKnown);
        out.field("timeInForce", timeInForce.name());
        out.field("stopPrice", stopPrice);
        out.field("protectionBps", protectionBps);
        out.field("peer", null == peer ? 0 : peer.orderId);
        out.end();
    }
}
