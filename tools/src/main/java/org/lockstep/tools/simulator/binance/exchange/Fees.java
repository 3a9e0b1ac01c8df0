package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;

/**
 * Commission rates.
 *
 * @param makerE8 share of a resting order's proceeds, eight decimals.
 * @param takerE8 share of an incoming order's proceeds, eight decimals.
 */
public record Fees(long makerE8, long takerE8)
{
    /** Checks that rates lie in [0, 0.1]. */
    public Fees
    {
        if (makerE8 < 0 || takerE8 < 0 || makerE8 > E8.ONE / 10 || takerE8 > E8.ONE / 10)
        {
            throw new IllegalArgumentException("fees must be in [0, 0.1], found " + makerE8 + " and " + takerE8 +
                " (eight decimals)");
        }
    }

    long commissionE8(final boolean isMaker, final long proceedsE8)
    {
        return E8.multiply(proceedsE8, isMaker ? makerE8 : takerE8);
    }
}
