package org.lockstep.gateway.venue;

import java.nio.ByteBuffer;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.Side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class LevelBufferTest
{
    private static final int OFFSET = 8;
    private static final int LEVELS = 30;

    private final LevelBuffer levels = new LevelBuffer();

    @Test
    void shouldEncodeWhatTheCodecsEncode()
    {
        fill();
        for (int from = 0; from <= LEVELS; from++)
        {
            for (int count = 0; count <= LEVELS - from; count++)
            {
                final UnsafeBuffer delta = new UnsafeBuffer(new byte[1024]);
                final int end = delta(delta, from, count);
                final UnsafeBuffer snapshot = new UnsafeBuffer(new byte[1024]);
                snapshot(snapshot, from, count);

                check(delta, end, new UnsafeBuffer(new byte[1024]), from, count);
                check(delta, end, new UnsafeBuffer(ByteBuffer.allocateDirect(1024)), from, count);
                check(snapshot, end, new UnsafeBuffer(ByteBuffer.allocateDirect(1024)), from, count);
            }
        }
    }

    @Test
    void shouldNotWriteBeyondTheBuffer()
    {
        fill();
        final int length = LEVELS * BookDeltaEncoder.LevelsEncoder.sbeBlockLength();
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[length]);

        assertEquals(length, levels.encode(direct, 0, 0, LEVELS));
        assertEquals(length, levels.encode(heap, 0, 0, LEVELS));
        assertThrows(IndexOutOfBoundsException.class, () -> levels.encode(direct, 1, 0, LEVELS));
        assertThrows(IndexOutOfBoundsException.class, () -> levels.encode(heap, 1, 0, LEVELS));
        assertThrows(IndexOutOfBoundsException.class, () -> levels.encode(direct, -1, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> levels.encode(heap, -1, 0, 1));
    }

    private void check(
        final UnsafeBuffer expected, final int end, final UnsafeBuffer actual, final int from, final int count)
    {
        // The group's header is not part of it.
        final int entries = end - count * BookDeltaEncoder.LevelsEncoder.sbeBlockLength();
        actual.putBytes(0, expected, 0, entries);

        assertEquals(end, levels.encode(actual, entries, from, count));
        assertEquals(expected, actual);
    }

    private int delta(final UnsafeBuffer buffer, final int from, final int count)
    {
        final BookDeltaEncoder encoder = new BookDeltaEncoder().wrap(buffer, OFFSET);
        final BookDeltaEncoder.LevelsEncoder group = encoder.levelsCount(count);
        for (int i = from; i < from + count; i++)
        {
            group.next().price(levels.price(i)).quantity(levels.quantity(i)).side(side(i));
        }
        return encoder.limit();
    }

    /** Padded in front to the length of the other's fixed part, so that entries lie at the same place. */
    private void snapshot(final UnsafeBuffer buffer, final int from, final int count)
    {
        final int pad = BookDeltaEncoder.BLOCK_LENGTH - BookSnapshotEncoder.BLOCK_LENGTH;
        final BookSnapshotEncoder.LevelsEncoder group =
            new BookSnapshotEncoder().wrap(buffer, OFFSET + pad).levelsCount(count);
        for (int i = from; i < from + count; i++)
        {
            group.next().price(levels.price(i)).quantity(levels.quantity(i)).side(side(i));
        }
    }

    private Side side(final int index)
    {
        return levels.isBid(index) ? Side.BUY : Side.SELL;
    }

    private void fill()
    {
        for (int i = 0; i < LEVELS; i++)
        {
            levels.add(0x0102_0304_0506_0708L * (i + 1), 0 == i % 4 ? 0 : Long.MAX_VALUE - i, 0 != i % 3);
        }
    }
}
