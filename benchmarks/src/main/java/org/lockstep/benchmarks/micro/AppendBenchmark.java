package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.RawChronicle;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.Scratch;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;
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

/** What a 73-byte trade costs to append, {@code batch} to a document; the journal with and without touching ahead. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark
{
    /** Who appends. */
    public enum Target
    {
        /** Chronicle Queue alone. */
        RAW_CHRONICLE,
        /** The journal without its page toucher. */
        JOURNAL,
        /** The journal as it is by default. */
        JOURNAL_PRE_TOUCH
    }

    /** Frames to a document. */
    @Param({"1", "16", "64"})
    public int batch;

    /** Who appends. */
    @Param({"RAW_CHRONICLE", "JOURNAL", "JOURNAL_PRE_TOUCH"})
    public Target target;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private int length;
    private int inBatch;
    private long sequence;
    private Scratch scratch;
    private Journal journal;
    private JournalAppender appender;
    private RawChronicle chronicle;

    /** Begins a new journal or queue. */
    @Setup(Level.Iteration)
    public void setUp()
    {
        length = new SampleMarket().trade(frame, 0);
        scratch = new Scratch();
        sequence = 0;
        inBatch = 0;
        if (Target.RAW_CHRONICLE == target)
        {
            chronicle = new RawChronicle(scratch.path());
        }
        else
        {
            journal = Journal.open(
                JournalConfig.of(scratch.path()).withPreTouch(Target.JOURNAL_PRE_TOUCH == target));
            appender = journal.appender();
        }
    }

    @Benchmark
    public long append()
    {
        inBatch = inBatch + 1 == batch ? 0 : inBatch + 1;
        Frame.sequence(frame, 0, sequence++);
        if (null == appender)
        {
            chronicle.stage(frame, 0, length);
            if (0 == inBatch)
            {
                chronicle.commit();
            }
        }
        else
        {
            appender.stage(frame, 0, length);
            if (0 == inBatch)
            {
                appender.commit();
            }
        }
        return sequence;
    }

    /** Deletes it. */
    @TearDown(Level.Iteration)
    public void tearDown()
    {
        if (null == journal)
        {
            chronicle.close();
        }
        else
        {
            journal.close();
        }
        scratch.close();
    }
}
