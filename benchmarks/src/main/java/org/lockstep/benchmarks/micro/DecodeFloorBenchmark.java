package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.lockstep.benchmarks.MessageTexts;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.SlotPublisher;
import org.lockstep.benchmarks.VenueMessages;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
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
import org.openjdk.jmh.annotations.Warmup;

/** What {@link DecodeBenchmark} and its peers do besides decoding: the next id of a message, and its frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeFloorBenchmark
{
    /** Kind of message. */
    @Param({"BOOK_TICKER", "TRADE", "DEPTH_10"})
    public VenueMessages.Kind kind;

    private final LevelBuffer levels = new LevelBuffer();
    private SlotPublisher publisher;
    private MarketDataPublisher frames;
    private MessageTexts texts;
    private long id = MessageTexts.SNAPSHOT_ID;

    /** Begins. */
    @Setup(Level.Trial)
    public void setUp()
    {
        publisher = new SlotPublisher();
        frames = new MarketDataPublisher(publisher, new FeedCounters("floor"), Venue.BINANCE);
        frames.ingressTimeNs(SampleMarket.START_NS);
        texts = new MessageTexts(true);
        for (int i = 0; i < 10; i++)
        {
            levels.add(6_183_763 - i, 154_698, i < 5);
        }
    }

    @Benchmark
    public Object next()
    {
        return texts.next(kind);
    }

    @Benchmark
    public long nextAndEncode()
    {
        texts.next(kind);
        id++;
        switch (kind)
        {
            case BOOK_TICKER -> frames.quote(0, id, 6_183_763, 378_826, 6_183_764, 154_698);
            case TRADE -> frames.trade(0, id, 6_183_763, 2_000, true, SampleMarket.START_NS);
            default -> frames.bookDelta(0, id, id, SampleMarket.START_NS, levels);
        }
        return publisher.published();
    }
}
