package org.lockstep.gateway.venue;

/** Where a venue session stands. */
public enum SessionState
{
    /** Not started. */
    IDLE,
    /** Fetching instruments and the venue's time. */
    LOADING,
    /** Opening sockets. */
    CONNECTING,
    /** Sockets are open, subscriptions are not all confirmed. */
    SUBSCRIBING,
    /** Every subscription is confirmed, some books are not in sync yet. */
    SYNCING,
    /** Everything runs. */
    LIVE,
    /** Open, but silent for longer than it should be. */
    STALE,
    /** A socket is down and waits for its next attempt. */
    BACKING_OFF,
    /** A socket is down and its instruments are polled over REST. */
    POLLING,
    /** It cannot go on; the log and the start future say why. */
    FAILED,
    /** Closed by its owner. */
    CLOSED
}
