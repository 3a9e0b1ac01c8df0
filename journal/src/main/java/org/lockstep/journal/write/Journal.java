package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.Durability;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.JournalLockedException;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.read.JournalReader;

/**
 * A journal opened for writing, by one process at a time. Opening checks its end and repairs what a crash left there.
 * <p>
 * Threading: opened and closed by one thread (not at once with an append); {@link #appender()} belongs to the engine
 * thread, each {@link #reader()} to whoever asked for it, the queries to any thread.
 */
public final class Journal implements AutoCloseable
{
    private final JournalConfig config;
    private final DirectoryLock lock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender excerpts;
    private final DiskSync sync;
    private final Keeper keeper;
    private final Retention retention;
    private final JournalWriter writer;
    private final OpenReport report;
    private final MonotonicTime time;
    private boolean closed;

    private Journal(
        final JournalConfig config,
        final DirectoryLock lock,
        final SingleChronicleQueue queue,
        final DiskSync sync,
        final Retention retention,
        final TailRepair tail,
        final OpenReport report,
        final MonotonicTime time,
        final LongSupplier usableBytes,
        final Runnable tick)
    {
        this.config = config;
        this.lock = lock;
        this.queue = queue;
        this.excerpts = queue.createAppender();
        this.excerpts.singleThreadedCheckDisabled(true);
        this.sync = sync;
        this.retention = retention;
        this.keeper = new Keeper(queue, config.preTouch(), this::applyRetention, usableBytes, tick);
        this.writer = new JournalWriter(excerpts, config.maxDocumentBytes(), sync,
            Durability.FSYNC_BATCH == config.durability(), keeper, tail);
        this.report = report;
        this.time = time;
    }

    /**
     * Opens or begins a journal: locks it, checks its end, quarantines what a crash left there, applies retention.
     *
     * @param config how it is written.
     * @return the journal, ready for appending after {@link OpenReport#lastSequence()}.
     * @throws JournalLockedException  if another process has it.
     * @throws JournalDamagedException if committed batches follow damage; nothing has been changed then.
     * @throws IllegalStateException   if a newer version wrote it.
     */
    public static Journal open(final JournalConfig config)
    {
        final TickingClock clock = new TickingClock(SystemEpochClock.INSTANCE);
        return open(config, clock, () -> usableBytes(config.directory()), clock::tick);
    }

    /**
     * As {@link #open(JournalConfig)}, with the clock that decides when files roll and age.
     *
     * @param config how it is written.
     * @param clock  epoch ms.
     * @return the journal.
     */
    public static Journal open(final JournalConfig config, final EpochClock clock)
    {
        return open(config, clock, () -> usableBytes(config.directory()));
    }

    /** What the disk has left; when it cannot say, as much as can be: a failed question must not stop the engine. */
    private static long usableBytes(final Path directory)
    {
        try
        {
            return Files.getFileStore(directory).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return Long.MAX_VALUE;
        }
    }

    static Journal open(final JournalConfig config, final EpochClock clock, final LongSupplier usableBytes)
    {
        return open(config, clock, usableBytes, () -> { });
    }

    /** With what the keeper's thread runs on each of its turns. */
    static Journal open(
        final JournalConfig config, final EpochClock clock, final LongSupplier usableBytes, final Runnable tick)
    {
        final Path directory = config.directory();
        try
        {
            Files.createDirectories(directory);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("journal directory " + directory + " cannot be created", ex);
        }
        final DirectoryLock lock = DirectoryLock.acquire(directory);
        try
        {
            return open(config, clock, usableBytes, tick, lock);
        }
        catch (final RuntimeException | Error ex)
        {
            lock.close();
            throw ex;
        }
    }

