package org.lockstep.engine.instrument;

import org.agrona.DirectBuffer;

/**
 * Reads any decimal number; {@link Decimals} has the short way for the usual ones. The text comes either from a buffer
 * or from a character sequence, the other being null. Stateless: any thread. Allocates nothing.
 */
final class DecimalParser
{
    /** Beyond this the exact exponent no longer matters: texts are shorter. */
    private static final int MAX_EXPONENT = 1_000_000_000;
    private static final long MAX_BEFORE_DIGIT = Long.MAX_VALUE / 10;

    private DecimalParser()
    {
    }

    static long parse(
        final DirectBuffer buffer,
        final CharSequence text,
        final int offset,
        final int length,
        final int scale,
        final boolean rounds,
        final boolean saturates)
    {
        if (scale < 0 || scale > Decimals.MAX_SCALE)
        {
            throw new IllegalArgumentException("scale must be in [0, 18], found " + scale);
        }
        final int end = offset + length;
        int index = offset;
        final int first = length > 0 ? at(buffer, text, index) : 0;
        if ('-' == first || '+' == first)
        {
            index++;
        }

        final int digitsFrom = index;
        int digits = 0;
        int fractionDigits = 0;
        boolean isFraction = false;
        for (; index < end; index++)
        {
            final int c = at(buffer, text, index);
            if (c >= '0' && c <= '9')
            {
                digits++;
                fractionDigits += isFraction ? 1 : 0;
            }
            else if ('.' == c && !isFraction)
            {
                isFraction = true;
            }
            else
            {
                break;
            }
        }
        final int digitsTo = index;
        if (0 == digits)
        {
            return Decimals.NOT_A_NUMBER;
        }

        long exponent = 0;
        if (index < end)
        {
            exponent = exponent(buffer, text, index, end);
            if (Long.MIN_VALUE == exponent)
            {
                return Decimals.NOT_A_NUMBER;
            }
        }
        final long shift = exponent - fractionDigits + scale;
        return value(buffer, text, digitsFrom, digitsTo, digits + shift, '-' == first, rounds, saturates);
    }

    /**
     * Value of the digits when the first {@code keep} of them (zeros following if there are fewer) are the mantissa.
     */
    private static long value(
        final DirectBuffer buffer,
        final CharSequence text,
        final int from,
        final int to,
        final long keep,
        final boolean isNegative,
        final boolean rounds,
        final boolean saturates)
    {
        long mantissa = 0;
        long position = 0;
        boolean isInexact = false;
        boolean isHalf = false;
        boolean isOverflow = false;
        for (int index = from; index < to; index++)
        {
            final int c = at(buffer, text, index);
            if ('.' == c)
            {
                continue;
            }
            final int digit = c - '0';
            if (position < keep)
            {
                isOverflow |= mantissa > MAX_BEFORE_DIGIT;
                mantissa = mantissa * 10 + digit;
                isOverflow |= mantissa < 0;
            }
            else
            {
                isInexact |= 0 != digit;
                isHalf |= position == keep && digit >= 5;
            }
            position++;
        }
        for (; position < keep && 0 != mantissa && !isOverflow; position++)
        {
            isOverflow = mantissa > MAX_BEFORE_DIGIT;
            mantissa *= 10;
        }

        if (rounds && isHalf)
        {
            mantissa++;
            isOverflow |= mantissa < 0;
        }
        final long signed = isNegative ? -mantissa : mantissa;
        if (isOverflow || Decimals.isError(signed))
        {
            return !saturates ? Decimals.OVERFLOW : isNegative ? Decimals.MIN_MANTISSA : Decimals.MAX_MANTISSA;
        }
        if (isInexact && !rounds)
        {
            return Decimals.TOO_PRECISE;
        }
        return signed;
    }

    /** The exponent from its letter on, clamped; Long.MIN_VALUE when it is none. */
    private static long exponent(final DirectBuffer buffer, final CharSequence text, final int from, final int end)
    {
        int index = from;
        if ('e' != (at(buffer, text, index) | 0x20))
        {
            return Long.MIN_VALUE;
        }
        index++;
        final int sign = index < end ? at(buffer, text, index) : 0;
        if ('-' == sign || '+' == sign)
        {
            index++;
        }
        if (index == end)
        {
            return Long.MIN_VALUE;
        }
        long exponent = 0;
        for (; index < end; index++)
        {
            final int digit = at(buffer, text, index) - '0';
            if (digit < 0 || digit > 9)
            {
                return Long.MIN_VALUE;
            }
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
        }
        return '-' == sign ? -exponent : exponent;
    }

    private static int at(final DirectBuffer buffer, final CharSequence text, final int index)
    {
        return null != buffer ? buffer.getByte(index) : text.charAt(index);
    }
}
