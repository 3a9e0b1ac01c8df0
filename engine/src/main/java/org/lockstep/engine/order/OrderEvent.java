package org.lockstep.engine.order;

/** What can happen to an order: evidence from the venue, or a request of ours. */
public enum OrderEvent
{
    /** The venue has the order. */
    ACCEPTED,
    /** The venue refused the order; in journals of version 1 also a cancel or replace in flight of one that works. */
    REJECTED,
    /** One execution with a trade id not seen before. */
    FILLED,
    /** The venue took it off. */
    CANCELED,
    /** The venue changed price or quantity. */
    REPLACED,
    /** The venue ended it by its time in force. */
    EXPIRED,
    /** We ask for a cancel. */
    CANCEL_REQUESTED,
    /** We ask for a replace. */
    REPLACE_REQUESTED,
    /** No answer came in time, or the session died with the request in flight. */
    OUTCOME_LOST,
    /** The cancel in flight was refused; nothing is said about the order. */
    CANCEL_REJECTED,
    /** The replace in flight was refused; the order is as it was. */
    REPLACE_REJECTED
}
