package org.lockstep.engine.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FeedState;

class MarketTest
{
    private static final long SECOND = 1_000_000_000L;

    private final Markets markets = new Markets();
    private final Market market = defined();

    @Test
    void shouldForgetQuoteThatTradesHaveOutlived()
    {
        market.top().set(6_000_000, 1, 6_000_010, 1, 7, SECOND);

        market.onTrade(5_000_000, 2 * SECOND);
        final long early = market.referencePrice();
        market.onTrade(5_000_000, 20 * SECOND);

        assertEquals(6_000_005, early);
        assertEquals(5_000_000, market.referencePrice());
    }

    @Test
    void shouldTakeLowerUpdateIdsFromANewConnection()
    {
        market.top().set(6_000_000, 1, 6_000_010, 1, 7_000, SECOND);
        assertFalse(market.top().set(5_000_000, 1, 5_000_010, 1, 3, SECOND));

        market.onFeedState(FeedState.CONNECTED);

        assertTrue(market.top().set(5_000_000, 1, 5_000_010, 1, 3, SECOND));
    }

    @Test
    void shouldTakeLowerUpdateIdsAfterAGap()
    {
        market.top().set(6_000_000, 1, 6_000_010, 1, 7_000, SECOND);

        market.onFeedState(FeedState.GAP);

        assertTrue(market.top().isKnown());
        assertTrue(market.top().set(5_000_000, 1, 5_000_010, 1, 3, SECOND));
    }

    @Test
    void shouldBeStaleWithoutQuoteWhenConnectionIsLost()
    {
        market.top().set(6_000_000, 1, 6_000_010, 1, 7, SECOND);
        market.onData(SECOND);

        market.onFeedState(FeedState.RECONNECTING);

        assertTrue(market.isStale(SECOND, SECOND));
        assertFalse(market.top().isKnown());
    }

    private Market defined()
    {
        markets.define(BTC_USDT);
        return markets.find(BTC_USDT.id());
    }
}
