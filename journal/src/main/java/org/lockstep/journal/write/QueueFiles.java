package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;
import org.agrona.IoUtil;
import org.lockstep.journal.BatchLayout;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.read.BatchCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the Chronicle queue under a journal, whatever a crash left of Chronicle's own bookkeeping: locks of a dead
 * process are broken (we hold the directory's lock, so nobody else can have them), a damaged table is begun anew, and a
 * newest file whose bookkeeping disagrees with its batches is written anew from those batches.
 */
final class QueueFiles
{
    private static final Logger LOG = LoggerFactory.getLogger(QueueFiles.class);
    private static final long LOCK_TIMEOUT_MS = 2_000;
    private static final String APPEND_LOCK = "chronicle.append.lock";

    private final Path directory;
    private final RollPeriod period;
    private final int blockSizeBytes;

    QueueFiles(final Path directory, final RollPeriod period, final int blockSizeBytes)
    {
        this.directory = directory;
        this.period = period;
        this.blockSizeBytes = blockSizeBytes;
    }

    /** @return a queue that is ready for an appender. */
    SingleChronicleQueue open(final TimeProvider time)
    {
        try
        {
            return openUnlocked(time);
        }
        catch (final RuntimeException | Error ex)
        {
            LOG.warn("{} is damaged ({}); begun anew", JournalFiles.table(directory), ex.toString());
            dropTable();
            return openUnlocked(time);
        }
    }

    private SingleChronicleQueue openUnlocked(final TimeProvider time)
    {
        final SingleChronicleQueue queue = build(directory, time);
        try
        {
            breakLocks(queue);
            queue.refreshDirectoryListing();
            return queue;
        }
        catch (final RuntimeException | Error ex)
        {
            queue.close();
            throw ex;
        }
    }

    /** @return whether Chronicle would append right behind the last batch of the newest file. */
    boolean agrees(final SingleChronicleQueue queue, final TailRepair tail)
    {
        if (null == tail.lastFile() || tail.lastFileFinished())
        {
            return true;
        }
        try
        {
            final SingleChronicleQueueStore store = queue.storeForCycle(queue.lastCycle(), queue.epoch(), false, null);
            if (null == store)
            {
                return false;
            }
            try
            {
                final long position = store.writePosition();
                return (tail.isLastFileEmpty() || tail.isBatchInLastFile(position)) && queue.lastIndex() > 0;
            }
            finally
            {
                queue.closeStore(store);
            }
        }
        catch (final RuntimeException | Error ex)
        {
            LOG.warn("{}: Chronicle's bookkeeping is damaged: {}", tail.lastFile(), ex.toString());
            return false;
        }
    }

    /** Replaces the newest file by a new one of the same batches; the old one goes to quarantine. No queue is open. */
    void rebuild(final TailRepair tail)
    {
        final Path damaged = tail.lastFile();
        final Path workshop = directory.resolve("rebuild.tmp");
        try
        {
            IoUtil.delete(workshop.toFile(), true);
            Files.createDirectories(workshop);
            copyBatches(damaged, workshop);
            final Path copy = tail.target(damaged, 0);
            final long size = Files.size(damaged);
            Files.createLink(copy, damaged);
            final List<Path> made = JournalFiles.dataFiles(workshop);
            if (made.isEmpty())
            {
                Files.delete(damaged);
            }
            else
            {
                Files.move(made.get(0), damaged, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(JournalFiles.index(damaged));
            dropTable();
            IoUtil.delete(workshop.toFile(), true);
            tail.report(new Quarantined(damaged, 0, size,
                "Chronicle's bookkeeping disagreed with the batches; the file was written anew from them", copy));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** @return when the cycle of a file begins, epoch ms. */
    long startMs(final Path file)
    {
        final String name = file.getFileName().toString();
        final RollCycle cycle = period.cycle();
        final int number = new net.openhft.chronicle.queue.impl.RollingResourcesCache(
            cycle, 0, text -> directory.resolve(text + JournalFiles.DATA_SUFFIX).toFile(),
            path -> path.getName().substring(0, path.getName().length() - JournalFiles.DATA_SUFFIX.length()))
            .parseCount(name.substring(0, name.length() - JournalFiles.DATA_SUFFIX.length()));
        return number * (long)cycle.lengthInMillis();
    }

    private void copyBatches(final Path damaged, final Path workshop) throws IOException
    {
        final long timeMs = startMs(damaged);
        final ByteBuffer staging = ByteBuffer.allocateDirect(blockSizeBytes / 8 + BatchLayout.HEADER_LENGTH);
        final Bytes<ByteBuffer> document = Bytes.wrapForRead(staging);
        document.singleThreadedCheckDisabled(true);
        try (SingleChronicleQueue queue = build(workshop, () -> timeMs);
            ExcerptAppender appender = queue.createAppender();
            BatchCursor cursor = new BatchCursor(directory))
        {
            cursor.toFile(damaged);
            while (BatchCursor.BATCH == cursor.next() && damaged.equals(cursor.file()))
            {
                cursor.buffer().getBytes(cursor.batchOffset(), staging, 0, cursor.batchLength());
                document.readPositionRemaining(0, cursor.batchLength());
                appender.writeBytes(document);
            }
        }
        finally
        {
            document.releaseLast();
        }
        for (final Path made : JournalFiles.dataFiles(workshop))
        {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE))
            {
                channel.force(true);
            }
        }
    }

    private SingleChronicleQueue build(final Path path, final TimeProvider time)
    {
        return SingleChronicleQueueBuilder.binary(path.toFile())
            .rollCycle(period.cycle())
            .blockSize(blockSizeBytes)
            .timeProvider(time)
            .timeoutMS(LOCK_TIMEOUT_MS)
            .build();
    }

    private static void breakLocks(final SingleChronicleQueue queue)
    {
        breakLock(new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, LOCK_TIMEOUT_MS));
        breakLock(new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, LOCK_TIMEOUT_MS, APPEND_LOCK));
    }

    private static void breakLock(final TableStoreWriteLock lock)
    {
        try (lock)
        {
            lock.forceUnlock();
        }
    }

    /**
     * Forgets Chronicle's table of locks and cycles; it is made anew from the files. A table that its writer died over
     * would keep Chronicle waiting for ten seconds.
     */
    void dropTable()
    {
        try
        {
            Files.deleteIfExists(JournalFiles.table(directory));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
