package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.Durability;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.JournalLockedException;
import org.lockstep.journal.JournalProbe;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.read.JournalReader;

class JournalTest
{
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    private Path directory;
    private final AtomicLong nowMs = new AtomicLong(Frames.START_NS / 1_000_000);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void shouldReadBackWhatWasCommitted(final Durability durability)
    {
        final JournalConfig config = config().withDurability(durability, Duration.ofMillis(5));
        try (Journal journal = Journal.open(config))
        {
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(50, 10);

            assertEquals(499, journal.lastSequence());
        }

        assertEquals(LongStream.range(0, 500).boxed().toList(), JournalProbe.sequences(directory));
    }

    @Test
    void shouldShowABatchOnlyOnceItIsCommitted()
    {
        final Frames frames = new Frames();
        try (Journal journal = Journal.open(config()); JournalReader reader = journal.reader())
        {
            final JournalAppender appender = journal.appender();
            appender.stage(frames.quote(0, Frames.START_NS, 1).buffer(), 0, frames.length());
            assertEquals(-1, reader.lastSequence());

            appender.commit();

            assertEquals(0, reader.lastSequence());
            assertEquals(0, appender.lastSequence());
        }
    }

    @Test
    void shouldGoOnWhereTheLastSessionEnded()
    {
        long chain = 0;
        for (int session = 0; session < 5; session++)
        {
            try (Journal journal = Journal.open(config()))
            {
                assertTrue(journal.report().cleanShutdown());
                assertEquals(session * 30L - 1, journal.report().lastSequence());
                assertEquals(session * 30L, journal.report().frames());
                assertFalse(chain == journal.report().chainHash());
                chain = journal.report().chainHash();
                new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(10, 3);
            }
        }
        assertEquals(LongStream.range(0, 150).boxed().toList(), JournalProbe.sequences(directory));
    }

    @Test
    void shouldSplitABatchThatExceedsTheLongestDocument()
    {
        final JournalConfig config = config().withBlockSize(1 << 20, 4 << 10);
        try (Journal journal = Journal.open(config))
        {
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batch(250);
        }

        assertEquals(LongStream.range(0, 250).boxed().toList(), JournalProbe.sequences(directory));
        assertTrue(JournalProbe.batches(directory).size() > 1);
    }

    @Test
    void shouldRefuseASequenceOutOfTurn()
    {
        final Frames frames = new Frames();
        try (Journal journal = Journal.open(config()))
        {
            final JournalAppender appender = journal.appender();

            assertThrows(IllegalArgumentException.class, () ->
                appender.stage(frames.quote(1, Frames.START_NS, 1).buffer(), 0, frames.length()));
        }
    }

    @Test
    void shouldRefuseASecondWriterInTheSameProcess()
    {
        try (Journal journal = Journal.open(config()))
        {
            final JournalLockedException ex =
                assertThrows(JournalLockedException.class, () -> Journal.open(journal.config()));

            assertEquals(ProcessHandle.current().pid(), ex.pid());
        }
    }

    @Test
    void shouldRefuseAJournalOfANewerVersion() throws IOException
    {
        Journal.open(config()).close();
        final Path metadata = JournalFiles.metadata(directory);
        Files.writeString(metadata, Files.readString(metadata).replace("format=1", "format=2"));

        final IllegalStateException ex = assertThrows(IllegalStateException.class, () -> Journal.open(config()));

        assertTrue(ex.getMessage().contains("newer version"), ex.getMessage());
    }

    @Test
    void shouldRollToANewFileAndReadAcross()
    {
        try (Journal journal = Journal.open(config().withRollPeriod(RollPeriod.HOUR), nowMs::get))
        {
            writeHours(journal, 4);
        }

        assertEquals(4, JournalProbe.batches(directory).stream().map(JournalProbe.Place::file).distinct().count());
        assertEquals(LongStream.range(0, 120).boxed().toList(), JournalProbe.sequences(directory));
    }

    @Test
    void shouldRollOnceTheKeeperHasMovedTheClockOn()
    {
        final TickingClock clock = new TickingClock(nowMs::get);
        final AtomicLong ticks = new AtomicLong();
        final JournalConfig config = config().withRollPeriod(RollPeriod.HOUR);
        try (Journal journal = Journal.open(config, clock, () -> Long.MAX_VALUE, () ->
        {
            clock.tick();
            ticks.incrementAndGet();
        }))
        {
            final LiveRun run = new LiveRun(journal.appender(), new TestMachine(0, 0));
            run.batches(1, 10);

            nowMs.addAndGet(HOUR_MS);
            final long before = ticks.get();
            assertTimeoutPreemptively(Duration.ofSeconds(30), () ->
            {
                while (ticks.get() < before + 2)
                {
                    Thread.onSpinWait();
                }
            });
            run.batches(1, 10);
        }

        assertEquals(2, JournalFiles.dataFiles(directory).size());
    }

    @Test
    void shouldKeepOrderWhenTheClockIsSetBack()
    {
        try (Journal journal = Journal.open(config().withRollPeriod(RollPeriod.HOUR), nowMs::get))
        {
            writeHours(journal, 3);
            nowMs.addAndGet(-10 * HOUR_MS);
            writeHours(journal, 1);
        }
        nowMs.addAndGet(-10 * HOUR_MS);
        try (Journal journal = Journal.open(config().withRollPeriod(RollPeriod.HOUR), nowMs::get))
        {
            writeHours(journal, 1);
        }

        assertEquals(LongStream.range(0, 150).boxed().toList(), JournalProbe.sequences(directory));
    }

