package org.lockstep.gateway.client.view;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/** An order from its request to its end. */
final class OrderView
{
    final long orderId;
    int instrumentId;
    int botId;
    int accountId;
    Side side;
    OrderType type;
    TimeInForce timeInForce;
    long price;
    long quantity;
    long filledQuantity;
    String status;
    boolean isAcknowledged;
    boolean isClosed;
    long requestedNs;
    long sequence;
    long timeNs;

    OrderView(final long orderId)
    {
        this.orderId = orderId;
    }
}
