package org.lockstep.gateway.venue.binance.ws;

import java.util.SplittableRandom;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Damages messages: flips, cuts, repeats, deletes and inserts bytes. Allocates nothing. */
public final class FrameMutator
{
    private static final byte[] TELLING =
        {'{', '}', '[', ']', '"', ',', ':', '\\', '0', '9', '.', '-', 'e', 't', ' ', 0, -1, 127};

    private final SplittableRandom random;

    public FrameMutator(final long seed)
    {
        random = new SplittableRandom(seed);
    }

    /** Returns the length of what now stands at the start of target. */
    public int mutate(final DirectBuffer source, final int sourceLength, final MutableDirectBuffer target)
    {
        target.putBytes(0, source, 0, sourceLength);
        int length = sourceLength;
        for (int i = random.nextInt(4); i >= 0; i--)
        {
            length = mutateOnce(target, length);
        }
        return length;
    }

    private int mutateOnce(final MutableDirectBuffer target, final int length)
    {
        if (length < 2)
        {
            return length;
        }
        final int index = random.nextInt(length);
        switch (random.nextInt(6))
        {
            case 0 -> target.putByte(index, (byte)(target.getByte(index) ^ 1 << random.nextInt(8)));
            case 1 -> target.putByte(index, TELLING[random.nextInt(TELLING.length)]);
            case 2 ->
            {
                return index;
            }
            case 3 ->
            {
                final int count = Math.min(1 + random.nextInt(8), length - index);
                for (int i = index + count; i < length; i++)
                {
                    target.putByte(i - count, target.getByte(i));
                }
                return length - count;
            }
            case 4 ->
            {
                if (length + 1 <= target.capacity())
                {
                    for (int i = length; i > index; i--)
                    {
                        target.putByte(i, target.getByte(i - 1));
                    }
                    target.putByte(index, TELLING[random.nextInt(TELLING.length)]);
                    return length + 1;
                }
            }
            default ->
            {
                final int from = random.nextInt(length);
                final int count = Math.min(random.nextInt(16), length - Math.max(from, index));
                for (int i = 0; i < count; i++)
                {
                    target.putByte(index + i, target.getByte(from + i));
                }
            }
        }
        return length;
    }
}
