package org.lockstep.journal.read;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.lockstep.journal.JournalFiles;

/**
 * Puts a cursor on the batch that holds a sequence or a time: binary search over the files by their first batch, then
 * over the file's sparse index, then a walk of at most {@link SparseIndex#SPACING} bytes. One thread.
 */
public final class Seeker implements AutoCloseable
{
    private final Path directory;
    private final BatchCursor probe;
    private final Map<Path, SparseIndex> indexes = new HashMap<>();

    /**
     * @param directory of the journal.
     */
    public Seeker(final Path directory)
    {
        this.directory = directory;
        this.probe = new BatchCursor(directory);
    }

    @Override
    public void close()
    {
        probe.close();
    }

    /**
     * Puts a cursor on the batch that holds a sequence.
     *
     * @return what {@link BatchCursor#next()} said last: BATCH when it is there, else END or DAMAGED.
     */
    int toSequence(final BatchCursor cursor, final long sequence)
    {
        return walk(cursor, sequence, Long.MIN_VALUE, false);
    }

    /** Puts a cursor on the first batch that holds a frame not older than a time; as {@link #toSequence}. */
    int toTime(final BatchCursor cursor, final long timeNs)
    {
        return walk(cursor, Long.MIN_VALUE, timeNs, true);
    }

    /**
     * Puts a cursor near the end of the journal; the caller walks on.
     *
     * @param cursor to be placed.
     */
    public void nearEnd(final BatchCursor cursor)
    {
        final List<Path> files = JournalFiles.dataFiles(directory);
        for (int i = files.size() - 1; i >= 0; i--)
        {
            final Path file = files.get(i);
            if (hasBatch(file))
            {
                place(cursor, file, Long.MAX_VALUE, false);
                return;
            }
        }
        cursor.toStart();
    }

    private int walk(final BatchCursor cursor, final long sequence, final long timeNs, final boolean byTime)
    {
        final Path file = fileOf(byTime ? timeNs : sequence, byTime);
        if (null == file)
        {
            cursor.toStart();
        }
        else
        {
            place(cursor, file, byTime ? timeNs : sequence, byTime);
        }
        Path indexed = null;
        SparseIndex index = null;
        for (;;)
        {
            final long timeBeforeNs = cursor.maxTimeNs();
            final boolean known = cursor.nextSequence() >= 0;
            final int state = cursor.next();
            if (BatchCursor.BATCH != state)
            {
                return state;
            }
            if (!cursor.file().equals(indexed))
            {
                indexed = cursor.file();
                index = indexes.computeIfAbsent(indexed, SparseIndex::load);
            }
            if (known)
            {
                index.offer(cursor.position(), cursor.firstSequence(), timeBeforeNs);
            }
            if (byTime ? cursor.maxTimeNs() >= timeNs : cursor.nextSequence() > sequence)
            {
                if (cursor.frameCount() > 0)
                {
                    return state;
                }
            }
        }
    }

    private Path fileOf(final long key, final boolean byTime)
    {
        final List<Path> files = JournalFiles.dataFiles(directory);
        int low = 0;
        int high = files.size() - 1;
        while (low <= high)
        {
            final int middle = low + high >>> 1;
            final boolean before = hasBatch(files.get(middle)) &&
                (byTime ? probe.maxTimeNs() < key : probe.firstSequence() <= key);
            if (before)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high < 0 ? null : files.get(high);
    }

    private boolean hasBatch(final Path file)
    {
        probe.toFile(file);
        return BatchCursor.BATCH == probe.next() && file.equals(probe.file());
    }

    private void place(final BatchCursor cursor, final Path file, final long key, final boolean byTime)
    {
        final SparseIndex index = indexes.computeIfAbsent(file, SparseIndex::load);
        int entry = byTime ? index.floorByTime(key) : index.floorBySequence(key);
        while (entry >= 0)
        {
            cursor.to(file, index.position(entry));
            if (BatchCursor.BATCH == cursor.next() && cursor.position() == index.position(entry) &&
                cursor.firstSequence() == index.firstSequence(entry))
            {
                cursor.to(file, index.position(entry));
                return;
            }
            entry--;
        }
        cursor.toFile(file);
    }
}
