package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.VenueOrderState;

/** What a venue says of an order when asked. Reused; valid during the call it is handed to. */
final class ReportedOrder
{
    final StringBuilder clientOrderId = new StringBuilder(40);
    long orderId;
    long venueOrderId;
    long price;
    long quantity;
    long cumulativeQuantity;
    int accountId;
    int instrumentId;
    int generation;
    VenueOrderState state = VenueOrderState.NULL_VAL;
    ReconcileCause cause = ReconcileCause.NULL_VAL;
    boolean isConclusive;
}
