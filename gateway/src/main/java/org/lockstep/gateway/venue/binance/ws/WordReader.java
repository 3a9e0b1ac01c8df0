package org.lockstep.gateway.venue.binance.ws;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Reads ASCII eight bytes at a time: text that is expected, numbers, and text up to a quotation mark. It knows plain
 * spellings only; whatever is spelt otherwise it refuses, without saying why, and the caller has {@link StreamScanner}
 * read it. Every read lies between the ends of the message.
 * <p>
 * Numbers are read for as wide as the same field was the last time, which is then checked: where a field lies follows
 * from widths that are known, and does not wait for the digits before it to be counted. One of another width is
 * counted, and its width noted. Threading: the feed's loop. Allocation: none.
 */
final class WordReader
{
    /** What is returned of what is refused. */
    static final int REFUSED = -1;

    /** Between a digit and its value. */
    static final long ZEROS = 0x3030_3030_3030_3030L;

    private static final int WORD = Long.BYTES;
    private static final int MAX_LATER_DIGITS = 10;
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long TO_HIGH_BIT = 0x7676_7676_7676_7676L;
    private static final long PAIRS = 0x0000_00FF_0000_00FFL;
    private static final long[] POWERS = powers();

    private byte[] array;
    private long base;
    private int end;

    /** Begins. Returns false when this cannot be read here: too short, or a machine of the other byte order. */
    boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.boundsCheck(offset, length);
        array = buffer.byteArray();
        base = buffer.addressOffset();
        end = offset + length;
        return length >= WORD && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** The text as a number, first character lowest: what {@link #is} is given; at most eight characters. */
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

    /** Is this text of up to eight characters here? */
    boolean is(final int at, final long text, final int length)
    {
        return text == (wordAt(at) & mask(length));
    }

    /** Is this text of up to eight characters here, and nothing behind it? */
    boolean isLast(final int at, final long text, final int length)
    {
        return at + length == end && text == load(end - WORD) >>> (WORD - length) * Byte.SIZE;
    }

    /** Returns where text without escapes has its closing quotation mark, or {@link #REFUSED}. */
    int textEnd(final int at)
    {
        for (int position = at; position < end; position += WORD)
        {
            final long word = wordAt(position);
            final long quotes = zeroBytes(word ^ QUOTES);
            final long stops = quotes | zeroBytes(word ^ BACKSLASHES);
            if (0 != stops)
            {
                final int bits = Long.numberOfTrailingZeros(stops);
                final int stop = position + bits / Byte.SIZE;
                return stop < end && bits == Long.numberOfTrailingZeros(quotes) ? stop : REFUSED;
            }
        }
        return REFUSED;
    }

    /**
     * Returns a number of 1 to 18 digits, or {@link #REFUSED}.
     *
     * @param at     its first digit.
     * @param widths of fields; that of this one is right when the number is not refused.
     * @param field  which.
     */
    long number(final int at, final int[] widths, final int field)
    {
        final int width = widths[field];
        if (width > WORD && width <= 2 * WORD && at + 2 * WORD < end && ',' == byteAt(at + width))
        {
            final long first = load(at) ^ ZEROS;
            final long second = (load(at + WORD) ^ ZEROS) << (2 * WORD - width) * Byte.SIZE;
            if (0 == (notDigits(first) | notDigits(second)))
            {
                return value(first) * POWERS[width - WORD] + value(second);
            }
        }
        return counted(at, widths, field);
    }

    /** How many digits begin here, up to 8? */
    int digits(final int at)
    {
        return digits(wordAt(at) ^ ZEROS);
    }

    /** Are there as many bytes from here to the end? */
    boolean has(final int at, final int length)
    {
        return at + length <= end;
    }

    /** Eight bytes; zeros beyond the end. */
    long wordAt(final int index)
    {
        if (index + WORD <= end)
        {
            return load(index);
        }
        final int missing = index + WORD - end;
        return missing >= WORD ? 0 : load(end - WORD) >>> missing * Byte.SIZE;
    }

    /** The lowest bytes of a word, 1 to 8. */
    static long mask(final int length)
    {
        return -1L >>> (WORD - length) * Byte.SIZE;
    }

    private long counted(final int at, final int[] widths, final int field)
    {
        final long first = wordAt(at) ^ ZEROS;
        final int count = digits(first);
        if (count < WORD)
        {
            widths[field] = count;
            return 0 == count ? REFUSED : value(first, count);
        }
        final long second = wordAt(at + WORD) ^ ZEROS;
        final int secondCount = digits(second);
        final long number = value(first) * POWERS[secondCount] + value(second, secondCount);
        widths[field] = WORD + secondCount;
        if (WORD > secondCount)
        {
            return number;
        }
        final long third = wordAt(at + 2 * WORD) ^ ZEROS;
        final int thirdCount = digits(third);
        widths[field] += thirdCount;
        return WORD + thirdCount > MAX_LATER_DIGITS ? REFUSED : number * POWERS[thirdCount] + value(third, thirdCount);
    }

    /**
     * Eight bytes, all of the message, which the caller has made sure of. Buffers of sockets are not on the heap, and
     * the compiler knows best what to make of an address alone.
     */
    long load(final int index)
    {
        return null == array ? UnsafeApi.getLong(base + index) : UnsafeApi.getLong(array, base + index);
    }

    private byte byteAt(final int index)
    {
        return null == array ? UnsafeApi.getByte(base + index) : UnsafeApi.getByte(array, base + index);
    }

    /** How many of the bytes, from the lowest, are below 10. */
    private static int digits(final long word)
    {
        return Long.numberOfTrailingZeros(notDigits(word)) / Byte.SIZE;
    }

    /** The high bit of the lowest byte that is not below 10, and perhaps of some above it. */
    private static long notDigits(final long word)
    {
        return (word + TO_HIGH_BIT | word) & HIGH_BITS;
    }

    /** The decimal number of the lowest bytes, 0 to 8. */
    private static long value(final long word, final int count)
    {
        return 0 == count ? 0 : value(word << (WORD - count) * Byte.SIZE);
    }

    /** The decimal number of eight bytes below 10. */
    static long value(final long digits)
    {
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
        final long[] powers = new long[WORD + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
