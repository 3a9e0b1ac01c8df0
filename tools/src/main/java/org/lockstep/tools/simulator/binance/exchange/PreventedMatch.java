package org.lockstep.tools.simulator.binance.exchange;

/**
 * A trade with oneself that did not happen.
 *
 * @param id         unique in the symbol.
 * @param takerId    order id of the incoming order.
 * @param makerId    order id of the resting order.
 * @param priceE8    at which it would have been, eight decimals.
 * @param quantityE8 how much it would have been, eight decimals.
 */
public record PreventedMatch(long id, long takerId, long makerId, long priceE8, long quantityE8)
{
}
