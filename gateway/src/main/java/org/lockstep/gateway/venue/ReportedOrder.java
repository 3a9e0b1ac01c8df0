package org.lockstep.gateway.venue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.VenueOrderState;

/** What a venue says of an order, on its way to the publisher: a reused bag of values. Threading: one event loop. */
public final class ReportedOrder
{
    /** Client order id, 0 = not one of ours. */
    public long orderId;
    /** Of the venue, 0 = not known. */
    public long venueOrderId;
    /** Mantissa of the instrument. */
    public long price;
    /** Mantissa of the instrument, 0 = none. */
    public long stopPrice;
    /** Of the venue's order: of a replaced one, what was asked for when it took the place of its predecessor. */
    public long quantity;
    /** Executed of that. */
    public long cumulativeQuantity;
    /** Venue's clock, epoch ns, 0 = none. */
    public long venueTimeNs;
    /** Which replacement, see ClientOrderIdText. */
    public int generation;
    /** NOT_FOUND only: no late arrival is possible. */
    public boolean isConclusive;
    /** Of the order. */
    public Side side;
    /** Of the order. */
    public OrderType orderType;
    /** Of the order. */
    public TimeInForce timeInForce;
    /** At the venue. */
    public VenueOrderState state;
    /** Why it is told. */
    public ReconcileCause cause;

    final UnsafeBuffer clientOrderId = new UnsafeBuffer(new byte[Execution.MAX_TEXT_LENGTH]);
    int clientOrderIdLength;

    /** Forgets everything. */
    public void clear()
    {
        orderId = 0;
        venueOrderId = 0;
        price = 0;
        stopPrice = 0;
        quantity = 0;
        cumulativeQuantity = 0;
        venueTimeNs = 0;
        generation = 0;
        isConclusive = false;
        side = Side.NULL_VAL;
        orderType = OrderType.NULL_VAL;
        timeInForce = TimeInForce.NULL_VAL;
        state = VenueOrderState.NULL_VAL;
        cause = ReconcileCause.NULL_VAL;
        clientOrderIdLength = 0;
    }

    /**
     * Sets the text of a client order id that is not one of ours.
     *
     * @param source holds the text; copied.
     * @param offset of the first byte.
     * @param length bytes; 0 = it is one of ours.
     */
    public void clientOrderId(final DirectBuffer source, final int offset, final int length)
    {
        clientOrderIdLength = Math.min(Execution.MAX_TEXT_LENGTH, length);
        if (clientOrderIdLength > 0)
        {
            clientOrderId.putBytes(0, source, offset, clientOrderIdLength);
        }
    }
}
