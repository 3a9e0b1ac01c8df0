package org.lockstep.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a journal is written. Immutable, any thread. Begin with {@link #of(Path)} and change what differs.
 *
 * @param directory        where it lives; created when missing.
 * @param rollPeriod       how long one file is written to; of an existing journal its own value stays.
 * @param blockSizeBytes   how much of a file is mapped at once, [1 MiB, 1 GiB], a power of two. Files are sparse and
 *                         grow by this much; real use is what was written plus what was touched ahead.
 * @param maxDocumentBytes longest batch in one document, [4 KiB, blockSizeBytes / 8]; a longer batch takes several.
 * @param preTouch         whether a background thread touches pages ahead of the appender.
 * @param durability       when a commit is on the disk.
 * @param fsyncInterval    for {@link Durability#FSYNC_EVERY}, [1 ms, 1 min].
 * @param retainFor        files whose last frame is older than this are deleted; zero = keep for ever.
 * @param retainBytes      oldest files are deleted while all together hold more than this; 0 = no limit.
 */
public record JournalConfig(
    Path directory,
    RollPeriod rollPeriod,
    int blockSizeBytes,
    int maxDocumentBytes,
    boolean preTouch,
    Durability durability,
    Duration fsyncInterval,
    Duration retainFor,
    long retainBytes)
{
    /** Block size unless another is set. */
    public static final int DEFAULT_BLOCK_BYTES = 64 << 20;

    private static final int MIN_BLOCK = 1 << 20;
    private static final int MAX_BLOCK = 1 << 30;
    private static final int MIN_DOCUMENT = 4 << 10;
    private static final Duration MIN_FSYNC = Duration.ofMillis(1);
    private static final Duration MAX_FSYNC = Duration.ofMinutes(1);

    /** Checks every range. */
    public JournalConfig
    {
        check(null != directory, "directory", "a path", directory);
        check(null != rollPeriod, "rollPeriod", "FIVE_MINUTES, HOUR or DAY", rollPeriod);
        check(blockSizeBytes >= MIN_BLOCK && blockSizeBytes <= MAX_BLOCK && Integer.bitCount(blockSizeBytes) == 1,
            "blockSizeBytes", "a power of two in [1 MiB, 1 GiB]", blockSizeBytes);
        check(maxDocumentBytes >= MIN_DOCUMENT && maxDocumentBytes <= blockSizeBytes / 8,
            "maxDocumentBytes", "[4096, blockSizeBytes / 8]", maxDocumentBytes);
        check(null != durability, "durability", "PAGE_CACHE, FSYNC_EVERY or FSYNC_BATCH", durability);
        check(null != fsyncInterval && fsyncInterval.compareTo(MIN_FSYNC) >= 0 &&
            fsyncInterval.compareTo(MAX_FSYNC) <= 0, "fsyncInterval", "[1ms, 1m]", fsyncInterval);
        check(null != retainFor && !retainFor.isNegative(), "retainFor", "zero (for ever) or longer", retainFor);
        check(retainBytes >= 0, "retainBytes", "0 (no limit) or more", retainBytes);
    }

    /**
     * The defaults: a file a day, 64 MiB blocks, pre-touch on, page cache, nothing ever deleted.
     *
     * @param directory where the journal lives.
     * @return the configuration.
     */
    public static JournalConfig of(final Path directory)
    {
        return new JournalConfig(directory, RollPeriod.DAY, DEFAULT_BLOCK_BYTES, 1 << 20, true, Durability.PAGE_CACHE,
            Duration.ofMillis(100), Duration.ZERO, 0);
    }

    /** @return a copy with another roll period. */
    public JournalConfig withRollPeriod(final RollPeriod value)
    {
        return new JournalConfig(directory, value, blockSizeBytes, maxDocumentBytes, preTouch, durability,
            fsyncInterval, retainFor, retainBytes);
    }

    /** @return a copy with another block size and longest document, both bytes. */
    public JournalConfig withBlockSize(final int blockBytes, final int documentBytes)
    {
        return new JournalConfig(directory, rollPeriod, blockBytes, documentBytes, preTouch, durability,
            fsyncInterval, retainFor, retainBytes);
    }

    /** @return a copy with page touching on or off. */
    public JournalConfig withPreTouch(final boolean value)
    {
        return new JournalConfig(directory, rollPeriod, blockSizeBytes, maxDocumentBytes, value, durability,
            fsyncInterval, retainFor, retainBytes);
    }

    /** @return a copy with another durability; the interval matters for {@link Durability#FSYNC_EVERY} only. */
    public JournalConfig withDurability(final Durability value, final Duration interval)
    {
        return new JournalConfig(directory, rollPeriod, blockSizeBytes, maxDocumentBytes, preTouch, value,
            interval, retainFor, retainBytes);
    }

    /** @return a copy with other retention limits; {@link Duration#ZERO} and 0 mean none. */
    public JournalConfig withRetention(final Duration age, final long bytes)
    {
        return new JournalConfig(directory, rollPeriod, blockSizeBytes, maxDocumentBytes, preTouch, durability,
            fsyncInterval, age, bytes);
    }

    private static void check(final boolean valid, final String name, final String allowed, final Object found)
    {
        if (!valid)
        {
            throw new IllegalArgumentException("journal " + name + ": allowed is " + allowed + ", found " + found);
        }
    }
}
