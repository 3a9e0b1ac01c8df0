package org.lockstep.gateway.venue.binance.ws;

/**
 * A decimal number between two fixed texts, as {@code ","b":"61837.63000000}, of one width: 1 to 8 digits, a point,
 * 8 decimals of which those beyond the scale are zero. All of it is compared at once, in three words that overlap, with
 * what is expected: a byte differs from an expected zero by 0 to 9, from any other by nothing. Its digits are at the
 * ends of words, so that masks take them out and nothing is shifted. All widths and scales are made beforehand.
 * Threading: any, immutable. Allocation: none after {@link #of}.
 */
final class DecimalField
{
    /** Most digits before the point, and after it. */
    static final int MAX_DIGITS = 8;

    private static final int WORD = Long.BYTES;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Added to a difference of 10 and more it sets the high bit of its byte, or overflows, which shows likewise. */
    private static final long DIGIT = 0x76;
    /** The same of a difference of 1 and more. */
    private static final long LITERAL = 0x7F;

    private final DecimalField[][] all;
    private final int scale;
    private final int width;
    private final int length;
    private final int beforeLength;
    private final int middle;
    private final long first;
    private final long firstLimits;
    private final long second;
    private final long secondLimits;
    private final long third;
    private final long thirdLimits;
    private final boolean isNarrow;
    private final int wholeOffset;
    private final long wholeMask;
    private final int lastOffset;
    private final long lastMask;
    private final long movedMask;
    private final long power;

    private DecimalField(
        final DecimalField[][] all, final String before, final int width, final int scale, final String after)
    {
        this.all = all;
        this.width = width;
        this.scale = scale;
        final String kept = "#".repeat(scale) + "0".repeat(MAX_DIGITS - scale);
        final String text = before + "#".repeat(width) + "." + kept + after;
        length = text.length();
        beforeLength = before.length();
        middle = Math.min(WORD, length - WORD);
        first = expected(text, 0);
        firstLimits = limits(text, 0);
        second = expected(text, middle);
        secondLimits = limits(text, middle);
        third = expected(text, length - WORD);
        thirdLimits = limits(text, length - WORD);
        // A word that ends with the last digit kept; the digits before the point, if it holds them, move beside it.
        final int point = beforeLength + width;
        isNarrow = width + scale < WORD || 0 == scale;
        wholeOffset = point - WORD;
        wholeMask = highest(width);
        lastOffset = (0 == scale ? point : point + 1 + scale) - WORD;
        lastMask = 0 == scale ? highest(width) : highest(scale);
        movedMask = isNarrow && scale > 0 ? highest(width) >>> (scale + 1) * Byte.SIZE : 0;
        power = (long)Math.pow(10, scale);
    }

    /** Makes the fields of all widths and scales; returns one. */
    static DecimalField of(final String before, final String after)
    {
        final DecimalField[][] all = new DecimalField[MAX_DIGITS + 1][MAX_DIGITS + 1];
        for (int scale = 0; scale <= MAX_DIGITS; scale++)
        {
            for (int width = 1; width <= MAX_DIGITS; width++)
            {
                all[scale][width] = new DecimalField(all, before, width, scale, after);
            }
        }
        return all[0][1];
    }

    /** The same field in another width, 1 to 8, or scale, 0 to 8. */
    DecimalField with(final int newWidth, final int newScale)
    {
        return all[newScale][newWidth];
    }

    int scale()
    {
        return scale;
    }

    int width()
    {
        return width;
    }

    /** Bytes, with the texts. */
    int length()
    {
        return length;
    }

    /** Bytes before the first digit. */
    int beforeLength()
    {
        return beforeLength;
    }

    /** Returns the mantissa of the number whose field begins here, or {@link WordReader#REFUSED}. */
    long read(final WordReader words, final int at)
    {
        if (!words.has(at, length))
        {
            return WordReader.REFUSED;
        }
        final long head = words.load(at) ^ first;
        final long body = words.load(at + middle) ^ second;
        final long tail = words.load(at + length - WORD) ^ third;
        if (0 != ((head + firstLimits | head | body + secondLimits | body | tail + thirdLimits | tail) & HIGH_BITS))
        {
            return WordReader.REFUSED;
        }
        final long last = words.load(at + lastOffset) ^ WordReader.ZEROS;
        if (isNarrow)
        {
            return WordReader.value(last & lastMask | (last & movedMask) << Byte.SIZE);
        }
        final long whole = (words.load(at + wholeOffset) ^ WordReader.ZEROS) & wholeMask;
        return WordReader.value(whole) * power + WordReader.value(last & lastMask);
    }

    private static long expected(final String text, final int from)
    {
        return WordReader.word(text.substring(from, from + WORD).replace('#', '0'));
    }

    private static long limits(final String text, final int from)
    {
        long limits = 0;
        for (int i = WORD - 1; i >= 0; i--)
        {
            limits = limits << Byte.SIZE | ('#' == text.charAt(from + i) ? DIGIT : LITERAL);
        }
        return limits;
    }

    /** The highest bytes of a word, 1 to 8: the last characters. */
    private static long highest(final int count)
    {
        return -1L << (WORD - count) * Byte.SIZE;
    }
}
