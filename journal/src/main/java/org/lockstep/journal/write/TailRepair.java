package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.lockstep.journal.BatchLayout;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.read.BatchCursor;
import org.lockstep.journal.read.Seeker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the end of a journal before anything is appended, and takes out what a crash left there: a document that was
 * never committed, a truncated file, a batch whose pages did not all reach the disk. Such bytes are copied to
 * {@code quarantine/} and then overwritten with zeros, so that the journal ends with its last sound batch.
 * <p>
 * Damage that committed batches follow is another matter, since leaving it out would lose them: it is refused with
 * {@link JournalDamagedException}. The exception to that: when the machine was rebooted since the last writer ran,
 * pages may have reached the disk out of order, and what follows within two minutes of the damage goes with it.
 */
final class TailRepair
{
    private static final Logger LOG = LoggerFactory.getLogger(TailRepair.class);
    private static final long MAX_WRITE_BACK_NS = 120_000_000_000L;

    private final Path directory;
    private final boolean rebooted;
    private final long nowMs;
    private final List<Quarantined> quarantined = new ArrayList<>();
    private final List<Long> boundaries = new ArrayList<>();

    private long nextSequence;
    private long chain = BatchLayout.CHAIN_SEED;
    private long maxTimeNs;
    private Path lastFile;
    private boolean lastFileFinished;
    private boolean cleanShutdown = true;
    private boolean crashed;

    TailRepair(final Path directory, final boolean rebooted, final long nowMs)
    {
        this.directory = directory;
        this.rebooted = rebooted;
        this.nowMs = nowMs;
    }

    /** Walks to the end, taking out what does not belong. */
    TailRepair run()
    {
        // Once more after a file was taken away as a whole: then another one is the newest.
        while (!walk())
        {
            boundaries.clear();
            lastFile = null;
        }
        return this;
    }

    private boolean walk()
    {
        try (BatchCursor cursor = new BatchCursor(directory); Seeker seeker = new Seeker(directory))
        {
            seeker.nearEnd(cursor);
            int state = cursor.next();
            while (BatchCursor.BATCH == state)
            {
                cleanShutdown = 0 != (cursor.flags() & BatchLayout.FLAG_CLOSE);
                note(cursor.file(), cursor.position());
                state = cursor.next();
            }
            nextSequence = Math.max(0, cursor.nextSequence());
            chain = cursor.chain();
            maxTimeNs = cursor.maxTimeNs();
            return null == cursor.file() || settle(cursor, state);
        }
    }

    long nextSequence()
    {
        return nextSequence;
    }

    long chain()
    {
        return chain;
    }

    long maxTimeNs()
    {
        return maxTimeNs;
    }

    boolean cleanShutdown()
    {
        return cleanShutdown && !crashed;
    }

    /** @return newest file that is left, or null. */
    Path lastFile()
    {
        return lastFile;
    }

    boolean lastFileFinished()
    {
        return lastFileFinished;
    }

    /** @return whether a batch begins at a position of the newest file; only those near the end are known. */
    boolean isBatchInLastFile(final long position)
    {
        return boundaries.contains(position);
    }

    /** @return whether the newest file holds no batch at all. */
    boolean isLastFileEmpty()
    {
        return boundaries.isEmpty();
    }

    List<Quarantined> quarantined()
    {
        return quarantined;
    }

    private void note(final Path file, final long position)
    {
        if (!file.equals(lastFile))
        {
            boundaries.clear();
            lastFile = file;
        }
        boundaries.add(position);
    }

