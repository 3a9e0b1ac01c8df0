package org.lockstep.journal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.RollPeriod;
import org.lockstep.journal.write.Journal;

class JournalReaderTest
{
    private static final int FRAMES = 60_000;

    @TempDir
    private Path directory;
    private final List<Long> times = new ArrayList<>();

    @BeforeEach
    void recordJitteryTimes()
    {
        final Random random = new Random(11);
        final AtomicLong nowMs = new AtomicLong(Frames.START_NS / 1_000_000);
        final Frames frames = new Frames();
        try (Journal journal = Journal.open(JournalConfig.of(directory).withRollPeriod(RollPeriod.FIVE_MINUTES)
            .withBlockSize(1 << 20, 64 << 10), nowMs::get))
        {
            final JournalAppender appender = journal.appender();
            while (times.size() < FRAMES)
            {
                final int size = 1 + random.nextInt(40);
                for (int i = 0; i < size; i++)
                {
                    nowMs.addAndGet(random.nextInt(30));
                    final long timeNs = nowMs.get() * 1_000_000 - random.nextInt(50_000_000);
                    appender.stage(frames.quote(times.size(), timeNs, 60_000).buffer(), 0, frames.length());
                    times.add(timeNs);
                }
                appender.commit();
            }
        }
        assertTrue(JournalFiles.dataFiles(directory).size() > 2);
    }

    @Test
    void shouldFindAnySequence()
    {
        final Random random = new Random(12);
        try (JournalReader reader = new JournalReader(directory))
        {
            for (int i = 0; i < 300; i++)
            {
                final long from = random.nextInt(times.size());
                final int count = 1 + random.nextInt(100);
                final List<Long> found = new ArrayList<>();

                final long next = reader.read(from, count, (buffer, offset, length) ->
                {
                    found.add(Frame.sequence(buffer, offset));
                    assertEquals(times.get((int)Frame.sequence(buffer, offset)), Frame.ingressTimeNs(buffer, offset));
                });

                assertEquals(from, found.get(0));
                assertEquals(Math.min(times.size(), from + count), next);
                assertEquals(next - from, found.size());
            }
        }
    }

    @Test
    void shouldFindAnyTimeAsAScanWould()
    {
        assertTimesFound();
    }

    @Test
    void shouldFindAnyTimeWhenTheIndexIsMissing() throws IOException
    {
        for (final Path file : JournalFiles.dataFiles(directory))
        {
            Files.deleteIfExists(JournalFiles.index(file));
        }

        assertTimesFound();
    }

    @Test
    void shouldFindAnyTimeWhenTheIndexIsDamagedOrOfAnotherFile() throws IOException
    {
        final List<Path> files = JournalFiles.dataFiles(directory);
        final byte[] garbage = new byte[4096];
        new Random(3).nextBytes(garbage);
        Files.write(JournalFiles.index(files.get(0)), garbage);
        Files.copy(JournalFiles.index(files.get(2)), JournalFiles.index(files.get(1)),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertTimesFound();
    }

    @Test
    void shouldStayWhereItIsWhenNothingIsThereYet()
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final long end = times.size();

            assertEquals(end, reader.read(end, 10, (buffer, offset, length) ->
            {
                throw new AssertionError();
            }));
            assertEquals(end - 1, reader.lastSequence());
            assertEquals(0, reader.firstSequence());
        }
    }

    @Test
    void shouldTreatAMissingDirectoryAsAnEmptyJournal()
    {
        try (JournalReader reader = new JournalReader(directory.resolve("none")))
        {
            assertEquals(0, reader.firstSequence());
            assertEquals(-1, reader.lastSequence());
            assertEquals(0, reader.sequenceAt(1));
        }
    }

    private void assertTimesFound()
    {
        final Random random = new Random(13);
        final long first = times.get(0);
        final long last = times.get(times.size() - 1);
        try (JournalReader reader = new JournalReader(directory))
        {
            for (int i = 0; i < 300; i++)
            {
                final long timeNs = first - 100_000_000 + (long)(random.nextDouble() * (last - first + 200_000_000));
                long expected = 0;
                while (expected < times.size() && times.get((int)expected) < timeNs)
                {
                    expected++;
                }

                assertEquals(expected, reader.sequenceAt(timeNs));
            }
        }
    }
}
