package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.MarketSymbol;

/**
 * What was asked for. Amounts have eight decimals, 0 where not given.
 *
 * @param symbol          what is traded.
 * @param side            buy or sell.
 * @param type            of the order.
 * @param timeInForce     GTC where the type knows none.
 * @param priceE8         limit, 0 for orders at any price.
 * @param quantityE8      in base, 0 when the quote quantity is given.
 * @param quoteQuantityE8 to spend or to receive, of market orders only.
 * @param stopPriceE8     of conditional orders.
 * @param icebergE8       visible part, echoed only.
 * @param prevention      of trades with oneself.
 * @param strategyId      echoed, null when not given.
 * @param strategyType    echoed, null when not given.
 */
public record OrderTerms(
    MarketSymbol symbol,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    long priceE8,
    long quantityE8,
    long quoteQuantityE8,
    long stopPriceE8,
    long icebergE8,
    SelfTradePrevention prevention,
    Long strategyId,
    Long strategyType)
{
    /** @return whether it buys. */
    public boolean isBuy()
    {
        return Side.BUY == side;
    }
}