    @Test
    void shouldKeepTheRollPeriodTheJournalBeganWith()
    {
        try (Journal journal = Journal.open(config().withRollPeriod(RollPeriod.HOUR), nowMs::get))
        {
            writeHours(journal, 2);
        }
        try (Journal journal = Journal.open(config().withRollPeriod(RollPeriod.FIVE_MINUTES), nowMs::get))
        {
            writeHours(journal, 2);
        }

        assertEquals(LongStream.range(0, 120).boxed().toList(), JournalProbe.sequences(directory));
        assertEquals(4, JournalFiles.dataFiles(directory).size());
    }

    @Test
    void shouldDeleteFilesOlderThanTheLimit()
    {
        final JournalConfig config = config().withRollPeriod(RollPeriod.HOUR);
        try (Journal journal = Journal.open(config, nowMs::get))
        {
            writeHours(journal, 6);
        }

        try (Journal journal = Journal.open(config.withRetention(Duration.ofHours(3), 0), nowMs::get);
            JournalReader reader = journal.reader())
        {
            assertEquals(60, journal.report().firstSequence());
            assertEquals(60, reader.firstSequence());
            assertEquals(179, reader.lastSequence());
            writeHours(journal, 1);
        }
        assertEquals(LongStream.range(60, 210).boxed().toList(), JournalProbe.sequences(directory));
    }

    @Test
    void shouldDeleteOldestFilesBeyondTheLimitOfBytesButNeverTheNewest()
    {
        final JournalConfig config = config().withRollPeriod(RollPeriod.HOUR).withPreTouch(false);
        try (Journal journal = Journal.open(config, nowMs::get))
        {
            writeHours(journal, 5);
        }

        try (Journal journal = Journal.open(config.withRetention(Duration.ZERO, 1), nowMs::get))
        {
            assertEquals(120, journal.report().firstSequence());
            assertEquals(1, JournalFiles.dataFiles(directory).size());
            writeHours(journal, 1);
            journal.applyRetention();
            assertEquals(1, JournalFiles.dataFiles(directory).size());
            writeHours(journal, 1);
        }
        assertEquals(180, JournalProbe.batches(directory).get(JournalProbe.batches(directory).size() - 10)
            .firstSequence());
    }

    @Test
    void shouldReadOnWhenRetentionDeletesTheFileUnderAReader()
    {
        final JournalConfig config = config().withRollPeriod(RollPeriod.HOUR);
        try (Journal journal = Journal.open(config.withRetention(Duration.ofHours(2), 0), nowMs::get);
            JournalReader reader = journal.reader())
        {
            writeHours(journal, 1);
            final long[] next = {reader.read(0, 10, (buffer, offset, length) ->
            {
            })};
            writeHours(journal, 6);
            journal.applyRetention();
            final long first = reader.firstSequence();
            assertTrue(first > 30, () -> "first is " + first);

            final long[] last = {-1};
            reader.read(next[0], Integer.MAX_VALUE, (buffer, offset, length) ->
                last[0] = Frame.sequence(buffer, offset));

            assertEquals(209, last[0]);
        }
    }

    @Test
    void shouldRefuseToWriteBeforeTheDiskIsFullAndLoseNothing()
    {
        final AtomicLong usableBytes = new AtomicLong(1L << 40);
        long committed = 0;
        final long deadlineNs = System.nanoTime() + 120_000_000_000L;
        try (Journal journal = Journal.open(config(), nowMs::get, usableBytes::get))
        {
            final LiveRun run = new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(10, 3);
            usableBytes.set(1000);
            UncheckedIOException failure = null;
            while (null == failure && System.nanoTime() < deadlineNs)
            {
                try
                {
                    run.batch(1);
                }
                catch (final UncheckedIOException ex)
                {
                    failure = ex;
                }
            }
            assertTrue(null != failure && failure.getMessage().contains("nearly full: 1000 bytes"), () -> "no refusal");
            committed = journal.lastSequence();
        }

        try (Journal journal = Journal.open(config(), nowMs::get))
        {
            assertEquals(committed, journal.report().lastSequence());
        }
    }

    @Test
    void shouldRefuseConfigurationOutOfRange()
    {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> config().withBlockSize(3 << 20, 4096));

        assertTrue(ex.getMessage().contains("blockSizeBytes") && ex.getMessage().contains("3145728"),
            ex.getMessage());
        assertThrows(IllegalArgumentException.class, () -> config().withBlockSize(1 << 20, 1 << 20));
        assertThrows(IllegalArgumentException.class, () -> config().withRetention(Duration.ofDays(-1), 0));
        assertThrows(IllegalArgumentException.class, () ->
            config().withDurability(Durability.FSYNC_EVERY, Duration.ZERO));
    }

    private void writeHours(final Journal journal, final int hours)
    {
        for (int i = 0; i < hours; i++)
        {
            new LiveRun(journal.appender(), new TestMachine(0, 0))
                .at(nowMs.get() * 1_000_000, 1_000_000).batches(10, 3);
            nowMs.addAndGet(HOUR_MS);
        }
    }

    private JournalConfig config()
    {
        return JournalConfig.of(directory).withBlockSize(1 << 20, 64 << 10);
    }
}
