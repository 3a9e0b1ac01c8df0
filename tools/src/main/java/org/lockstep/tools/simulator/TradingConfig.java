package org.lockstep.tools.simulator;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The private side of a simulator. Start from {@link #defaults()} and change what matters.
 *
 * @param accounts            how many, [1, 100].
 * @param makerFee            share of what a resting order brings in, [0, 0.1].
 * @param takerFee            share of what an incoming order brings in, [0, 0.1].
 * @param ordersPerTenSeconds unfilled orders allowed per account, from 1.
 * @param ordersPerDay        unfilled orders allowed per account, from 1.
 * @param funds               amount by asset in place of the standard ones; empty for the standard ones: plenty of
 *                            every asset that is traded.
 */
public record TradingConfig(
    int accounts,
    BigDecimal makerFee,
    BigDecimal takerFee,
    int ordersPerTenSeconds,
    int ordersPerDay,
    Map<String, BigDecimal> funds)
{
    /** Checks every range. */
    public TradingConfig
    {
        if (accounts < 1 || accounts > 100)
        {
            throw new IllegalArgumentException("accounts must be in [1, 100], found " + accounts);
        }
        if (ordersPerTenSeconds < 1 || ordersPerDay < 1)
        {
            throw new IllegalArgumentException(
                "order limits must be from 1, found " + ordersPerTenSeconds + " and " + ordersPerDay);
        }
        funds = Collections.unmodifiableMap(new LinkedHashMap<>(funds));
    }

    /** @return three accounts, 0.1 % fees, 100 orders per ten seconds, 200,000 a day, standard funds. */
    public static TradingConfig defaults()
    {
        return new TradingConfig(3, new BigDecimal("0.001"), new BigDecimal("0.001"), 100, 200_000, Map.of());
    }

    /**
     * Sets how many accounts there are.
     *
     * @param count [1, 100].
     * @return a copy.
     */
    public TradingConfig withAccounts(final int count)
    {
        return new TradingConfig(count, makerFee, takerFee, ordersPerTenSeconds, ordersPerDay, funds);
    }

    /**
     * Sets the fees.
     *
     * @param maker such as {@code 0.001}.
     * @param taker such as {@code 0.001}.
     * @return a copy.
     */
    public TradingConfig withFees(final BigDecimal maker, final BigDecimal taker)
    {
        return new TradingConfig(accounts, maker, taker, ordersPerTenSeconds, ordersPerDay, funds);
    }

    /**
     * Sets the order limits.
     *
     * @param perTenSeconds unfilled orders.
     * @param perDay        unfilled orders.
     * @return a copy.
     */
    public TradingConfig withOrderLimits(final int perTenSeconds, final int perDay)
    {
        return new TradingConfig(accounts, makerFee, takerFee, perTenSeconds, perDay, funds);
    }

    /**
     * Sets what each account starts with.
     *
     * @param amounts by asset; assets that are not named start at nothing.
     * @return a copy.
     */
    public TradingConfig withFunds(final Map<String, BigDecimal> amounts)
    {
        return new TradingConfig(accounts, makerFee, takerFee, ordersPerTenSeconds, ordersPerDay, amounts);
    }
}