    private static Journal open(
        final JournalConfig config,
        final EpochClock clock,
        final LongSupplier usableBytes,
        final Runnable tick,
        final DirectoryLock lock)
    {
        final Path directory = config.directory();
        final RollPeriod period =
            Metadata.open(directory, config.rollPeriod(), Instant.ofEpochMilli(clock.time())).rollPeriod();
        final TailRepair tail = new TailRepair(directory, lock.rebooted(), clock.time()).run();
        lock.repaired();
        final QueueFiles files = new QueueFiles(directory, period, config.blockSizeBytes());
        final MonotonicTime time = new MonotonicTime(clock, notBeforeMs(files, period, tail));
        if (!tail.cleanShutdown())
        {
            files.dropTable();
        }
        SingleChronicleQueue queue = files.open(time);
        final boolean rebuild = !files.agrees(queue, tail);
        if (rebuild)
        {
            queue.close();
            files.rebuild(tail);
            queue = files.open(time);
        }
        final Retention retention = new Retention(config, clock);
        if (retention.apply() > 0)
        {
            queue.refreshDirectoryListing();
        }
        final DiskSync sync = Durability.PAGE_CACHE == config.durability() ? null : new DiskSync(directory,
            Durability.FSYNC_EVERY == config.durability() ? config.fsyncInterval().toNanos() : 0);
        final OpenReport report = report(directory, tail, rebuild);
        final Journal journal = new Journal(
            config, lock, queue, sync, retention, tail, report, time, usableBytes, tick);
        journal.start();
        return journal;
    }

    private void start()
    {
        if (null != sync)
        {
            sync.start();
        }
        keeper.start();
    }

    /**
     * Closes in order: marks the orderly end, stops the background threads, syncs, gives the lock back. Idempotent. One
     * step that fails does not prevent the next.
     */
    @Override
    public void close()
    {
        if (closed)
        {
            return;
        }
        closed = true;
        RuntimeException failure = null;
        final Runnable[] steps = {
            time::hold,
            writer::close,
            keeper::close,
            () -> closeIfThere(sync),
            excerpts::close,
            queue::close,
            lock::close};
        for (final Runnable step : steps)
        {
            try
            {
                step.run();
            }
            catch (final RuntimeException ex)
            {
                failure = null == failure ? ex : failure;
            }
        }
        if (null != failure)
        {
            throw failure;
        }
    }

    /** @return where the engine thread appends; closed with the journal. */
    public JournalAppender appender()
    {
        return writer;
    }

    /** @return a new reader of this journal, for one thread, to be closed by the caller. */
    public JournalReader reader()
    {
        return new JournalReader(config.directory());
    }

    /** @return what was found on opening. */
    public OpenReport report()
    {
        return report;
    }

    /** @return how the journal is written. */
    public JournalConfig config()
    {
        return config;
    }

    /** @return sequence of the newest committed frame, -1 = none. */
    public long lastSequence()
    {
        return writer.lastSequence();
    }

    /** @return bytes of all batches, those of earlier sessions included. */
    public long journalBytes()
    {
        return report.journalBytes() + writer.bytesWritten();
    }

    /** @return bytes of the batches this session has written. */
    public long bytesWritten()
    {
        return writer.bytesWritten();
    }

    /** Deletes files that are beyond the limits; also done on opening and whenever the journal rolls. */
    public void applyRetention()
    {
        if (retention.apply() > 0)
        {
            queue.refreshDirectoryListing();
        }
    }

    private static OpenReport report(final Path directory, final TailRepair tail, final boolean rebuilt)
    {
        long bytes = 0;
        for (final Path file : JournalFiles.dataFiles(directory))
        {
            bytes += SoundBatchFinder.dataEnd(file);
        }
        try (JournalReader reader = new JournalReader(directory))
        {
            return new OpenReport(reader.firstSequence(), tail.nextSequence() - 1, tail.chain(), tail.maxTimeNs(),
                bytes, tail.cleanShutdown(), rebuilt, List.copyOf(tail.quarantined()));
        }
    }

    private static long notBeforeMs(final QueueFiles files, final RollPeriod period, final TailRepair tail)
    {
        if (null == tail.lastFile())
        {
            return 0;
        }
        return files.startMs(tail.lastFile()) + (tail.lastFileFinished() ? period.lengthMs() : 0);
    }

    private static void closeIfThere(final AutoCloseable closeable)
    {
        if (null != closeable)
        {
            try
            {
                closeable.close();
            }
            catch (final RuntimeException ex)
            {
                throw ex;
            }
            catch (final Exception ex)
            {
                throw new IllegalStateException(ex);
            }
        }
    }
}
