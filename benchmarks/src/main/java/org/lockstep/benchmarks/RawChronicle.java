package org.lockstep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.journal.JournalConfig;

/**
 * The limit below the journal: a Chronicle Queue of the same roll cycle and block size that is given the same bytes,
 * as many frames to a document, without checksum, chain, sequence or index.
 */
public final class RawChronicle implements AutoCloseable
{
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ByteBuffer staging;
    private final UnsafeBuffer view;
    private final Bytes<ByteBuffer> document;
    private int limit;

    /**
     * Opens a new queue.
     *
     * @param directory of the queue.
     */
    public RawChronicle(final Path directory)
    {
        final JournalConfig config = JournalConfig.of(directory);
        queue = SingleChronicleQueueBuilder.binary(directory.toFile())
            .rollCycle(config.rollPeriod().cycle())
            .blockSize(config.blockSizeBytes())
            .build();
        appender = queue.createAppender();
        staging = ByteBuffer.allocateDirect(config.maxDocumentBytes());
        view = new UnsafeBuffer(staging);
        document = Bytes.wrapForRead(staging);
    }

    /**
     * Adds a frame to the document in hand.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it, bytes.
     */
    public void stage(final DirectBuffer buffer, final int offset, final int length)
    {
        view.putBytes(limit, buffer, offset, length);
        limit += length;
    }

    /** Appends the document. */
    public void commit()
    {
        document.readPositionRemaining(0, limit);
        appender.writeBytes(document);
        limit = 0;
    }

    @Override
    public void close()
    {
        document.releaseLast();
        appender.close();
        queue.close();
    }
}
