package org.lockstep.tools.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;

/**
 * The disk of the journal: room, what an append costs (a real journal in a directory of its own), what an fsync costs.
 */
final class DiskExam
{
    private static final String AREA = "disk";
    private static final long GIB = 1L << 30;
    private static final long NEEDED_BYTES = 1L << 30;
    private static final long WANTED_BYTES = 20L << 30;
    private static final int BLOCK_BYTES = 16 << 20;
    private static final int DOCUMENT_BYTES = 1 << 20;
    private static final int WARM_UP = 20_000;
    private static final long PACE_NS = 10_000;
    private static final int PAGE = 4_096;
    private static final int MAX_SYNCS = 2_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final long SLOW_APPEND_NS = 1_000_000;
    private static final long SLOW_SYNC_NS = 10_000_000;

    private final Path directory;
    private final long appendNs;
    private final long syncNs;

    DiskExam(final Path directory, final long appendNs, final long syncNs)
    {
        this.directory = directory.toAbsolutePath().normalize();
        this.appendNs = appendNs;
        this.syncNs = syncNs;
    }

    void run(final Consumer<Finding> sink)
    {
        Path existing = directory;
        while (null != existing && !Files.exists(existing))
        {
            existing = existing.getParent();
        }
        Path scratch = null;
        try
        {
            if (null == existing || !Files.isDirectory(existing) || !Files.isWritable(existing))
            {
                throw new IOException(existing + " is no directory that this user may write to");
            }
            if (!existing.equals(directory))
            {
                sink.accept(Finding.note(AREA, "directory", directory + " does not exist yet, measured " + existing,
                    "a run makes it; if it is to be a disk of its own, that is not mounted", null,
                    "directory", directory.toString(), "measured", existing.toString()));
            }
            sink.accept(room(existing));
            sink.accept(kind(existing));
            scratch = Files.createTempDirectory(existing, ".lockstep-doctor");
            sink.accept(append(scratch.resolve("journal")));
            sink.accept(fsync(scratch.resolve("fsync")));
        }
        catch (final IOException | UncheckedIOException | IllegalStateException ex)
        {
            sink.accept(Finding.fail(AREA, "journal", "cannot be written: " + ex.getMessage(),
                "nothing runs without a journal", "name another directory with --dir, or mend its permissions"));
        }
        finally
        {
            delete(scratch, sink);
        }
    }

    private Finding room(final Path existing) throws IOException
    {
        final long free = Files.getFileStore(existing).getUsableSpace();
        final String found = "%.1f GiB free for %s".formatted((double)free / GIB, existing);
        if (free < NEEDED_BYTES)
        {
            return Finding.fail(AREA, "room", found, "the engine halts when the journal's disk is full",
                "free some, or name a directory of another disk", "freeBytes", free);
        }
        return free >= WANTED_BYTES ? Finding.ok(AREA, "room", found, "freeBytes", free) :
            Finding.warn(AREA, "room", found, "a busy day of ten symbols takes some gigabytes, and the journal is " +
            "kept whole", "free some, or name a directory of another disk", "freeBytes", free);
    }

    private Finding kind(final Path existing) throws IOException
    {
        final FileStore store = Files.getFileStore(existing);
        final String type = store.type();
        final String found = type + " on " + store.name();
        return switch (type)
        {
            case "nfs", "nfs4", "cifs", "smb2", "9p", "fuse.sshfs", "virtiofs" -> Finding.warn(AREA, "file-system",
                found,
                "memory-mapped files over a network can stall or lie about what is stored", "a local disk", "type",
                type);
            case "overlay" -> Finding.warn(AREA, "file-system", found, "a container's own layer: slow to write and " +
                "gone " +
                "with the container", "a volume for the journal's directory", "type", type);
            case "tmpfs" -> Finding.warn(AREA, "file-system", found, "memory: fast, but gone with the machine's " +
                "power, " +
                "and it counts against memory", "a disk, unless the journal may be lost", "type", type);
            default -> Finding.ok(AREA, "file-system", found, "type", type);
        };
    }

