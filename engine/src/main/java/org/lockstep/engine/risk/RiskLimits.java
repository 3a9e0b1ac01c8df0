package org.lockstep.engine.risk;

import org.lockstep.engine.state.StateWriter;

/**
 * Limits of a bot or of an account. {@link #NONE} (for amounts) and {@link #NO_COUNT} mean no limit. Immutable.
 *
 * @param maxOrderQuantityE8 quantity of one order, 8 decimals.
 * @param maxOrderNotional   notional of one order, quote currency, 8 decimals.
 * @param maxPositionE8      size of the position in one instrument, open orders on its side included, 8 decimals.
 * @param maxExposure        notional of that position, 8 decimals.
 * @param maxOpenOrders      open orders at once.
 * @param priceCollarBps     furthest distance of a limit price from the middle of the market (the last trade when there
 *                           are no quotes), 1/10,000.
 * @param maxOrderRate orders and replaces in any second of engine time, up to 10,000.
 * @param maxDailyLoss       loss since the UTC day began that stops trading, 8 decimals.
 * @param maxDrawdown        loss from the peak of equity that stops trading, 8 decimals.
 * @param maxDataAgeNs       oldest market data an order may be based on.
 * @param maxTypicalMultiple how many times the usual quantity of its orders in the instrument an order may have that
 *                           does not reduce a position; from 1. Nothing is usual before ten orders.
 */
public record RiskLimits(
    long maxOrderQuantityE8,
    long maxOrderNotional,
    long maxPositionE8,
    long maxExposure,
    int maxOpenOrders,
    int priceCollarBps,
    int maxOrderRate,
    long maxDailyLoss,
    long maxDrawdown,
    long maxDataAgeNs,
    int maxTypicalMultiple)
{
    /** No limit of an amount. */
    public static final long NONE = Long.MAX_VALUE;

    /** No limit of a count. */
    public static final int NO_COUNT = Integer.MAX_VALUE;

    /** Default age of market data: 30 s. */
    public static final long DEFAULT_MAX_DATA_AGE_NS = 30_000_000_000L;

    /** Upper bound of {@link #maxOrderRate}. */
    public static final int MAX_ORDER_RATE = 10_000;

    /** What a bot gets that says nothing: 200 open orders, 10 % collar, 100 orders a second, 30 s of data age. */
    public static final RiskLimits BOT_DEFAULT =
        new RiskLimits(NONE, NONE, NONE, NONE, 200, 1_000, 100, NONE, NONE, DEFAULT_MAX_DATA_AGE_NS, NO_COUNT);

    /** What an account gets that says nothing: 1,000 open orders, 10 % collar, 500 orders a second, 30 s. */
    public static final RiskLimits ACCOUNT_DEFAULT =
        new RiskLimits(NONE, NONE, NONE, NONE, 1_000, 1_000, 500, NONE, NONE, DEFAULT_MAX_DATA_AGE_NS,
            NO_COUNT);

    /** Checks every range. */
    public RiskLimits
    {
        notNegative("maxOrderQuantity", maxOrderQuantityE8);
        notNegative("maxOrderNotional", maxOrderNotional);
        notNegative("maxPosition", maxPositionE8);
        notNegative("maxExposure", maxExposure);
        notNegative("maxOpenOrders", maxOpenOrders);
        notNegative("priceCollarBps", priceCollarBps);
        notNegative("maxDailyLoss", maxDailyLoss);
        notNegative("maxDrawdown", maxDrawdown);
        notNegative("maxDataAgeNs", maxDataAgeNs);
        if (maxTypicalMultiple < 1)
        {
            throw new IllegalArgumentException("maxTypicalMultiple must be from 1, found " + maxTypicalMultiple);
        }
        if (maxOrderRate < 0 || maxOrderRate > MAX_ORDER_RATE && NO_COUNT != maxOrderRate)
        {
            throw new IllegalArgumentException(
                "maxOrderRate must be in [0, " + MAX_ORDER_RATE + "] or none, found " + maxOrderRate);
        }
    }

    /**
     * Describes itself.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("limits");
        out.field("maxOrderQuantityE8", maxOrderQuantityE8);
        out.field("maxOrderNotional", maxOrderNotional);
        out.field("maxPositionE8", maxPositionE8);
        out.field("maxExposure", maxExposure);
        out.field("maxOpenOrders", maxOpenOrders);
        out.field("priceCollarBps", priceCollarBps);
        out.field("maxOrderRate", maxOrderRate);
        out.field("maxDailyLoss", maxDailyLoss);
        out.field("maxDrawdown", maxDrawdown);
        out.field("maxDataAgeNs", maxDataAgeNs);
        out.field("maxTypicalMultiple", maxTypicalMultiple);
        out.end();
    }

    private static void notNegative(final String name, final long value)
    {
        if (value < 0)
        {
            throw new IllegalArgumentException(name + " must not be negative, found " + value);
        }
    }
}
