package org.lockstep.benchmarks;

import java.nio.charset.StandardCharsets;

import org.agrona.MutableDirectBuffer;

/** A number that counts up as text, so that a message can get a new id without formatting one. */
final class AsciiCounter
{
    private final byte[] digits;

    AsciiCounter(final String start)
    {
        digits = start.getBytes(StandardCharsets.US_ASCII);
    }

    void increment()
    {
        for (int i = digits.length - 1; i >= 0; i--)
        {
            if ('9' != digits[i])
            {
                digits[i]++;
                return;
            }
            digits[i] = '0';
        }
    }

    void putInto(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putBytes(offset, digits);
    }

    @Override
    public String toString()
    {
        return new String(digits, StandardCharsets.US_ASCII);
    }
}
