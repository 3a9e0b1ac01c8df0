package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.VenueTimes;

/**
 * Where the values of one JSON object lie, so that its fields may come in any order. A one-letter key stands for
 * itself, longer ones are those named at construction, numbered from {@link #NAMED}; others are skipped. A value that
 * is null is as good as absent; of an object or array the span is the whole of it.
 * Threading: one event loop. Allocates nothing once constructed.
 */
final class ObjectFields
{
    /** Index of the first named key. */
    static final int NAMED = 128;

    private static final int MAX_ID_DIGITS = 18;
    private static final int NULL_LENGTH = 4;

    private final byte[][] names;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] stamps;
    private int stamp = 1;
    private DirectBuffer buffer;

    ObjectFields(final String... names)
    {
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++)
        {
            this.names[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
        offsets = new int[NAMED + names.length];
        lengths = new int[NAMED + names.length];
        stamps = new int[NAMED + names.length];
    }

    void clear()
    {
        if (0 == ++stamp)
        {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /** @return false when no whole object begins at the cursor. */
    boolean read(final JsonCursor cursor)
    {
        clear();
        buffer = cursor.buffer();
        if (!cursor.accept('{'))
        {
            return false;
        }
        if (cursor.accept('}'))
        {
            return true;
        }
        do
        {
            if (!cursor.readString())
            {
                return false;
            }
            final int key = key(cursor.spanOffset(), cursor.spanLength());
            if (!cursor.accept(':') || !readValue(cursor, key))
            {
                return false;
            }
        }
        while (cursor.accept(','));
        return cursor.accept('}');
    }

    private boolean readValue(final JsonCursor cursor, final int key)
    {
        final int first = cursor.peek();
        if ('{' == first || '[' == first)
        {
            final int start = cursor.position();
            if (!cursor.skipValue())
            {
                return false;
            }
            set(key, start, cursor.position() - start);
            return true;
        }
        if (!cursor.readStringOrScalar())
        {
            return false;
        }
        if ('n' != first || NULL_LENGTH != cursor.spanLength())
        {
            set(key, cursor.spanOffset(), cursor.spanLength());
        }
        return true;
    }

    private void set(final int key, final int offset, final int length)
    {
        if (key >= 0)
        {
            offsets[key] = offset;
            lengths[key] = length;
            stamps[key] = stamp;
        }
    }

    private int key(final int offset, final int length)
    {
        if (1 == length)
        {
            return buffer.getByte(offset);
        }
        for (int i = 0; i < names.length; i++)
        {
            if (isText(buffer, offset, length, names[i]))
            {
                return NAMED + i;
            }
        }
        return -1;
    }

    boolean has(final int key)
    {
        return stamp == stamps[key];
    }

    int offset(final int key)
    {
        return offsets[key];
    }

    /** @return 0 when absent. */
    int length(final int key)
    {
        return has(key) ? lengths[key] : 0;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    boolean is(final int key, final byte[] text)
    {
        return has(key) && isText(buffer, offsets[key], lengths[key], text);
    }

    boolean isTrue(final int key)
    {
        return has(key) && 't' == buffer.getByte(offsets[key]);
    }

    /** @return the value as an integer, or {@code missing} when it is absent or none. */
    long number(final int key, final long missing)
    {
        if (!has(key))
        {
            return missing;
        }
        final boolean isNegative = lengths[key] > 0 && '-' == buffer.getByte(offsets[key]);
        final int from = offsets[key] + (isNegative ? 1 : 0);
        final int digits = lengths[key] - (isNegative ? 1 : 0);
        if (digits < 1 || digits > MAX_ID_DIGITS)
        {
            return missing;
        }
        long value = 0;
        for (int i = from; i < from + digits; i++)
        {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                return missing;
            }
            value = value * 10 + digit;
        }
        return isNegative ? -value : value;
    }

    /** @return the venue's time in nanoseconds, 0 when it is absent or none. */
    long timeNs(final int key)
    {
        return Math.max(0, VenueTimes.toNanos(number(key, 0)));
    }

    /** @return the mantissa, rounded half up where the venue is finer than the scale; an error of Decimals if none. */
    long decimal(final int key, final int scale)
    {
        if (!has(key))
        {
            return Decimals.NOT_A_NUMBER;
        }
        final long mantissa = Decimals.parse(buffer, offsets[key], lengths[key], scale);
        return Decimals.TOO_PRECISE == mantissa ?
            Decimals.parseRounded(buffer, offsets[key], lengths[key], scale, false) : mantissa;
    }

    /** @return the mantissa, 0 when absent or no number. */
    long decimalOrZero(final int key, final int scale)
    {
        final long mantissa = decimal(key, scale);
        return Decimals.isError(mantissa) ? 0 : mantissa;
    }

    /** Points a cursor at a value. */
    JsonCursor at(final JsonCursor cursor, final int key)
    {
        cursor.wrap(buffer, offsets[key], lengths[key]);
        return cursor;
    }

    /** For diagnostics and cold paths. Allocates. */
    String text(final int key)
    {
        return has(key) ? buffer.getStringWithoutLengthUtf8(offsets[key], lengths[key]) : "";
    }

    static boolean isText(final DirectBuffer buffer, final int offset, final int length, final byte[] text)
    {
        if (length != text.length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (text[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }
}
