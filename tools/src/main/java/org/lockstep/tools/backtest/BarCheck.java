package org.lockstep.tools.backtest;

import java.math.BigDecimal;

import org.lockstep.engine.instrument.Instrument;

/** Checks the numbers of bars, and notes how fine they are. One thread. */
final class BarCheck
{
    /** Volumes come from sums in binary floating point too: what is finer than this is rounded. */
    private static final int MAX_VOLUME_DECIMALS = 8;
    private static final int MAX_LENGTH = 40;

    private final BigDecimal tick;
    private int priceDecimals;
    private int volumeDecimals;
    private BigDecimal open;
    private BigDecimal close;

    BarCheck(final BigDecimal tick)
    {
        this.tick = tick;
    }

    void onBar(final BarFile bar)
    {
        open = price(bar, "open", bar.openPrice());
        final BigDecimal high = price(bar, "high", bar.highPrice());
        final BigDecimal low = price(bar, "low", bar.lowPrice());
        close = price(bar, "close", bar.closePrice());
        if (high.compareTo(low) < 0)
        {
            throw bar.wrong("a high of " + bar.highPrice() + " below the low of " + bar.lowPrice(), "high from low on");
        }
        inside(bar, "open", open, high, low);
        inside(bar, "close", close, high, low);
        final BigDecimal volume = number(bar, "volume", bar.volume());
        if (volume.signum() < 0)
        {
            throw bar.wrong("a volume of " + bar.volume(), "from 0");
        }
        volumeDecimals = Math.max(volumeDecimals, Math.min(MAX_VOLUME_DECIMALS, decimals(bar.volume(), volume)));
    }

    BigDecimal open()
    {
        return open;
    }

    BigDecimal close()
    {
        return close;
    }

    int priceDecimals()
    {
        return priceDecimals;
    }

    int volumeDecimals()
    {
        return volumeDecimals;
    }

    private BigDecimal price(final BarFile bar, final String name, final String text)
    {
        final BigDecimal price = number(bar, name, text);
        if (price.signum() <= 0)
        {
            throw bar.wrong(article(name) + " of " + text, "above 0");
        }
        if (null != tick && 0 != price.remainder(tick).signum())
        {
            throw bar.wrong(
                article(name) + " of " + text, "multiples of the tick " + tick.toPlainString() + " (--tick)");
        }
        final int decimals = decimals(text, price);
        if (decimals > Instrument.MAX_SCALE)
        {
            throw bar.wrong(article(name) + " of " + text, "at most " + Instrument.MAX_SCALE + " decimals: round it");
        }
        priceDecimals = Math.max(priceDecimals, decimals);
        return price;
    }

    private static void inside(
        final BarFile bar, final String name, final BigDecimal price, final BigDecimal high, final BigDecimal low)
    {
        if (price.compareTo(high) > 0 || price.compareTo(low) < 0)
        {
            throw bar.wrong(article(name) + " of " + price.toPlainString(), "from the low of " + bar.lowPrice() +
                " to the high of " + bar.highPrice());
        }
    }

    private static BigDecimal number(final BarFile bar, final String name, final String text)
    {
        try
        {
            final BigDecimal number = text.length() <= MAX_LENGTH ? new BigDecimal(text) : null;
            if (null != number && Math.abs(number.scale()) <= MAX_LENGTH)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Told below.
        }
        throw bar.wrong(BarFile.shown(text) + " as " + name, "a decimal number such as 42283.58");
    }

    private static int decimals(final String text, final BigDecimal number)
    {
        int last = text.length();
        if (number.scale() <= 0)
        {
            return 0;
        }
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0)
        {
            return Math.max(0, number.stripTrailingZeros().scale());
        }
        while ('0' == text.charAt(last - 1))
        {
            last--;
        }
        return number.scale() - (text.length() - last);
    }

    private static String article(final String name)
    {
        return "open".equals(name) ? "an open" : "a " + name;
    }
}
