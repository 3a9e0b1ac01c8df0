package org.lockstep.benchmarks.latency.socket;

import java.nio.charset.StandardCharsets;

/** A text with places of fixed width that are overwritten: no allocation. One thread. */
public final class AsciiSlots
{
    private final byte[] bytes;

    /**
     * Takes a text.
     *
     * @param text ASCII.
     */
    public AsciiSlots(final String text)
    {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @return the text, as changed so far. */
    public byte[] bytes()
    {
        return bytes;
    }

    /**
     * Finds a place.
     *
     * @param placeholder that the text holds there.
     * @return where it begins.
     */
    public int indexOf(final String placeholder)
    {
        final int index = indexOf(bytes, bytes.length, placeholder.getBytes(StandardCharsets.US_ASCII));
        if (index < 0)
        {
            throw new IllegalArgumentException("no '" + placeholder + "' in the text");
        }
        return index;
    }

    /**
     * Writes decimal digits, with zeros in front.
     *
     * @param index of the first.
     * @param width how many; higher digits of the value are left out.
     * @param value from 0.
     */
    public void number(final int index, final int width, final long value)
    {
        long rest = value;
        for (int i = index + width - 1; i >= index; i--)
        {
            bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Finds a value.
     *
     * @param text   to look in.
     * @param length of it.
     * @param key    before the value.
     * @return where the key ends, or -1.
     */
    public static int indexAfter(final byte[] text, final int length, final byte[] key)
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
