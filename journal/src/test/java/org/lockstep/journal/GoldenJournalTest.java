package org.lockstep.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.StateHashEncoder;
import org.lockstep.journal.inspect.FrameFormat;
import org.lockstep.journal.inspect.FrameText;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.journal.write.Journal;

/**
 * Journals that each version of the schema wrote, committed as they were: every message once, quotes, and what the test
 * machine put out. They must replay and read the same for ever. A new schema version gets a golden journal of its own
 * (run {@link #main} with a directory that does not exist yet); those here are never written again.
 */
class GoldenJournalTest
{
    private static final Path GOLDEN = Path.of(
        System.getProperty("lockstep.root", "."), "journal", "src", "test", "resources", "golden");
    private static final String DATA = "20240808-1200V.cq4";
    private static final String FRAMES = "frames.jsonl";
    private static final int QUOTES = 30;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"v1, 986254be48787c1f", "v2, 986254be48787c1f"})
    void shouldReplayJournalOfEveryVersion(final String version, final String stateHash) throws IOException
    {
        unpack(version);

        final ReplayResult result =
            new Replayer(directory, new TestMachine(3, 10), ReplayOptions.all()).run();

        assertNull(result.divergence());
        assertTrue(result.verified());
        assertEquals(stateHash, Long.toHexString(result.stateHash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void shouldReadEveryMessageAsItWasWritten(final String version) throws IOException
    {
        unpack(version);

        assertEquals(Files.readAllLines(GOLDEN.resolve(version).resolve(FRAMES)), print(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void shouldGoOnWritingAJournalOfEveryVersion(final String version) throws IOException
    {
        unpack(version);
        try (Journal journal = Journal.open(config(directory)))
        {
            assertTrue(journal.report().cleanShutdown());
            assertFalse(journal.report().rebuilt());
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batch(10);
        }

        final List<Long> sequences = JournalProbe.sequences(directory);
        assertEquals(sequences.size() - 1L, sequences.get(sequences.size() - 1));
    }

    private void unpack(final String version) throws IOException
    {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(
            GOLDEN.resolve(version).resolve(DATA + ".gz"))))
        {
            Files.copy(in, directory.resolve(DATA));
        }
    }

    private static List<String> print(final Path directory)
    {
        final List<String> lines = new ArrayList<>();
        final FrameText text = new FrameText();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
                lines.add(text.print(FrameFormat.JSON, buffer, offset)));
        }
        return lines;
    }

    private static JournalConfig config(final Path directory)
    {
        return JournalConfig.of(directory).withRollPeriod(RollPeriod.FIVE_MINUTES).withBlockSize(1 << 20, 64 << 10);
    }

    /** Writes a golden journal; the first argument names the directory under the golden ones. */
    public static void main(final String[] args) throws IOException, ReflectiveOperationException
    {
        final Path target = Files.createDirectory(GOLDEN.resolve(args[0]));
        final Path work = Files.createTempDirectory("golden");
        final TestMachine machine = new TestMachine(3, 10);
        try (Journal journal = Journal.open(config(work).withPreTouch(false), () -> Frames.START_NS / 1_000_000))
        {
            final Frames frames = new Frames();
            record(journal, machine, frames.sessionStarted(0, Frames.START_NS, 1).buffer());
            record(journal, machine, frames.instrument(0, Frames.START_NS, 0, "BTCUSDT").buffer());
            for (final String name : new FrameText().typeNames())
            {
                record(journal, machine, pattern(name));
            }
            for (int i = 0; i < QUOTES; i++)
            {
                record(journal, machine, frames.quote(i, Frames.START_NS + i * 1_000_000L, 6_000_000 + i).buffer());
            }
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target.resolve(DATA + ".gz"))))
        {
            Files.copy(work.resolve(DATA), out);
        }
        Files.write(target.resolve(FRAMES), print(work));
        System.out.println(Long.toHexString(machine.stateHash()));
    }

    private static void record(final Journal journal, final TestMachine machine, final MutableDirectBuffer frame)
    {
        Frame.sequence(frame, 0, journal.lastSequence() + 1);
        journal.appender().stage(frame, 0, Frame.length(frame, 0));
        journal.appender().commit();
        machine.onInput(frame, 0, Frame.length(frame, 0));
        final Outputs outputs = machine.outputs();
        long sequence = journal.lastSequence() + 1;
        for (int offset = 0; offset < outputs.limit(); offset += Frame.length(outputs.buffer(), offset))
        {
            Frame.sequence(outputs.buffer(), offset, sequence++);
            journal.appender().stage(outputs.buffer(), offset, Frame.length(outputs.buffer(), offset));
        }
        journal.appender().commit();
        outputs.clear();
    }

    /** A frame of any message: every byte of its block set, groups and texts empty. */
    private static MutableDirectBuffer pattern(final String name) throws ReflectiveOperationException
    {
        final Class<?> encoder = Class.forName(
            StateHashEncoder.class.getPackageName() + "." + name + "Encoder");
        final int blockLength = encoder.getField("BLOCK_LENGTH").getInt(null);
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);
        for (int i = 0; i < blockLength; i++)
        {
            buffer.putByte(Frame.HEADER_LENGTH + i, (byte)(1 + i % 3));
        }
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + blockLength + 32, blockLength,
            encoder.getField("TEMPLATE_ID").getInt(null), FrameSource.venueLine(1, 0), 0, Frames.START_NS,
            Frames.START_NS, 0);
        return buffer;
    }
}
