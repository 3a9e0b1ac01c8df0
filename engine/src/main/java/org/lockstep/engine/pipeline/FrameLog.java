package org.lockstep.engine.pipeline;

import org.lockstep.engine.event.FrameHandler;

/**
 * Reads committed frames of a journal from any sequence on. Implemented by the journal module; used by the client
 * gateway to recover what a lapped or returning reader missed. Threading: an instance belongs to one thread, which
 * need not be the engine's.
 */
public interface FrameLog extends AutoCloseable
{
    /** @return oldest sequence that retention still holds, 0 for a journal that starts at the beginning. */
    long firstSequence();

    /** @return sequence of the newest committed frame, -1 when there is none. */
    long lastSequence();

    /**
     * Reads frames in order.
     *
     * @param fromSequence first sequence wanted.
     * @param maxFrames    upper bound of frames handed over.
     * @param handler      called back once per frame, inputs and outputs alike.
     * @return sequence to ask for next (unchanged when nothing was there yet).
     */
    long read(long fromSequence, int maxFrames, FrameHandler handler);

    @Override
    void close();
}
