package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.Pipeline;
import org.lockstep.benchmarks.RawChronicle;
import org.lockstep.benchmarks.RawDisruptor;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.SetupFrames;
import org.lockstep.benchmarks.Settling;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.InputRing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one 88-byte quote costs on one thread, which publishes it and runs the consumer after every {@code batch}: with
 * the raw Disruptor, the raw Chronicle Queue, and ring + journal + state machine. A journaled hop is to cost at most
 * twice the sum of the two raw figures. No cache line changes cores here; the latency runs measure that.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HopBenchmark
{
    private static final int TURN = 10_000;

    @Benchmark
    public long rawDisruptor(final DisruptorState state)
    {
        state.hop();
        return state.sum;
    }

    @Benchmark
    public int rawChronicle(final ChronicleState state)
    {
        return state.hop();
    }

    @Benchmark
    public int journaledHop(final PipelineState state)
    {
        return state.hop();
    }

    @Benchmark
    public int journaledHopToBot(final EngineState state)
    {
        return state.hop();
    }

    /** What all have in common. */
    @State(Scope.Thread)
    public abstract static class Quotes
    {
        /** Frames per poll of the consumer and per document. */
        @Param({"1", "16", "64"})
        public int batch;

        final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        int length;
        Scratch scratch;
        private int inBatch;

        final void begin()
        {
            length = new SampleMarket().quote(frame, 0, SampleMarket.START_NS);
            Frame.sequence(frame, 0, 0);
            scratch = new Scratch();
            inBatch = 0;
        }

        abstract void setUp();

        abstract void tearDown();

        abstract int hop();

        /** Short warm-up iterations are over before all that a hop runs is compiled. */
        @Setup(Level.Trial)
        public void settle()
        {
            setUp();
            try
            {
                Settling.settle(() ->
                {
                    for (int i = 0; i < TURN; i++)
                    {
                        hop();
                    }
                }, Settling.MOST_MS);
            }
            finally
            {
                tearDown();
            }
        }

        final boolean isBatchFull()
        {
            inBatch = inBatch + 1 == batch ? 0 : inBatch + 1;
            return 0 == inBatch;
        }
    }

    /** Raw Disruptor. */
    public static class DisruptorState extends Quotes
    {
        RawDisruptor disruptor;
        long sum;

        /** Begins. */
        @Setup(Level.Iteration)
        @Override
        public void setUp()
        {
            begin();
            disruptor = new RawDisruptor(this::onFrame);
        }

        /** Cleans up. */
        @TearDown(Level.Iteration)
        @Override
        public void tearDown()
        {
            scratch.close();
        }

        @Override
        final int hop()
        {
            disruptor.send(frame, 0, length);
            return isBatchFull() ? disruptor.poll() : 0;
        }

        private void onFrame(final DirectBuffer buffer, final int offset, final int frameLength)
        {
            sum += Frame.ingressTimeNs(buffer, offset);
        }
    }

    /** Raw Chronicle Queue. */
    public static class ChronicleState extends Quotes
    {
        RawChronicle chronicle;

        /** Begins a new queue. */
        @Setup(Level.Iteration)
        @Override
        public void setUp()
        {
            begin();
            chronicle = new RawChronicle(scratch.path());
        }

        /** Deletes the queue. */
        @TearDown(Level.Iteration)
        @Override
        public void tearDown()
        {
            chronicle.close();
            scratch.close();
        }

        @Override
        final int hop()
        {
            chronicle.stage(frame, 0, length);
            if (isBatchFull())
            {
                chronicle.commit();
            }
            return length;
        }
    }

    /** Ring, journal (which touches no pages ahead, like the raw queue) and a state machine that counts. */
    public static class PipelineState extends Quotes
    {
        Pipeline pipeline;

        /** Begins a new journal. */
        @Setup(Level.Iteration)
        @Override
        public void setUp()
        {
            begin();
            pipeline = new Pipeline(scratch.path(), false, new CountingMachine(), new OffsetEpochNanoClock());
        }

        /** Deletes the journal. */
        @TearDown(Level.Iteration)
        @Override
        public void tearDown()
        {
            pipeline.close();
            scratch.close();
        }

        @Override
        final int hop()
        {
            final InputRing ring = pipeline.ring();
            final long claim = ring.claim();
            ring.buffer().putBytes(ring.offset(claim), frame, 0, length);
            ring.publish(claim);
            return isBatchFull() ? pipeline.poll() : 0;
        }
    }

    /** Ring, journal and the engine with one trivial bot. */
    public static class EngineState extends PipelineState
    {
        private long seen;

        /** @return quotes the bot has seen in this iteration. */
        public long seen()
        {
            return seen;
        }

        @Override
        public void setUp()
        {
            begin();
            seen = 0;
            // A clock that is read, as in the other variants: a constant one would make this the cheapest hop of all.
            final long epochNs = SampleMarket.START_NS - System.nanoTime();
            pipeline = new Pipeline(scratch.path(), false,
                new Engine(TrivialBot.strategies(timeNs -> seen++)), () -> epochNs + System.nanoTime());
            SetupFrames.forEach(pipeline::run);
        }
    }
}
