package org.lockstep.engine.pipeline;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;

/** A journal in memory that remembers what was committed and in which batches. */
final class RecordingJournal implements JournalAppender
{
    final List<byte[]> committed = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();
    private final List<byte[]> staged = new ArrayList<>();
    private RuntimeException failure;
    private int commitsLeft;

    void failNextCommit(final RuntimeException ex)
    {
        failAfter(0, ex);
    }

    /** Fails every commit after so many more. */
    void failAfter(final int commits, final RuntimeException ex)
    {
        commitsLeft = commits;
        failure = ex;
    }

    @Override
    public void stage(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] frame = new byte[length];
        buffer.getBytes(offset, frame);
        staged.add(frame);
    }

    @Override
    public void commit()
    {
        if (null != failure && 0 == commitsLeft--)
        {
            commitsLeft = 0;
            throw failure;
        }
        committed.addAll(staged);
        batchSizes.add(staged.size());
        staged.clear();
    }

    @Override
    public long lastSequence()
    {
        return committed.size() - 1;
    }

    boolean holds(final long sequence)
    {
        return committed.stream()
            .anyMatch(frame -> sequence == Frame.sequence(new org.agrona.concurrent.UnsafeBuffer(frame), 0));
    }

    @Override
    public void close()
    {
        staged.clear();
    }
}
