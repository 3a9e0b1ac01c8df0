package org.lockstep.gateway.venue.binance.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MemoryPublisher;

/** The venue may begin its ids anew without closing the connection. */
class IdResetTest
{
    private static final long SECOND = 1_000_000_000L;

    private final MemoryPublisher frames = new MemoryPublisher(true);
    private final FeedCounters counters = new FeedCounters("test");
    private final InstrumentFeed feed = new InstrumentFeed(
        StreamFixtures.instrument(), new MarketDataPublisher(frames, counters, Venue.BINANCE), counters);
    private final LevelBuffer levels = new LevelBuffer();
    private long nowNs = 1_700_000_000L * SECOND;

    @Test
    void shouldTakeQuotesAgainWhenTheirIdsGoOnFarBelow()
    {
        quotes(1000, 20, SECOND);
        quotes(5, 30, SECOND);

        assertEquals(List.of(FeedState.GAP), frames.feedStates());
        assertEquals(1, counters.gaps());
        assertEquals(7, counters.duplicates());
        assertEquals(20 + 23, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldTakeNoOldQuotesOfAConnectionThatLags()
    {
        quotes(1000, 20, SECOND / 10);
        quotes(900, 100, SECOND / 1000);
        for (int i = 0; i < 100; i++)
        {
            quotes(1020 + i, 1, SECOND);
            quotes(1000 + i, 1, SECOND);
        }

        assertEquals(0, counters.gaps());
        assertEquals(200, counters.duplicates());
        assertEquals(120, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldTakeQuotesAtOnceWhenTheBookShowsThatIdsBeganAnew()
    {
        sync(1000);
        feed.onDepth(1001, 1005, nowNs, levels);
        quotes(1006, 1, 0);

        nowNs += 2 * SECOND;
        feed.onDepth(7, 9, nowNs, levels);
        quotes(10, 1, 0);

        assertEquals(List.of(FeedState.GAP, FeedState.RESYNC), frames.feedStates());
        assertTrue(feed.takeNeedsSync());
        assertEquals(2, frames.frames(QuoteDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldSyncAgainWhenIdsBeganAnewRightAfterTheSnapshot()
    {
        sync(1000);
        for (int i = 0; i < 20 && !feed.takeNeedsSync(); i++)
        {
            feed.onDepth(7 + i, 7 + i, nowNs, levels);
            nowNs += SECOND;
        }

        assertEquals(BookSync.State.WAITING, feed.book().state());
        assertEquals(1, counters.gaps());
    }

    @Test
    void shouldWaitForAStreamThatLagsBehindTheSnapshot()
    {
        sync(1000);
        for (int i = 0; i < 80; i++)
        {
            feed.onDepth(921 + i, 921 + i, nowNs, levels);
            nowNs += SECOND / 10;
        }
        feed.onDepth(1001, 1001, nowNs, levels);

        assertFalse(feed.takeNeedsSync());
        assertEquals(List.of("1001-1001"), frames.deltaIds());
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldTakeTradesAgainWhenTheirIdsBeganAnew()
    {
        feed.onTrade(500, 10, 10, true, nowNs);
        feed.onTrade(499, 10, 10, true, nowNs);
        feed.onTrade(1, 10, 10, true, nowNs + 2 * SECOND);
        feed.onTrade(2, 10, 10, true, nowNs + 2 * SECOND);

        assertEquals(3, frames.frames(TradeDecoder.TEMPLATE_ID).size());
        assertEquals(List.of(FeedState.GAP), frames.feedStates());
    }

    @Test
    void shouldNotTakeTheTradesOfAnEarlierTimeForNewsAfterAPause()
    {
        feed.onTrade(500, 10, 10, true, nowNs);
        feed.subscribed(false, nowNs);
        feed.subscribed(true, nowNs);

        feed.beginTradesAfter(900, nowNs + 100 * SECOND);
        feed.onFetchedTrade(900, 10, 10, true, nowNs + 100 * SECOND);
        feed.onTrade(901, 10, 10, true, nowNs + 100 * SECOND);

        assertEquals(2, frames.frames(TradeDecoder.TEMPLATE_ID).size());
        assertEquals(0, counters.gaps());
    }

    private void quotes(final long firstId, final int count, final long stepNs)
    {
        for (int i = 0; i < count; i++)
        {
            nowNs += stepNs;
            if (feed.onEvent(nowNs))
            {
                feed.onQuote(firstId + i, 1, 1, 2, 1);
            }
        }
    }

    private void sync(final long snapshotId)
    {
        new SyncBuffers(1, 1000).lend(feed.book());
        feed.book().onSnapshot(snapshotId, levels);
    }
}
