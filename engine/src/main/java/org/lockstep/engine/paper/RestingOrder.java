package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.state.StateWriter;

/** An order in a {@link MatchingBook}. Pooled. */
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
        return this;
    }

    long remaining()
    {
        return quantity - executedQuantity;
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
        out.end();
    }
}
