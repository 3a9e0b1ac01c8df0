package org.lockstep.engine.strategy;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;

/**
 * How large an order shall be: a quantity, or an amount of quote currency to be turned into one at the price of the
 * moment. Immutable. Allocates nothing after reading.
 *
 * @param quantityE8 in base currency, 8 decimals; 0 = by {@code notional}.
 * @param notional   in quote currency, 8 decimals.
 */
public record OrderSize(long quantityE8, long notional)
{
    private static final int E8 = 8;

    /**
     * Reads {@code quantity} (0 = by notional) and {@code notional}.
     *
     * @param parameters      as configured.
     * @param defaultNotional text of the default.
     * @return the size.
     */
    public static OrderSize read(final StrategyParameters parameters, final String defaultNotional)
    {
        return new OrderSize(
            parameters.decimalE8("quantity", "0", "0", "1000000000"),
            parameters.decimalE8("notional", defaultNotional, "0.00000001", "1000000000"));
    }

    /**
     * The quantity to order now.
     *
     * @param instrument gives scales, lot and minimums.
     * @param price      mantissa, from 1.
     * @return mantissa on the lot grid, rounded down; 0 when that is less than the instrument takes.
     */
    public long quantityAt(final Instrument instrument, final long price)
    {
        final long exact = 0 != quantityE8 ?
            Decimals.rescale(quantityE8, E8, instrument.quantityScale(), Rounding.DOWN) :
            quantityFor(instrument, price);
        if (Decimals.isError(exact))
        {
            return 0;
        }
        return orderable(instrument, price, exact);
    }

    /**
     * What can be ordered of a quantity. A position is seldom a whole number of lots where fees are taken out of what
     * was bought; what is left over is less than the instrument takes.
     *
     * @param instrument gives lot, minimums and maximum.
     * @param price      mantissa, from 1.
     * @param wanted     mantissa, from 0.
     * @return mantissa on the lot grid, rounded down; 0 when that is less than the instrument takes.
     */
    public static long orderable(final Instrument instrument, final long price, final long wanted)
    {
        final long quantity = Money.roundToLot(Math.min(wanted, instrument.maxQuantity()), instrument.lotSize());
        return quantity < Math.max(1, instrument.minQuantity()) ||
            Money.notionalSaturated(instrument, price, quantity) < instrument.minNotional() ? 0 : quantity;
    }

    private long quantityFor(final Instrument instrument, final long price)
    {
        final int shift = instrument.priceScale() + instrument.quantityScale() - Instrument.MONEY_SCALE;
        return shift >= 0 ?
            Decimals.mulDiv(notional, Decimals.pow10(shift), price, Rounding.DOWN) :
            Decimals.mulDiv(notional, 1, Math.multiplyExact(price, Decimals.pow10(-shift)), Rounding.DOWN);
    }
}
