package org.lockstep.tools.simulator.binance.exchange;

/** What an execution report tells of; constants as on the wire. */
public enum ExecutionType
{
    /** The order is in, or a conditional order has begun to work. */
    NEW,
    /** Cancelled on request. */
    CANCELED,
    /** Amended. */
    REPLACED,
    /** Refused after a cancel had been done for it. */
    REJECTED,
    /** Executed. */
    TRADE,
    /** Ended by its terms. */
    EXPIRED,
    /** Ended by self-trade prevention. */
    TRADE_PREVENTION
}
