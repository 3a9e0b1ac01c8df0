package org.lockstep.tools.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.lockstep.engine.instrument.Instrument;

/** Checks the numbers of bars, and notes how fine they are. One thread. */
final class BarCheck
{
    /** Volumes come from sums in binary floating point too: what is finer than this is rounded. */
    private static final int MAX_VOLUME_DECIMALS = 8;
    private static final int MAX_LENGTH = 40;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PADDED_DECIMALS = 8;
    private static final int MOST_DIGITS = 14;
    private static final BigDecimal MOST_PRICE = new BigDecimal("9999999999");
    private static final BigDecimal MOST_VOLUME = new BigDecimal("1000000000000000");
    private static final BigDecimal ROUNDING = new BigDecimal("0.000000001");

    private final BigDecimal tick;
    private final long intervalNs;
    private int priceDecimals;
    private int writtenDecimals;
    private int volumeDecimals;
    private BigDecimal open;
    private BigDecimal close;

    /**
     * Nothing seen yet.
     *
     * @param tick       prices must be multiples of it, or null.
     * @param intervalNs length of a bar.
     */
    BarCheck(final BigDecimal tick, final long intervalNs)
    {
        this.tick = tick;
        this.intervalNs = intervalNs;
    }

    void onBar(final BarFile bar)
    {
        checkLength(bar);
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
        if (volume.signum() < 0 || volume.compareTo(MOST_VOLUME) > 0)
        {
            throw bar.wrong("a volume of " + bar.volume(), "from 0 to " + MOST_VOLUME.toPlainString());
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

    /** Most decimals as written, without zeros at the end when there are the 8 that an exchange writes of all. */
    int priceDecimals()
    {
        return writtenDecimals < PADDED_DECIMALS ? Math.max(priceDecimals, writtenDecimals) : priceDecimals;
    }

    int volumeDecimals()
    {
        return volumeDecimals;
    }

    private BigDecimal price(final BarFile bar, final String name, final String text)
    {
        final BigDecimal price = number(bar, name, text);
        if (price.signum() <= 0 || price.compareTo(MOST_PRICE) > 0)
        {
            throw bar.wrong(
                article(name) + " of " + text, "above 0, and " + MOST_PRICE.toPlainString() + " at most");
        }
        if (null != tick)
        {
            final BigDecimal step = price.divide(tick, 0, RoundingMode.HALF_UP).multiply(tick);
            if (step.signum() <= 0 || step.subtract(price).abs().compareTo(ROUNDING) > 0)
            {
                throw bar.wrong(
                    article(name) + " of " + text, "multiples of the tick " + tick.toPlainString() + " (--tick)");
            }
            return 0 == step.compareTo(price) ? price : step;
        }
        final int decimals = decimals(text, price);
        if (decimals > PADDED_DECIMALS && price.precision() > MOST_DIGITS)
        {
            throw bar.wrong(article(name) + " of " + text, "at most " + MOST_DIGITS + " digits or " +
                PADDED_DECIMALS + " decimals, more come from binary fractions: --tick says to what it is rounded");
        }
        if (decimals > Instrument.MAX_SCALE)
        {
            throw bar.wrong(article(name) + " of " + text, "at most " + Instrument.MAX_SCALE + " decimals: round it");
        }
        priceDecimals = Math.max(priceDecimals, decimals);
        writtenDecimals = Math.max(writtenDecimals, isExponential(text) ? decimals : price.scale());
        return price;
    }

    /** What the exchange says of a bar's end; its own records have odd ends here and there, which say nothing. */
    private void checkLength(final BarFile bar)
    {
        final long closeNs = bar.closeTimeNs();
        if (BarTimes.NONE == closeNs || closeNs <= bar.openTimeNs())
        {
            return;
        }
        final long lengthNs = Math.floorDiv(closeNs - bar.openTimeNs() + SECOND_NS - 1, SECOND_NS) * SECOND_NS;
        if (lengthNs != intervalNs && (0 == lengthNs % intervalNs || null != BarIntervals.code(lengthNs)))
        {
            throw bar.wrong("a bar from " + BarTimes.text(bar.openTimeNs()) + " to " +
                BarTimes.text(bar.openTimeNs() + lengthNs), "bars of " + BarIntervals.code(intervalNs) +
                "; --interval names another length");
        }
    }

    /** Digits of other scripts are numbers here and none in the run. */
    private static boolean isAscii(final String text)
    {
        for (int i = 0; i < text.length(); i++)
        {
            if (text.charAt(i) > 'z')
            {
                return false;
            }
        }
        return true;
    }

    private static boolean isExponential(final String text)
    {
        return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
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
            final BigDecimal number = text.length() <= MAX_LENGTH && isAscii(text) ? new BigDecimal(text) : null;
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
        if (isExponential(text))
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
