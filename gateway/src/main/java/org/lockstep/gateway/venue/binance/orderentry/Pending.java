package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.event.codec.RequestKind;

/** One request that is not answered yet: a reused slot of {@link InFlight}. Threading: the session's loop. */
final class Pending
{
    /** What was asked for. */
    enum Kind
    {
        PLACE(RequestKind.PLACE),
        CANCEL(RequestKind.CANCEL),
        REPLACE(RequestKind.REPLACE),
        LIST(RequestKind.PLACE),
        /** Its handler knows. */
        COLD(null);

        private final RequestKind request;

        Kind(final RequestKind request)
        {
            this.request = request;
        }

        RequestKind request()
        {
            return request;
        }
    }

    long id;
    Kind kind;
    ApiConnection connection;
    ReplyHandler handler;
    long sentNs;
    boolean isReported;
    boolean isCancelSeen;
    long orderId;
    long secondOrderId;
    int instrumentId;
    int generation;
    long price;
    long quantity;
    long executedQuantity;
    long canceledQuantity;

    void clear()
    {
        id = 0;
        kind = null;
        connection = null;
        handler = null;
        isReported = false;
        isCancelSeen = false;
        orderId = 0;
        secondOrderId = 0;
        generation = 0;
        price = 0;
        quantity = 0;
        executedQuantity = 0;
        canceledQuantity = 0;
    }
}
