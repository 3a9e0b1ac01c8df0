package org.lockstep.tools.simulator.binance.exchange;

/** What happens when two orders of one account would trade; constants as on the wire. */
public enum SelfTradePrevention
{
    /** They trade. */
    NONE,
    /** The incoming order expires. */
    EXPIRE_TAKER,
    /** The resting order expires. */
    EXPIRE_MAKER,
    /** Both expire. */
    EXPIRE_BOTH
}
