package org.lockstep.gateway.client.view;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns what people write into mantissas at an instrument's scales; exactly or not at all. Client event loop only. */
public final class Scales
{
    private final ClientView view;

    /**
     * Scales of a view's instruments.
     *
     * @param view that knows them.
     */
    public Scales(final ClientView view)
    {
        this.view = view;
    }

    /**
     * A price.
     *
     * @param instrumentId that is priced, known.
     * @param text         a decimal number.
     * @return mantissa at the price scale.
     * @throws IllegalArgumentException if it is no number, not positive, or finer than the scale.
     */
    public long price(final int instrumentId, final String text)
    {
        return mantissa(text, view.market.instrument(instrumentId).priceScale);
    }

    /**
     * A quantity.
     *
     * @param instrumentId that is counted, known.
     * @param text         a decimal number.
     * @return mantissa at the quantity scale.
     * @throws IllegalArgumentException if it is no number, not positive, or finer than the scale.
     */
    public long quantity(final int instrumentId, final String text)
    {
        return mantissa(text, view.market.instrument(instrumentId).quantityScale);
    }

    private static long mantissa(final String text, final int scale)
    {
        if (!text.matches("\\d{1,18}(\\.\\d{1,18})?"))
        {
            throw new IllegalArgumentException("must be a decimal number such as 12.5");
        }
        final BigDecimal value = new BigDecimal(text);
        if (0 == value.signum())
        {
            throw new IllegalArgumentException("must be more than 0");
        }
        try
        {
            return value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
        }
        catch (final ArithmeticException ex)
        {
            throw new IllegalArgumentException("has at most " + scale + " decimals and 18 digits");
        }
    }
}
