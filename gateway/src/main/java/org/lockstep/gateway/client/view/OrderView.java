package org.lockstep.gateway.client.view;

import org.lockstep.engine.event.Frame;
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
    /** Largest quantity that a replace in flight asks for, 0 = none is. */
    long askedQuantity;
    int generation;
    String status;
    boolean isAcknowledged;
    boolean isClosed;
    /** The engine does not know its outcome. */
    boolean isUncertain;
    /** Why it was rejected, 0 and null when it was not. */
    int code;
    String reason;
    final Executions executions = new Executions();
    /** What the venue said last when asked; the engine says later what it makes of it. */
    long reportSequence = Frame.NULL_SEQUENCE;
    long reportPrice;
    long reportQuantity;
    int reportGeneration;
    long requestedNs;
    long sequence;
    long timeNs;

    OrderView(final long orderId)
    {
        this.orderId = orderId;
    }
}
