package org.lockstep.journal.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Touches pages ahead of the appender, so that the engine thread meets neither page faults nor the mapping of a new
 * block (which otherwise takes milliseconds), applies retention when the journal rolls, and watches the free space of
 * the disk: mapped memory reports a full disk by a fault in the middle of a write, so it must be noticed before. Its
 * turns also move the clock on that decides when the journal rolls. Sleeps between turns. It outlives an exception of
 * one of its tasks, and does the others; should an error end it, nothing more is written: files would no longer roll.
 * Threading: its own thread; {@link #progress} and {@link #check} are called by the engine thread and only store and
 * load fields.
 */
final class Keeper implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long AHEAD = 8L << 20;
    private static final long PAGE = 4096;
    private static final long PAUSE_NS = 2_000_000;
    private static final int TURNS_PER_SPACE_CHECK = 25;
    private static final long MIN_FREE_BYTES = 64L << 20;
    private static final int CYCLE_SHIFT = 40;
    private static final long POSITION_MASK = (1L << CYCLE_SHIFT) - 1;

    private final SingleChronicleQueue queue;
    private final boolean preTouch;
    private final Runnable onRoll;
    private final LongSupplier usableBytes;
    private final Task clock;
    private final Task space = new Task("measuring the free space of the journal's disk", this::measureSpace);
    private final long minFreeBytes;
    private final ReferenceOwner owner = ReferenceOwner.temporary("journal-keeper");
    private final Thread thread = new Thread(this::run, "journal-keeper");
    private volatile long progress = -1;
    private volatile boolean closed;
    private volatile long freeBytesTooLow = -1;
    private volatile Throwable death;

    private int cycle = -1;
    private SingleChronicleQueueStore store;
    private MappedBytes bytes;
    private MappedBytesStore block;
    private long touched;
    private boolean disabled;

    Keeper(
        final SingleChronicleQueue queue,
        final boolean preTouch,
        final Runnable onRoll,
        final LongSupplier usableBytes,
        final Runnable onTurn)
    {
        this.queue = queue;
        this.preTouch = preTouch;
        this.onRoll = onRoll;
        this.usableBytes = usableBytes;
        this.clock = new Task("moving on the clock by which the journal rolls", onTurn);
        this.minFreeBytes = Math.max(MIN_FREE_BYTES, queue.blockSize());
    }

    Keeper start()
    {
        space.run();
        clock.run();
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** The appender has come this far. */
    void progress(final int currentCycle, final long position)
    {
        progress = (long)currentCycle << CYCLE_SHIFT | position;
    }

    /**
     * Refuses to write when the disk is nearly full, or nobody is left to look.
     *
     * @throws IOException naming what is left, or what the thread died of.
     */
    void check() throws IOException
    {
        final Throwable cause = death;
        if (null != cause)
        {
            throw new IOException("the thread journal-keeper has died: the journal of " + queue.file() +
                " would neither roll nor be watched for a full disk. Start again; nothing that was committed is lost",
                cause);
        }
        final long left = freeBytesTooLow;
        if (left >= 0)
        {
            throw new IOException("the disk of " + queue.file() + " is nearly full: " + left + " bytes left, " +
                minFreeBytes + " needed. Free some space and start again; nothing that was committed is lost");
        }
    }

    private void measureSpace()
    {
        final long left = usableBytes.getAsLong();
        freeBytesTooLow = left < minFreeBytes ? left : -1;
    }

    @Override
    public void close()
    {
        closed = true;
        LockSupport.unpark(thread);
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        try
        {
            for (int turn = 1; !closed; turn++)
            {
                LockSupport.parkNanos(PAUSE_NS);
                turn(turn);
            }
        }
        catch (final Throwable ex)
        {
            // The engine thread throws at its next batch, and halts: only there somebody listens.
            death = ex;
            LOG.error("the thread journal-keeper dies; the journal refuses the next batch", ex);
        }
        finally
        {
            release();
        }
    }

    private void turn(final int turn)
    {
        clock.run();
        if (0 == turn % TURNS_PER_SPACE_CHECK)
        {
            space.run();
        }
        final long current = progress;
        if (current >= 0 && !closed && !disabled)
        {
            tryFollow((int)(current >>> CYCLE_SHIFT), current & POSITION_MASK);
        }
    }

    private void tryFollow(final int currentCycle, final long position)
    {
        try
        {
            follow(currentCycle, position);
        }
        catch (final RuntimeException | InternalError ex)
        {
            // The journal works without, only less evenly; the free space is watched on.
            disabled = true;
            LOG.warn("touching pages ahead of the journal stopped, and so did retention", ex);
        }
    }

    private void follow(final int currentCycle, final long position)
    {
        if (currentCycle != cycle)
        {
            final boolean rolled = cycle >= 0;
            release();
            cycle = currentCycle;
            touched = position;
            if (preTouch)
            {
                store = queue.storeForCycle(cycle, queue.epoch(), false, null);
                bytes = null == store ? null : store.bytes();
            }
            if (rolled)
            {
                onRoll.run();
            }
        }
        if (null != bytes)
        {
            touch(position);
        }
    }

    private void touch(final long position)
    {
        long page = Math.max(touched, position) + PAGE - 1 & -PAGE;
        final long end = position + AHEAD;
        while (page < end && !closed)
        {
            if (null == block || !block.inside(page, Long.BYTES))
            {
                acquire(page);
            }
            // Writes 0 over 0 or nothing at all: dirties the page, changes no byte, safe beside the appender.
            block.compareAndSwapLong(page, 0, 0);
            page += PAGE;
        }
        touched = page;
    }

    private void acquire(final long page)
    {
        final MappedBytesStore next;
        try
        {
            next = bytes.mappedFile().acquireByteStore(owner, page, null);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        if (next != block)
        {
            releaseBlock();
            block = next;
        }
    }

    private void releaseBlock()
    {
        if (null != block)
        {
            block.release(owner);
            block = null;
        }
    }

    private void release()
    {
        releaseBlock();
        if (null != bytes)
        {
            bytes.releaseLast();
            bytes = null;
        }
        if (null != store)
        {
            queue.closeStore(store);
            store = null;
        }
    }

    /** What is done again and again, though it failed; of failures in a row the first is told. */
    private static final class Task
    {
        private final String name;
        private final Runnable action;
        private boolean fails;

        Task(final String name, final Runnable action)
        {
            this.name = name;
            this.action = action;
        }

        void run()
        {
            try
            {
                action.run();
                fails = false;
            }
            catch (final RuntimeException ex)
            {
                if (!fails)
                {
                    LOG.warn("{} failed; it is tried again", name, ex);
                }
                fails = true;
            }
        }
    }
}
