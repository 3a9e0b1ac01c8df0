package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;

/** From the bytes of a message to published frames, a million times, all kinds mixed, ids growing. */
class EventPathAllocationTest
{
    private static final int EVENTS = 1_000_000;
    private static final int WARM_UP = 200_000;
    private static final int MAX_ROUNDS = 30;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final FeedCounters counters = new FeedCounters("allocation");
    private final MemoryPublisher frames = new MemoryPublisher(false);
    private final MarketDataPublisher publisher = new MarketDataPublisher(frames, counters, Venue.BINANCE);
    private final EventRouter router = new EventRouter(publisher, counters);
    private final InstrumentFeed feed = new InstrumentFeed(StreamFixtures.instrument(), publisher, counters);

    private final Template quote = new Template(StreamFixtures.QUOTE, "50093239212");
    private final Template trade = new Template(StreamFixtures.TRADE, "3735683259");
    private final Template depth = new Template(StreamFixtures.DEPTH, "50093239189", "50093239202");
    private final Template bar = new Template(StreamFixtures.BAR, "1672515782136");
    private final Template ticker = new Template(StreamFixtures.TICKER, "1672515782136");
    private long id;

    @Test
    void shouldAllocateNothingBetweenBytesAndFrames()
    {
        router.add(feed);
        new SyncBuffers(1, 10_000).lend(feed.book());
        feed.book().onSnapshot(10_000_000_000L, new LevelBuffer());
        long allocated = Long.MAX_VALUE;
        run(WARM_UP);

        for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
        {
            final long publishedBefore = frames.count();
            final long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            run(EVENTS);
            allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
            assertEquals(EVENTS, frames.count() - publishedBefore);
        }

        assertEquals(0, allocated, "bytes allocated in " + EVENTS + " events");
        assertEquals(0, counters.gaps());
        assertEquals(0, counters.rejected());
        assertTrue(counters.decoded() >= EVENTS);
    }

    private void run(final int events)
    {
        for (int i = 0; i < events; i += 5)
        {
            id++;
            quote.send(0, 20_000_000_000L + id);
            trade.send(0, 2_000_000_000L + id);
            depth.put(1, 10_000_000_010L + 10 * (id - 1));
            depth.send(0, 10_000_000_001L + 10 * (id - 1));
            bar.send(0, 1_700_000_000_000L + id);
            ticker.send(0, 1_700_000_000_000L + id);
        }
    }

    /** A message some of whose numbers are overwritten in place. */
    private final class Template
    {
        private final UnsafeBuffer bytes;
        private final int[] offsets;
        private final int[] lengths;

        Template(final String message, final String... numbers)
        {
            final byte[] text = message.getBytes(StandardCharsets.US_ASCII);
            bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(text.length));
            bytes.putBytes(0, text);
            offsets = new int[numbers.length];
            lengths = new int[numbers.length];
            for (int i = 0; i < numbers.length; i++)
            {
                offsets[i] = message.indexOf(":" + numbers[i]) + 1;
                lengths[i] = numbers[i].length();
            }
        }

        void put(final int index, final long value)
        {
            long rest = value;
            for (int i = lengths[index] - 1; i >= 0; i--)
            {
                bytes.putByte(offsets[index] + i, (byte)('0' + rest % 10));
                rest /= 10;
            }
        }

        void send(final int index, final long value)
        {
            put(index, value);
            router.onMessage(null, bytes, 0, bytes.capacity(), value);
        }
    }
}
