package org.lockstep.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.Frame;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.write.Journal;

class ReplayerTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, Integer.MAX_VALUE})
    void shouldReproduceEveryOutputWhateverTheBatchSize(final int batchSize)
    {
        final TestMachine live = new TestMachine(3, 100);
        record(live, 200, 11);

        final ReplayResult result = replay(new TestMachine(3, 100), batchSize);

        assertNull(result.divergence());
        assertTrue(result.verified());
        assertEquals(2200, result.inputs());
        assertEquals(2200 / 3 + 22, result.outputs());
        assertEquals(live.stateHash(), result.stateHash());
        assertEquals(0, result.pendingOutputs().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, Integer.MAX_VALUE})
    void shouldNameFirstDifferingSequence(final int batchSize)
    {
        record(new TestMachine(3, 100), 200, 11);

        final ReplayResult result = replay(new TestMachine(3, 100).corruptAt(1001), batchSize);

        assertFalse(result.verified());
        assertNotNull(result.divergence());
        assertEquals(sequenceOfSignal(1002 / 3), result.divergence().sequence());
        assertTrue(result.divergence().expected().contains("Signal"), result.divergence().expected());
        assertFalse(result.divergence().expected().equals(result.divergence().actual()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, Integer.MAX_VALUE})
    void shouldDivergeWhenRecordedOutputIsNotProduced(final int batchSize)
    {
        record(new TestMachine(3, 100), 20, 11);

        final ReplayResult result = replay(new TestMachine(0, 100), batchSize);

        assertEquals(sequenceOfSignal(1), result.divergence().sequence());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, Integer.MAX_VALUE})
    void shouldHandOverPendingOutputsWhenWriterDiedBeforeRecordingThem(final int batchSize)
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            new LiveRun(journal.appender(), new TestMachine(3, 100)).batches(10, 10).inputsOnly(10);
        }

        final ReplayResult result = replay(new TestMachine(3, 100), batchSize);

        assertTrue(result.verified());
        assertEquals(110 / 3 - 100 / 3, result.pendingOutputs().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, Integer.MAX_VALUE})
    void shouldDivergeWhenOutputsAreMissingBeforeTheLastBatch(final int batchSize)
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            new LiveRun(journal.appender(), new TestMachine(3, 0)).batches(10, 10).inputsOnly(10).inputsOnly(1);
        }

        final ReplayResult result = replay(new TestMachine(3, 0), batchSize);

        assertFalse(result.verified());
        assertEquals(Divergence.NOTHING, result.divergence().expected());
    }

    @Test
    void shouldAppendPendingOutputsOnRecoveryAndGoOn()
    {
        final TestMachine uninterrupted = new TestMachine(3, 100);
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            new LiveRun(journal.appender(), uninterrupted).batches(10, 10).inputsOnly(10);
        }
        final List<Long> handedOn = new ArrayList<>();

        final TestMachine recovered = new TestMachine(3, 100);
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            final RecoveryResult result = Recovery.run(journal, recovered, ReplayProgress.NONE,
                (buffer, offset, length) -> handedOn.add(Frame.sequence(buffer, offset)));

            assertEquals(110 / 3 - 100 / 3, result.pendingOutputs());
            assertEquals(result.nextSequence(), journal.lastSequence() + 1);
            assertEquals(1, result.nextEpoch());
            assertEquals(journal.lastSequence(), handedOn.get(handedOn.size() - 1));
            new LiveRun(journal.appender(), recovered).batches(3, 10);
        }

        final ReplayResult again = replay(new TestMachine(3, 100), 64);
        assertTrue(again.verified());
        assertEquals(recovered.stateHash(), again.stateHash());
        assertEquals(0, again.pendingOutputs().count());
    }

    @Test
    void shouldRefuseRecoveryWhenBuildBehavesDifferently()
    {
        record(new TestMachine(3, 100), 20, 11);

        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            assertThrows(ReplayDivergedException.class, () -> Recovery.run(
                journal, new TestMachine(3, 100).corruptAt(5), ReplayProgress.NONE, (buffer, offset, length) ->
                {
                }));
        }
    }

    @Test
    void shouldStopAtTheEndOfTheRange()
    {
        record(new TestMachine(3, 0), 20, 10);

        final ReplayResult result = new Replayer(
            directory, new TestMachine(3, 0), ReplayOptions.all().withRange(13, 42)).run();

        assertTrue(result.verified());
        assertEquals(13, result.from());
        assertEquals(42, result.to());
        assertEquals(30, result.inputs() + result.outputs());
    }

    @Test
    void shouldReplayEmptyJournal()
    {
        final ReplayResult result = replay(new TestMachine(3, 100), 64);

        assertEquals(-1, result.to());
        assertEquals(0, result.inputs());
        assertTrue(result.verified());
    }

    private void record(final TestMachine machine, final int batches, final int size)
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            new LiveRun(journal.appender(), machine).batches(batches, size);
        }
    }

    private ReplayResult replay(final TestMachine machine, final int batchSize)
    {
        return new Replayer(directory, machine, ReplayOptions.all().withBatchSize(batchSize)).run();
    }

    private long sequenceOfSignal(final int number)
    {
        final long[] found = {-1, 0};
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
            {
                if (103 == Frame.templateId(buffer, offset) && ++found[1] == number)
                {
                    found[0] = Frame.sequence(buffer, offset);
                }
            });
        }
        return found[0];
    }
}
