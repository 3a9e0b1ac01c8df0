package org.lockstep.engine.pipeline;

import org.agrona.DirectBuffer;

/**
 * Where the pipeline writes frames before anything acts on them. Implemented by the journal module.
 * Threading: the engine thread only. Allocation: none once warm.
 */
public interface JournalAppender extends AutoCloseable
{
    /**
     * Adds a frame, whose sequence is set, to the batch in hand. The bytes are copied.
     *
     * @param buffer holds the frame.
     * @param offset of the frame's header.
     * @param length of the frame, bytes.
     */
    void stage(DirectBuffer buffer, int offset, int length);

    /**
     * Writes what was staged as one batch. When this returns, a reader sees all of it or (after a crash) none, and it
     * survives whatever the durability mode promises. A no-op when nothing is staged.
     *
     * @throws java.io.UncheckedIOException if the batch could not be written; the pipeline then halts.
     */
    void commit();

    /** @return sequence of the last committed frame, -1 when the journal is empty. */
    long lastSequence();

    @Override
    void close();
}
