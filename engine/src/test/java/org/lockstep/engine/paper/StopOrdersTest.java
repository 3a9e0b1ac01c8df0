package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateHasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StopOrdersTest
{
    private static final int PROTECTION_BPS = 1_000;

    private final PlainDepth depth = new PlainDepth().bid(100, 50).bid(99, 50).ask(110, 40).lastTrade(105);
    private final RecordingListener reports = new RecordingListener(1_000);
    private final MatchingBook book = new MatchingBook(depth, reports);

    @ParameterizedTest
    @CsvSource({
        "SELL, STOP_LOSS, 102, 103, 102, 100",
        "BUY, STOP_LOSS, 108, 107, 108, 110",
        "SELL, TAKE_PROFIT, 108, 107, 109, 100",
        "BUY, TAKE_PROFIT, 102, 103, 101, 110"})
    void shouldBecomeAMarketOrderWhenLastTradeReachesStopPrice(
        final Side side,
        final OrderType type,
        final long stopPrice,
        final long notYet,
        final long trigger,
        final long filledAt)
    {
        book.submitStop(1, side, type, TimeInForce.GTC, stopPrice, 0, 30, PROTECTION_BPS);
        assertEquals("accepted 1", reports.last());

        trade(notYet);
        assertEquals("accepted 1", reports.last());
        assertEquals(1, book.count());
        trade(trigger);

        assertEquals("filled 1 " + filledAt + " 30 TAKER", reports.last());
        assertEquals(0, book.count());
    }

    @Test
    void shouldExpireRestOfTriggeredMarketOrderAtProtectionPrice()
    {
        depth.bid(99, 0).bid(89, 50);
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 102, 0, 80, PROTECTION_BPS);

        trade(102);

        assertEquals(50, reports.executed(1));
        assertEquals("expired 1 30", reports.last());
    }

    @Test
    void shouldBecomeALimitOrderThatTakesAndRests()
    {
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC, 102, 100, 80, PROTECTION_BPS);

        trade(102);
        assertEquals("filled 1 100 50 TAKER", reports.last());
        assertEquals(1, book.count());

        depth.bid(100, 0).ask(100, 7);
        book.onDepth();
        book.onTrade(101, 500, Side.BUY);
        assertEquals("filled 1 100 30 MAKER", reports.last());
    }

    @Test
    void shouldEndTriggeredLimitOrderByItsTimeInForce()
    {
        book.submitStop(1, Side.BUY, OrderType.TAKE_PROFIT_LIMIT, TimeInForce.IOC, 102, 110, 50, PROTECTION_BPS);
        book.submitStop(2, Side.BUY, OrderType.STOP_LOSS_LIMIT, TimeInForce.FOK, 108, 110, 50, PROTECTION_BPS);

        trade(101);
        assertEquals("expired 1 10", reports.last());
        trade(108);
        assertEquals("expired 2 50", reports.last());
        assertEquals(0, reports.executed(2));
    }

    @Test
    void shouldRefuseStopThatWouldTriggerAtOnce()
    {
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 105, 0, 30, PROTECTION_BPS);
        assertEquals("rejected 1 STOP_WOULD_TRIGGER", reports.last());

        book.submitStop(2, Side.SELL, OrderType.TAKE_PROFIT, TimeInForce.GTC, 104, 0, 30, PROTECTION_BPS);
        assertEquals("rejected 2 STOP_WOULD_TRIGGER", reports.last());
        assertEquals(0, book.count());
    }

    @Test
    void shouldWaitForTheFirstTradeWhenThereWasNone()
    {
        depth.lastTrade(0);

        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 105, 0, 30, PROTECTION_BPS);
        assertEquals("accepted 1", reports.last());

        trade(104);
        assertEquals(30, reports.executed(1));
    }

    @Test
    void shouldTriggerInTheOrderTheyCame()
    {
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 101, 0, 40, PROTECTION_BPS);
        book.submitStop(2, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 102, 0, 40, PROTECTION_BPS);

        trade(101);

        assertEquals("filled 1 100 40 TAKER", reports.lines().get(2));
        assertEquals("filled 2 100 10 TAKER", reports.lines().get(3));
        assertEquals("filled 2 99 30 TAKER", reports.lines().get(4));
    }

    @Test
    void shouldCancelAndReplaceWhileWaiting()
    {
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC, 102, 100, 30, PROTECTION_BPS);
        assertTrue(book.replace(1, 99, 90));
        assertEquals("replaced 1 99 90", reports.last());
        book.submitStop(2, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 102, 0, 30, PROTECTION_BPS);
        assertTrue(book.cancel(2));
        assertEquals("canceled 2 30", reports.last());

        trade(102);

        assertEquals(90, reports.executed(1));
        assertEquals("filled 1 99 40 TAKER", reports.last());
        assertFalse(book.cancel(2));
    }

    @Test
    void shouldExpireStopLegWhenLimitLegExecutesInPart()
    {
        pair(Side.SELL, 112, 102, 0);
        assertEquals(2, book.count());

        book.onTrade(113, 10, Side.BUY);

        assertEquals("filled 1 112 10 MAKER", reports.lines().get(2));
        assertEquals("expired 2 30", reports.last());
        trade(90);
        assertEquals(0, reports.executed(2));
        book.onTrade(113, 50, Side.BUY);
        assertEquals("filled 1 112 20 MAKER", reports.last());
        assertEquals(0, book.count());
    }

    @Test
    void shouldExpireLimitLegWhenStopLegTriggers()
    {
        pair(Side.SELL, 112, 102, 99);

        trade(102);

        assertEquals("expired 1 30", reports.lines().get(2));
        assertEquals("filled 2 100 30 TAKER", reports.last());
        assertEquals(0, book.count());
    }

    @Test
    void shouldCancelBothLegsWhenOneIsCanceled()
    {
        pair(Side.BUY, 98, 108, 0);
        assertTrue(book.cancel(2));
        assertEquals("canceled 2 30", reports.lines().get(2));
        assertEquals("canceled 1 30", reports.last());
        assertEquals(0, book.count());

        pair(Side.BUY, 98, 108, 0);
        assertTrue(book.cancel(1));
        assertEquals("canceled 2 30", reports.last());
        assertFalse(book.cancel(2));
    }

    @Test
    void shouldRefuseBothLegsWhenOneIsImpossible()
    {
        pair(Side.SELL, 100, 98, 0);
        assertEquals("rejected 1 POST_ONLY_WOULD_TAKE", reports.lines().get(0));
        assertEquals("rejected 2 POST_ONLY_WOULD_TAKE", reports.last());

        pair(Side.SELL, 112, 106, 0);
        assertEquals("rejected 1 STOP_WOULD_TRIGGER", reports.lines().get(2));
        assertEquals("rejected 2 STOP_WOULD_TRIGGER", reports.last());
        assertEquals(0, book.count());
    }

    @Test
    void shouldRefuseToReplaceALegOfAPair()
    {
        pair(Side.SELL, 112, 102, 0);

        assertTrue(book.replace(1, 113, 30));
        assertEquals("rejected 1 REPLACE_NOT_POSSIBLE", reports.last());
        assertTrue(book.replace(2, 0, 10));
        assertEquals("rejected 2 REPLACE_NOT_POSSIBLE", reports.last());
    }

    @Test
    void shouldForgetThePairWhenItsOrdersAreUsedAgain()
    {
        pair(Side.SELL, 112, 102, 0);
        book.cancel(1);
        book.submit(3, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 99, 10);
        book.submit(4, Side.SELL, OrderType.LIMIT, TimeInForce.GTC, 112, 10);

        assertTrue(book.cancel(3));

        assertEquals("canceled 3 10", reports.last());
        assertEquals(1, book.count());
    }

    @Test
    void shouldHashApartWhenStopPricesDiffer()
    {
        assertNotEquals(hashWithStop(101), hashWithStop(102));
    }

    private void pair(final Side side, final long price, final long stopPrice, final long stopLimitPrice)
    {
        book.submitPair(1, 2, side, 0 == stopLimitPrice ? OrderType.STOP_LOSS : OrderType.STOP_LOSS_LIMIT, price,
            stopPrice, stopLimitPrice, 30, PROTECTION_BPS);
    }

    private void trade(final long price)
    {
        depth.lastTrade(price);
        book.onTrade(price, 1, Side.BUY);
    }

    private static long hashWithStop(final long stopPrice)
    {
        final MatchingBook book = new MatchingBook(new PlainDepth(), new RecordingListener(10));
        book.submitStop(1, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, stopPrice, 0, 30, PROTECTION_BPS);
        final StateHasher hasher = new StateHasher();
        book.describe(hasher);
        return hasher.value();
    }
}
