package org.lockstep.tools.simulator.market;

/**
 * What is traded, and in which steps. Immutable.
 *
 * @param name    such as {@code BTCUSDT}.
 * @param base    base asset.
 * @param quote   quote asset.
 * @param tickE8  price step, eight decimals.
 * @param stepE8  quantity step, eight decimals; one tick times one step is a whole number of 1e-8.
 * @param priceE8 price at which it starts, a multiple of the tick.
 * @param weight  share of the activity, relative to the other symbols.
 */
public record MarketSymbol(
    String name,
    String base,
    String quote,
    long tickE8,
    long stepE8,
    long priceE8,
    double weight)
{
}
