package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.MarketSymbol;

/**
 * The limits that exchangeInfo publishes for a symbol, and the check of orders against them. Immutable.
 */
public final class SymbolFilters
{
    /** Open orders per account. */
    public static final int ORDERS_MAX = 200;
    /** Open conditional orders per account. */
    public static final int ALGO_ORDERS_MAX = 5;
    /** Open order lists per account. */
    public static final int ORDER_LISTS_MAX = 20;
    /** Amendments of one order. */
    public static final int AMENDS_MAX = 10;
    /** Parts of an iceberg. */
    public static final int ICEBERG_PARTS_MAX = 100;

    /** Largest price times quantity of a limit order, eight decimals. */
    public static final long NOTIONAL_MAX_E8 = 9_000_000 * E8.ONE;

    private final MarketSymbol symbol;

    /**
     * The limits of a symbol.
     *
     * @param symbol what is traded.
     */
    public SymbolFilters(final MarketSymbol symbol)
    {
        this.symbol = symbol;
    }

    /** @return highest price, eight decimals. */
    public long maxPriceE8()
    {
        return Math.max(Math.min(symbol.tickE8() * 100_000_000L, 1_000_000 * E8.ONE), 10 * symbol.priceE8());
    }

    /** @return largest quantity, eight decimals. */
    public long maxQuantityE8()
    {
        return symbol.stepE8() * 900_000_000L;
    }

    /** @return largest quantity of a market order, eight decimals. */
    public long maxMarketQuantityE8()
    {
        return maxQuantityE8() / 10;
    }

    /** @return least price times quantity, eight decimals. */
    public long minNotionalE8()
    {
        return switch (symbol.quote())
        {
            case "BTC" -> E8.ONE / 10_000;
            case "ETH" -> E8.ONE / 1_000;
            case "BNB" -> E8.ONE / 100;
            case "TRY" -> 10 * E8.ONE;
            default -> 5 * E8.ONE;
        };
    }

    /** Refuses what does not fit; the reference price stands for the average that the venue takes. */
    void check(final OrderTerms terms, final long referenceE8) throws Refusal
    {
        if (terms.priceE8() > 0 || !terms.type().isMarket())
        {
            checkPrice(terms.priceE8());
            checkBand(terms.isBuy(), terms.priceE8(), referenceE8);
        }
        if (terms.type().isConditional())
        {
            checkPrice(terms.stopPriceE8());
        }
        final long priceE8 = terms.priceE8() > 0 ? terms.priceE8() :
            terms.stopPriceE8() > 0 ? terms.stopPriceE8() : referenceE8;
        if (terms.quoteQuantityE8() > 0)
        {
            if (terms.quoteQuantityE8() < minNotionalE8())
            {
                throw Refusal.filter("NOTIONAL");
            }
            checkQuantity(floor(E8.divide(terms.quoteQuantityE8(), priceE8)), true);
            return;
        }
        checkQuantity(terms.quantityE8(), OrderType.MARKET == terms.type());
        checkNotional(terms.type().isMarket(), E8.multiply(priceE8, terms.quantityE8()));
        if (terms.icebergE8() > 0 && terms.quantityE8() / terms.icebergE8() > ICEBERG_PARTS_MAX)
        {
            throw Refusal.filter("ICEBERG_PARTS");
        }
    }

    private void checkPrice(final long priceE8) throws Refusal
    {
        if (priceE8 < symbol.tickE8() || priceE8 > maxPriceE8() || 0 != priceE8 % symbol.tickE8())
        {
            throw Refusal.filter("PRICE_FILTER");
        }
    }

    private static void checkBand(final boolean isBuy, final long priceE8, final long referenceE8) throws Refusal
    {
        final long lowest = isBuy ? referenceE8 / 2 : referenceE8 / 10 * 8;
        final long highest = isBuy ? referenceE8 / 10 * 12 : referenceE8 * 2;
        if (priceE8 < lowest || priceE8 > highest)
        {
            throw Refusal.filter("PERCENT_PRICE_BY_SIDE");
        }
    }

    private void checkQuantity(final long quantityE8, final boolean isMarket) throws Refusal
    {
        if (quantityE8 < symbol.stepE8() || quantityE8 > maxQuantityE8() || 0 != quantityE8 % symbol.stepE8())
        {
            throw Refusal.filter("LOT_SIZE");
        }
        if (isMarket && quantityE8 > maxMarketQuantityE8())
        {
            throw Refusal.filter("MARKET_LOT_SIZE");
        }
    }

    private void checkNotional(final boolean isMarket, final long notionalE8) throws Refusal
    {
        if (notionalE8 < minNotionalE8() || !isMarket && notionalE8 > NOTIONAL_MAX_E8)
        {
            throw Refusal.filter("NOTIONAL");
        }
    }

    /** Rounds down to whole steps. */
    long floor(final long quantityE8)
    {
        return quantityE8 - quantityE8 % symbol.stepE8();
    }
}
