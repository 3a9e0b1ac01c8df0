package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.FeedState;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

class MarketDepthTest
{
    private static final long[] BIDS = {100, 5, 99, 6, 97, 7};
    private static final long[] ASKS = {102, 8, 103, 9, 105, 10};

    private final EngineFixture engine = anEngine().start();
    private final Depth depth = new MarketDepth(engine.engine().markets().find(BTC_USDT.id()));

    @Test
    void shouldShowBookAloneWhenItsUpdateIsTheNewer()
    {
        engine.quote(BTC_USDT, 49, 90, 1, 110, 2).book(BTC_USDT, 50, BIDS, ASKS);

        assertShows(true, 100, 5, 99, 6, 97, 7);
        assertShows(false, 102, 8, 103, 9, 105, 10);
    }

    @Test
    void shouldShowBookAloneWhenQuoteWithAnOlderIdArrivesAfterIt()
    {
        engine.book(BTC_USDT, 50, BIDS, ASKS).quote(BTC_USDT, 50, 90, 1, 110, 2);

        assertShows(true, 100, 5, 99, 6, 97, 7);
    }

    @Test
    void shouldDropLevelsThatNewerQuoteSaysAreGone()
    {
        engine.book(BTC_USDT, 50, BIDS, ASKS).quote(BTC_USDT, 51, 99, 1, 104, 2);

        assertShows(true, 99, 1, 97, 7);
        assertShows(false, 104, 2, 105, 10);
        assertEquals(0, depth.quantityAt(true, 100));
        assertEquals(1, depth.quantityAt(true, 99));
        assertEquals(7, depth.quantityAt(true, 97));
        assertEquals(0, depth.quantityAt(true, 98));
        assertEquals(0, depth.quantityAt(false, 103));
        assertEquals(2, depth.quantityAt(false, 104));
    }

    @Test
    void shouldSetBetterLevelsBeforeTheBooksWhenNewerQuoteHasThem()
    {
        engine.book(BTC_USDT, 50, BIDS, ASKS).quote(BTC_USDT, 51, 101, 3, 102, 2);

        assertShows(true, 101, 3, 100, 5, 99, 6, 97, 7);
        assertShows(false, 102, 2, 103, 9, 105, 10);
        assertEquals(3, depth.quantityAt(true, 101));
    }

    @Test
    void shouldGoByArrivalWhenThereAreNoUpdateIds()
    {
        engine.book(BTC_USDT, BIDS, ASKS).quote(BTC_USDT, 99, 1, 104, 2);
        assertShows(true, 99, 1, 97, 7);

        engine.book(BTC_USDT, BIDS, ASKS);
        assertShows(true, 100, 5, 99, 6, 97, 7);
    }

    @Test
    void shouldEmptySideWhenNewerQuoteHasNone()
    {
        engine.book(BTC_USDT, 50, BIDS, ASKS).quote(BTC_USDT, 51, 0, 0, 102, 2);

        assertShows(true);
        assertEquals(0, depth.quantityAt(true, 100));
        assertShows(false, 102, 2, 103, 9, 105, 10);
    }

    @Test
    void shouldShowQuoteAloneWhenBookIsNotReady()
    {
        engine.book(BTC_USDT, 50, BIDS, ASKS).quote(BTC_USDT, 51, 99, 1, 104, 2).feed(BTC_USDT, FeedState.GAP);

        assertShows(true, 99, 1);
        assertEquals(0, depth.quantityAt(true, 100));
        assertEquals(Depth.NOT_VISIBLE, depth.quantityAt(true, 97));
    }

    private void assertShows(final boolean isBid, final long... pricesAndQuantities)
    {
        assertEquals(pricesAndQuantities.length / 2, depth.count(isBid), "levels");
        for (int level = 0; level < depth.count(isBid); level++)
        {
            assertEquals(pricesAndQuantities[2 * level], depth.price(isBid, level), "price " + level);
            assertEquals(pricesAndQuantities[2 * level + 1], depth.quantity(isBid, level), "quantity " + level);
        }
    }
}
