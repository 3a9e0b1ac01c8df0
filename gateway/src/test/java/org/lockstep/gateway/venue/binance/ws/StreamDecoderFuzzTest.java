package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

import com.sun.management.ThreadMXBean;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.rest.DepthSnapshot;

class StreamDecoderFuzzTest
{
    private static final Instrument INSTRUMENT = StreamFixtures.instrument();
    private static final int FRAMES = 1_000_000;
    private static final int WARM_UP = 100_000;
    /** What happens once, such as the log entry of a rare kind, may fall into the first round. */
    private static final int MAX_ROUNDS = 30;
    private static final int GOOD_EVERY = 100;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final FeedCounters counters = new FeedCounters("fuzz");
    private final UnsafeBuffer target = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));

    @ParameterizedTest
    @ValueSource(strings = {
        StreamFixtures.QUOTE, StreamFixtures.TRADE, StreamFixtures.DEPTH, StreamFixtures.BAR, StreamFixtures.TICKER,
        StreamFixtures.ACK, StreamFixtures.ERROR
    })
    void shouldSurviveAMillionMutatedMessagesWithoutAllocating(final String message)
    {
        final StreamDecoder decoder = new StreamDecoder(new Invariants(), counters);
        decoder.symbols(new SymbolTable<InstrumentFeed>().with("BTCUSDT", new InstrumentFeed(
            StreamFixtures.instrument(),
            new MarketDataPublisher(new MemoryPublisher(false), counters, Venue.BINANCE),
            counters)));
        final FrameMutator mutator = new FrameMutator(message.hashCode());
        final UnsafeBuffer good = StreamFixtures.direct(message);

        fuzz(decoder, mutator, good, WARM_UP);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
        {
            final long receivedBefore = counters.received();
            final long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            fuzz(decoder, mutator, good, FRAMES);
            allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
            assertEquals(FRAMES + FRAMES / GOOD_EVERY, counters.received() - receivedBefore);
        }

        assertEquals(0, allocated, "bytes allocated, in each of " + MAX_ROUNDS + " rounds");
        assertEquals(counters.received(), counters.decoded() + counters.control() + counters.rejected());
        assertTrue(counters.rejected() > FRAMES / 10, "mutations must do damage: " + counters);
    }

    @Test
    void shouldSurviveAMillionMutatedSnapshots()
    {
        final DepthSnapshot snapshot = new DepthSnapshot();
        final FrameMutator mutator = new FrameMutator(1);
        final UnsafeBuffer good = StreamFixtures.direct("{\"lastUpdateId\":50093239195,\"bids\":[[\"61837.63\"," +
            "\"3.78826\"],[\"61830.00\",\"1\"]],\"asks\":[[\"61837.64\",\"1.5\"]]}");
        int accepted = 0;
        for (int i = 0; i < FRAMES; i++)
        {
            final int length = mutator.mutate(good, good.capacity(), target);
            if (null == snapshot.read(target, 0, length, INSTRUMENT))
            {
                accepted++;
                assertTrue(snapshot.lastUpdateId() >= 0);
            }
        }

        assertTrue(accepted > 0 && accepted < FRAMES / 2, "accepted " + accepted);
        assertEquals(null, snapshot.read(good, 0, good.capacity(), INSTRUMENT));
        assertEquals(3, snapshot.levels().size());
    }

    private void fuzz(
        final StreamDecoder decoder, final FrameMutator mutator, final UnsafeBuffer good, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int length = mutator.mutate(good, good.capacity(), target);
            decoder.onMessage(target, 0, length);
            if (0 == i % GOOD_EVERY)
            {
                final long rejected = counters.rejected();
                decoder.onMessage(good, 0, good.capacity());
                if (rejected != counters.rejected())
                {
                    throw new AssertionError("a good message was rejected after a bad one, " + i);
                }
            }
        }
    }

    /** What must hold of everything that a decoder lets through. */
    private static final class Invariants implements StreamEvents
    {
        @Override
        public void onQuote(
            final InstrumentFeed feed, final long updateId, final long bidPrice, final long bidQuantity,
            final long askPrice, final long askQuantity)
        {
            check(updateId >= 0 && bidPrice >= 0 && bidQuantity >= 0 && askPrice >= 0 && askQuantity >= 0);
        }

        @Override
        public void onTrade(
            final InstrumentFeed feed, final long tradeId, final long price, final long quantity,
            final boolean isSellAggressor, final long venueTimeNs)
        {
            check(tradeId >= 0 && price > 0 && quantity > 0 && venueTimeNs >= 0);
        }

        @Override
        public void onDepth(
            final InstrumentFeed feed, final long firstUpdateId, final long lastUpdateId, final long venueTimeNs,
            final LevelBuffer levels)
        {
            check(firstUpdateId >= 0 && firstUpdateId <= lastUpdateId && venueTimeNs >= 0);
            for (int i = 0; i < levels.size(); i++)
            {
                check(levels.price(i) > 0 && levels.quantity(i) >= 0);
            }
        }

        @Override
        public void onBar(
            final InstrumentFeed feed, final BarInterval interval, final boolean isClosed, final long openTimeNs,
            final BarValues values, final long venueTimeNs)
        {
            check(null != interval && openTimeNs >= 0 && values.openPrice >= 0 && values.highPrice >= 0 &&
                values.lowPrice >= 0 && values.closePrice >= 0 && values.volume >= 0 && values.tradeCount >= 0);
        }

        @Override
        public void onTicker(
            final InstrumentFeed feed, final BarValues values, final long quoteVolume, final long venueTimeNs)
        {
            check(quoteVolume >= 0 && values.openPrice >= 0 && values.volume >= 0 && venueTimeNs >= 0);
        }

        @Override
        public void onControl(
            final long id, final boolean isError, final DirectBuffer buffer, final int offset, final int length)
        {
            check(id >= -1 && length > 0);
        }

        @Override
        public void onServerShutdown()
        {
        }

        private static void check(final boolean holds)
        {
            if (!holds)
            {
                throw new AssertionError("the decoder let something through");
            }
        }
    }
}
