package org.lockstep.gateway.client.stream;

import java.util.function.Supplier;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.FrameFeed;
import org.lockstep.engine.pipeline.FrameLog;

/**
 * Every journaled frame in order and once: from the broadcast while it keeps up, from the journal at the start and
 * whenever it was lapped. Each poll does bounded work. Client event loop only.
 */
final class FrameIntake implements AutoCloseable
{
    private final FrameFeed feed;
    private final Supplier<FrameLog> logSupplier;
    private final FrameHandler target;
    private final FrameHandler onFeedFrame = this::onFeedFrame;
    private final FrameHandler onLogFrame = this::onLogFrame;
    private FrameLog log;
    private boolean isFollowing;
    private boolean hasGap;
    private boolean isCaughtUp;
    private long nextSequence;
    private long recoveredFrames;
    private long gaps;

    FrameIntake(final FrameFeed feed, final Supplier<FrameLog> logSupplier, final FrameHandler target)
    {
        this.feed = feed;
        this.logSupplier = logSupplier;
        this.target = target;
    }

    /** @return oldest sequence there is. */
    long open()
    {
        log = logSupplier.get();
        nextSequence = Math.max(0, log.firstSequence());
        return nextSequence;
    }

    /** @return frames handed on, or found and skipped; 0 = nothing to do. */
    int poll(final int maxFrames)
    {
        if (isFollowing)
        {
            final int count = feed.poll(onFeedFrame, maxFrames);
            if (hasGap)
            {
                hasGap = false;
                isFollowing = false;
                gaps++;
                return Math.max(1, count);
            }
            return count;
        }
        return readLog(maxFrames);
    }

    /** @return true once everything journaled before the start has been seen. */
    boolean isCaughtUp()
    {
        return isCaughtUp;
    }

    /** @return frames that came from the journal and not from the broadcast. */
    long recoveredFrames()
    {
        return recoveredFrames;
    }

    /** @return how often frames were missing from the broadcast. */
    long gaps()
    {
        return gaps;
    }

    @Override
    public void close()
    {
        if (null != log)
        {
            log.close();
            log = null;
        }
    }

    private int readLog(final int maxFrames)
    {
        final long before = nextSequence;
        nextSequence = Math.max(nextSequence, log.read(nextSequence, maxFrames, onLogFrame));
        if (nextSequence == before)
        {
            // The journal has no more: what follows is in the broadcast, or it is not and the next gap says so.
            isFollowing = true;
            isCaughtUp = true;
        }
        return (int)Math.min(Integer.MAX_VALUE, nextSequence - before);
    }

    private void onLogFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = Frame.sequence(buffer, offset);
        if (sequence >= nextSequence)
        {
            nextSequence = sequence + 1;
            recoveredFrames++;
            target.onFrame(buffer, offset, length);
        }
    }

    private void onFeedFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = Frame.sequence(buffer, offset);
        if (sequence == nextSequence && !hasGap)
        {
            nextSequence = sequence + 1;
            target.onFrame(buffer, offset, length);
        }
        else if (sequence > nextSequence)
        {
            hasGap = true;
        }
    }
}
