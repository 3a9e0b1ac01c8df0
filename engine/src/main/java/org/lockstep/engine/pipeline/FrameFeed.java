package org.lockstep.engine.pipeline;

import org.lockstep.engine.event.FrameHandler;

/**
 * The reading end of the lossy broadcast: every journaled frame, inputs and outputs, in sequence order, as long as the
 * reader keeps up. The engine never waits for a reader. A reader that is lapped loses frames, sees it by the jump in
 * {@link org.lockstep.engine.event.Frame#sequence}, and fetches what it missed from a {@link FrameLog}.
 * Threading: an instance belongs to one reading thread.
 */
public interface FrameFeed
{
    /**
     * Hands over the frames that are there.
     *
     * @param handler  called back once per frame; the bytes are the feed's, valid only during the call.
     * @param maxCount upper bound of frames handed over.
     * @return how many were handed over.
     */
    int poll(FrameHandler handler, int maxCount);

    /** @return how often this reader was lapped. */
    long lappedCount();
}
