package org.lockstep.engine.order;

/** What an {@link OrderEvent} does to an order; see {@link OrderTransitions}. */
public enum Transition
{
    /** Becomes NEW, or PARTIALLY_FILLED when something was executed. */
    TO_WORKING,
    /** Quantities move; becomes FILLED when complete, else PARTIALLY_FILLED. */
    TO_FILLED_OR_WORKING,
    /** Quantities move; becomes FILLED when complete, else the request in flight stays so. */
    TO_FILLED_OR_SAME,
    /** Becomes REJECTED. */
    TO_REJECTED,
    /** Becomes CANCELED. */
    TO_CANCELED,
    /** Becomes EXPIRED. */
    TO_EXPIRED,
    /** Becomes what it was before the request: PENDING_NEW when it was not acknowledged, else as TO_WORKING. */
    TO_BEFORE,
    /** Becomes PENDING_CANCEL. */
    TO_PENDING_CANCEL,
    /** Becomes PENDING_REPLACE. */
    TO_PENDING_REPLACE,
    /** Becomes UNKNOWN. */
    TO_UNKNOWN,
    /** What the event says is noted (venue id, price), the state stays. */
    NOTED,
    /**
     * An execution on an order that had ended: money moved, so position and quantities take it; a complete order
     * becomes FILLED, otherwise the end it had stays. Worth an alert.
     */
    LATE_FILL,
    /** Says again what is known: nothing changes. */
    DUPLICATE,
    /** Cannot be and changes nothing; worth an alert. */
    CONTRADICTION,
    /** A request of ours that makes no sense now: refused to its caller. */
    REFUSED
}
