package org.lockstep.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.engine.ThreadAllocation;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.state.StateHasher;

class OrderBookTest
{
    private static final boolean BID = true;
    private static final boolean ASK = false;

    private final OrderBook book = new OrderBook(3);
    private final BookFrames frames = new BookFrames();

    @Test
    void shouldBeEmptyAtFirst()
    {
        assertFalse(book.isReady());
        assertEquals(OrderBook.NO_PRICE, book.bestBid());
        assertEquals(OrderBook.NO_PRICE, book.bestAsk());
        assertEquals(0, book.bestBidQuantity());
        assertEquals(0, book.hash());
        assertFalse(book.isCrossed());
        assertThrows(IndexOutOfBoundsException.class, () -> book.bidPrice(0));
    }

    @Test
    void shouldKeepLevelsSortedFromTheBest()
    {
        book.set(BID, 100, 1);
        book.set(BID, 102, 2);
        book.set(Side.BUY, 101, 3);
        book.set(ASK, 105, 4);
        book.set(Side.SELL, 103, 5);
        book.set(BID, 99, 0);

        assertEquals(3, book.bidCount());
        assertEquals(102, book.bidPrice(0));
        assertEquals(101, book.bidPrice(1));
        assertEquals(3, book.bidQuantity(1));
        assertEquals(100, book.bidPrice(2));
        assertEquals(103, book.bestAsk());
        assertEquals(5, book.bestAskQuantity());
        assertEquals(105, book.askPrice(1));
        assertEquals(4, book.quantityAt(ASK, 105));
        assertEquals(0, book.quantityAt(ASK, 104));
    }

    @Test
    void shouldTellWhenCrossed()
    {
        book.set(BID, 100, 1);
        book.set(ASK, 101, 1);
        assertFalse(book.isCrossed());

        book.set(BID, 101, 1);

        assertTrue(book.isCrossed());
    }

    @Test
    void shouldBecomeReadyWithTheLastChunkOfASnapshot()
    {
        assertFalse(book.onSnapshot(frames.snapshot(10, true, false, Side.BUY, 100, 1)));
        assertFalse(book.isReady());
        assertTrue(book.onSnapshot(frames.snapshot(10, false, true, Side.SELL, 101, 2)));

        assertTrue(book.isReady());
        assertEquals(10, book.lastUpdateId());
        assertEquals(100, book.bestBid());
        assertEquals(101, book.bestAsk());
    }

    @Test
    void shouldIgnoreTheRestOfASnapshotWhoseBeginningWasMissed()
    {
        assertFalse(book.onSnapshot(frames.snapshot(10, false, true, Side.SELL, 101, 2)));

        assertFalse(book.isReady());
        assertEquals(0, book.askCount());
    }

    @Test
    void shouldClearWithTheFirstChunkOfASnapshot()
    {
        ready(10);

        book.onSnapshot(frames.snapshot(20, true, true, Side.BUY, 90, 1));

        assertEquals(1, book.bidCount());
        assertEquals(90, book.bestBid());
        assertEquals(0, book.askCount());
        assertEquals(20, book.lastUpdateId());
    }

    @Test
    void shouldShowADeltaWithItsLastChunk()
    {
        ready(10);

        assertFalse(book.onDelta(frames.delta(11, 15, false, Side.BUY, 100, 0)));
        assertFalse(book.isReady());
        assertEquals(10, book.lastUpdateId());
        assertTrue(book.onDelta(frames.delta(11, 15, true, Side.BUY, 99, 7)));

        assertTrue(book.isReady());
        assertEquals(15, book.lastUpdateId());
        assertEquals(99, book.bestBid());
    }

    @Test
    void shouldIgnoreADeltaThatWasAppliedBefore()
    {
        ready(10);

        assertFalse(book.onDelta(frames.delta(5, 10, true, Side.BUY, 100, 0)));

        assertTrue(book.isReady());
        assertEquals(100, book.bestBid());
    }

    @Test
    void shouldAcceptADeltaThatOverlapsTheSnapshot()
    {
        ready(10);

        assertTrue(book.onDelta(frames.delta(8, 12, true, Side.BUY, 100, 9)));

        assertEquals(9, book.bestBidQuantity());
    }

