package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.TradeTape;

/**
 * Trades of one taker at one price.
 *
 * @param id         of the aggregate.
 * @param firstId    first trade.
 * @param lastId     last trade.
 * @param quantityE8 of all trades, eight decimals.
 */
record AggregateTrade(long id, long firstId, long lastId, long quantityE8)
{
    /** The aggregate that starts with a trade; {@code endId} is the id after the last trade to look at. */
    static AggregateTrade startingAt(final TradeTape trades, final long firstId, final long endId)
    {
        final long id = trades.aggregateId(firstId);
        long lastId = firstId;
        long quantityE8 = trades.quantityE8(firstId);
        while (lastId + 1 < endId && id == trades.aggregateId(lastId + 1))
        {
            lastId++;
            quantityE8 += trades.quantityE8(lastId);
        }
        return new AggregateTrade(id, firstId, lastId, quantityE8);
    }
}
