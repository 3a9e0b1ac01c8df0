package org.lockstep.benchmarks.peers;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;

/**
 * Frames kept in memory to be run again and again, each time with a later ingress time, so that what is timed is the
 * engine and not the making of frames.
 */
final class FrameTape implements FrameHandler
{
    private static final int INGRESS_TIME_OFFSET = 24;
    private static final int DRAIN_MASK = 63;

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(64 * 1024);
    private int[] offsets = new int[1024];
    private int count;
    private int limit;

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        if (count == offsets.length)
        {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        bytes.putBytes(limit, buffer, offset, length);
        offsets[count++] = limit;
        limit += length;
    }

    /** Runs all frames so many times, a step apart; returns the time of the last, epoch ns. */
    long run(final Engine engine, final int times, final long startNs, final long stepNs)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes.byteArray(), 0, limit);
        long timeNs = startNs;
        for (int round = 0; round < times; round++)
        {
            for (int i = 0; i < count; i++)
            {
                timeNs += stepNs;
                final int offset = offsets[i];
                buffer.putLong(offset + INGRESS_TIME_OFFSET, timeNs);
                engine.onInput(buffer, offset, Frame.length(buffer, offset));
                if (DRAIN_MASK == (i & DRAIN_MASK))
                {
                    engine.outputs().clear();
                }
            }
        }
        engine.outputs().clear();
        return timeNs;
    }

    /** Runs all frames once, at the times they were written with. */
    void run(final Engine engine)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes.byteArray(), 0, limit);
        for (int i = 0; i < count; i++)
        {
            final int offset = offsets[i];
            engine.onInput(buffer, offset, Frame.length(buffer, offset));
            if (DRAIN_MASK == (i & DRAIN_MASK))
            {
                engine.outputs().clear();
            }
        }
        engine.outputs().clear();
    }

    int count()
    {
        return count;
    }
}
