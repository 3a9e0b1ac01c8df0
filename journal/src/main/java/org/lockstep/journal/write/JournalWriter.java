package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.BatchLayout;

/**
 * Appends batches: frames are staged in memory, then one document takes them all with one copy; checksum and chain are
 * computed before the document is opened. A batch longer than the longest document takes several, each whole or absent;
 * all but the last carry {@link BatchLayout#FLAG_CONTINUES}.
 * Threading: the engine thread. Allocation: none once warm, except when the journal rolls or maps a new block.
 */
final class JournalWriter implements JournalAppender
{
    private final ExcerptAppender appender;
    private final DiskSync sync;
    private final boolean syncEveryBatch;
    private final Keeper keeper;
    private final ByteBuffer staging;
    private final ByteBuffer crcView;
    private final UnsafeBuffer stagingView;
    private final Bytes<ByteBuffer> document;
    private final CRC32C crc = new CRC32C();

    private int limit = BatchLayout.HEADER_LENGTH;
    private int frameCount;
    private long stagedSequence;
    private long maxTimeNs;
    private long committedMaxTimeNs;
    private long chain;
    private volatile long lastSequence;
    private volatile long bytesWritten;
    private int cycle = -1;
    private IndexWriter index;
    private boolean failed;
    private boolean closed;

    JournalWriter(
        final ExcerptAppender appender,
        final int maxDocumentBytes,
        final DiskSync sync,
        final boolean syncEveryBatch,
        final Keeper keeper,
        final TailRepair tail)
    {
        this.appender = appender;
        this.sync = sync;
        this.syncEveryBatch = syncEveryBatch;
        this.keeper = keeper;
        this.staging = ByteBuffer.allocateDirect(maxDocumentBytes);
        this.crcView = staging.duplicate();
        this.stagingView = new UnsafeBuffer(staging);
        this.document = Bytes.wrapForRead(staging);
        this.document.singleThreadedCheckDisabled(true);
        this.stagedSequence = tail.nextSequence();
        this.lastSequence = tail.nextSequence() - 1;
        this.chain = tail.chain();
        this.maxTimeNs = tail.maxTimeNs();
        this.committedMaxTimeNs = tail.maxTimeNs();
    }

    @Override
    public void stage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (Frame.sequence(buffer, offset) != stagedSequence)
        {
            throw new IllegalArgumentException("journal: sequence " + stagedSequence + " comes next, found " +
                Frame.sequence(buffer, offset));
        }
        if (limit + length > stagingView.capacity())
        {
            write(BatchLayout.FLAG_CONTINUES);
        }
        stagingView.putBytes(limit, buffer, offset, length);
        limit += length;
        frameCount++;
        stagedSequence++;
        maxTimeNs = Math.max(maxTimeNs, Frame.ingressTimeNs(buffer, offset));
    }

    @Override
    public void commit()
    {
        if (frameCount > 0)
        {
            write(0);
        }
    }

    @Override
    public long lastSequence()
    {
        return lastSequence;
    }

    /** Commits what is staged and writes the mark of an orderly end, unless a write has failed before. */
    @Override
    public void close()
    {
        if (closed)
        {
            return;
        }
        closed = true;
        try
        {
            if (!failed)
            {
                commit();
                write(BatchLayout.FLAG_CLOSE);
            }
        }
        finally
        {
            if (null != index)
            {
                index.close();
            }
            document.releaseLast();
        }
    }

    /** @return bytes of the batches written by this writer. */
    long bytesWritten()
    {
        return bytesWritten;
    }

    /** @return hash chain after the last batch. */
    long chain()
    {
        return chain;
    }

    private void write(final int flags)
    {
        if (failed)
        {
            throw new UncheckedIOException(new IOException("an earlier write to the journal failed"));
        }
        final int frameBytes = limit - BatchLayout.HEADER_LENGTH;
        final long firstSequence = stagedSequence - frameCount;
        BatchLayout.writeHeader(stagingView, 0, flags, frameCount, frameBytes, firstSequence, maxTimeNs);
        crc.reset();
        crcView.limit(BatchLayout.CRC_HEADER_LENGTH).position(0);
        crc.update(crcView);
        crcView.limit(limit).position(BatchLayout.HEADER_LENGTH);
        crc.update(crcView);
        final int crcValue = (int)crc.getValue();
        final long nextChain = BatchLayout.chain(chain, crcValue);
        BatchLayout.writeTrailer(stagingView, 0, crcValue, nextChain);
        document.readPositionRemaining(0, limit);
        try
        {
            keeper.check();
            appender.writeBytes(document);
        }
        catch (final IOException ex)
        {
            failed = true;
            throw new UncheckedIOException(ex);
        }
        catch (final RuntimeException | InternalError ex)
        {
            // InternalError is what a disk that is full after all looks like through mapped memory.
            failed = true;
            throw new UncheckedIOException(new IOException("the journal could not be written", ex));
        }
        final int written = limit;
        final long timeBeforeNs = committedMaxTimeNs;
        chain = nextChain;
        bytesWritten += written;
        limit = BatchLayout.HEADER_LENGTH;
        frameCount = 0;
        committedMaxTimeNs = maxTimeNs;
        lastSequence = stagedSequence - 1;
        // The batch is in the journal now, so whatever fails from here on must not write it a second time.
        try
        {
            afterWrite(written, firstSequence, timeBeforeNs);
        }
        catch (final RuntimeException ex)
        {
            failed = true;
            throw ex;
        }
    }

    private void afterWrite(final int written, final long firstSequence, final long timeBeforeNs)
    {
        final int currentCycle = appender.cycle();
        if (currentCycle != cycle)
        {
            cycle = currentCycle;
            roll();
        }
        final long end = appender.wire().bytes().writePosition();
        index.offer(end - written - Integer.BYTES, firstSequence, timeBeforeNs);
        if (syncEveryBatch)
        {
            sync.sync();
        }
        else if (null != sync)
        {
            sync.markDirty();
        }
        keeper.progress(currentCycle, end);
    }

    private void roll()
    {
        if (null != index)
        {
            index.close();
        }
        index = new IndexWriter(appender.currentFile().toPath());
        if (null != sync)
        {
            sync.file(appender.currentFile());
        }
    }
}
