package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.agrona.concurrent.EpochClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.JournalFiles;
import org.lockstep.journal.JournalProbe;
import org.lockstep.journal.JournalProbe.Place;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.Replayer;

/** What a crash can leave at the end of a journal, one kind of damage per test. */
class TornTailTest
{
    private static final int BATCHES = 20;
    /** Stands still, so that no hour ends and no second file begins between two lines. */
    private static final EpochClock CLOCK = () -> Frames.START_NS / 1_000_000;

    @TempDir
    private Path directory;
    @TempDir
    private Path live;
    private List<Place> batches;
    private Place last;

    @BeforeEach
    void recordSession()
    {
        try (Journal journal = Journal.open(JournalConfig.of(live).withBlockSize(1 << 20, 64 << 10), CLOCK))
        {
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(BATCHES, 5);
            // What a kill would leave: everything as it is, Chronicle's bookkeeping included, and no orderly close.
            JournalProbe.copy(live, directory);
        }
        batches = JournalProbe.batches(directory);
        last = batches.get(BATCHES - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 30, 51, 52, 60, 120, 200})
    void shouldDropLastBatchWhenFileIsTruncatedInIt(final int kept)
    {
        assertRepaired(BATCHES - 1, place -> JournalProbe.truncate(place.file(), place.position() + kept));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 30, 51, 52, 60, 120, 200})
    void shouldDropLastBatchWhenItsEndIsZero(final int kept)
    {
        assertRepaired(BATCHES - 1, place -> JournalProbe.zeroFrom(place.file(), place.position() + kept));
    }

    @Test
    void shouldKeepEverythingWhenFileEndsRightBehindTheLastBatch()
    {
        JournalProbe.truncate(last.file(), last.end());

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(BATCHES * 5 - 1, journal.report().lastSequence());
            assertTrue(journal.report().quarantined().isEmpty());
        }
        assertGoesOn(BATCHES * 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 9, 13, 17, 21, 29, 36, 45, 52, 60, 100, 250})
    void shouldDropLastBatchWhenAnyBitOfItFlips(final int offset)
    {
        assertRepaired(BATCHES - 1, place -> JournalProbe.flip(place.file(), place.position() + offset));
    }

    @Test
    void shouldDropLastBatchWhenItWasLeftOpen()
    {
        final ByteBuffer open = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x8000_0000);

        assertRepaired(BATCHES - 1, place -> JournalProbe.write(place.file(), place.position(), open.array()));
    }

    @Test
    void shouldDropLastBatchWhenItsHeaderWasNeverWritten()
    {
        assertRepaired(BATCHES - 1, place -> JournalProbe.write(place.file(), place.position(), new byte[4]));
    }

    @Test
    void shouldKeepEverythingWhenGarbageFollowsTheLastBatch()
    {
        final byte[] garbage = new byte[300];
        new Random(7).nextBytes(garbage);
        garbage[0] = 0;
        garbage[1] = 0;
        garbage[2] = 0;
        garbage[3] = 0;

        assertRepaired(BATCHES, place -> JournalProbe.write(place.file(), place.end() + 3 & -4, garbage));
    }

    @Test
    void shouldKeepEverythingWhenADocumentThatIsNoBatchFollows()
    {
        final byte[] garbage = new byte[64];
        new Random(7).nextBytes(garbage);
        ByteBuffer.wrap(garbage).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 60);

        assertRepaired(BATCHES, place -> JournalProbe.write(place.file(), place.end() + 3 & -4, garbage));
    }

    @Test
    void shouldDropEverythingFromAHoleToTheEnd()
    {
        final Place hole = batches.get(BATCHES - 4);

        JournalProbe.zeroFrom(hole.file(), hole.position());
        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(hole.firstSequence() - 1, journal.report().lastSequence());
        }
        assertGoesOn(hole.firstSequence());
    }

    @Test
    void shouldStartFreshWhenTheOnlyFileWasBeingCreated() throws IOException
    {
        final Path file = last.file();
        Files.write(file, new byte[] {0, 0, 0, (byte)0x80, 1, 2, 3, 4});
        Files.deleteIfExists(JournalFiles.index(file));

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(-1, journal.report().lastSequence());
            assertEquals(1, journal.report().quarantined().size());
        }
    }

    @Test
    void shouldStartWhenTheNewestFileIsEmpty() throws IOException
    {
        Files.createFile(directory.resolve("29990101F.cq4"));

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(BATCHES * 5 - 1, journal.report().lastSequence());
        }
        assertGoesOn(BATCHES * 5);
    }

    @Test
    void shouldRefuseDamageThatCommittedBatchesFollow()
    {
        final Place middle = batches.get(BATCHES / 2);
        JournalProbe.flip(middle.file(), middle.position() + 60);

        final JournalDamagedException ex =
            assertThrows(JournalDamagedException.class, () -> Journal.open(config(), CLOCK));

        assertEquals(middle.firstSequence(), ex.sequence());
        assertEquals(middle.position(), ex.position());
        assertFalse(Files.exists(JournalFiles.quarantine(directory)));
    }

    @Test
    void shouldReportDamageInTheMiddleToAVerifier()
    {
        final Place middle = batches.get(3);
        JournalProbe.flip(middle.file(), middle.position() + 60);

        final JournalDamagedException ex = assertThrows(JournalDamagedException.class, () ->
            new Replayer(directory, new TestMachine(0, 0), ReplayOptions.all()).run());

        assertEquals(middle.firstSequence(), ex.sequence());
    }

    @Test
    void shouldTakeDamageForATornTailWhenTheMachineWasRebooted() throws IOException
    {
        final Place middle = batches.get(BATCHES / 2);
        JournalProbe.flip(middle.file(), middle.position() + 60);
        Files.writeString(JournalFiles.lock(directory), "pid=1\nboot=another\n");

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(middle.firstSequence() - 1, journal.report().lastSequence());
            assertEquals(middle.position(), journal.report().quarantined().get(0).position());
        }
        assertGoesOn(middle.firstSequence());
    }

    @Test
    void shouldFindABatchThatIsMissing()
    {
        final Place middle = batches.get(BATCHES / 2);
        final byte[] metadata = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0, 0x4000_0000 | middle.length()).array();
        JournalProbe.write(middle.file(), middle.position(), metadata);

        final JournalDamagedException ex =
            assertThrows(JournalDamagedException.class, () -> Journal.open(config(), CLOCK));

        assertEquals(middle.firstSequence(), ex.sequence());
    }

    @Test
    void shouldWriteTheFileAnewWhenChroniclesBookkeepingIsWrong()
    {
        final byte[] header = new byte[256];
        final long position = findWritePosition(header);
        JournalProbe.write(last.file(), position, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, batches.get(2).position() + 8).array());

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertTrue(journal.report().rebuilt());
            assertEquals(BATCHES * 5 - 1, journal.report().lastSequence());
        }
        assertGoesOn(BATCHES * 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 40, 200})
    void shouldStartWhenChroniclesTableIsDamaged(final int offset)
    {
        final byte[] garbage = new byte[100];
        new Random(offset).nextBytes(garbage);
        JournalProbe.write(JournalFiles.table(directory), offset, garbage);

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(BATCHES * 5 - 1, journal.report().lastSequence());
        }
        assertGoesOn(BATCHES * 5);
    }

    @Test
    void shouldStartWhenTableIndexAndMetadataAreMissing() throws IOException
    {
        Files.delete(JournalFiles.table(directory));
        Files.delete(JournalFiles.index(last.file()));
        Files.delete(JournalFiles.metadata(directory));

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(BATCHES * 5 - 1, journal.report().lastSequence());
        }
        assertGoesOn(BATCHES * 5);
    }

    private void assertRepaired(final int batchesLeft, final Consumer<Place> damage)
    {
        damage.accept(last);

        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertEquals(batchesLeft * 5L - 1, journal.report().lastSequence());
            assertFalse(journal.report().cleanShutdown());
            assertFalse(journal.report().quarantined().isEmpty());
            assertTrue(Files.exists(journal.report().quarantined().get(0).copy()));
        }
        assertGoesOn(batchesLeft * 5L);
    }

    private void assertGoesOn(final long nextSequence)
    {
        try (Journal journal = Journal.open(config(), CLOCK))
        {
            assertTrue(journal.report().cleanShutdown());
            assertTrue(journal.report().quarantined().isEmpty(), () -> journal.report().toString());
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(300, 3);
        }
        assertEquals(LongStream.range(0, nextSequence + 900).boxed().toList(), JournalProbe.sequences(directory));
    }

    private long findWritePosition(final byte[] header)
    {
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(last.file().toFile(), "r"))
        {
            file.readFully(header);
            for (int i = 0; i < header.length - 8; i += 8)
            {
                final long value = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong(i);
                if (value == last.position())
                {
                    return i;
                }
            }
            throw new AssertionError("no write position found");
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private JournalConfig config()
    {
        return JournalConfig.of(directory).withBlockSize(1 << 20, 64 << 10);
    }
}
