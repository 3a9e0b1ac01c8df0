package org.lockstep.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutputsTest
{
    private static final int FRAMES = 5_000;

    private final Outputs outputs = new Outputs();
    private int visited;

    @Test
    void shouldKeepEveryFrameWhenItGrows()
    {
        final int capacity = outputs.buffer().capacity();

        for (int i = 0; i < FRAMES; i++)
        {
            append(i);
        }

        assertTrue(outputs.buffer().capacity() > capacity, "capacity");
        assertEquals(FRAMES, outputs.count());
        outputs.forEach((buffer, offset, length) ->
        {
            assertEquals(visited, Frame.instrumentId(buffer, offset));
            assertEquals(length(visited), length);
            visited++;
        });
        assertEquals(FRAMES, visited);
    }

    @Test
    void shouldBeginAnewWhenCleared()
    {
        append(1);
        append(2);

        outputs.clear();
        append(3);

        assertEquals(1, outputs.count());
        assertEquals(length(3), outputs.limit());
        assertEquals(3, Frame.instrumentId(outputs.buffer(), 0));
    }

    private void append(final int i)
    {
        final int offset = outputs.claim();
        Frame.writeHeader(
            outputs.buffer(), offset, length(i), 0, 1, FrameSource.ENGINE, Frame.FLAG_OUTPUT, 0, 0, i);
        outputs.commit(length(i));
    }

    private static int length(final int i)
    {
        return i % 3 == 0 ? Frame.MAX_LENGTH : Frame.HEADER_LENGTH + 8 * (i % 7);
    }
}
