package org.lockstep.gateway.venue.binance.orderentry;

/** Takes the outcome of a cold request, exactly once. */
interface ReplyHandler
{
    /** The venue answered, with whatever status; the message is valid only during the call. */
    void onReply(ApiMessage reply);

    /** There will be no answer. */
    void onLost(String reason);
}
