package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalLockedException;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;

class KillTest
{
    private static final int KILLS = 10;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNoCommittedBatchWhenWriterIsKilledAtRandomMoments()
    {
        final long seed = Long.getLong("lockstep.killSeed", 1);
        final Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++)
        {
            final long committed = runAndKill(random);
            final String context = "seed " + seed + ", kill " + i;

            final ReplayResult result = new Replayer(
                directory, new TestMachine(3, 1000), ReplayOptions.all().withBatchSize(1 + i)).run();

            assertTrue(result.to() >= committed, context + ": committed " + committed + ", found " + result.to());
            assertTrue(result.verified(), context + ": " + result.divergence());
        }
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(1 << 20, 64 << 10)))
        {
            assertFalse(journal.report().cleanShutdown());
        }
    }

    @Test
    void shouldRefuseASecondProcessAndNameTheFirst()
    {
        try (ChildProcess child = new ChildProcess(CrashWriter.class, directory.toString(), "1"))
        {
            child.line();

            final JournalLockedException ex = assertThrows(
                JournalLockedException.class, () -> Journal.open(JournalConfig.of(directory)));

            assertEquals(child.pid(), ex.pid());
            assertTrue(ex.getMessage().contains(Long.toString(child.pid())), ex.getMessage());
        }
        Journal.open(JournalConfig.of(directory)).close();
    }

    @Test
    void shouldReadAtTheHeelsOfAnotherProcess()
    {
        try (ChildProcess child = new ChildProcess(CrashWriter.class, directory.toString(), "1");
            JournalReader reader = new JournalReader(directory))
        {
            child.line();
            final long[] seen = {0};
            for (int i = 0; i < 300; i++)
            {
                final long committed = Long.parseLong(child.line());

                seen[0] = reader.read(seen[0], Integer.MAX_VALUE, (buffer, offset, length) ->
                    assertEquals(seen[0]++, org.lockstep.engine.event.Frame.sequence(buffer, offset)));

                assertTrue(seen[0] > committed, () -> "committed " + committed + ", seen up to " + seen[0]);
                assertTrue(reader.lastSequence() >= committed);
            }
        }
    }

    private long runAndKill(final Random random)
    {
        long committed = -1;
        try (ChildProcess child = new ChildProcess(
            CrashWriter.class, directory.toString(), Long.toString(random.nextLong())))
        {
            final String greeting = child.line();
            assertTrue(null != greeting && greeting.startsWith("recovered "), greeting);
            final int lines = 1 + random.nextInt(2000);
            for (int i = 0; i < lines; i++)
            {
                committed = Long.parseLong(child.line());
            }
            child.kill();
            // What it said before it died counts as well, save a line cut in two.
            for (String line = child.line(); null != line; line = child.line())
            {
                if (line.length() >= Long.toString(committed).length())
                {
                    committed = Math.max(committed, Long.parseLong(line));
                }
            }
        }
        return committed;
    }
}
