package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.journal.BatchLayout;
import org.lockstep.journal.read.BatchCursor;

/**
 * Searches the bytes behind a damaged place for committed batches, without trusting anything in between. What it finds
 * tells a torn tail (nothing) from damage in the middle (something).
 */
final class SoundBatchFinder
{
    private static final int CHUNK = 4 << 20;
    private static final int ALIGNMENT = 4;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long newestTimeNs;
    private int count;

    /** Searches one file from a position on; findings add up over calls. */
    void search(final Path file, final long from)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            long position = from + ALIGNMENT - 1 & -ALIGNMENT;
            final long size = channel.size();
            while (position < size)
            {
                bytes.clear();
                readFully(channel, position);
                final int limit = bytes.limit();
                for (int i = 0; i + ALIGNMENT <= limit; i += ALIGNMENT)
                {
                    if (BatchLayout.MAGIC == bytes.getInt(i))
                    {
                        judge(channel, position + i, size);
                    }
                }
                position += limit;
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** @return committed batches found. */
    int count()
    {
        return count;
    }

    /** @return greatest time in any of them, epoch ns. */
    long newestTimeNs()
    {
        return newestTimeNs;
    }

    /** @return position after the last byte of a file that is not zero; 0 when all are. */
    static long dataEnd(final Path file)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final ByteBuffer chunk = ByteBuffer.allocate(1 << 20);
            long end = channel.size();
            while (end > 0)
            {
                final long start = Math.max(0, end - chunk.capacity());
                chunk.clear().limit((int)(end - start));
                while (chunk.hasRemaining() && channel.read(chunk, start + chunk.position()) >= 0)
                {
                    Thread.onSpinWait();
                }
                for (int i = chunk.position() - 1; i >= 0; i--)
                {
                    if (0 != chunk.get(i))
                    {
                        return start + i + 1;
                    }
                }
                end = start;
            }
            return 0;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void judge(final FileChannel channel, final long content, final long size) throws IOException
    {
        if (content < BatchCursor.DOCUMENT_HEADER || content + BatchLayout.HEADER_LENGTH > size)
        {
            return;
        }
        final ByteBuffer header = ByteBuffer.allocate(BatchCursor.DOCUMENT_HEADER + BatchLayout.HEADER_LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN);
        channel.read(header, content - BatchCursor.DOCUMENT_HEADER);
        final UnsafeBuffer view = new UnsafeBuffer(header);
        final int frameBytes = BatchLayout.frameBytes(view, BatchCursor.DOCUMENT_HEADER);
        final int documentLength = header.getInt(0);
        if (frameBytes < 0 || documentLength != BatchLayout.HEADER_LENGTH + frameBytes ||
            content + documentLength > size)
        {
            return;
        }
        final ByteBuffer frames = ByteBuffer.allocate(frameBytes);
        channel.read(frames, content + BatchLayout.HEADER_LENGTH);
        crc.reset();
        crc.update(header.array(), BatchCursor.DOCUMENT_HEADER, BatchLayout.CRC_HEADER_LENGTH);
        crc.update(frames.array(), 0, frameBytes);
        if ((int)crc.getValue() == BatchLayout.crc(view, BatchCursor.DOCUMENT_HEADER))
        {
            count++;
            newestTimeNs = Math.max(newestTimeNs, BatchLayout.maxTimeNs(view, BatchCursor.DOCUMENT_HEADER));
        }
    }

    private void readFully(final FileChannel channel, final long position) throws IOException
    {
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0)
        {
            Thread.onSpinWait();
        }
        bytes.flip();
    }
}
