package org.lockstep.tools.simulator.market;

import java.math.BigInteger;

/** Arithmetic on amounts with eight decimals. Static, any thread. */
public final class E8
{
    /** One. */
    public static final long ONE = 100_000_000L;

    private static final BigInteger BIG_ONE = BigInteger.valueOf(ONE);

    private E8()
    {
    }

    /**
     * Multiplies two amounts, rounding towards zero.
     *
     * @param left  eight decimals.
     * @param right eight decimals.
     * @return eight decimals, {@code Long.MAX_VALUE} when it does not fit.
     */
    public static long multiply(final long left, final long right)
    {
        final long high = Math.multiplyHigh(left, right);
        final long low = left * right;
        if ((0 == high && low >= 0) || (-1 == high && low < 0))
        {
            return low / ONE;
        }
        return narrow(BigInteger.valueOf(left).multiply(BigInteger.valueOf(right)).divide(BIG_ONE));
    }

    /**
     * Divides two amounts, rounding towards zero.
     *
     * @param dividend eight decimals.
     * @param divisor  eight decimals, not 0.
     * @return eight decimals, {@code Long.MAX_VALUE} when it does not fit.
     */
    public static long divide(final long dividend, final long divisor)
    {
        return narrow(BigInteger.valueOf(dividend).multiply(BIG_ONE).divide(BigInteger.valueOf(divisor)));
    }

    /**
     * Reads a decimal such as {@code 61837.63000000}.
     *
     * @param text digits with at most one point and at most eight decimals.
     * @return eight decimals.
     */
    public static long parse(final String text)
    {
        long value = 0;
        int decimals = -1;
        boolean negative = false;
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (c >= '0' && c <= '9')
            {
                value = Math.addExact(Math.multiplyExact(value, 10L), c - '0');
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if ('.' == c && decimals < 0)
            {
                decimals = 0;
            }
            else if ('-' == c && 0 == i)
            {
                negative = true;
            }
            else
            {
                throw new NumberFormatException("not a decimal: '" + text + "'");
            }
        }
        if (decimals > 8 || text.isEmpty())
        {
            throw new NumberFormatException("not a decimal with at most 8 places: '" + text + "'");
        }
        for (int i = Math.max(0, decimals); i < 8; i++)
        {
            value = Math.multiplyExact(value, 10L);
        }
        return negative ? -value : value;
    }

    private static long narrow(final BigInteger value)
    {
        return value.bitLength() < Long.SIZE ? value.longValue() : Long.MAX_VALUE;
    }
}
