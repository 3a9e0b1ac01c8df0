package org.lockstep.engine.event;

import org.agrona.DirectBuffer;

/** Called back with one frame. */
@FunctionalInterface
public interface FrameHandler
{
    /**
     * Takes one frame.
     *
     * @param buffer holds the frame; the caller's, valid only until this method returns.
     * @param offset of the frame's header.
     * @param length of the frame, header included, bytes.
     */
    void onFrame(DirectBuffer buffer, int offset, int length);
}
