package org.lockstep.engine.execution;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;
import static org.lockstep.engine.EngineFixture.texts;

/** The account begins with 100,000 USDT; a bitcoin is 100,000 lots and costs some 60,000 USDT. Fees are 5 bps. */
class PaperFundsTest
{
    private static final long BTC = 100_000;
    private static final long ETH = 10_000;

    @Test
    void shouldRefuseOrderThatBalanceDoesNotCarry()
    {
        final EngineFixture engine = quoted();

        final long tooMuch = limit(engine, Side.BUY, 6_000_000, BTC * 5 / 3);
        final long enough = limit(engine, Side.BUY, 6_000_000, BTC * 8 / 5);

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), tooMuch);
        assertEquals(RejectReason.ACCOUNT_FUNDS, engine.lastReject());
        assertTrue(enough > 0);
        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldCountFeesOfTheOrder()
    {
        final EngineFixture engine = quoted("balance", "60029");
        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.BUY, 6_000_000, BTC));

        final EngineFixture richer = quoted("balance", "60030");
        assertTrue(limit(richer, Side.BUY, 6_000_000, BTC) > 0);
    }

    @Test
    void shouldCountOpenOrdersAndPositionsOfAllInstruments()
    {
        final EngineFixture engine = quoted();
        fill(engine, Side.BUY, BTC);
        assertTrue(limit(engine, Side.BUY, 5_900_000, BTC / 2) > 0);

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(),
            engine.submit(ETH_USDT, Side.BUY, OrderType.LIMIT, 300_000, 4 * ETH));
        assertTrue(engine.submit(ETH_USDT, Side.BUY, OrderType.LIMIT, 300_000, 3 * ETH) > 0);
    }

    @Test
    void shouldCountOnlyTheLargerSideOfOpenOrders()
    {
        final EngineFixture engine = quoted();

        assertTrue(limit(engine, Side.BUY, 5_999_990, BTC * 3 / 2) > 0);
        assertTrue(limit(engine, Side.SELL, 6_000_020, BTC * 3 / 2) > 0);
        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.SELL, 6_000_020, BTC / 2));
    }

    @Test
    void shouldCarryMoreWithLeverage()
    {
        final EngineFixture engine = quoted("leverage", "2.5");

        assertTrue(limit(engine, Side.BUY, 6_000_000, BTC * 4) > 0);
        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.BUY, 6_000_000, BTC / 4));
    }

    @Test
    void shouldCarryLessAfterLosses()
    {
        final EngineFixture engine = quoted();
        fill(engine, Side.BUY, BTC);

        engine.quote(BTC_USDT, 4_000_000, 4_000_010);

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.BUY, 4_000_000, BTC * 11 / 10));
        assertTrue(limit(engine, Side.BUY, 4_000_000, BTC * 9 / 10) > 0);
    }

    @Test
    void shouldLetPositionBeClosedWhenNothingIsLeft()
    {
        final EngineFixture engine = quoted("leverage", "2");
        fill(engine, Side.SELL, BTC * 3);

        engine.quote(BTC_USDT, 12_000_000, 12_000_010);

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.SELL, 12_000_020, 1));
        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.BUY, 12_000_000, BTC * 7));
        final long closing = limit(engine, Side.BUY, 12_000_010, BTC * 3);
        engine.after(SECOND);
        assertEquals(OrderStatus.PARTIALLY_FILLED, engine.order(closing).status());
    }

    @Test
    void shouldRefuseShortSaleWhenAccountMayNotSellShort()
    {
        final EngineFixture engine = quoted("allowShort", "false");
        assertEquals(-RejectReason.ACCOUNT_NO_SHORT.code(), limit(engine, Side.SELL, 6_000_020, 1));

        fill(engine, Side.BUY, BTC);
        assertTrue(limit(engine, Side.SELL, 6_000_020, BTC * 3 / 4) > 0);
        assertEquals(-RejectReason.ACCOUNT_NO_SHORT.code(), limit(engine, Side.SELL, 6_000_020, BTC / 4 + 1));
        assertTrue(limit(engine, Side.SELL, 6_000_020, BTC / 4) > 0);
    }

    @Test
    void shouldRefuseReplaceThatBalanceDoesNotCarryAndAllowThatWhichWantsLess()
    {
        final EngineFixture engine = quoted();
        final long orderId = limit(engine, Side.BUY, 5_900_000, BTC * 3 / 2);
        engine.after(SECOND).quote(BTC_USDT, 6_300_000, 6_300_010);

        final long dearer = engine.act(context -> context.replace(orderId, 6_690_000, BTC * 3 / 2));
        final long less = engine.act(context -> context.replace(orderId, 5_900_000, BTC));

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), dearer);
        assertEquals(0, less);
    }

    @Test
    void shouldValueASaleAtTheMarketWhenItsLimitIsBelow()
    {
        final EngineFixture engine = quoted();

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), limit(engine, Side.SELL, 5_500_000, BTC * 7 / 4));
        assertTrue(limit(engine, Side.SELL, 5_500_000, BTC * 8 / 5) > 0);
    }

    @Test
    void shouldRefuseAReplaceThatSellsMoreForLess()
    {
        final EngineFixture engine = quoted();
        final long orderId = limit(engine, Side.SELL, 6_500_000, BTC * 3 / 2);
        engine.after(SECOND).quote(BTC_USDT, 6_000_000, 6_000_010);

        final long more = engine.act(context -> context.replace(orderId, 5_500_000, BTC * 7 / 4));

        assertEquals(-RejectReason.ACCOUNT_FUNDS.code(), more);
    }

    @Test
    void shouldNameWhatIsAllowedWhenLeverageOrShortIsNone()
    {
        assertTrue(assertThrows(IllegalArgumentException.class,
            () -> AccountTerms.read(new java.util.TreeMap<>(texts("leverage", "0")))).getMessage()
            .contains("leverage: found '0'"));
        assertTrue(assertThrows(IllegalArgumentException.class,
            () -> AccountTerms.read(new java.util.TreeMap<>(texts("allowShort", "maybe")))).getMessage()
            .contains("allowShort: found 'maybe', allowed true or false"));
    }

    private static EngineFixture quoted(final String... accountTexts)
    {
        return anEngine().start(accountTexts).withProbe()
            .quote(BTC_USDT, 6_000_000, 6_000_010).quote(ETH_USDT, 300_000, 300_010);
    }

    private static long limit(final EngineFixture engine, final Side side, final long price, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.LIMIT, price, quantity);
    }

    private static void fill(final EngineFixture engine, final Side side, final long quantity)
    {
        engine.quote(BTC_USDT, 6_000_000, quantity, 6_000_010, quantity);
        final long orderId = engine.submit(BTC_USDT, side, OrderType.MARKET, 0, quantity);
        engine.after(SECOND);
        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        engine.quote(ETH_USDT, 300_000, 300_010).quote(BTC_USDT, 6_000_000, 6_000_010);
    }
}
