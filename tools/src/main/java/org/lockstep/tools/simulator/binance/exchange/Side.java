package org.lockstep.tools.simulator.binance.exchange;

/** Side of an order; constants as on the wire. */
public enum Side
{
    /** Buys base for quote. */
    BUY,
    /** Sells base for quote. */
    SELL
}
