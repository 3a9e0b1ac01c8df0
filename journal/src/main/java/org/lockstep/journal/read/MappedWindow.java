package org.lockstep.journal.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A read-only view of a stretch of one file, moved along on demand. Allocates only when it moves. One thread.
 */
final class MappedWindow implements AutoCloseable
{
    private static final long LENGTH = 64L << 20;
    private static final long PAGE_MASK = 4095;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private FileChannel channel;
    private MappedByteBuffer mapped;
    private ByteBuffer crcView;
    private long start;
    private long end;

    /**
     * Turns to another file.
     *
     * @return false when it is gone; retention may delete what was listed a moment ago.
     */
    boolean open(final Path file)
    {
        close();
        try
        {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return true;
        }
        catch (final NoSuchFileException ex)
        {
            return false;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        unmap();
        if (null != channel)
        {
            try
            {
                channel.close();
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
    }

    /**
     * Makes bytes readable.
     *
     * @param position in the file.
     * @param length   how many.
     * @return false when the file is too short for that.
     */
    boolean ensure(final long position, final long length)
    {
        return position >= start && position + length <= end || remap(position, length);
    }

    /** @return memory that {@link #offset(long)} points into. */
    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /** @return where a position of the file lies in {@link #buffer()}. */
    int offset(final long position)
    {
        return (int)(position - start);
    }

    /** Adds bytes that have been ensured to a CRC. */
    void update(final CRC32C crc, final long position, final int length)
    {
        final int offset = offset(position);
        crcView.limit(offset + length).position(offset);
        crc.update(crcView);
    }

    long fileSize()
    {
        try
        {
            return channel.size();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private boolean remap(final long position, final long length)
    {
        final long size = fileSize();
        if (position + length > size)
        {
            return false;
        }
        unmap();
        final long from = position & ~PAGE_MASK;
        final long count = Math.min(size - from, Math.max(LENGTH, position - from + length));
        try
        {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, from, count);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        buffer.wrap(mapped);
        crcView = mapped.duplicate();
        start = from;
        end = from + count;
        return true;
    }

    private void unmap()
    {
        buffer.wrap(0, 0);
        crcView = null;
        start = 0;
        end = 0;
        if (null != mapped)
        {
            IoUtil.unmap(mapped);
            mapped = null;
        }
    }
}
