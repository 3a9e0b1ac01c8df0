package org.lockstep.tools.simulator.binance.exchange;

/** Types of orders; constants as on the wire. */
public enum OrderType
{
    /** At a price or better. */
    LIMIT,
    /** Rests or is refused. */
    LIMIT_MAKER,
    /** At once, at any price. */
    MARKET,
    /** A market order once the last price has moved against the holder. */
    STOP_LOSS,
    /** A limit order once the last price has moved against the holder. */
    STOP_LOSS_LIMIT,
    /** A market order once the last price has moved in favour of the holder. */
    TAKE_PROFIT,
    /** A limit order once the last price has moved in favour of the holder. */
    TAKE_PROFIT_LIMIT;

    /** @return whether it waits for a price. */
    public boolean isConditional()
    {
        return isStopLoss() || this == TAKE_PROFIT || this == TAKE_PROFIT_LIMIT;
    }

    /** @return whether it waits for a price that hurts. */
    public boolean isStopLoss()
    {
        return this == STOP_LOSS || this == STOP_LOSS_LIMIT;
    }

    /** @return whether it trades at any price, once it works. */
    public boolean isMarket()
    {
        return this == MARKET || this == STOP_LOSS || this == TAKE_PROFIT;
    }
}
