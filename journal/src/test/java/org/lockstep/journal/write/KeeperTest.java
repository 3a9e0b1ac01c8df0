package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.TestMachine;

class KeeperTest
{
    private static final long HOUR_MS = 3_600_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;
    private final AtomicLong nowMs = new AtomicLong(Frames.START_NS / 1_000_000);
    private final TickingClock clock = new TickingClock(nowMs::get);
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    @Test
    void shouldMoveTheClockOnWhenItHasFailedBefore()
    {
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger ticks = new AtomicInteger();
        try (Journal journal = open(() -> Long.MAX_VALUE, () ->
        {
            failWith(fault.get(), failures);
            clock.tick();
            ticks.incrementAndGet();
        }))
        {
            final LiveRun run = new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(1, 10);

            fault.set(new IllegalStateException("no time"));
            await(() -> failures.get() > 1);
            nowMs.addAndGet(HOUR_MS);
            fault.set(null);
            final int before = ticks.get();
            await(() -> ticks.get() > before + 1);
            run.batches(1, 10);
        }

        assertEquals(2, JournalFiles.dataFiles(directory).size());
    }

    @Test
    void shouldWatchTheDiskOnWhenTheDiskDidNotAnswerBefore()
    {
        final AtomicInteger failures = new AtomicInteger();
        final AtomicLong usableBytes = new AtomicLong(1L << 40);
        try (Journal journal = open(() ->
        {
            failWith(fault.get(), failures);
            return usableBytes.get();
        }, () -> { }))
        {
            final LiveRun run = new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(1, 10);

            fault.set(new IllegalStateException("no answer"));
            await(() -> failures.get() > 1);
            run.batch(1);
            usableBytes.set(1000);
            fault.set(null);

            assertTrue(awaitRefusal(run).getMessage().contains("nearly full: 1000 bytes"));
        }
    }

    @Test
    void shouldRefuseToWriteAndLoseNothingWhenItsThreadDies()
    {
        final AtomicInteger failures = new AtomicInteger();
        final long committed;
        final UncheckedIOException refusal;
        try (Journal journal = open(() -> Long.MAX_VALUE, () -> failWith(fault.get(), failures)))
        {
            final LiveRun run = new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(10, 3);

            fault.set(new NoClassDefFoundError("org/example/Gone"));
            refusal = awaitRefusal(run);
            committed = journal.lastSequence();
        }

        assertTrue(refusal.getMessage().contains("journal-keeper has died"), refusal.getMessage());
        assertEquals("org/example/Gone", refusal.getCause().getCause().getMessage());
        assertEquals(1, failures.get());
        try (Journal journal = Journal.open(config(), nowMs::get))
        {
            assertEquals(committed, journal.report().lastSequence());
        }
    }

    private Journal open(final LongSupplier usableBytes, final Runnable tick)
    {
        return Journal.open(config().withRollPeriod(RollPeriod.HOUR), clock, usableBytes, tick);
    }

    private JournalConfig config()
    {
        return JournalConfig.of(directory).withBlockSize(1 << 20, 64 << 10);
    }

    private static UncheckedIOException awaitRefusal(final LiveRun run)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadlineNs < 0)
        {
            try
            {
                run.batch(1);
            }
            catch (final UncheckedIOException ex)
            {
                return ex;
            }
        }
        return fail("the journal went on to take batches");
    }

    private static void failWith(final Throwable fault, final AtomicInteger failures)
    {
        if (fault instanceof final Error error)
        {
            failures.incrementAndGet();
            throw error;
        }
        if (fault instanceof final RuntimeException exception)
        {
            failures.incrementAndGet();
            throw exception;
        }
    }

    private static void await(final BooleanSupplier condition)
    {
        assertTimeoutPreemptively(PATIENCE, () ->
        {
            while (!condition.getAsBoolean())
            {
                Thread.onSpinWait();
            }
        });
    }
}