    private boolean settle(final BatchCursor cursor, final int state)
    {
        final Path file = cursor.file();
        final long position = cursor.position();
        lastFileFinished = BatchCursor.END == state && cursor.isFileFinished();
        final long clean = lastFileFinished ? position + BatchCursor.DOCUMENT_HEADER : position;
        final long dataEnd = SoundBatchFinder.dataEnd(file);
        final String reason = BatchCursor.DAMAGED == state ? cursor.damage() :
            dataEnd > clean ? 0 == clean ? "a file that its writer died creating" :
            "bytes after the last batch that were never committed" : null;
        final long searchFrom = BatchCursor.DAMAGED == state && !cursor.isSequenceGap() ?
            clean + 2 * BatchCursor.DOCUMENT_HEADER : clean;
        cursor.close();
        if (!file.equals(lastFile))
        {
            boundaries.clear();
            lastFile = file;
        }
        if (null != reason)
        {
            crashed = true;
            refuseWhenFollowed(file, clean, searchFrom, reason);
            return takeOut(file, clean, Math.max(clean, dataEnd), reason);
        }
        else if (0 == dataEnd)
        {
            // Its writer died while creating it; Chronicle would wait for it to be finished.
            delete(file);
            return false;
        }
        return true;
    }

    private void refuseWhenFollowed(
        final Path file, final long position, final long searchFrom, final String reason)
    {
        final SoundBatchFinder finder = new SoundBatchFinder();
        finder.search(file, searchFrom);
        for (final Path later : laterThan(file))
        {
            finder.search(later, 0);
        }
        final boolean crashExplains = rebooted && finder.newestTimeNs() - maxTimeNs < MAX_WRITE_BACK_NS;
        if (finder.count() > 0 && !crashExplains)
        {
            throw new JournalDamagedException(file, position, nextSequence, reason + "; " + finder.count() +
                " sound batch(es) follow, so nothing was changed. Restore the file from a copy, or move the journal " +
                "away to begin a new one");
        }
    }

    private boolean takeOut(final Path file, final long from, final long to, final String reason)
    {
        IndexWriter.truncate(file, from);
        for (final Path later : laterThan(file))
        {
            moveAway(later, "follows damage in " + file.getFileName());
        }
        if (0 == from)
        {
            moveAway(file, reason);
            return false;
        }
        final Path copy = target(file, from);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
        {
            long position = from;
            while (position < to)
            {
                final long moved = channel.transferTo(position, to - position, out);
                if (moved <= 0)
                {
                    break;
                }
                position += moved;
            }
            out.force(true);
            // The mark of damage goes last: a crash in between finds the same damage again.
            for (long end = to; end > from; end -= 1 << 16)
            {
                final long start = Math.max(from, end - (1 << 16));
                channel.write(ByteBuffer.allocate((int)(end - start)), start);
            }
            channel.force(true);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        report(new Quarantined(file, from, to - from, reason, copy));
        return true;
    }

    private void moveAway(final Path file, final String reason)
    {
        final Path copy = target(file, 0);
        try
        {
            final long size = Files.size(file);
            Files.move(file, copy);
            Files.deleteIfExists(JournalFiles.index(file));
            report(new Quarantined(file, 0, size, reason, copy));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void delete(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
            Files.deleteIfExists(JournalFiles.index(file));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private List<Path> laterThan(final Path file)
    {
        return JournalFiles.dataFiles(directory).stream().filter(other -> other.compareTo(file) > 0).toList();
    }

    /** @return a new name in the quarantine for bytes of a file. */
    Path target(final Path file, final long position)
    {
        final Path quarantine = JournalFiles.quarantine(directory);
        try
        {
            Files.createDirectories(quarantine);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        final String stem = file.getFileName() + "-" + position + "-" + nowMs;
        Path candidate = quarantine.resolve(stem + ".bin");
        for (int i = 1; Files.exists(candidate); i++)
        {
            candidate = quarantine.resolve(stem + "-" + i + ".bin");
        }
        return candidate;
    }

    /** Writes down what was taken out, beside the copy and in the log. */
    void report(final Quarantined entry)
    {
        quarantined.add(entry);
        LOG.warn("{}: {} bytes at {} moved to {}: {}",
            entry.file(), entry.bytes(), entry.position(), entry.copy(), entry.reason());
        try
        {
            Files.writeString(entry.copy().resolveSibling(entry.copy().getFileName() + ".txt"),
                "when: " + Instant.ofEpochMilli(nowMs) + "\nfile: " + entry.file() + "\nposition: " +
                entry.position() + "\nbytes: " + entry.bytes() + "\nreason: " + entry.reason() +
                "\nnext sequence: " + nextSequence + "\n");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
