package org.lockstep.tools.simulator.binance.exchange;

/**
 * One execution of one order. Amounts have eight decimals.
 *
 * @param tradeId         unique in the symbol, rising; two orders of one match share it.
 * @param order           that executed.
 * @param priceE8         of the trade.
 * @param quantityE8      in base.
 * @param quoteE8         price times quantity.
 * @param commissionE8    taken from what came in.
 * @param commissionAsset base when buying, quote when selling.
 * @param timeUs          epoch microseconds.
 * @param isMaker         whether the order rested.
 */
public record Fill(
    long tradeId,
    Order order,
    long priceE8,
    long quantityE8,
    long quoteE8,
    long commissionE8,
    String commissionAsset,
    long timeUs,
    boolean isMaker)
{
}
