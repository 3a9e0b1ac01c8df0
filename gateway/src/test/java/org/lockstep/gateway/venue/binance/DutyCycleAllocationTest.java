package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** What a feed does a hundred times a second on the thread that reads its sockets, while all is well. */
class DutyCycleAllocationTest
{
    private static final int CYCLES = 10_000;
    private static final int MAX_ROUNDS = 40;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingInADutyCycleOfALiveFeed() throws Exception
    {
        try (FeedFixture fixture = new FeedFixture())
        {
            fixture.startLive("BTCUSDT", "ETHUSDT");
            long allocated = Long.MAX_VALUE;

            for (int round = 0; round < MAX_ROUNDS && 0 != allocated; round++)
            {
                allocated = fixture.group.next().submit(() -> run(fixture.feed)).get();
            }

            assertEquals(0, allocated, "bytes allocated in " + CYCLES + " duty cycles");
        }
    }

    private long run(final BinanceFeed feed)
    {
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CYCLES; i++)
        {
            feed.doWork();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
