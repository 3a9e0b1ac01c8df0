package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.SlotPublisher;
import org.lockstep.benchmarks.VenueMessages;
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
 * From the bytes of one venue message to the finished frame: scan, checks, ids, encoding; and giving the message
 * its next id, which {@link DecodeFloorBenchmark} measures alone. No ring, no journal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark
{
    /** Kind of message. */
    @Param({"BOOK_TICKER", "TRADE", "DEPTH_10", "DEPTH_MEDIAN", "KLINE", "TICKER"})
    public VenueMessages.Kind kind;

    private SlotPublisher publisher;
    private VenueMessages messages;

    /** A feed in sync. */
    @Setup(Level.Trial)
    public void setUp()
    {
        publisher = new SlotPublisher();
        messages = new VenueMessages(publisher);
    }

    @Benchmark
    public long decode()
    {
        messages.send(kind, SampleMarket.START_NS);
        return publisher.published();
    }

    /** Fails when a message did not become a frame: that would be a benchmark of rejecting. */
    @TearDown(Level.Trial)
    public void check()
    {
        if (0 != messages.lost() || publisher.published() <= messages.counters().decoded())
        {
            throw new IllegalStateException("frames are missing: " + messages.counters());
        }
    }
}
