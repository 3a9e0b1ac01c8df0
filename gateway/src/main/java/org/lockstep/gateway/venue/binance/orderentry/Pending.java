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
        /** First of two steps; see {@link OrderRequests}. */
        REPLACE_CANCEL(RequestKind.REPLACE),
        /** Second of two steps. */
        REPLACE_PLACE(RequestKind.REPLACE),
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

        boolean isReplace()
        {
            return RequestKind.REPLACE == request;
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
    long stopPrice;
    long notAfterNs;
    boolean isUnwanted;
    RequestTemplate placeTemplate;

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
        stopPrice = 0;
        notAfterNs = 0;
        isUnwanted = false;
        placeTemplate = null;
    }
}
