package org.lockstep.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.lockstep.benchmarks.MessageTexts;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.SlotPublisher;
import org.lockstep.benchmarks.VenueMessages;
import org.lockstep.benchmarks.peer.decode.PeerDecoder;
import org.lockstep.engine.event.FramePublisher;
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

/** The work of {@link DecodeBenchmark} done with JSON libraries: the same bytes to the same frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodePeersBenchmark
{
    /** The libraries. */
    public enum Library
    {
        /** Jackson, {@code readTree}. */
        JACKSON_TREE(PeerDecoder::jacksonTree),
        /** Jackson's streaming parser. */
        JACKSON_STREAMING(PeerDecoder::jacksonStreaming),
        /** DSL-JSON's reader. */
        DSL_JSON(PeerDecoder::dslJson);

        private final Function<FramePublisher, PeerDecoder> factory;

        Library(final Function<FramePublisher, PeerDecoder> factory)
        {
            this.factory = factory;
        }

        /**
         * Makes a decoder.
         *
         * @param publisher takes its frames.
         * @return it.
         */
        public PeerDecoder decoder(final FramePublisher publisher)
        {
            return factory.apply(publisher);
        }
    }

    /** Kind of message. */
    @Param({"BOOK_TICKER", "TRADE", "DEPTH_10"})
    public VenueMessages.Kind kind;

    /** Library. */
    @Param
    public Library library;

    private SlotPublisher publisher;
    private MessageTexts texts;
    private PeerDecoder decoder;
    private long sent;

    /** Begins. */
    @Setup(Level.Trial)
    public void setUp()
    {
        publisher = new SlotPublisher();
        texts = new MessageTexts(false);
        decoder = library.decoder(publisher);
    }

    @Benchmark
    public long decode()
    {
        texts.next(kind);
        decoder.onMessage(texts.bytes(kind), SampleMarket.START_NS);
        sent++;
        return publisher.published();
    }

    /** Fails when a message did not become a frame. */
    @TearDown(Level.Trial)
    public void check()
    {
        if (sent != publisher.published())
        {
            throw new IllegalStateException(sent + " messages, " + publisher.published() + " frames");
        }
    }
}
