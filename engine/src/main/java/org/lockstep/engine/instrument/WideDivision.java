package org.lockstep.engine.instrument;

/**
 * Division of 128 bits by 64: Knuth, "The Art of Computer Programming" 4.3.1, algorithm D. Stateless: any thread.
 * Allocates nothing.
 */
final class WideDivision
{
    private static final int DIGIT_BITS = 32;
    private static final long DIGIT_MASK = 0xFFFF_FFFFL;

    private WideDivision()
    {
    }

    /** Quotient of a signed 128-bit number, or an error of {@link Decimals}. */
    static long divide(final long high, final long low, final long divisor, final Rounding rounding)
    {
        if (0 == divisor)
        {
            throw new ArithmeticException("division by zero");
        }
        final boolean isNegative = high < 0 != divisor < 0;
        final long magnitude = high < 0 ? -low : low;
        final long magnitudeHigh = high < 0 ? ~high + (0 == low ? 1 : 0) : high;
        final long unsignedDivisor = Math.abs(divisor);
        if (Long.compareUnsigned(magnitudeHigh, unsignedDivisor) >= 0)
        {
            return Decimals.OVERFLOW;
        }

        // two digits of 32 bits, unsigned; magnitudeHigh < unsignedDivisor
        final int shift = Long.numberOfLeadingZeros(unsignedDivisor);
        final long normal = unsignedDivisor << shift;
        final long upper = 0 == shift ? magnitudeHigh : magnitudeHigh << shift | magnitude >>> Long.SIZE - shift;
        final long lower = magnitude << shift;
        final long digit1 = quotientDigit(upper, lower >>> DIGIT_BITS, normal);
        final long rest = (upper << DIGIT_BITS | lower >>> DIGIT_BITS) - digit1 * normal;
        final long digit0 = quotientDigit(rest, lower & DIGIT_MASK, normal);
        final long remainder = (rest << DIGIT_BITS | lower & DIGIT_MASK) - digit0 * normal >>> shift;
        final long quotient = digit1 << DIGIT_BITS | digit0;
        return quotient < 0 ? Decimals.OVERFLOW : rounded(quotient, remainder, unsignedDivisor, isNegative, rounding);
    }

    /** The next 32 bits of upper and nextDigit divided by a divisor whose top bit is set. */
    private static long quotientDigit(final long upper, final long nextDigit, final long divisor)
    {
        final long divisorHigh = divisor >>> DIGIT_BITS;
        final long divisorLow = divisor & DIGIT_MASK;
        long digit = Long.divideUnsigned(upper, divisorHigh);
        long rest = upper - digit * divisorHigh;
        while (digit > DIGIT_MASK || Long.compareUnsigned(digit * divisorLow, rest << DIGIT_BITS | nextDigit) > 0)
        {
            digit--;
            rest += divisorHigh;
            if (rest > DIGIT_MASK)
            {
                break;
            }
        }
        return digit;
    }

    /** Quotient in [0, 2^63), remainder and divisor unsigned. */
    static long rounded(
        final long quotient,
        final long remainder,
        final long divisor,
        final boolean isNegative,
        final Rounding rounding)
    {
        long size = quotient;
        if (0 != remainder)
        {
            if (Rounding.UNNECESSARY == rounding)
            {
                return Decimals.TOO_PRECISE;
            }
            if (isRoundedUp(size, remainder, divisor, rounding))
            {
                size++;
            }
        }
        final long signed = isNegative ? -size : size;
        return size < 0 || Decimals.isError(signed) ? Decimals.OVERFLOW : signed;
    }

    private static boolean isRoundedUp(
        final long quotient, final long remainder, final long divisor, final Rounding rounding)
    {
        if (Rounding.DOWN == rounding || Rounding.UP == rounding)
        {
            return Rounding.UP == rounding;
        }
        final int half = Long.compareUnsigned(remainder, divisor - remainder);
        return half > 0 || 0 == half && (Rounding.HALF_UP == rounding || 0 != (quotient & 1));
    }
}
