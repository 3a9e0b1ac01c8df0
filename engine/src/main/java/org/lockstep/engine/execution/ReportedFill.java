package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;

/** An execution as a venue reports it. Reused; valid during the call it is handed to. */
final class ReportedFill
{
    final StringBuilder feeAsset = new StringBuilder(16);
    long orderId;
    long venueOrderId;
    long tradeId;
    long price;
    long quantity;
    long fee;
    long feeAmount;
    int accountId;
    int instrumentId;
    Side side = Side.NULL_VAL;
    ReconcileCause cause = ReconcileCause.NULL_VAL;
}
