package org.lockstep.benchmarks.latency.wire;

import java.nio.charset.StandardCharsets;

/** A text with places of fixed width that are overwritten: no allocation. One thread. */
final class AsciiSlots
{
    private final byte[] bytes;

    AsciiSlots(final String text)
    {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes()
    {
        return bytes;
    }

    /** Where a placeholder begins. */
    int indexOf(final String placeholder)
    {
        final int index = indexOf(bytes, bytes.length, placeholder.getBytes(StandardCharsets.US_ASCII));
        if (index < 0)
        {
            throw new IllegalArgumentException("no '" + placeholder + "' in the text");
        }
        return index;
    }

    /** Writes decimal digits, with zeros in front. */
    void number(final int index, final int width, final long value)
    {
        long rest = value;
        for (int i = index + width - 1; i >= index; i--)
        {
            bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Where a key ends in a text, or -1. */
    static int indexAfter(final byte[] text, final int length, final byte[] key)
    {
        final int index = indexOf(text, length, key);
        return index < 0 ? -1 : index + key.length;
    }

    private static int indexOf(final byte[] text, final int length, final byte[] key)
    {
        for (int i = 0; i <= length - key.length; i++)
        {
            int matched = 0;
            while (matched < key.length && text[i + matched] == key[matched])
            {
                matched++;
            }
            if (matched == key.length)
            {
                return i;
            }
        }
        return -1;
    }
}
