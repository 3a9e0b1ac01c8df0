package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.agrona.concurrent.EpochClock;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.read.BatchCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes whole files from the old end: those whose last frame is older than the limit, and as many more as it takes to
 * keep within the limit of bytes. The file being written is never deleted. Any thread; one at a time does the work.
 */
final class Retention
{
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JournalConfig config;
    private final EpochClock clock;

    Retention(final JournalConfig config, final EpochClock clock)
    {
        this.config = config;
        this.clock = clock;
    }

    boolean isOn()
    {
        return !config.retainFor().isZero() || config.retainBytes() > 0;
    }

    /** @return files deleted. */
    synchronized int apply()
    {
        if (!isOn())
        {
            return 0;
        }
        final List<Path> files = JournalFiles.dataFiles(config.directory());
        long total = 0;
        for (final Path file : files)
        {
            total += SoundBatchFinder.dataEnd(file);
        }
        int deleted = 0;
        try (BatchCursor cursor = new BatchCursor(config.directory()))
        {
            for (int i = 0; i < files.size() - 1; i++)
            {
                final long bytes = SoundBatchFinder.dataEnd(files.get(i));
                final boolean tooMuch = config.retainBytes() > 0 && total > config.retainBytes();
                if (!tooMuch && !tooOld(cursor, files.get(i + 1)))
                {
                    break;
                }
                delete(files.get(i), bytes, tooMuch ? "bytes" : "age");
                total -= bytes;
                deleted++;
            }
        }
        return deleted;
    }

    private boolean tooOld(final BatchCursor cursor, final Path next)
    {
        if (config.retainFor().isZero())
        {
            return false;
        }
        // Times never fall along the log, so the first batch of the next file bounds every frame of this one.
        cursor.toFile(next);
        return BatchCursor.BATCH == cursor.next() &&
            cursor.maxTimeNs() < clock.time() * NANOS_PER_MILLI - config.retainFor().toNanos();
    }

    private static void delete(final Path file, final long bytes, final String limit)
    {
        try
        {
            Files.deleteIfExists(JournalFiles.index(file));
            Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        LOG.info("retention ({}) deleted {}, {} bytes", limit, file, bytes);
    }
}
