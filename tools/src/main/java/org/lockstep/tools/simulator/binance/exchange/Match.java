package org.lockstep.tools.simulator.binance.exchange;

/**
 * One step of an incoming order through the other side.
 *
 * @param priceE8     eight decimals.
 * @param quantityE8  eight decimals.
 * @param visibleE8   what the visible level shows, 0 when an order of an account is met.
 * @param maker       the order met, null for the visible market.
 * @param isPrevented whether taker and maker belong to one account that does not want that.
 */
record Match(long priceE8, long quantityE8, long visibleE8, Order maker, boolean isPrevented)
{
}