    @Test
    void shouldNotBeReadyAfterAGapUntilTheNextSnapshot()
    {
        ready(10);

        assertFalse(book.onDelta(frames.delta(12, 13, true, Side.BUY, 100, 9)));
        assertFalse(book.isReady());
        assertEquals(1, book.gapCount());
        assertFalse(book.onDelta(frames.delta(14, 15, true, Side.BUY, 100, 9)));
        assertEquals(1, book.bestBidQuantity());

        ready(20);
        assertTrue(book.isReady());
    }

    @Test
    void shouldApplyDeltasOfAVenueThatDoesNotNumberThem()
    {
        ready(0);

        assertTrue(book.onDelta(frames.delta(0, 0, true, Side.BUY, 100, 5)));
        assertTrue(book.onDelta(frames.delta(0, 0, true, Side.BUY, 100, 6)));

        assertEquals(6, book.bestBidQuantity());
    }

    @ParameterizedTest
    @EnumSource(value = FeedState.class, names = {"GAP", "RESYNC", "RECONNECTING", "STOPPED"})
    void shouldNeedASnapshotWhenTheFeedLostTrack(final FeedState state)
    {
        ready(10);

        book.onFeedState(state);

        assertFalse(book.isReady());
        assertEquals(100, book.bestBid());
        book.onFeedState(FeedState.CONNECTED);
        assertFalse(book.isReady());
        ready(11);
        assertTrue(book.isReady());
    }

    @Test
    void shouldBeReadyAgainWhenAStaleFeedComesBack()
    {
        ready(10);

        book.onFeedState(FeedState.STALE);
        assertFalse(book.isReady());
        book.onFeedState(FeedState.CONNECTED);
        assertTrue(book.isReady());
        book.onFeedState(FeedState.STALE);
        assertTrue(book.onDelta(frames.delta(11, 11, true, Side.BUY, 100, 9)));
        assertTrue(book.isReady());
    }

    @Test
    void shouldHashTheLevelsWhateverTheirOrder()
    {
        final OrderBook other = new OrderBook(3);
        book.set(BID, 100, 1);
        book.set(ASK, 101, 2);
        book.set(ASK, 102, 3);
        other.set(ASK, 102, 9);
        other.set(ASK, 103, 9);
        other.set(ASK, 101, 2);
        other.set(BID, 100, 1);
        other.set(ASK, 103, 0);
        assertNotEquals(book.hash(), other.hash());

        other.set(ASK, 102, 3);

        assertEquals(book.hash(), other.hash());
        assertEquals(stateHash(book), stateHash(other));
        other.set(ASK, 100, 1);
        other.set(BID, 100, 0);
        assertNotEquals(book.hash(), other.hash());
    }

    @Test
    void shouldDropTheWorstLevelsWhenASideIsFull()
    {
        for (int i = 0; i < OrderBook.MAX_LEVELS; i++)
        {
            book.set(BID, 1_000_000 - i, 1);
        }
        assertEquals(0, book.prunedCount());

        book.set(BID, 1_000_001, 2);

        final int kept = OrderBook.MAX_LEVELS - BookSide.PRUNED_AT_ONCE + 1;
        assertEquals(kept, book.bidCount());
        assertEquals(BookSide.PRUNED_AT_ONCE, book.prunedCount());
        assertEquals(1_000_001, book.bestBid());
        assertEquals(1_000_001 - (kept - 1), book.bidPrice(kept - 1));
        final OrderBook same = new OrderBook(3);
        for (int i = 0; i < kept; i++)
        {
            same.set(BID, book.bidPrice(i), book.bidQuantity(i));
        }
        assertEquals(same.hash(), book.hash());
    }

    @Test
    void shouldNotKeepALevelWorseThanThoseItHadToDrop()
    {
        for (int i = 0; i < OrderBook.MAX_LEVELS; i++)
        {
            book.set(ASK, 1_000_000 + i, 1);
        }

        book.set(ASK, 2_000_000, 1);

        assertEquals(0, book.quantityAt(ASK, 2_000_000));
        assertEquals(OrderBook.MAX_LEVELS - BookSide.PRUNED_AT_ONCE, book.askCount());
        assertEquals(BookSide.PRUNED_AT_ONCE + 1, book.prunedCount());
    }

