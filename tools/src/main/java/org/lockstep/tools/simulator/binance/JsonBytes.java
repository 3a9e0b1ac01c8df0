package org.lockstep.tools.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON text into a growing array, prices as strings with eight decimals. Reused; one thread. */
final class JsonBytes
{
    private static final int DECIMALS = 8;

    private byte[] bytes = new byte[4_096];
    private int length;

    byte[] bytes()
    {
        return bytes;
    }

    int length()
    {
        return length;
    }

    JsonBytes clear()
    {
        length = 0;
        return this;
    }

    /** Appends text, ASCII or not. */
    JsonBytes text(final String text)
    {
        final int textLength = text.length();
        ensure(textLength);
        for (int i = 0; i < textLength; i++)
        {
            final char c = text.charAt(i);
            if (c >= 0x80)
            {
                return raw(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            bytes[length++] = (byte)c;
        }
        return this;
    }

    JsonBytes raw(final byte[] source)
    {
        return raw(source, 0, source.length);
    }

    JsonBytes raw(final byte[] source, final int offset, final int count)
    {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    JsonBytes character(final char c)
    {
        ensure(1);
        bytes[length++] = (byte)c;
        return this;
    }

    JsonBytes number(final long value)
    {
        if (value < 0)
        {
            return text(Long.toString(value));
        }
        final int digits = digits(value);
        ensure(digits);
        write(value, digits);
        return this;
    }

    JsonBytes bool(final boolean value)
    {
        return text(value ? "true" : "false");
    }

    /** A quoted decimal with eight places. */
    JsonBytes price(final long valueE8)
    {
        return decimal(valueE8, 100_000_000L, DECIMALS);
    }

    /** A quoted decimal with three places, such as a percentage. */
    JsonBytes thousandths(final long value)
    {
        return decimal(value, 1_000L, 3);
    }

    private JsonBytes decimal(final long value, final long one, final int places)
    {
        character('"');
        final long magnitude = Math.abs(value);
        if (value < 0)
        {
            character('-');
        }
        number(magnitude / one);
        character('.');
        ensure(places + 1);
        write(magnitude % one, places);
        return character('"');
    }

    private void write(final long value, final int digits)
    {
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--)
        {
            bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private static int digits(final long value)
    {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10)
        {
            digits++;
        }
        return digits;
    }

    private void ensure(final int count)
    {
        if (length + count > bytes.length)
        {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }

    byte[] toArray()
    {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString()
    {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
