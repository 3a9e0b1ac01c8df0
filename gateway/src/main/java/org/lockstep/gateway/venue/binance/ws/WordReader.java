package org.lockstep.gateway.venue.binance.ws;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Reads ASCII eight bytes at a time: text that is expected, numbers, and text up to a quotation mark. It knows plain
 * spellings only; whatever is spelt otherwise it refuses, without saying why, and the caller has {@link StreamScanner}
 * read it. Bounds are checked once, when it begins: every read lies between the ends of the message.
 * Threading: the feed's loop. Allocation: none.
 */
final class WordReader
{
    /** What {@link #number()} and {@link #decimal(int)} return of what they refuse. */
    static final long REFUSED = -1;

    private static final int WORD = Long.BYTES;
    private static final int FRACTION_DIGITS = 8;
    private static final int MAX_LATER_DIGITS = 10;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long TO_HIGH_BIT = 0x7676_7676_7676_7676L;
    private static final long PAIRS = 0x0000_00FF_0000_00FFL;
    private static final long[] POWERS = powers();

    private byte[] array;
    private long base;
    private int position;
    private int end;

    /** Begins. Returns false when this cannot be read here: too short, or a machine of the other byte order. */
    boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        array = buffer.byteArray();
        base = buffer.addressOffset();
        position = offset;
        end = offset + length;
        return length >= WORD && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** The text as a number, first character lowest: what {@link #skip} is given; at most eight characters. */
    static long word(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        long word = 0;
        for (int i = bytes.length - 1; i >= 0; i--)
        {
            word = word << Byte.SIZE | bytes[i];
        }
        return word;
    }

    /** Steps over a text of up to eight characters. Returns false, and stays, when something else is there. */
    boolean skip(final long text, final int length)
    {
        if (text != (wordAt(position) & -1L >>> (WORD - length) * Byte.SIZE))
        {
            return false;
        }
        position += length;
        return true;
    }

    /** Steps over text without escapes, to its closing quotation mark. */
    boolean skipText()
    {
        while (position < end)
        {
            final long word = wordAt(position);
            final long quotes = zeroBytes(word ^ QUOTES);
            final long stops = quotes | zeroBytes(word ^ BACKSLASHES);
            if (0 != stops)
            {
                position += Long.numberOfTrailingZeros(stops) / Byte.SIZE;
                return position < end && Long.numberOfTrailingZeros(stops) == Long.numberOfTrailingZeros(quotes);
            }
            position += WORD;
        }
        return false;
    }

    /** Returns a number of 1 to 18 digits, or {@link #REFUSED}. */
    long number()
    {
        final long first = wordAt(position) ^ ZEROS;
        final int count = digits(first);
        if (count < WORD)
        {
            position += count;
            return 0 == count ? REFUSED : value(first, count);
        }
        long number = value(first, WORD);
        final long second = wordAt(position + WORD) ^ ZEROS;
        final int secondCount = digits(second);
        number = number * POWERS[secondCount] + (0 == secondCount ? 0 : value(second, secondCount));
        position += WORD + secondCount;
        if (WORD > secondCount)
        {
            return number;
        }
        final long third = wordAt(position) ^ ZEROS;
        final int thirdCount = digits(third);
        position += thirdCount;
        return WORD + thirdCount > MAX_LATER_DIGITS ? REFUSED :
            number * POWERS[thirdCount] + (0 == thirdCount ? 0 : value(third, thirdCount));
    }

    /**
     * Returns the mantissa of a number of 1 to 8 digits, a point and exactly 8 decimals, or {@link #REFUSED} when it is
     * written otherwise or does not fit the scale.
     */
    long decimal(final int scale)
    {
        final long whole = wordAt(position) ^ ZEROS;
        final int count = digits(whole);
        final int point = position + count;
        if (0 == count || scale > FRACTION_DIGITS || point + 1 + FRACTION_DIGITS > end ||
            '.' != UnsafeApi.getByte(array, base + point))
        {
            return REFUSED;
        }
        final long fraction = UnsafeApi.getLong(array, base + point + 1) ^ ZEROS;
        position = point + 1 + FRACTION_DIGITS;
        final long beyond = FRACTION_DIGITS == scale ? 0 : fraction >>> scale * Byte.SIZE;
        if (0 != beyond || FRACTION_DIGITS != digits(fraction))
        {
            return REFUSED;
        }
        if (count + scale <= WORD)
        {
            // Both parts fit one word, which is converted at once.
            final int shift = count * Byte.SIZE;
            final long joined = WORD == count ? whole : whole & ~(-1L << shift) | fraction << shift;
            return value(joined, count + scale);
        }
        return value(whole, count) * POWERS[scale] + (0 == scale ? 0 : value(fraction, scale));
    }

    /** Is all read? */
    boolean isAtEnd()
    {
        return position == end;
    }

    int position()
    {
        return position;
    }

    /** Eight bytes; zeros beyond the end. */
    long wordAt(final int index)
    {
        if (index + WORD <= end)
        {
            return UnsafeApi.getLong(array, base + index);
        }
        final int missing = index + WORD - end;
        return missing >= WORD ? 0 : UnsafeApi.getLong(array, base + end - WORD) >>> missing * Byte.SIZE;
    }

    /** How many of the bytes, from the lowest, are below 10. */
    private static int digits(final long word)
    {
        return Long.numberOfTrailingZeros((word + TO_HIGH_BIT | word) & HIGH_BITS) / Byte.SIZE;
    }

    /** The decimal number of the lowest bytes, 1 to 8. */
    private static long value(final long word, final int count)
    {
        final long digits = word << (WORD - count) * Byte.SIZE;
        final long pairs = digits * 10 + (digits >>> Byte.SIZE);
        return (pairs & PAIRS) * 0x000F_4240_0000_0064L + (pairs >>> 16 & PAIRS) * 0x0000_2710_0000_0001L >>> 32;
    }

    /** The high bit of the lowest zero byte, and perhaps of some above it. */
    private static long zeroBytes(final long word)
    {
        return word - ONES & ~word & HIGH_BITS;
    }

    private static long[] powers()
    {
        final long[] powers = new long[FRACTION_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
