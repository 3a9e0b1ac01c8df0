package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.agrona.DirectBuffer;
import org.lockstep.benchmarks.CountingMachine;
import org.lockstep.benchmarks.RecordedJournal;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.benchmarks.TrivialBot;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads a journal of a million mixed frames from its first to its last, checks included; per frame. Tailing reads,
 * replaying runs: a machine that counts, and the engine with one trivial bot, its outputs compared with the recorded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadBenchmark
{
    private static final int FRAMES = 1_000_000;
    private static final int CHUNK = 4096;

    /** Frames to a document. */
    @Param({"1", "16"})
    public int batch;

    /** Frames; another number makes the figures wrong, for tests. */
    @Param(FRAMES + "")
    public int frames;

    private final FrameHandler handler = this::onFrame;
    private Scratch scratch;
    private long count;
    private long sum;

    /** Records the journal. */
    @Setup(Level.Trial)
    public void setUp()
    {
        scratch = new Scratch();
        RecordedJournal.record(scratch.path(), frames, batch);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long tail()
    {
        try (JournalReader reader = new JournalReader(scratch.path()))
        {
            count = 0;
            long from = 0;
            long next = reader.read(from, CHUNK, handler);
            while (next > from)
            {
                from = next;
                next = reader.read(from, CHUNK, handler);
            }
        }
        return count;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ReplayResult replayCounting()
    {
        return new Replayer(scratch.path(), new CountingMachine(), ReplayOptions.all().withVerify(false)).run();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ReplayResult replayEngine()
    {
        final ReplayResult result =
            new Replayer(scratch.path(), new Engine(TrivialBot.strategies()), ReplayOptions.all()).run();
        if (!result.verified())
        {
            throw new IllegalStateException("replay diverged: " + result.divergence());
        }
        return result;
    }

    /** Deletes the journal. */
    @TearDown(Level.Trial)
    public void tearDown()
    {
        scratch.close();
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        count++;
        sum += Frame.ingressTimeNs(buffer, offset);
    }
}
