package org.lockstep.engine.instrument;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Exact decimal numbers as scaled longs: {@code 61837.63} at scale 2 is the mantissa {@code 6183763}.
 * <p>
 * A valid mantissa lies in [{@link #MIN_MANTISSA}, {@link #MAX_MANTISSA}]; the few values below are errors, told apart
 * by {@link #isError(long)}. Methods that meet bytes from outside, and arithmetic on a hot path, return these errors;
 * nothing is ever cut off or wrapped silently. Scales are in [0, {@link #MAX_SCALE}].
 * <p>
 * Stateless: any thread. Allocates nothing except where a method returns text or throws.
 */
public final class Decimals
{
    /** Largest number of decimals. */
    public static final int MAX_SCALE = 18;

    /** Largest mantissa. */
    public static final long MAX_MANTISSA = Long.MAX_VALUE;

    /** Smallest mantissa; what lies below are errors. */
    public static final long MIN_MANTISSA = Long.MIN_VALUE + 16;

    /** Error: the text is no decimal number. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** Error: the value does not fit a mantissa at this scale. */
    public static final long OVERFLOW = Long.MIN_VALUE + 1;

    /** Error: the value has more decimals, other than zeros, than the scale holds. */
    public static final long TOO_PRECISE = Long.MIN_VALUE + 2;

    /** Longest text {@code format} writes, bytes: sign, 19 digits, point. */
    public static final int MAX_FORMATTED_LENGTH = 21;

    private static final int SAFE_LENGTH = 18;
    private static final long[] POWERS = new long[MAX_SCALE + 1];

    static
    {
        long power = 1;
        for (int i = 0; i <= MAX_SCALE; i++)
        {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private Decimals()
    {
    }

    /**
     * Is this result one of the errors?
     *
     * @param result of a method of this class.
     * @return true when it is no mantissa.
     */
    public static boolean isError(final long result)
    {
        return result < MIN_MANTISSA;
    }

    /**
     * Words for an error.
     *
     * @param error such as {@link #OVERFLOW}.
     * @return a phrase that completes "the price is ...".
     */
    public static String describe(final long error)
    {
        if (OVERFLOW == error)
        {
            return "out of range";
        }
        if (TOO_PRECISE == error)
        {
            return "too precise: more decimals than its scale";
        }
        return isError(error) ? "not a decimal number" : "valid";
    }

    /**
     * A power of ten.
     *
     * @param exponent [0, 18].
     * @return 10 to that power.
     */
    public static long pow10(final int exponent)
    {
        if (exponent < 0 || exponent > MAX_SCALE)
        {
            throw new IllegalArgumentException("power of ten must be in [0, 18], found " + exponent);
        }
        return POWERS[exponent];
    }

    // ------------------------------------------------------------------------------------------------------- parse

    /**
     * Reads a decimal number: optional sign, digits with at most one point, optional exponent ({@code 1e-8},
     * {@code 1E+3}); no blanks. Zeros beyond the scale are dropped.
     *
     * @param buffer holds ASCII; only read during the call.
     * @param offset of the first character.
     * @param length in bytes.
     * @param scale  decimals of the mantissa, [0, 18].
     * @return the mantissa, or {@link #NOT_A_NUMBER}, {@link #OVERFLOW} or {@link #TOO_PRECISE}.
     */
    public static long parse(final DirectBuffer buffer, final int offset, final int length, final int scale)
    {
        if (length <= 0 || length > SAFE_LENGTH)
        {
            return DecimalParser.parse(buffer, null, offset, length, scale, false, false);
        }

        final int end = offset + length;
        int index = offset;
        final byte first = buffer.getByte(index);
        if ('-' == first || '+' == first)
        {
            index++;
        }
        final int firstDigit = index;
        long mantissa = 0;
        int digit;
        while (index < end && (digit = buffer.getByte(index) - '0') >= 0 && digit <= 9)
        {
            mantissa = mantissa * 10 + digit;
            index++;
        }

        int fractionDigits = 0;
        if (index > firstDigit && index < end && '.' == buffer.getByte(index))
        {
            index++;
            while (index < end && fractionDigits < scale &&
                (digit = buffer.getByte(index) - '0') >= 0 && digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                fractionDigits++;
                index++;
            }
            while (index < end && '0' == buffer.getByte(index))
            {
                index++;
            }
        }
        if (index < end || index == firstDigit)
        {
            return DecimalParser.parse(buffer, null, offset, length, scale, false, false);
        }

        final long factor = pow10(scale - fractionDigits);
        final long scaled = mantissa * factor;
        if (scaled < 0 || 0 != Math.multiplyHigh(mantissa, factor))
        {
            return OVERFLOW;
        }
        return '-' == first ? -scaled : scaled;
    }

    /**
     * Reads a decimal number as {@link #parse(DirectBuffer, int, int, int)} does.
     *
     * @param text  to read, all of it.
     * @param scale decimals of the mantissa, [0, 18].
     * @return the mantissa or an error.
     */
    public static long parse(final CharSequence text, final int scale)
    {
        return DecimalParser.parse(null, text, 0, text.length(), scale, false, false);
    }

    /**
     * Reads a decimal number and rounds what is beyond the scale half up (a tie away from zero): for statistics.
     *
     * @param buffer    holds ASCII; only read during the call.
     * @param offset    of the first character.
     * @param length    in bytes.
     * @param scale     decimals of the mantissa, [0, 18].
     * @param saturates true: a value out of range becomes the nearest mantissa; false: {@link #OVERFLOW}.
     * @return the mantissa or an error.
     */
    public static long parseRounded(
        final DirectBuffer buffer, final int offset, final int length, final int scale, final boolean saturates)
    {
        return DecimalParser.parse(buffer, null, offset, length, scale, true, saturates);
    }

    /**
     * Reads a decimal number and rounds half up, as {@link #parseRounded(DirectBuffer, int, int, int, boolean)} does.
     *
     * @param text      to read, all of it.
     * @param scale     decimals of the mantissa, [0, 18].
     * @param saturates true: a value out of range becomes the nearest mantissa; false: {@link #OVERFLOW}.
     * @return the mantissa or an error.
     */
    public static long parseRounded(final CharSequence text, final int scale, final boolean saturates)
    {
        return DecimalParser.parse(null, text, 0, text.length(), scale, true, saturates);
    }

    // ------------------------------------------------------------------------------------------------------ format

    /**
     * Length of the text of a number.
     *
     * @param mantissa any long.
     * @param scale    decimals, [0, 18].
     * @return what {@code format} writes, bytes, up to {@link #MAX_FORMATTED_LENGTH}.
     */
    public static int formattedLength(final long mantissa, final int scale)
    {
        final int digits = Math.max(digits(mantissa), scale + 1);
        return (mantissa < 0 ? 1 : 0) + digits + (scale > 0 ? 1 : 0);
    }

    /**
     * Writes a number with exactly {@code scale} decimals, such as {@code -0.50}; no exponent, no grouping.
     *
     * @param mantissa any long.
     * @param scale    decimals, [0, 18].
     * @param dst      takes the ASCII text.
     * @param offset   where it begins.
     * @return its length, bytes.
     */
    public static int format(final long mantissa, final int scale, final MutableDirectBuffer dst, final int offset)
    {
        final int length = formattedLength(mantissa, scale);
        final int pointIndex = length - 1 - scale;
        long rest = mantissa < 0 ? mantissa : -mantissa;
        final int firstDigit = mantissa < 0 ? 1 : 0;
        for (int i = length - 1; i >= firstDigit; i--)
        {
            if (i == pointIndex && scale > 0)
            {
                dst.putByte(offset + i, (byte)'.');
            }
            else
            {
                final long quotient = rest / 10;
                dst.putByte(offset + i, (byte)('0' + (quotient * 10 - rest)));
                rest = quotient;
            }
        }
        if (mantissa < 0)
        {
            dst.putByte(offset, (byte)'-');
        }
        return length;
    }

    /**
     * Writes a number with exactly {@code scale} decimals.
     *
     * @param mantissa any long.
     * @param scale    decimals, [0, 18].
     * @param dst      takes the ASCII text.
     * @param offset   where it begins.
     * @return its length, bytes.
     */
    public static int format(final long mantissa, final int scale, final byte[] dst, final int offset)
    {
        final int length = formattedLength(mantissa, scale);
        final int pointIndex = length - 1 - scale;
        long rest = mantissa < 0 ? mantissa : -mantissa;
        final int firstDigit = mantissa < 0 ? 1 : 0;
        for (int i = length - 1; i >= firstDigit; i--)
        {
            if (i == pointIndex && scale > 0)
            {
                dst[offset + i] = '.';
            }
            else
            {
                final long quotient = rest / 10;
                dst[offset + i] = (byte)('0' + (quotient * 10 - rest));
                rest = quotient;
            }
        }
        if (mantissa < 0)
        {
            dst[offset] = '-';
        }
        return length;
    }

    /**
     * Appends a number with exactly {@code scale} decimals.
     *
     * @param dst      takes the text; allocates only when it has to grow.
     * @param mantissa any long.
     * @param scale    decimals, [0, 18].
     * @return {@code dst}.
     */
    public static StringBuilder append(final StringBuilder dst, final long mantissa, final int scale)
    {
        final int offset = dst.length();
        final int length = formattedLength(mantissa, scale);
        dst.setLength(offset + length);
        final int pointIndex = length - 1 - scale;
        long rest = mantissa < 0 ? mantissa : -mantissa;
        final int firstDigit = mantissa < 0 ? 1 : 0;
        for (int i = length - 1; i >= firstDigit; i--)
        {
            if (i == pointIndex && scale > 0)
            {
                dst.setCharAt(offset + i, '.');
            }
            else
            {
                final long quotient = rest / 10;
                dst.setCharAt(offset + i, (char)('0' + (quotient * 10 - rest)));
                rest = quotient;
            }
        }
        if (mantissa < 0)
        {
            dst.setCharAt(offset, '-');
        }
        return dst;
    }

    /**
     * Text of a number with exactly {@code scale} decimals. Allocates.
     *
     * @param mantissa any long.
     * @param scale    decimals, [0, 18].
     * @return the text.
     */
    public static String toString(final long mantissa, final int scale)
    {
        final byte[] text = new byte[formattedLength(mantissa, scale)];
        format(mantissa, scale, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static int digits(final long mantissa)
    {
        final long negative = mantissa < 0 ? mantissa : -mantissa;
        int digits = 1;
        while (digits <= MAX_SCALE && negative <= -POWERS[digits])
        {
            digits++;
        }
        return digits;
    }

    // -------------------------------------------------------------------------------------------------- arithmetic

    /**
     * {@code a * b / divisor} with the product held in 128 bits, rounded once.
     *
     * @param a        any long.
     * @param b        any long.
     * @param divisor  not zero.
     * @param rounding of the quotient.
     * @return the quotient; {@link #OVERFLOW} when it is no mantissa; {@link #TOO_PRECISE} when {@code UNNECESSARY}
     * was asked for and a remainder is left.
     * @throws ArithmeticException when {@code divisor} is zero.
     */
    public static long mulDiv(final long a, final long b, final long divisor, final Rounding rounding)
    {
        final long high = Math.multiplyHigh(a, b);
        final long low = a * b;
        if (low >> 63 == high && Long.MIN_VALUE != low && Long.MIN_VALUE != divisor)
        {
            final long quotient = low / divisor;
            final long remainder = Math.abs(low - quotient * divisor);
            final boolean isNegative = (low ^ divisor) < 0;
            return WideDivision.rounded(Math.abs(quotient), remainder, Math.abs(divisor), isNegative, rounding);
        }
        return divide128(high, low, divisor, rounding);
    }

    /**
     * {@code a * b / divisor} as {@link #mulDiv} does it, where a result that does not fit is a programmer's error.
     *
     * @param a        any long.
     * @param b        any long.
     * @param divisor  not zero.
     * @param rounding of the quotient.
     * @return the quotient.
     * @throws ArithmeticException on overflow, on a remainder with {@code UNNECESSARY}, or when the divisor is zero.
     */
    public static long mulDivExact(final long a, final long b, final long divisor, final Rounding rounding)
    {
        final long result = mulDiv(a, b, divisor, rounding);
        if (isError(result))
        {
            throw new ArithmeticException(a + " * " + b + " / " + divisor + " is " + describe(result));
        }
        return result;
    }

    /**
     * The same number with other decimals.
     *
     * @param mantissa  at {@code fromScale}; an error stays the error it is.
     * @param fromScale [0, 18].
     * @param toScale   [0, 18].
     * @param rounding  of what does not fit.
     * @return mantissa at {@code toScale}, {@link #OVERFLOW}, or {@link #TOO_PRECISE} with {@code UNNECESSARY}.
     */
    public static long rescale(final long mantissa, final int fromScale, final int toScale, final Rounding rounding)
    {
        if (fromScale == toScale || isError(mantissa))
        {
            return mantissa;
        }
        return toScale > fromScale ?
            mulDiv(mantissa, pow10(toScale - fromScale), 1, rounding) :
            mulDiv(mantissa, 1, pow10(fromScale - toScale), rounding);
    }

    /**
     * A 128-bit number divided by a long, rounded once.
     *
     * @param high     upper half, signed.
     * @param low      lower half, unsigned.
     * @param divisor  not zero.
     * @param rounding of the quotient.
     * @return the quotient, {@link #OVERFLOW}, or {@link #TOO_PRECISE} with {@code UNNECESSARY}.
     * @throws ArithmeticException when {@code divisor} is zero.
     */
    public static long divide128(final long high, final long low, final long divisor, final Rounding rounding)
    {
        return WideDivision.divide(high, low, divisor, rounding);
    }
}
