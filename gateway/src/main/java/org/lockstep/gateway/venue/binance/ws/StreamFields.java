package org.lockstep.gateway.venue.binance.ws;

import java.util.Arrays;

import org.agrona.DirectBuffer;

/**
 * Where the values of one-letter keys lie in the message in hand, so that fields may come in any order. Forgetting all
 * of them is one increment. Threading: one event loop. Allocates nothing.
 */
final class StreamFields
{
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final int SIZE = 128;
    private static final int MAX_ID_DIGITS = 18;

    private final int[] offsets = new int[SIZE];
    private final int[] lengths = new int[SIZE];
    private final int[] stamps = new int[SIZE];
    private int stamp = 1;

    void clear()
    {
        if (0 == ++stamp)
        {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    void set(final int key, final int offset, final int length)
    {
        offsets[key] = offset;
        lengths[key] = length;
        stamps[key] = stamp;
    }

    boolean has(final int key)
    {
        return stamp == stamps[key];
    }

    int offset(final int key)
    {
        return offsets[key];
    }

    int length(final int key)
    {
        return lengths[key];
    }

    /** @return the value as a non-negative integer, or -1 when absent or something else. */
    long id(final DirectBuffer buffer, final int key)
    {
        return has(key) ? parseId(buffer, offsets[key], lengths[key]) : -1;
    }

    /** @return 1 for true, 0 for false, -1 for anything else. */
    int flag(final DirectBuffer buffer, final int key)
    {
        if (!has(key))
        {
            return -1;
        }
        return isText(buffer, offsets[key], lengths[key], TRUE) ? 1 :
            isText(buffer, offsets[key], lengths[key], FALSE) ? 0 : -1;
    }

    static long parseId(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < 1 || length > MAX_ID_DIGITS)
        {
            return -1;
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++)
        {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
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
