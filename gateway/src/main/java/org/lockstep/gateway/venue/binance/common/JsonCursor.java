package org.lockstep.gateway.venue.binance.common;

import org.agrona.DirectBuffer;

/**
 * Walks over the bytes of one JSON text where they lie. Nothing is copied, unescaped or allocated; a string or scalar
 * just read is known by its span. Every method that meets something else than it expects returns false and leaves the
 * cursor where it stood or behind it; nothing throws.
 * Threading: one event loop.
 */
public final class JsonCursor
{
    private static final int MAX_DEPTH = 64;
    private static final int END = -1;

    private DirectBuffer buffer;
    private int position;
    private int end;
    private int spanOffset;
    private int spanLength;

    /**
     * Points at a text.
     *
     * @param newBuffer holds it; the caller's.
     * @param offset    of the first byte.
     * @param length    bytes.
     */
    public void wrap(final DirectBuffer newBuffer, final int offset, final int length)
    {
        buffer = newBuffer;
        position = offset;
        end = offset + length;
    }

    /** @return the byte at the next non-blank position, which becomes the position, or -1 at the end. */
    public int peek()
    {
        while (position < end)
        {
            final byte b = buffer.getByte(position);
            if (b > ' ' || b < 0)
            {
                return b & 0xFF;
            }
            if (' ' != b && '\n' != b && '\r' != b && '\t' != b)
            {
                return 0;
            }
            position++;
        }
        return END;
    }

    /**
     * Steps over one byte, blanks before it too.
     *
     * @param expected what must stand there.
     * @return false when something else does.
     */
    public boolean accept(final int expected)
    {
        if (position < end && expected == buffer.getByte(position) || expected == peek())
        {
            position++;
            return true;
        }
        return false;
    }

    /** @return true when a string was read; its span is between the quotes, escapes as they stand. */
    public boolean readString()
    {
        if (!accept('"'))
        {
            return false;
        }
        final int start = position;
        int index = start;
        while (index < end)
        {
            final byte b = buffer.getByte(index);
            if ('"' == b)
            {
                spanOffset = start;
                spanLength = index - start;
                position = index + 1;
                return true;
            }
            index += '\\' == b ? 2 : 1;
        }
        position = end;
        return false;
    }

    /** @return true when a number, true, false or null was read; its form is not checked further. */
    public boolean readScalar()
    {
        peek();
        final int start = position;
        int index = start;
        while (index < end && isScalar(buffer.getByte(index)))
        {
            index++;
        }
        spanOffset = start;
        spanLength = index - start;
        position = index;
        return index > start;
    }

    /** @return true when a string or scalar was read. */
    public boolean readStringOrScalar()
    {
        return '"' == peek() ? readString() : readScalar();
    }

    /** @return true when a whole value of any kind was stepped over. */
    public boolean skipValue()
    {
        final int first = peek();
        if ('{' != first && '[' != first)
        {
            return readStringOrScalar();
        }
        long isObject = 0;
        int depth = 0;
        do
        {
            final int b = peek();
            if ('"' == b)
            {
                if (!readString())
                {
                    return false;
                }
            }
            else if ('{' == b || '[' == b)
            {
                if (++depth > MAX_DEPTH)
                {
                    return false;
                }
                isObject = isObject << 1 | ('{' == b ? 1 : 0);
                position++;
            }
            else if ('}' == b || ']' == b)
            {
                if (('}' == b ? 1 : 0) != (isObject & 1))
                {
                    return false;
                }
                isObject >>>= 1;
                depth--;
                position++;
            }
            else if (',' == b || ':' == b)
            {
                position++;
            }
            else if (!readScalar())
            {
                return false;
            }
        }
        while (depth > 0);
        return true;
    }

    /** @return offset of the string or scalar read last. */
    public int spanOffset()
    {
        return spanOffset;
    }

    /** @return length of the string or scalar read last, bytes. */
    public int spanLength()
    {
        return spanLength;
    }

    /** @return offset of the next byte. */
    public int position()
    {
        return position;
    }

    /**
     * Moves the cursor.
     *
     * @param newPosition offset of the next byte.
     */
    public void position(final int newPosition)
    {
        position = newPosition;
    }

    /** @return the bytes. */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    private static boolean isScalar(final byte b)
    {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || '-' == b || '+' == b || '.' == b;
    }
}
