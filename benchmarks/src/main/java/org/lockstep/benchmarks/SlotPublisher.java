package org.lockstep.benchmarks;

import java.nio.ByteBuffer;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;

/** Takes frames into a few slots that are reused at once: what a producer costs without the ring. One thread. */
public final class SlotPublisher implements FramePublisher
{
    private static final int MASK = 15;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect((MASK + 1) * Frame.MAX_LENGTH));
    private long next;
    private long published;

    /** @return frames published. */
    public long published()
    {
        return published;
    }

    @Override
    public long claim()
    {
        return next++;
    }

    @Override
    public long tryClaim()
    {
        return claim();
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public int offset(final long claim)
    {
        return ((int)claim & MASK) * Frame.MAX_LENGTH;
    }

    @Override
    public void publish(final long claim)
    {
        published++;
    }

    @Override
    public void abort(final long claim)
    {
        throw new UnsupportedOperationException("a valid message is never given back");
    }
}
