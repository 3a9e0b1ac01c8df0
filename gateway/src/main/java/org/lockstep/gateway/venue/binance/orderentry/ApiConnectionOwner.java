package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.pipeline.PipelineHaltedException;

/** Told by a connection what happens on it. On the session's loop. */
interface ApiConnectionOwner
{
    /** It is logged on where that is needed, and the account's events are subscribed. */
    void onReady(ApiConnection connection);

    /** The venue does not take the key. */
    void onRefused(ApiConnection connection, String reason);

    /** It has ended; exactly once. */
    void onClosed(ApiConnection connection, String reason, int status, long retryAfterSeconds);

    /** An order request was answered; its slot is given back afterwards. */
    void onReply(Pending pending, ApiMessage reply);

    /** Something happened to the account. */
    void onEvent(ApiConnection connection, ApiMessage event);

    /** What was ready on the socket has been read. */
    void onReadComplete();

    /** The engine takes no more frames. */
    void onHalted(PipelineHaltedException reason);
}
