package org.lockstep.journal.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.lockstep.journal.JournalFiles;

/**
 * Where some batches of one file stand, by sequence and by time: an entry every {@link #SPACING} bytes. Loaded from the
 * sidecar file that the writer keeps, extended in memory by whoever walks further. A hint only: every use is checked
 * against the batch itself, so a missing or damaged sidecar costs a walk and nothing else.
 * <pre>
 * entry: 0 position i64 | 8 firstSequence i64 | 16 maxTimeNs before the batch i64 | 24 check i64   (little-endian)
 * </pre>
 * One thread.
 */
public final class SparseIndex
{
    /** Bytes of one entry in the sidecar. */
    public static final int ENTRY_LENGTH = 32;

    /** Bytes of journal between two entries. */
    public static final long SPACING = 256 << 10;

    private static final int INITIAL = 64;
    private static final int FIELDS = 3;
    private static final long MAX_SIDECAR = 256L << 20;

    private long[] entries = new long[INITIAL * FIELDS];
    private int size;

    /**
     * The check word of an entry.
     *
     * @param position      of the batch's document.
     * @param firstSequence of the batch.
     * @param timeBeforeNs  greatest ingress time before the batch.
     * @return what stands at the end of the entry; never 0.
     */
    public static long check(final long position, final long firstSequence, final long timeBeforeNs)
    {
        final long mixed = (position * 31 + firstSequence) * 0x9E37_79B9_7F4A_7C15L + timeBeforeNs;
        return (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L | 1;
    }

    static SparseIndex load(final Path dataFile)
    {
        final SparseIndex index = new SparseIndex();
        final Path sidecar = JournalFiles.index(dataFile);
        try
        {
            if (Files.exists(sidecar) && Files.size(sidecar) <= MAX_SIDECAR)
            {
                index.add(ByteBuffer.wrap(Files.readAllBytes(sidecar)).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        catch (final IOException ex)
        {
            index.size = 0;
        }
        return index;
    }

    private void add(final ByteBuffer bytes)
    {
        while (bytes.remaining() >= ENTRY_LENGTH)
        {
            final long position = bytes.getLong();
            final long sequence = bytes.getLong();
            final long timeNs = bytes.getLong();
            if (bytes.getLong() != check(position, sequence, timeNs) || position < 0 || sequence < 0)
            {
                return;
            }
            offer(position, sequence, timeNs);
        }
    }

    /** Adds an entry if it is far enough behind the last. */
    void offer(final long position, final long firstSequence, final long timeBeforeNs)
    {
        if (size > 0 && position < position(size - 1) + SPACING)
        {
            return;
        }
        if ((size + 1) * FIELDS > entries.length)
        {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        entries[size * FIELDS] = position;
        entries[size * FIELDS + 1] = firstSequence;
        entries[size * FIELDS + 2] = timeBeforeNs;
        size++;
    }

    /** @return entries there are. */
    int size()
    {
        return size;
    }

    long position(final int entry)
    {
        return entries[entry * FIELDS];
    }

    long firstSequence(final int entry)
    {
        return entries[entry * FIELDS + 1];
    }

    /** @return last entry at or before a sequence, -1 = none. */
    int floorBySequence(final long sequence)
    {
        return floor(1, sequence);
    }

    /** @return last entry before which every frame is older than a time, -1 = none. */
    int floorByTime(final long timeNs)
    {
        return floor(2, timeNs - 1);
    }

    private int floor(final int field, final long key)
    {
        int low = 0;
        int high = size - 1;
        while (low <= high)
        {
            final int middle = low + high >>> 1;
            if (entries[middle * FIELDS + field] <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high;
    }
}
