package org.lockstep.engine.instrument;

import org.lockstep.engine.event.codec.Side;

/**
 * Amounts of money in quote currency, always with {@link Instrument#MONEY_SCALE} decimals, and prices and quantities
 * that fit an instrument. Products are exact in 128 bits and rounded once. Stateless: any thread. Allocates nothing.
 */
public final class Money
{
    private Money()
    {
    }

    /**
     * Price times quantity, rounded half even.
     *
     * @param instrument gives the scales.
     * @param price      mantissa at its price scale; a difference of prices gives a profit.
     * @param quantity   mantissa at its quantity scale.
     * @return quote currency, 8 decimals.
     * @throws ArithmeticException when it does not fit.
     */
    public static long notional(final Instrument instrument, final long price, final long quantity)
    {
        final long result = product(instrument, price, quantity);
        if (Decimals.isError(result))
        {
            throw new ArithmeticException(
                instrument.symbol() + ": notional of " + price + " * " + quantity + " is out of range");
        }
        return result;
    }

    /**
     * Price times quantity, rounded half even, for who knows no more than the scales.
     *
     * @param priceScale    decimals of the price.
     * @param quantityScale decimals of the quantity.
     * @param price         mantissa.
     * @param quantity      mantissa.
     * @return quote currency, 8 decimals, or an error, see {@link Decimals#isError}, when it does not fit.
     */
    public static long notional(
        final int priceScale, final int quantityScale, final long price, final long quantity)
    {
        final int shift = priceScale + quantityScale - Instrument.MONEY_SCALE;
        if (shift >= 0)
        {
            return Decimals.mulDiv(price, quantity, Decimals.pow10(shift), Rounding.HALF_EVEN);
        }
        final long product = price * quantity;
        final long power = Decimals.pow10(-shift);
        final long scaled = product * power;
        if (Math.multiplyHigh(price, quantity) == product >> 63 &&
            Math.multiplyHigh(product, power) == scaled >> 63 && !Decimals.isError(scaled))
        {
            return scaled;
        }
        final long exact = Decimals.mulDiv(price, quantity, 1, Rounding.UNNECESSARY);
        return Decimals.rescale(exact, 0, -shift, Rounding.UNNECESSARY);
    }

    /**
     * Price times quantity, rounded half even; what does not fit becomes the largest amount of its sign. For
     * comparing with a limit: too much is still too much.
     *
     * @param instrument gives the scales.
     * @param price      mantissa at its price scale.
     * @param quantity   mantissa at its quantity scale.
     * @return quote currency, 8 decimals.
     */
    public static long notionalSaturated(final Instrument instrument, final long price, final long quantity)
    {
        final long result = product(instrument, price, quantity);
        if (Decimals.isError(result))
        {
            return (price ^ quantity) < 0 ? Decimals.MIN_MANTISSA : Decimals.MAX_MANTISSA;
        }
        return result;
    }

    /**
     * The price at which a quantity costs an amount, rounded half even: an average price.
     *
     * @param instrument gives the scales.
     * @param amount     quote currency, 8 decimals.
     * @param quantity   mantissa at the quantity scale, not zero.
     * @return mantissa at the price scale.
     * @throws ArithmeticException when it does not fit, or {@code quantity} is zero.
     */
    public static long averagePrice(final Instrument instrument, final long amount, final long quantity)
    {
        final int shift = instrument.priceScale() + instrument.quantityScale() - Instrument.MONEY_SCALE;
        return shift >= 0 ?
            Decimals.mulDivExact(amount, Decimals.pow10(shift), quantity, Rounding.HALF_EVEN) :
            Decimals.mulDivExact(amount, 1, Math.multiplyExact(quantity, Decimals.pow10(-shift)), Rounding.HALF_EVEN);
    }

    /**
     * The nearest price on the tick grid that is not more aggressive: down for a buyer, up for a seller.
     *
     * @param price mantissa.
     * @param tick  price step, from 1.
     * @param side  whose price it is.
     * @return a multiple of {@code tick}.
     * @throws ArithmeticException when it does not fit.
     */
    public static long roundToTick(final long price, final long tick, final Side side)
    {
        final long steps = Math.floorDiv(price, tick);
        final long down = Math.multiplyExact(steps, tick);
        return down == price || Side.SELL != side ? down : Math.addExact(down, tick);
    }

    /**
     * The largest quantity on the lot grid that is not more.
     *
     * @param quantity mantissa, not negative.
     * @param lot      quantity step, from 1.
     * @return a multiple of {@code lot}, 0 when less than one lot.
     */
    public static long roundToLot(final long quantity, final long lot)
    {
        return quantity - quantity % lot;
    }

    private static long product(final Instrument instrument, final long price, final long quantity)
    {
        return notional(instrument.priceScale(), instrument.quantityScale(), price, quantity);
    }
}
