package org.lockstep.tools.simulator.binance.exchange;

/** How long an order stays; constants as on the wire. */
public enum TimeInForce
{
    /** Until cancelled. */
    GTC,
    /** What does not trade at once expires. */
    IOC,
    /** All at once or nothing. */
    FOK
}
