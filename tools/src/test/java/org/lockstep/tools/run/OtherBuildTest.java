package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.StateHashDecoder;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.write.Journal;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/** A journal whose decisions this build does not come to, as after an upgrade that changed behaviour. */
class OtherBuildTest
{
    private static final String BUILD = "0.0.7-of-old";
    private static final int INPUTS = 300;

    @TempDir
    private Path directory;

    private long changed = -1;

    @Test
    void shouldNameBothBuildsAndWhatToDoAndChangeNothingWhenTheBuildDecidesOtherwise() throws Exception
    {
        final Path honest = directory.resolve("honest");
        final Path other = directory.resolve("other");
        runLive(honest);
        rewrite(honest, other);
        final long before = frames(other);

        try (ChildProcess demo = ChildProcess.start("demo", "--dir", other.toString(), "--port", "0", "--for", "5s"))
        {
            assertEquals(3, demo.exitCode(), demo::toString);
            final String told = demo.errors().lines().filter(line -> line.startsWith("lockstep: ")).toList().toString();
            for (final String word : List.of("at sequence " + changed, "was written by build " + BUILD,
                "this is build dev", "Nothing was changed", "go on with build " + BUILD, "new journal.directory",
                "Change the version"))
            {
                assertTrue(told.contains(word), () -> word + " in " + told);
            }
        }
        assertEquals(before, frames(other));
        try (ChildProcess replay = ChildProcess.start("replay", other.toString(), "--verify", "--json"))
        {
            final JsonNode divergence = replay.json().path("divergence");
            assertEquals(3, replay.exitCode(), replay::toString);
            assertEquals(changed, divergence.path("sequence").asLong());
            assertEquals(BUILD, divergence.path("recordedBy").asText());
        }
    }

    private static void runLive(final Path journal) throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(2_000)))
        {
            final LockstepConfig demo = DemoConfig.of(
                journal, 0, 1, simulator.addresses(), simulator.symbols(), "the synthetic market");
            try (LockstepProcess process = LockstepProcess.open(new LockstepConfig(demo.journal(),
                new LockstepConfig.Engine("backoff", 1, 10_000_000, 8192, 256), demo.venues(), demo.accounts(),
                demo.bots(), null), BUILD, ReplayProgress.NONE, Throwable::printStackTrace))
            {
                process.start();
                final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
                while (process.inputs() < INPUTS || firstHash(journal) < 0)
                {
                    assertTrue(System.nanoTime() - deadlineNs < 0, "no inputs");
                    Thread.yield();
                }
            }
        }
    }

    /** @return sequence of the first state hash that is changed, or -1 when there is none yet. */
    private static long firstHash(final Path journal)
    {
        final long[] found = {-1};
        try (JournalReader reader = new JournalReader(journal))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
            {
                if (found[0] < 0 && isChanged(buffer, offset))
                {
                    found[0] = Frame.sequence(buffer, offset);
                }
            });
        }
        return found[0];
    }

    private static boolean isChanged(final DirectBuffer frame, final int offset)
    {
        return StateHashDecoder.TEMPLATE_ID == Frame.templateId(frame, offset) &&
            Frame.sequence(frame, offset) > INPUTS / 2;
    }

    /** Writes the journal anew with one state hash another, and otherwise sound: a build that did something else. */
    private void rewrite(final Path from, final Path to) throws IOException
    {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from))
        {
            for (final Path file : files.filter(path -> isCarriedOver(path.getFileName().toString())).toList())
            {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        try (JournalReader reader = new JournalReader(from);
            Journal journal = Journal.open(JournalConfig.of(to)))
        {
            final JournalAppender appender = journal.appender();
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[2_048]);
            final long last = reader.lastSequence();
            long next = 0;
            while (next <= last)
            {
                next = reader.read(next, 1, (buffer, offset, length) ->
                {
                    copy.putBytes(0, buffer, offset, length);
                    if (changed < 0 && isChanged(copy, 0))
                    {
                        changed = Frame.sequence(copy, 0);
                        final int hash = Frame.HEADER_LENGTH + StateHashDecoder.hashEncodingOffset();
                        copy.putLong(hash, ~copy.getLong(hash));
                    }
                    appender.stage(copy, 0, length);
                });
                appender.commit();
            }
        }
        assertTrue(changed > 0, "no state hash was recorded");
    }

    private static boolean isCarriedOver(final String file)
    {
        return !file.endsWith(".cq4") && !file.endsWith(".cq4t") && !file.contains("lock");
    }

    /** A hash over all frames. */
    private static long frames(final Path journal)
    {
        final long[] hash = {1};
        try (JournalReader reader = new JournalReader(journal))
        {
            final long last = reader.lastSequence();
            long next = 0;
            while (next <= last)
            {
                next = reader.read(next, 1_000, (buffer, offset, length) ->
                {
                    for (int i = offset; i < offset + length; i++)
                    {
                        hash[0] = 31 * hash[0] + buffer.getByte(i);
                    }
                });
            }
        }
        return hash[0];
    }
}
