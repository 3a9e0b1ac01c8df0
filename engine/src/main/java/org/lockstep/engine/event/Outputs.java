package org.lockstep.engine.event;

import java.util.Arrays;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Output frames of the engine, back to back in the order they were caused. Written by the engine thread while it runs a
 * batch, drained by whoever drives the engine. Grows while warming up and allocates nothing afterwards.
 */
public final class Outputs
{
    private static final int INITIAL_LENGTH = 256 * 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[INITIAL_LENGTH]);
    private int limit;
    private int count;

    /**
     * Room for one frame.
     *
     * @return offset in {@link #buffer()} where the frame's header goes; {@link Frame#MAX_LENGTH} bytes are there.
     */
    public int claim()
    {
        if (limit + Frame.MAX_LENGTH > buffer.capacity())
        {
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), 2 * buffer.capacity()));
        }
        return limit;
    }

    /**
     * Keeps the frame written at the last {@link #claim()}.
     *
     * @param frameLength header included, bytes.
     */
    public void commit(final int frameLength)
    {
        limit += frameLength;
        count++;
    }

    /** @return the bytes of all frames; may change identity of its array when it grows, so take it afresh. */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /** @return end of the last frame, which is also the length of all, bytes. */
    public int limit()
    {
        return limit;
    }

    /** @return how many frames there are. */
    public int count()
    {
        return count;
    }

    /** Forgets all frames. */
    public void clear()
    {
        limit = 0;
        count = 0;
    }

    /**
     * Visits every frame in order.
     *
     * @param handler called back once per frame; must not add outputs.
     */
    public void forEach(final FrameHandler handler)
    {
        int offset = 0;
        while (offset < limit)
        {
            final int length = Frame.length(buffer, offset);
            handler.onFrame(buffer, offset, length);
            offset += length;
        }
    }
}
