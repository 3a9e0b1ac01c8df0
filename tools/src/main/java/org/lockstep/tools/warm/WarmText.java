package org.lockstep.tools.warm;

import java.nio.charset.StandardCharsets;

/** A message with places of fixed width that are filled in again and again. One thread. */
final class WarmText
{
    private static final int WIDTH = 10;

    private final byte[] bytes;

    /** Places are runs of one character: ten for an id, two for cents, one for a digit. */
    WarmText(final String text)
    {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes()
    {
        return bytes;
    }

    /** Where a place begins. */
    int place(final String run)
    {
        final int index = new String(bytes, StandardCharsets.US_ASCII).indexOf(run);
        if (index < 0)
        {
            throw new IllegalArgumentException("no '" + run + "' in the text");
        }
        return index;
    }

    void id(final int place, final long value)
    {
        number(place, WIDTH, value);
    }

    void number(final int place, final int width, final long value)
    {
        long rest = value;
        for (int i = place + width - 1; i >= place; i--)
        {
            bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }
    }
}
