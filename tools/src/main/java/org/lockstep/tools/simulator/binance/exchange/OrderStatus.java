package org.lockstep.tools.simulator.binance.exchange;

/** Where an order stands; constants as on the wire. */
public enum OrderStatus
{
    /** In, nothing executed. */
    NEW,
    /** Partly executed, works on. */
    PARTIALLY_FILLED,
    /** Done. */
    FILLED,
    /** Taken off on request. */
    CANCELED,
    /** Never was in. */
    REJECTED,
    /** Ended by its own terms, or because the other order of its list was chosen. */
    EXPIRED,
    /** Ended to keep an account from trading with itself. */
    EXPIRED_IN_MATCH;

    /** @return whether it can still execute. */
    public boolean isOpen()
    {
        return this == NEW || this == PARTIALLY_FILLED;
    }
}
