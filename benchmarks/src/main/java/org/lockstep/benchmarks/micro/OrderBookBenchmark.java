package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Applies one delta (16 levels on average) to a book of some 150 levels that moves; a snapshot every 4,096 deltas. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderBookBenchmark
{
    private static final int COUNT = 4096;

    private final UnsafeBuffer frames = new UnsafeBuffer(new byte[(COUNT + 1) * Frame.MAX_LENGTH]);
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final OrderBook book = new OrderBook(SampleMarket.INSTRUMENT.id());
    private int next;

    /** Prepares a snapshot and the deltas that continue it. */
    @Setup(Level.Trial)
    public void setUp()
    {
        final SampleMarket market = new SampleMarket();
        market.snapshot(frames, COUNT * Frame.MAX_LENGTH);
        for (int i = 0; i < COUNT; i++)
        {
            market.delta(frames, i * Frame.MAX_LENGTH);
        }
    }

    @Benchmark
    public boolean applyDelta()
    {
        if (0 == next)
        {
            applySnapshot();
        }
        final int offset = next * Frame.MAX_LENGTH;
        next = next + 1 & COUNT - 1;
        delta.wrap(frames, offset + Frame.HEADER_LENGTH, Frame.blockLength(frames, offset),
            Frame.version(frames, offset));
        return book.onDelta(delta);
    }

    /** Once per round: what the next round of deltas continues. */
    private void applySnapshot()
    {
        final int offset = COUNT * Frame.MAX_LENGTH;
        book.onSnapshot(snapshot.wrap(frames, offset + Frame.HEADER_LENGTH, Frame.blockLength(frames, offset),
            Frame.version(frames, offset)));
    }
}
