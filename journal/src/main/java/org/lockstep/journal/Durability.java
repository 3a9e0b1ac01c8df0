package org.lockstep.journal;

/**
 * When a committed batch is on the disk itself, and so what it survives. "Committed" means
 * {@link org.lockstep.engine.pipeline.JournalAppender#commit()} has returned.
 * <pre>
 *                 process killed   kernel panic, reset   power loss
 * PAGE_CACHE      nothing lost     up to ~35 s lost      up to ~35 s lost
 * FSYNC_EVERY     nothing lost     last interval lost    last interval lost (*)
 * FSYNC_BATCH     nothing lost     nothing lost          nothing lost (*)
 * </pre>
 * {@code ~35 s} is what Linux takes by default to write back a dirty page (30 s expiry plus 5 s wake-up). With
 * {@code FSYNC_EVERY}, "last interval" is the interval plus the time of one fsync. {@code (*)} needs a disk that keeps
 * its promise when flushed: a volatile write cache that ignores flushes voids it. No mode survives losing the disk.
 * Whatever was lost is lost from the end: a journal that opens is always a prefix of what was committed.
 */
public enum Durability
{
    /** Written to the page cache; the kernel writes it back when it likes. The fastest, and the default. */
    PAGE_CACHE,
    /** A background thread calls fdatasync every interval; the engine thread never waits for the disk. */
    FSYNC_EVERY,
    /** Every commit calls fdatasync before it returns: costs one disk flush per batch. */
    FSYNC_BATCH
}