    /** A frame every 10 us, each a batch of its own, as in a steady market; timed from when it was due. */
    private Finding append(final Path path)
    {
        final Histogram appends = new Histogram(LONGEST_NS, 2);
        try (Journal journal = Journal.open(JournalConfig.of(path).withBlockSize(BLOCK_BYTES, DOCUMENT_BYTES)))
        {
            final JournalAppender appender = journal.appender();
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
            final int length = Frame.HEADER_LENGTH + QuoteEncoder.BLOCK_LENGTH;
            Frame.writeHeader(frame, 0, length, QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID,
                FrameSource.PROCESS, 0, 0, 0, Frame.NULL_INSTRUMENT_ID);
            long sequence = 0;
            while (sequence < WARM_UP)
            {
                append(appender, frame, length, sequence++);
            }
            long dueNs = System.nanoTime();
            final long endNs = dueNs + appendNs;
            while (dueNs - endNs < 0)
            {
                while (System.nanoTime() - dueNs < 0)
                {
                    Thread.onSpinWait();
                }
                append(appender, frame, length, sequence++);
                appends.recordValue(Math.min(LONGEST_NS, System.nanoTime() - dueNs));
                dueNs += PACE_NS;
            }
        }
        final String found = "100,000 quotes a second, a batch each: " + Percentiles.text(appends);
        return appends.getValueAtPercentile(99.9) < SLOW_APPEND_NS ?
            Finding.ok(AREA, "append", found, Percentiles.values(appends)) :
            Finding.warn(AREA, "append", found, "each event waits for its append before anything acts on it",
            "see hiccups first; then another disk or file system (XFS or ext4 on local NVMe), journal.preTouch: true",
            Percentiles.values(appends));
    }

    private static void append(
        final JournalAppender appender, final UnsafeBuffer frame, final int length, final long sequence)
    {
        Frame.sequence(frame, 0, sequence);
        appender.stage(frame, 0, length);
        appender.commit();
    }

    private Finding fsync(final Path path) throws IOException
    {
        final Histogram syncs = new Histogram(LONGEST_NS, 2);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
        {
            final ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            final long endNs = System.nanoTime() + syncNs;
            long startNs = System.nanoTime();
            while (startNs - endNs < 0 && syncs.getTotalCount() < MAX_SYNCS)
            {
                page.clear();
                channel.write(page);
                channel.force(false);
                final long nowNs = System.nanoTime();
                syncs.recordValue(Math.min(LONGEST_NS, nowNs - startNs));
                startNs = nowNs;
            }
        }
        final String found = "4 KiB and fsync: " + Percentiles.text(syncs);
        final long p99 = syncs.getValueAtPercentile(99);
        return p99 < SLOW_SYNC_NS ? Finding.note(AREA, "fsync", found, "what every batch pays with durability " +
            "fsync-batch; with page-cache (the default) nobody waits for it", null, Percentiles.values(syncs)) :
            Finding.warn(AREA, "fsync", found, "what every batch pays with durability fsync-batch; with page-cache " +
            "(the " +
            "default) nobody waits for it", "a disk with power-loss protection, which may acknowledge at once",
            Percentiles.values(syncs));
    }

    /** What is left behind is a finding like any other, and must not hide what was found before. */
    static void delete(final Path path, final Consumer<Finding> sink)
    {
        if (null != path)
        {
            try (Stream<Path> tree = Files.walk(path))
            {
                for (final Path entry : tree.sorted(Comparator.reverseOrder()).toList())
                {
                    Files.deleteIfExists(entry);
                }
            }
            catch (final IOException | UncheckedIOException ex)
            {
                sink.accept(Finding.warn(AREA, "scratch", "cannot delete " + path + ": " + ex.getMessage(),
                    "it takes room that the journal may need", "delete it by hand"));
            }
        }
    }
}
