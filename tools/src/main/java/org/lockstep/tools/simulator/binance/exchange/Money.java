package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;

/** What orders hold while they are open. Static. */
final class Money
{
    private Money()
    {
    }

    /** For a quantity of an order, in the asset that it spends; market orders hold nothing. */
    static long heldE8(final OrderTerms terms, final long quantityE8)
    {
        if (OrderType.MARKET == terms.type())
        {
            return 0;
        }
        final long priceE8 = terms.priceE8() > 0 ? terms.priceE8() : terms.stopPriceE8();
        return terms.isBuy() ? E8.multiply(priceE8, quantityE8) : quantityE8;
    }
}
