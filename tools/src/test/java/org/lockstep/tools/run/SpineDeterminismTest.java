package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/** Outputs are a function of the inputs: not of batches, of the thread plan, or of the run. */
class SpineDeterminismTest
{
    private static final int INPUTS = 15_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void runLive() throws Exception
    {
        runLive("backoff", directory);
    }

    @Test
    void shouldGiveIdenticalOutputsWhateverTheBatchSize()
    {
        final Set<String> results = new HashSet<>();
        long outputs = 0;
        for (final int batchSize : new int[]{1, 7, 64, Integer.MAX_VALUE})
        {
            final ReplayResult replay = new Replayer(
                directory, new Engine(), ReplayOptions.all().withBatchSize(batchSize)).run();
            assertNull(replay.divergence(), () -> "batch size " + batchSize);
            assertTrue(replay.verified());
            results.add(replay.stateHash() + "/" + replay.outputs());
            outputs = replay.outputs();
        }

        assertEquals(1, results.size(), results::toString);
        assertTrue(outputs > 20, "too little was put out to compare");
    }

    @Test
    void shouldNameTheFirstSequenceThatDiffersWhenTheEngineIsAnother()
    {
        final ReplayResult honest = new Replayer(directory, new Engine(), ReplayOptions.all()).run();
        final StateMachine forgetful = new Forgetful(honest.inputs() / 2);

        final ReplayResult replay = new Replayer(directory, forgetful, ReplayOptions.all()).run();

        assertTrue(null != replay.divergence() && replay.divergence().sequence() > 0, "the difference went unnoticed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "feed-loop"})
    void shouldReplayWhoeverRanTheEngine(final String threads, @TempDir final Path other) throws Exception
    {
        runLive(threads, other);

        final ReplayResult replay = new Replayer(other, new Engine(), ReplayOptions.all()).run();

        assertTrue(replay.verified(), () -> String.valueOf(replay.divergence()));
        assertTrue(replay.inputs() >= INPUTS);
    }

    private static void runLive(final String threads, final Path journal) throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(3).withEventsPerSecond(20_000)))
        {
            final LockstepConfig demo =
                DemoConfig.of(journal, 0, 1, simulator.addresses(), simulator.symbols(), "a test");
            final LockstepConfig.Engine engine = new LockstepConfig.Engine(threads, 1, 50_000_000, 8192, 256);
            try (LockstepProcess process = LockstepProcess.open(
                new LockstepConfig(demo.journal(), engine, demo.venues(), demo.accounts(), demo.bots(), null), "test",
                ReplayProgress.NONE, Throwable::printStackTrace))
            {
                process.start();
                final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
                while (process.inputs() < INPUTS)
                {
                    assertTrue(System.nanoTime() - deadlineNs < 0, () -> "only " + process.inputs() + " inputs");
                    Thread.onSpinWait();
                    Thread.yield();
                }
            }
        }
    }

    /** An engine that misses one input. */
    private static final class Forgetful implements StateMachine
    {
        private final Engine engine = new Engine();
        private final long missed;
        private long count;

        private Forgetful(final long missed)
        {
            this.missed = missed;
        }

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            if (++count != missed)
            {
                engine.onInput(buffer, offset, length);
            }
        }

        @Override
        public Outputs outputs()
        {
            return engine.outputs();
        }

        @Override
        public long nextDeadlineNs()
        {
            return engine.nextDeadlineNs();
        }

        @Override
        public long stateHash()
        {
            return engine.stateHash();
        }
    }
}
