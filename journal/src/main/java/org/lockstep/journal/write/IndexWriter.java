package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.agrona.IoUtil;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.read.SparseIndex;

/**
 * Keeps the sparse index beside the file being written: an entry every {@link SparseIndex#SPACING} bytes, into mapped
 * memory, so it costs the engine thread a few stores every few thousand frames. Engine thread only.
 */
final class IndexWriter implements AutoCloseable
{
    private static final int INITIAL_ENTRIES = 4096;

    private final Path sidecar;
    private FileChannel channel;
    private MappedByteBuffer mapped;
    private int capacity = INITIAL_ENTRIES;
    private int size;
    private long nextPosition;

    IndexWriter(final Path dataFile)
    {
        sidecar = JournalFiles.index(dataFile);
        try
        {
            Files.createDirectories(sidecar.getParent());
            channel = FileChannel.open(
                sidecar, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            map();
            while (size < capacity && isEntry(size))
            {
                nextPosition = mapped.getLong(size * SparseIndex.ENTRY_LENGTH) + SparseIndex.SPACING;
                size++;
                grow();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Takes note of a batch; keeps it when it is far enough from the last one kept. */
    void offer(final long position, final long firstSequence, final long timeBeforeNs)
    {
        if (position < nextPosition)
        {
            return;
        }
        grow();
        final int offset = size * SparseIndex.ENTRY_LENGTH;
        mapped.putLong(offset, position);
        mapped.putLong(offset + 8, firstSequence);
        mapped.putLong(offset + 16, timeBeforeNs);
        mapped.putLong(offset + 24, SparseIndex.check(position, firstSequence, timeBeforeNs));
        size++;
        nextPosition = position + SparseIndex.SPACING;
    }

    /** Forgets entries from a position on, and everything when it is 0. */
    static void truncate(final Path dataFile, final long position)
    {
        final Path sidecar = JournalFiles.index(dataFile);
        if (!Files.exists(sidecar))
        {
            return;
        }
        try (IndexWriter index = new IndexWriter(dataFile))
        {
            int keep = 0;
            while (keep < index.size && index.mapped.getLong(keep * SparseIndex.ENTRY_LENGTH) < position)
            {
                keep++;
            }
            for (int i = keep * SparseIndex.ENTRY_LENGTH; i < index.size * SparseIndex.ENTRY_LENGTH; i += 8)
            {
                index.mapped.putLong(i, 0);
            }
            index.size = keep;
        }
    }

    @Override
    public void close()
    {
        if (null == channel)
        {
            return;
        }
        IoUtil.unmap(mapped);
        mapped = null;
        try (FileChannel closing = channel)
        {
            closing.truncate((long)size * SparseIndex.ENTRY_LENGTH);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            channel = null;
        }
    }

    private boolean isEntry(final int entry)
    {
        final int offset = entry * SparseIndex.ENTRY_LENGTH;
        final long position = mapped.getLong(offset);
        return mapped.getLong(offset + 24) == SparseIndex.check(
            position, mapped.getLong(offset + 8), mapped.getLong(offset + 16)) && position >= nextPosition;
    }

    private void grow()
    {
        if (size == capacity)
        {
            capacity *= 2;
            IoUtil.unmap(mapped);
            try
            {
                map();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private void map() throws IOException
    {
        mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long)capacity * SparseIndex.ENTRY_LENGTH);
        mapped.order(ByteOrder.LITTLE_ENDIAN);
    }
}
