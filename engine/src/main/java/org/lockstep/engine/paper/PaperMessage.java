package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;

/** Something on its way to the paper venue or back. Pooled by {@link PaperMessages}. */
final class PaperMessage
{
    /** Requests first, then reports. */
    enum Kind
    {
        NONE, SUBMIT, SUBMIT_PAIR, CANCEL, REPLACE, ACCEPTED, REJECTED, FILLED, CANCELED, REPLACED, EXPIRED
    }

    final int slot;
    Kind kind = Kind.NONE;
    long deadlineNs;
    long orderId;
    long secondOrderId;
    long price;
    long quantity;
    long venueOrderId;
    long tradeId;
    long fee;
    Liquidity liquidity = Liquidity.NULL_VAL;
    RejectReason rejectReason = RejectReason.NONE;
    RequestKind request = RequestKind.NULL_VAL;
    String text = "";

    PaperMessage(final int slot)
    {
        this.slot = slot;
    }

    PaperMessage init(final Kind newKind, final long newOrderId)
    {
        kind = newKind;
        deadlineNs = 0;
        orderId = newOrderId;
        secondOrderId = 0;
        price = 0;
        quantity = 0;
        venueOrderId = 0;
        tradeId = 0;
        fee = 0;
        liquidity = Liquidity.NULL_VAL;
        rejectReason = RejectReason.NONE;
        request = RequestKind.NULL_VAL;
        text = "";
        return this;
    }

    PaperMessage terms(final long newPrice, final long newQuantity)
    {
        price = newPrice;
        quantity = newQuantity;
        return this;
    }

    boolean isRequest()
    {
        return kind.compareTo(Kind.REPLACE) <= 0;
    }

    void describe(final StateWriter out)
    {
        out.begin("message", slot);
        out.field("kind", kind.name());
        out.field("deadlineNs", deadlineNs);
        out.field("order", orderId);
        out.field("secondOrder", secondOrderId);
        out.field("price", price);
        out.field("quantity", quantity);
        out.field("venueOrderId", venueOrderId);
        out.field("tradeId", tradeId);
        out.field("fee", fee);
        out.field("liquidity", liquidity.name());
        out.field("rejectReason", rejectReason.code());
        out.field("request", request.name());
        out.field("text", text);
        out.end();
    }
}
