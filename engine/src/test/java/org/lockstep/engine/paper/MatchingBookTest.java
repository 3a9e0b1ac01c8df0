package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateHasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class MatchingBookTest
{
    private final PlainDepth depth = new PlainDepth().bid(100, 50).ask(110, 40);
    private final RecordingListener reports = new RecordingListener(1_000);
    private final MatchingBook book = new MatchingBook(depth, reports);

    @Test
    void shouldNotSellTheSameQuantityTwiceWhenMarketRepeatsItself()
    {
        take(1, Side.BUY, 110, 30);

        book.onDepth();
        take(2, Side.BUY, 110, 30);

        assertEquals(30, reports.executed(1));
        assertEquals(10, reports.executed(2));
    }

    @Test
    void shouldSellOnlyWhatIsNewWhenLevelGrows()
    {
        take(1, Side.BUY, 110, 30);

        change(false, 110, 45);
        take(2, Side.BUY, 110, 100);

        assertEquals(15, reports.executed(2));
    }

    @Test
    void shouldTakeThoseThatLeftForThoseThatWereTakenWhenLevelShrinks()
    {
        take(1, Side.BUY, 110, 30);

        change(false, 110, 25);
        take(2, Side.BUY, 110, 100);
        change(false, 110, 20);
        change(false, 110, 26);
        take(3, Side.BUY, 110, 100);

        assertEquals(10, reports.executed(2));
        assertEquals(6, reports.executed(3));
    }

    @Test
    void shouldSellAllOfALevelThatWentAndCameBack()
    {
        take(1, Side.BUY, 110, 30);

        change(false, 110, 0);
        change(false, 110, 40);
        take(2, Side.BUY, 110, 100);

        assertEquals(40, reports.executed(2));
    }

    @Test
    void shouldRememberWhatWasTakenWhileLevelCannotBeSeen()
    {
        depth.visible(1);
        take(1, Side.BUY, 110, 30);

        change(false, 105, 7);
        change(false, 105, 0);
        take(2, Side.BUY, 110, 100);

        assertEquals(10, reports.executed(2));
    }

    @Test
    void shouldFillRestingOrderOnceFromQuoteThatWentThroughIt()
    {
        rest(1, Side.BUY, 99, 100);
        depth.bid(100, 0);

        change(false, 98, 7);
        book.onDepth();
        change(true, 90, 3);

        assertEquals(7, reports.executed(1));
    }

    @Test
    void shouldNotFillRestingOrderFromWhatATakerHasTaken()
    {
        take(1, Side.BUY, 110, 30);
        rest(2, Side.BUY, 110, 100);
        assertEquals(10, reports.executed(2));

        book.onDepth();
        change(false, 110, 44);

        assertEquals(14, reports.executed(2));
    }

    @Test
    void shouldFillByPriceThenTimeThroughSeveralLevels()
    {
        rest(1, Side.BUY, 98, 10);
        rest(2, Side.BUY, 99, 10);
        rest(3, Side.BUY, 98, 10);

        depth.bid(100, 0).ask(97, 5).ask(98, 20);
        book.onDepth();

        assertEquals(10, reports.executed(2));
        assertEquals(10, reports.executed(1));
        assertEquals(5, reports.executed(3));
    }

    @Test
    void shouldKeepPlaceOfSecondOrderWhenFirstTakesTheTrade()
    {
        rest(1, Side.BUY, 100, 10);
        change(true, 100, 80);
        rest(2, Side.BUY, 100, 10);

        trade(60, Side.SELL);
        assertEquals(10, reports.executed(1));
        assertEquals(0, reports.executed(2));

        trade(30, Side.SELL);
        assertEquals(0, reports.executed(2));

        trade(5, Side.SELL);
        assertEquals(5, reports.executed(2));
    }

    @Test
    void shouldKeepPlaceOfThirdOrderBehindTwoOthers()
    {
        rest(1, Side.SELL, 110, 10);
        rest(2, Side.SELL, 110, 10);
        change(false, 110, 60);
        rest(3, Side.SELL, 110, 10);

        book.onTrade(110, 65, Side.BUY);
        assertEquals(10, reports.executed(1));
        assertEquals(10, reports.executed(2));
        assertEquals(0, reports.executed(3));

        book.onTrade(110, 20, Side.BUY);
        assertEquals(5, reports.executed(3));
    }

    @Test
    void shouldTakeWhatBetterPricedOrdersGotFromTheTrade()
    {
        rest(1, Side.BUY, 101, 10);
        rest(2, Side.BUY, 100, 10);

        trade(55, Side.SELL);
        assertEquals(10, reports.executed(1));
        assertEquals(0, reports.executed(2));

        trade(8, Side.SELL);
        assertEquals(3, reports.executed(2));
    }

    @Test
    void shouldNotOvertakeOwnOrderWhenQueueCouldNotBeSeen()
    {
        depth.visible(1);
        rest(1, Side.BUY, 95, 10);
        change(true, 100, 5);
        rest(2, Side.BUY, 95, 10);

        book.onTrade(95, 20, Side.SELL);

        assertEquals(0, reports.executed(1));
        assertEquals(0, reports.executed(2));
    }

    @Test
    void shouldHashApartWhenTheSameWasTakenFromTheOtherSide()
    {
        final MatchingBook takenBids = bookWith(new PlainDepth().bid(100, 5).ask(200, 5));
        final MatchingBook takenAsks = bookWith(new PlainDepth().bid(50, 5).ask(100, 5));

        takenBids.submit(1, Side.SELL, OrderType.LIMIT, TimeInForce.IOC, 100, 5);
        takenAsks.submit(1, Side.BUY, OrderType.LIMIT, TimeInForce.IOC, 100, 5);

        assertNotEquals(hash(takenBids), hash(takenAsks));
    }

    @Test
    void shouldHashApartWhenTheSameRestsOnTheOtherSide()
    {
        final MatchingBook buying = bookWith(new PlainDepth());
        final MatchingBook selling = bookWith(new PlainDepth());

        buying.submit(1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100, 5);
        selling.submit(1, Side.SELL, OrderType.LIMIT, TimeInForce.GTC, 100, 5);

        assertNotEquals(hash(buying), hash(selling));
    }

    @Test
    void shouldHashApartWhenOnlyOneIsPostOnly()
    {
        final MatchingBook plain = bookWith(new PlainDepth());
        final MatchingBook postOnly = bookWith(new PlainDepth());

        plain.submit(1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 100, 5);
        postOnly.submit(1, Side.BUY, OrderType.LIMIT_MAKER, TimeInForce.GTC, 100, 5);

        assertNotEquals(hash(plain), hash(postOnly));
    }

    private void take(final long orderId, final Side side, final long price, final long quantity)
    {
        book.submit(orderId, side, OrderType.LIMIT, TimeInForce.IOC, price, quantity);
    }

    private void rest(final long orderId, final Side side, final long price, final long quantity)
    {
        book.submit(orderId, side, OrderType.LIMIT, TimeInForce.GTC, price, quantity);
    }

    private void change(final boolean isBid, final long price, final long quantity)
    {
        depth.set(isBid, price, quantity);
        book.onDepth();
    }

    private void trade(final long quantity, final Side aggressor)
    {
        book.onTrade(100, quantity, aggressor);
    }

    private static MatchingBook bookWith(final Depth depth)
    {
        return new MatchingBook(depth, new RecordingListener(10));
    }

    private static long hash(final MatchingBook book)
    {
        final StateHasher hasher = new StateHasher();
        book.describe(hasher);
        return hasher.value();
    }
}
