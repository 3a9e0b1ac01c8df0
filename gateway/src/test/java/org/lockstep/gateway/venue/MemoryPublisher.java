package org.lockstep.gateway.venue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.pipeline.PipelineHaltedException;

/** Keeps what is published: all frames, or (for allocation tests) only the last few thousand in a ring. */
public final class MemoryPublisher implements FramePublisher
{
    private static final int SLOTS = 4096;

    private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOTS * Frame.MAX_LENGTH));
    private final List<UnsafeBuffer> frames = new ArrayList<>();
    private final boolean keepsAll;
    private final AtomicReference<RuntimeException> nextFault = new AtomicReference<>();
    private volatile String haltReason;
    private volatile long claims;
    private volatile long count;

    public MemoryPublisher(final boolean keepsAll)
    {
        this.keepsAll = keepsAll;
    }

    public void failNext(final RuntimeException fault)
    {
        nextFault.set(fault);
    }

    public void halt(final String reason)
    {
        haltReason = reason;
    }

    @Override
    public long claim()
    {
        if (null != haltReason)
        {
            throw new PipelineHaltedException(haltReason);
        }
        final RuntimeException fault = nextFault.getAndSet(null);
        if (null != fault)
        {
            throw fault;
        }
        return claims++;
    }

    @Override
    public long tryClaim()
    {
        return claim();
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return slots;
    }

    @Override
    public int offset(final long claim)
    {
        return (int)(claim & (SLOTS - 1)) * Frame.MAX_LENGTH;
    }

    @Override
    public void publish(final long claim)
    {
        if (keepsAll)
        {
            final int length = Frame.length(slots, offset(claim));
            if (length < Frame.HEADER_LENGTH || length > Frame.MAX_LENGTH)
            {
                throw new AssertionError("frame of " + length + " bytes");
            }
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, slots, offset(claim), length);
            synchronized (frames)
            {
                frames.add(copy);
            }
        }
        count++;
    }

    @Override
    public void abort(final long claim)
    {
        throw new AssertionError("nothing is ever aborted: decode before you claim");
    }

    public long count()
    {
        return count;
    }

    public List<UnsafeBuffer> frames()
    {
        synchronized (frames)
        {
            return new ArrayList<>(frames);
        }
    }

    public List<UnsafeBuffer> frames(final int templateId)
    {
        return frames().stream().filter(frame -> Frame.templateId(frame, 0) == templateId).toList();
    }

    public List<UnsafeBuffer> frames(final int templateId, final Predicate<UnsafeBuffer> predicate)
    {
        return frames(templateId).stream().filter(predicate).toList();
    }

    public UnsafeBuffer last()
    {
        final List<UnsafeBuffer> all = frames();
        return all.get(all.size() - 1);
    }

    public List<FeedState> feedStates()
    {
        final FeedStatusDecoder decoder = new FeedStatusDecoder();
        return frames(FeedStatusDecoder.TEMPLATE_ID).stream()
            .map(frame -> decoder.wrapAndApplyHeader(frame, 0, new FrameHeaderDecoder()).state()).toList();
    }

    public List<String> deltaIds()
    {
        final BookDeltaDecoder decoder = new BookDeltaDecoder();
        return frames(BookDeltaDecoder.TEMPLATE_ID).stream()
            .map(frame -> decoder.wrapAndApplyHeader(frame, 0, new FrameHeaderDecoder()))
            .map(delta -> delta.firstUpdateId() + "-" + delta.lastUpdateId()).toList();
    }
}