    @Test
    void shouldEqualAPlainBookAfterRandomOperations()
    {
        for (long seed = 1; seed <= 20; seed++)
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final OrderBook fast = new OrderBook(0);
            final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
            final TreeMap<Long, Long> asks = new TreeMap<>();
            final int width = seed % 2 == 0 ? 50 : 3_000;
            // Some books reach so far that prices of their two ends differ by more than a long holds.
            final int shift = seed % 3 == 0 ? 51 : 0;
            for (int i = 0; i < 20_000; i++)
            {
                final boolean isBid = random.nextBoolean();
                final long price = (long)random.nextInt(-width, width) << shift;
                final long quantity = random.nextInt(3) == 0 ? 0 : random.nextLong(1, 1_000_000);
                final TreeMap<Long, Long> plain = isBid ? bids : asks;
                fast.set(isBid, price, quantity);
                if (0 == quantity)
                {
                    plain.remove(price);
                }
                else
                {
                    plain.put(price, quantity);
                }

                final String where = "seed " + seed + " operation " + i;
                assertEquals(bids.isEmpty() ? OrderBook.NO_PRICE : bids.firstKey(), fast.bestBid(), where);
                assertEquals(asks.isEmpty() ? OrderBook.NO_PRICE : asks.firstKey(), fast.bestAsk(), where);
                assertEquals(plain.getOrDefault(price, 0L), fast.quantityAt(isBid, price), where);
                if (0 == i % 1_000)
                {
                    assertEquals(plain.headMap(price, true).size(), fast.countFrom(isBid, price), where);
                    assertSameLevels(where, fast, bids, asks);
                }
            }
            assertSameLevels("seed " + seed, fast, bids, asks);
        }
    }

    @Test
    void shouldAllocateNothingOnceWarm()
    {
        final SplittableRandom random = new SplittableRandom(42);
        final long[] sum = new long[1];
        ready(1);

        ThreadAllocation.assertNothingAllocated(100_000, () ->
        {
            final long id = book.lastUpdateId() + 1;
            final long price = 100 + random.nextInt(400);
            sum[0] += book.onDelta(frames.delta(id, id, true, Side.SELL, price, random.nextInt(5))) ? 1 : 0;
            sum[0] += book.bestAsk() + book.hash() + book.quantityAt(ASK, price);
        });
    }

    private void ready(final long updateId)
    {
        book.onSnapshot(frames.snapshot(updateId, true, false, Side.BUY, 100, 1));
        book.onSnapshot(frames.snapshot(updateId, false, true, Side.SELL, 101, 2));
    }

    private static long stateHash(final OrderBook book)
    {
        final StateHasher hasher = new StateHasher();
        book.describe(hasher);
        return hasher.value();
    }

    private static void assertSameLevels(
        final String where, final OrderBook book, final TreeMap<Long, Long> bids, final TreeMap<Long, Long> asks)
    {
        assertEquals(bids.size(), book.bidCount(), where);
        assertEquals(asks.size(), book.askCount(), where);
        final OrderBook same = new OrderBook(0);
        final Iterator<Map.Entry<Long, Long>> bid = bids.entrySet().iterator();
        for (int i = 0; i < book.bidCount(); i++)
        {
            final Map.Entry<Long, Long> entry = bid.next();
            assertEquals(entry.getKey(), book.bidPrice(i), where);
            assertEquals(entry.getValue(), book.bidQuantity(i), where);
            same.set(BID, entry.getKey(), entry.getValue());
        }
        final Iterator<Map.Entry<Long, Long>> ask = asks.entrySet().iterator();
        for (int i = 0; i < book.askCount(); i++)
        {
            final Map.Entry<Long, Long> entry = ask.next();
            assertEquals(entry.getKey(), book.askPrice(i), where);
            assertEquals(entry.getValue(), book.askQuantity(i), where);
            same.set(ASK, entry.getKey(), entry.getValue());
        }
        assertEquals(same.hash(), book.hash(), where);
    }
}
