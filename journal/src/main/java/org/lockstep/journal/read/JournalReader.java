package org.lockstep.journal.read;

import java.nio.file.Files;
import java.nio.file.Path;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.journal.JournalDamagedException;

/**
 * Reads frames by sequence and by time, from the start, from anywhere, or at the heels of a writer in this or another
 * process. Frames are handed over in place (no copy), checked. Reading on from where the last call ended costs no
 * search.
 * Threading: one thread. Allocates only when it seeks or changes files.
 */
public final class JournalReader implements FrameLog
{
    private final Path directory;
    private final BatchCursor cursor;
    private final BatchCursor tail;
    private final BatchCursor first;
    private final Seeker seeker;

    private boolean onBatch;
    private boolean tailPlaced;
    private long frameSequence;
    private int frameOffset;

    /**
     * Opens a journal for reading; takes no lock and writes nothing.
     *
     * @param directory of the journal, which may still be empty.
     */
    public JournalReader(final Path directory)
    {
        this.directory = directory;
        this.cursor = new BatchCursor(directory);
        this.tail = new BatchCursor(directory);
        this.first = new BatchCursor(directory);
        this.seeker = new Seeker(directory);
    }

    @Override
    public void close()
    {
        cursor.close();
        tail.close();
        first.close();
        seeker.close();
        onBatch = false;
        tailPlaced = false;
    }

    @Override
    public long firstSequence()
    {
        if (null == first.file() || first.nextSequence() < 0 || !Files.exists(first.file()))
        {
            first.toStart();
            if (BatchCursor.BATCH != first.next())
            {
                return 0;
            }
        }
        return first.firstSequence();
    }

    @Override
    public long lastSequence()
    {
        if (!tailPlaced)
        {
            seeker.nearEnd(tail);
            tailPlaced = true;
        }
        while (BatchCursor.BATCH == tail.next())
        {
            Thread.onSpinWait();
        }
        return tail.nextSequence() < 0 ? -1 : tail.nextSequence() - 1;
    }

    /**
     * {@inheritDoc}
     * A {@code fromSequence} that retention has deleted means the oldest there is: compare the first frame's sequence.
     *
     * @throws JournalDamagedException when damage is reached; every frame before it has been handed over.
     */
    @Override
    public long read(final long fromSequence, final int maxFrames, final FrameHandler handler)
    {
        if (!onBatch || fromSequence != frameSequence)
        {
            if (!seek(fromSequence))
            {
                return fromSequence;
            }
        }
        int count = 0;
        while (count < maxFrames && (frameSequence < cursor.nextSequence() || nextBatch(count)))
        {
            final DirectBuffer buffer = cursor.buffer();
            final int end = (int)Math.min(cursor.nextSequence() - frameSequence, maxFrames - count);
            for (int i = 0; i < end; i++)
            {
                final int offset = frameOffset;
                final int length = Frame.length(buffer, offset);
                frameOffset = offset + length;
                frameSequence++;
                handler.onFrame(buffer, offset, length);
            }
            count += end;
        }
        return frameSequence;
    }

    /**
     * Finds the first frame that is not older than a time. Ingress times of neighbours may step back a little; what
     * counts is the greatest so far, so the answer never falls as the time grows.
     *
     * @param timeNs epoch ns.
     * @return its sequence; the sequence after the last when every frame is older.
     */
    public long sequenceAt(final long timeNs)
    {
        onBatch = false;
        final int state = seeker.toTime(cursor, timeNs);
        if (BatchCursor.DAMAGED == state)
        {
            throw damaged(cursor);
        }
        if (BatchCursor.END == state)
        {
            return lastSequence() + 1;
        }
        int offset = cursor.framesOffset();
        long sequence = cursor.firstSequence();
        while (sequence < cursor.nextSequence() && Frame.ingressTimeNs(cursor.buffer(), offset) < timeNs)
        {
            offset += Frame.length(cursor.buffer(), offset);
            sequence++;
        }
        return sequence;
    }

    /** @return directory of the journal. */
    public Path directory()
    {
        return directory;
    }

    private boolean seek(final long fromSequence)
    {
        onBatch = false;
        final int state = seeker.toSequence(cursor, fromSequence);
        if (BatchCursor.DAMAGED == state)
        {
            throw damaged(cursor);
        }
        if (BatchCursor.END == state)
        {
            // At the very end: stay there, so that a poller does not search again each time.
            onBatch = cursor.nextSequence() == fromSequence;
            frameSequence = fromSequence;
            return onBatch;
        }
        frameOffset = cursor.framesOffset();
        frameSequence = cursor.firstSequence();
        while (frameSequence < fromSequence)
        {
            frameOffset += Frame.length(cursor.buffer(), frameOffset);
            frameSequence++;
        }
        onBatch = true;
        return true;
    }

    private boolean nextBatch(final int handedOver)
    {
        final int state = cursor.next();
        if (BatchCursor.DAMAGED == state && 0 == handedOver)
        {
            throw damaged(cursor);
        }
        if (BatchCursor.BATCH != state)
        {
            return false;
        }
        frameOffset = cursor.framesOffset();
        frameSequence = cursor.firstSequence();
        return true;
    }

    private static JournalDamagedException damaged(final BatchCursor cursor)
    {
        return new JournalDamagedException(
            cursor.file(), cursor.position(), Math.max(0, cursor.nextSequence()), cursor.damage());
    }
}
