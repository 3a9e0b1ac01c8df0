package org.lockstep.tools.simulator.binance.exchange;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.tools.simulator.market.E8;

import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ExchangeTest
{
    private static final Fees FEES = new Fees(E8.parse("0.001"), E8.parse("0.002"));

    private final ManualMarket market = new ManualMarket()
        .bid("99.9", "2").bid("99.8", "3").ask("100.1", "2").ask("100.2", "3");
    private final RecordedReports reports = new RecordedReports();
    private final Exchange exchange = new Exchange(List.of(market), () -> 1_000_000L, 1, reports);
    private final Account alice = new Account(1, FEES);
    private final Account bob = new Account(2, FEES);

    @BeforeEach
    void fund()
    {
        for (final Account account : List.of(alice, bob))
        {
            exchange.transfer(account, "USDT", 10_000 * E8.ONE);
            exchange.transfer(account, "BTC", 100 * E8.ONE);
        }
    }

    private static OrderTerms terms(
        final Side side,
        final OrderType type,
        final TimeInForce timeInForce,
        final String price,
        final String quantity,
        final String stop,
        final SelfTradePrevention prevention)
    {
        return new OrderTerms(ManualMarket.BTC_USDT, side, type, timeInForce, E8.parse(price), E8.parse(quantity), 0,
            E8.parse(stop), 0, prevention, null, null);
    }

    private static OrderTerms limit(final Side side, final String price, final String quantity)
    {
        return terms(side, OrderType.LIMIT, TimeInForce.GTC, price, quantity, "0", SelfTradePrevention.EXPIRE_MAKER);
    }

    private static OrderTerms limit(
        final Side side, final TimeInForce timeInForce, final String price, final String quantity)
    {
        return terms(side, OrderType.LIMIT, timeInForce, price, quantity, "0", SelfTradePrevention.EXPIRE_MAKER);
    }

    private static OrderTerms market(final Side side, final String quantity)
    {
        return terms(side, OrderType.MARKET, TimeInForce.GTC, "0", quantity, "0", SelfTradePrevention.EXPIRE_MAKER);
    }

    private Order place(final Account account, final OrderTerms terms, final String id) throws Refusal
    {
        return exchange.place(account, terms, id);
    }

    private void moves()
    {
        exchange.onMarket("BTCUSDT");
    }

    private static void assertBalance(
        final Account account, final String asset, final String free, final String locked)
    {
        assertEquals(E8.parse(free), account.balance(asset).freeE8(), asset + " free");
        assertEquals(E8.parse(locked), account.balance(asset).lockedE8(), asset + " locked");
    }

    @Test
    void shouldSweepLevelsAndPayFeeInBaseWhenBuyingAtMarket() throws Refusal
    {
        place(alice, market(Side.BUY, "3"), "m");

        assertEquals(List.of("m NEW NEW", "m TRADE PARTIALLY_FILLED 2@100.1", "m TRADE FILLED 1@100.2"),
            reports.take());
        assertBalance(alice, "USDT", "9699.6", "0");
        assertBalance(alice, "BTC", "102.994", "0");
    }

    @Test
    void shouldNotSellTheSameQuantityTwiceUntilTheLevelChanges() throws Refusal
    {
        place(alice, limit(Side.BUY, TimeInForce.IOC, "100.1", "2"), "first");
        place(bob, limit(Side.BUY, TimeInForce.IOC, "100.1", "2"), "second");
        market.ask("100.1", "1.5");
        place(bob, limit(Side.BUY, TimeInForce.IOC, "100.1", "2"), "third");

        assertEquals(List.of("first NEW NEW", "first TRADE FILLED 2@100.1", "second NEW NEW",
            "second EXPIRED EXPIRED UNFILLED_IOC_QUANTITY_EXPIRED", "third NEW NEW",
            "third TRADE PARTIALLY_FILLED 1.5@100.1", "third EXPIRED EXPIRED UNFILLED_IOC_QUANTITY_EXPIRED"),
            reports.take());
    }

    @Test
    void shouldReleaseWhatABetterPriceSaves() throws Refusal
    {
        place(alice, limit(Side.BUY, "101", "3"), "l");

        assertBalance(alice, "USDT", "9699.6", "0");
    }

    @Test
    void shouldLockWhatARestingOrderNeeds() throws Refusal
    {
        final Order order = place(alice, limit(Side.BUY, "100.1", "5"), "l");

        assertEquals(OrderStatus.PARTIALLY_FILLED, order.status());
        assertBalance(alice, "USDT", "9499.5", "300.3");

        exchange.cancel(alice, "BTCUSDT", order.id(), null, "c", null);

        assertBalance(alice, "USDT", "9799.8", "0");
        assertEquals(0, alice.openOrders("BTCUSDT").size());
    }

    @Test
    void shouldFillNothingWhenFillOrKillCannotBeFilled() throws Refusal
    {
        place(alice, limit(Side.BUY, TimeInForce.FOK, "100.2", "6"), "big");
        place(alice, limit(Side.BUY, TimeInForce.FOK, "100.2", "5"), "fits");

        assertEquals(List.of("big NEW NEW", "big EXPIRED EXPIRED UNFILLED_FOK_ORDER_EXPIRED", "fits NEW NEW",
            "fits TRADE PARTIALLY_FILLED 2@100.1", "fits TRADE FILLED 3@100.2"), reports.take());
    }

    @Test
    void shouldSpendAQuoteQuantity() throws Refusal
    {
        final OrderTerms terms = new OrderTerms(ManualMarket.BTC_USDT, Side.BUY, OrderType.MARKET, TimeInForce.GTC,
            0, 0, E8.parse("250"), 0, 0, SelfTradePrevention.NONE, null, null);

        final Order order = place(alice, terms, "q");

        assertEquals(OrderStatus.FILLED, order.status());
        assertEquals(E8.parse("2.497"), order.executedE8());
        assertEquals(E8.parse("249.9994"), order.executedQuoteE8());
    }

    @Test
    void shouldStandBehindTheVisibleQueue() throws Refusal
    {
        place(alice, limit(Side.BUY, "99.9", "1"), "r");
        reports.take();

        market.trade("99.9", "1.5", true);
        moves();
        market.trade("99.9", "0.7", true);
        moves();
        market.trade("99.9", "5", true);
        moves();

        assertEquals(List.of("r TRADE PARTIALLY_FILLED 0.2@99.9", "r TRADE FILLED 0.8@99.9"), reports.take());
        assertBalance(alice, "BTC", "100.999", "0");
    }

    @Test
    void shouldFillAtItsOwnPriceWhenMarketGoesThrough() throws Refusal
    {
        place(alice, limit(Side.SELL, "100.3", "1"), "trade");
        place(bob, limit(Side.SELL, "100.4", "1"), "quote");
        reports.take();

        market.trade("100.35", "4", false);
        moves();
        market.bid("100.5", "0.4");
        moves();

        assertEquals(List.of("trade TRADE FILLED 1@100.3", "quote TRADE PARTIALLY_FILLED 0.4@100.4"), reports.take());
    }

    @Test
    void shouldTradeBetweenAccountsInsideTheSpread() throws Refusal
    {
        place(alice, limit(Side.SELL, "100", "1"), "maker");
        place(bob, limit(Side.BUY, "100", "1"), "taker");

        assertEquals(List.of("maker NEW NEW", "taker NEW NEW", "taker TRADE FILLED 1@100",
            "maker TRADE FILLED 1@100"), reports.take());
        assertBalance(alice, "USDT", "10099.9", "0");
        assertBalance(bob, "BTC", "100.998", "0");
        assertEquals(0, exchange.counterparts("BTC")[0]);
    }

    @ParameterizedTest
    @CsvSource({"EXPIRE_MAKER, EXPIRED_IN_MATCH, NEW", "EXPIRE_TAKER, NEW, EXPIRED_IN_MATCH",
        "EXPIRE_BOTH, EXPIRED_IN_MATCH, EXPIRED_IN_MATCH", "NONE, FILLED, FILLED"})
    void shouldKeepAccountFromTradingWithItself(
        final SelfTradePrevention mode, final OrderStatus makerStatus, final OrderStatus takerStatus) throws Refusal
    {
        final Order maker = place(alice, limit(Side.SELL, "100", "1"), "maker");
        final Order taker = place(alice,
            terms(Side.BUY, OrderType.LIMIT, TimeInForce.GTC, "100", "1", "0", mode), "taker");

        assertEquals(makerStatus, maker.status());
        assertEquals(takerStatus, taker.status());
    }

    @Test
    void shouldRefuseMakerThatWouldTake()
    {
        final Refusal refusal = assertThrows(Refusal.class, () -> place(alice, terms(Side.BUY, OrderType.LIMIT_MAKER,
            TimeInForce.GTC, "100.1", "1", "0", SelfTradePrevention.NONE), "m"));

        assertEquals(-2010, refusal.code());
        assertEquals("Order would immediately match and take.", refusal.getMessage());
        assertEquals(List.of(), reports.take());
    }

    @ParameterizedTest
    @CsvSource({"BUY, STOP_LOSS_LIMIT, 100.2, 100.3, 100.2", "SELL, STOP_LOSS_LIMIT, 99.8, 99.7, 99.8",
        "BUY, TAKE_PROFIT_LIMIT, 99.8, 100.3, 99.8", "SELL, TAKE_PROFIT_LIMIT, 100.2, 99.7, 100.2",
        "BUY, STOP_LOSS, 100.2, 0, 100.2", "SELL, TAKE_PROFIT, 100.2, 0, 100.2"})
    void shouldStartConditionalOrderWhenLastPriceReachesIt(
        final Side side, final OrderType type, final String stop, final String price, final String last)
        throws Refusal
    {
        final Order order = place(alice,
            terms(side, type, TimeInForce.GTC, price, "1", stop, SelfTradePrevention.NONE), "stop");
        market.trade("100", "1", true);
        moves();
        assertEquals(List.of("stop NEW NEW"), reports.take());

        market.trade(last, "0.1", true);
        moves();

        assertEquals(OrderStatus.FILLED, order.status());
        assertEquals("stop NEW NEW", reports.take().get(0));
        assertEquals(0, alice.balance("BTC").lockedE8() + alice.balance("USDT").lockedE8());
    }

    @Test
    void shouldRefuseConditionalOrderThatWouldStartAtOnce()
    {
        final Refusal refusal = assertThrows(Refusal.class, () -> place(alice, terms(Side.SELL, OrderType.STOP_LOSS,
            TimeInForce.GTC, "0", "1", "100.5", SelfTradePrevention.NONE), "s"));

        assertEquals("Stop price would trigger immediately.", refusal.getMessage());
    }

    private OrderList pair() throws Refusal
    {
        return exchange.placePair(alice, List.of(
            terms(Side.SELL, OrderType.LIMIT_MAKER, TimeInForce.GTC, "101", "2", "0", SelfTradePrevention.NONE),
            terms(Side.SELL, OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC, "98.9", "2", "99",
                SelfTradePrevention.NONE)), Arrays.asList("take", "stop"), "list");
    }

    @Test
    void shouldHoldOnceForBothOrdersOfAPair() throws Refusal
    {
        final OrderList list = pair();

        assertBalance(alice, "BTC", "98", "2");
        assertEquals(List.of("list started", "take NEW NEW", "stop NEW NEW"), reports.take());

        exchange.cancel(alice, "BTCUSDT", list.orders().get(1).id(), null, "c", null);

        assertBalance(alice, "BTC", "100", "0");
        assertEquals(List.of("take CANCELED CANCELED", "stop CANCELED CANCELED", "list done"), reports.take());
    }

    @Test
    void shouldExpireStopWhenProfitIsTaken() throws Refusal
    {
        pair();
        reports.take();

        market.trade("101.5", "1", false);
        moves();
        assertBalance(alice, "BTC", "98", "1");
        market.trade("101.5", "1", false);
        moves();

        assertEquals(List.of("stop EXPIRED EXPIRED", "take TRADE PARTIALLY_FILLED 1@101",
            "take TRADE FILLED 1@101", "list done"), reports.take());
        assertBalance(alice, "BTC", "98", "0");
    }

    @Test
    void shouldExpireProfitWhenStopStarts() throws Refusal
    {
        pair();
        reports.take();

        market.trade("98.95", "1", true);
        moves();

        assertEquals(List.of("take EXPIRED EXPIRED", "stop NEW NEW", "stop TRADE FILLED 2@99.9"),
            reports.take().subList(0, 3));
        assertBalance(alice, "BTC", "98", "0");
    }

    @Test
    void shouldKeepPlaceInQueueWhenOrderIsMadeSmaller() throws Refusal
    {
        final Order order = place(alice, limit(Side.BUY, "99.9", "2"), "big");
        market.trade("99.9", "1.9", true);
        moves();
        exchange.amend(alice, "BTCUSDT", order.id(), null, "small", E8.ONE);
        market.trade("99.9", "1.1", true);
        moves();

        assertEquals(OrderStatus.FILLED, order.status());
        assertBalance(alice, "USDT", "9900.1", "0");
        assertEquals("big", reports.take().get(0).split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource({"100.005, 1, PRICE_FILTER", "100, 0.0005, LOT_SIZE", "100, 0.01, NOTIONAL",
        "130, 1, PERCENT_PRICE_BY_SIDE", "40, 1, PERCENT_PRICE_BY_SIDE", "1000000.01, 1, PRICE_FILTER"})
    void shouldRefuseWhatFiltersForbid(final String price, final String quantity, final String filter)
    {
        final Refusal refusal =
            assertThrows(Refusal.class, () -> place(alice, limit(Side.BUY, price, quantity), "f"));

        assertEquals(-1013, refusal.code());
        assertEquals("Filter failure: " + filter, refusal.getMessage());
    }

    @Test
    void shouldRefuseMoreThanThereIs()
    {
        assertEquals(-2010, assertThrows(Refusal.class,
            () -> place(alice, limit(Side.BUY, "99", "102"), "b")).code());
        assertEquals(-2010, assertThrows(Refusal.class,
            () -> place(alice, limit(Side.SELL, "101", "100.001"), "s")).code());
        assertEquals(-2010, assertThrows(Refusal.class,
            () -> place(alice, market(Side.SELL, "100.001"), "m")).code());
        assertBalance(alice, "USDT", "10000", "0");
    }

    @Test
    void shouldRefuseClientOrderIdThatIsInUseAndTakeItAgainAfterwards() throws Refusal
    {
        place(alice, limit(Side.BUY, "99", "1"), "id");

        final Refusal refusal =
            assertThrows(Refusal.class, () -> place(alice, limit(Side.BUY, "99", "1"), "id"));
        exchange.cancel(alice, "BTCUSDT", Order.NONE, "id", "c", null);
        final Order again = place(alice, limit(Side.BUY, "99", "1"), "id");

        assertEquals("Duplicate order sent.", refusal.getMessage());
        assertEquals(again, alice.find("BTCUSDT", Order.NONE, "id"));
    }

    @Test
    void shouldLimitOpenOrders() throws Refusal
    {
        for (int i = 0; i < SymbolFilters.ORDERS_MAX; i++)
        {
            place(alice, limit(Side.SELL, "101", "0.1"), null);
        }

        assertEquals("Filter failure: MAX_NUM_ORDERS", assertThrows(Refusal.class,
            () -> place(alice, limit(Side.SELL, "101", "0.1"), null)).getMessage());
    }
}
