package org.lockstep.engine.risk;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

class RiskGateTest
{
    @Test
    void shouldNeverUseACodeTwice()
    {
        final Set<Integer> codes = new TreeSet<>();
        for (final RejectReason reason : RejectReason.values())
        {
            assertTrue(codes.add(reason.code()), reason.name());
            assertSame(reason, RejectReason.byCode(-reason.code()));
        }
        for (final AlertCode code : AlertCode.values())
        {
            assertTrue(codes.add(code.code()), code.name());
        }
    }

    @Test
    void shouldPassOrderWithinAllLimits()
    {
        final EngineFixture engine = quoted();

        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        assertEquals(1, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        assertEquals(0, engine.count(OrderRejectedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldTellStrategyAndStreamTheSameCode()
    {
        final EngineFixture engine = quoted("limits.maxOrderQuantity", "0.01");

        final long result = buy(engine, 5_999_000, 1_001);

        assertEquals(-200, result);
        final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
        rejected.wrap(engine.last(OrderRejectedDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH,
            OrderRejectedDecoder.BLOCK_LENGTH, 1);
        assertEquals(200, rejected.code());
        assertEquals("order quantity exceeds the bot's limit", rejected.reason());
        assertEquals(0, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
    }

    @Test
    void shouldRejectNotionalAboveLimit()
    {
        final EngineFixture engine = quoted("limits.maxOrderNotional", "600");

        assertRefused(RejectReason.MAX_ORDER_NOTIONAL, engine, buy(engine, 6_000_000, 1_001));
        assertTrue(buy(engine, 6_000_000, 1_000) > 0);
    }

    @Test
    void shouldCountOpenOrdersIntoPosition()
    {
        final EngineFixture engine = quoted("limits.maxPosition", "0.01");

        assertTrue(buy(engine, 5_999_000, 600) > 0);
        assertRefused(RejectReason.MAX_POSITION, engine, buy(engine, 5_999_000, 401));
        assertTrue(buy(engine, 5_999_000, 400) > 0);
        assertTrue(sell(engine, 6_001_000, 1_000) > 0);
        assertRefused(RejectReason.MAX_POSITION, engine, sell(engine, 6_001_000, 1));
    }

    @Test
    void shouldLetPositionShrinkWhenAboveLimit()
    {
        final EngineFixture engine = quoted();
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 2_000);
        engine.after(MS).command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxPosition", "0.01");

        assertRefused(RejectReason.MAX_POSITION, engine, buy(engine, 5_999_000, 1));
        assertTrue(sell(engine, 6_001_000, 500) > 0);
    }

    @Test
    void shouldNotLetPositionFlipThroughZeroWhenAboveLimit()
    {
        final EngineFixture engine = quoted();
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 2_000);
        engine.after(MS).command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxPosition", "0.01");

        assertRefused(RejectReason.MAX_POSITION, engine, sell(engine, 6_001_000, 3_500));
        assertTrue(sell(engine, 6_001_000, 2_000) > 0);
    }

    @Test
    void shouldValueExposureAtTheMarketWhenTheOrderIsCheaper()
    {
        final EngineFixture engine = quoted("limits.maxExposure", "1000");

        assertRefused(RejectReason.MAX_EXPOSURE, engine, buy(engine, 5_500_000, 1_700));
    }

    @Test
    void shouldRejectExposureAboveLimit()
    {
        final EngineFixture engine = quoted("limits.maxExposure", "1000");

        assertTrue(buy(engine, 6_000_000, 1_600) > 0);
        assertRefused(RejectReason.MAX_EXPOSURE, engine, buy(engine, 6_000_000, 100));
    }

    @Test
    void shouldRejectOrderBeyondMostOpen()
    {
        final EngineFixture engine = quoted("limits.maxOpenOrders", "2");
        final long first = buy(engine, 5_999_000, 1_000);
        buy(engine, 5_999_000, 1_000);

        assertRefused(RejectReason.MAX_OPEN_ORDERS, engine, buy(engine, 5_999_000, 1_000));
        engine.after(MS).act(context -> context.cancel(first));
        engine.after(MS);
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
    }

    @Test
    void shouldRejectPriceOutsideCollar()
    {
        final EngineFixture engine = quoted("limits.priceCollarBps", "100");

        assertTrue(buy(engine, 5_940_005, 1_000) > 0);
        assertRefused(RejectReason.PRICE_COLLAR, engine, buy(engine, 5_940_000, 1_000));
        assertRefused(RejectReason.PRICE_COLLAR, engine, sell(engine, 6_060_100, 1_000));
    }

    @Test
    void shouldLimitOrdersInAnySecond()
    {
        final EngineFixture engine = quoted("limits.maxOrderRate", "2");
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        engine.pass(SECOND / 2);
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        engine.pass(SECOND / 2 - 1);

        assertRefused(RejectReason.ORDER_RATE, engine, buy(engine, 5_999_000, 1_000));
        engine.pass(1);
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        assertRefused(RejectReason.ORDER_RATE, engine, buy(engine, 5_999_000, 1_000));
    }

    @Test
    void shouldRejectOnStaleMarketData()
    {
        final EngineFixture engine = quoted("limits.priceCollarBps", "none");
        engine.pass(30 * SECOND);
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        engine.pass(1);

        assertRefused(RejectReason.STALE_MARKET_DATA, engine, buy(engine, 5_999_000, 1_000));
    }

    @Test
    void shouldRejectWhenFeedSaysItIsStaleUntilDataReturns()
    {
        final EngineFixture engine = quoted();
        engine.feed(null, FeedState.STALE);

        assertRefused(RejectReason.STALE_MARKET_DATA, engine, buy(engine, 5_999_000, 1_000));
        engine.quote(BTC_USDT, 6_000_000, 6_000_010);
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
    }

    @Test
    void shouldRejectBeforeAnyMarketData()
    {
        final EngineFixture engine = anEngine().start().withProbe();

        assertRefused(RejectReason.STALE_MARKET_DATA, engine, buy(engine, 5_999_000, 1_000));
    }

    @Test
    void shouldCheckShapeAgainstInstrument()
    {
        final Instrument coarse = new Instrument(0, BTC_USDT.venue(), "BTCUSDT", "BTC", "USDT", 2, 5, 10, 100, 200,
            100_000, 1_000_000_000L, InstrumentStatus.TRADING);
        final EngineFixture engine = quoted().define(coarse);

        assertRefused(RejectReason.PRICE_OFF_TICK, engine, buy(engine, 5_999_001, 1_000));
        assertRefused(RejectReason.QUANTITY_OFF_LOT, engine, buy(engine, 5_999_000, 1_001));
        assertRefused(RejectReason.QUANTITY_BELOW_MINIMUM, engine, buy(engine, 5_999_000, 100));
        assertRefused(RejectReason.QUANTITY_ABOVE_MAXIMUM, engine, buy(engine, 5_999_000, 100_100));
        assertRefused(RejectReason.INVALID_QUANTITY, engine, buy(engine, 5_999_000, 0));
        assertRefused(RejectReason.INVALID_QUANTITY, engine, buy(engine, 5_999_000, -100));
        assertRefused(RejectReason.INVALID_PRICE, engine, buy(engine, 0, 1_000));
        assertRefused(RejectReason.INVALID_PRICE, engine,
            engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 10, 1_000));
        assertRefused(RejectReason.INVALID_ORDER_TYPE, engine, engine.act(context ->
            context.submit(0, Side.BUY, OrderType.MARKET, TimeInForce.GTC, 0, 1_000)));
        assertRefused(RejectReason.INVALID_ORDER_TYPE, engine, engine.act(context ->
            context.submit(0, Side.NULL_VAL, OrderType.LIMIT, TimeInForce.GTC, 5_999_000, 1_000)));
        assertRefused(RejectReason.UNKNOWN_INSTRUMENT, engine, engine.act(context ->
            context.submit(17, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 5_999_000, 1_000)));
    }

    @Test
    void shouldRejectNotionalBelowMinimum()
    {
        final EngineFixture engine = quoted().quote(ETH_USDT, 300_000, 300_010);

        final long result = engine.submit(ETH_USDT, Side.BUY, OrderType.LIMIT, 300_000, 16);

        assertRefused(RejectReason.NOTIONAL_BELOW_MINIMUM, engine, result);
    }

    @Test
    void shouldRejectWhenInstrumentIsHalted()
    {
        final EngineFixture engine = quoted().define(new Instrument(0, BTC_USDT.venue(), "BTCUSDT", "BTC", "USDT",
            2, 5, 1, 1, 1, 900_000_000L, 0, InstrumentStatus.HALTED));

        assertRefused(RejectReason.INSTRUMENT_NOT_TRADING, engine, buy(engine, 5_999_000, 1_000));
    }

    @Test
    void shouldRejectWhenAmountsLeaveTheRangeOfMoney()
    {
        final EngineFixture engine = quoted().define(new Instrument(0, BTC_USDT.venue(), "BTCUSDT", "BTC", "USDT",
            2, 5, 1, 1, 1, Long.MAX_VALUE, 0, InstrumentStatus.TRADING));

        assertRefused(RejectReason.NOTIONAL_OUT_OF_RANGE, engine, buy(engine, 5_999_000, 1_000_000_000_000_000L));
    }

    @Test
    void shouldFailClosedWhenACheckOverflows()
    {
        final EngineFixture engine = quoted("limits.maxExposure", "none").define(new Instrument(0, BTC_USDT.venue(),
            "BTCUSDT", "BTC", "USDT", 2, 5, 1, 1, 1, Long.MAX_VALUE, 0, InstrumentStatus.TRADING));
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
        engine.after(MS);

        assertRefused(RejectReason.RISK_FAILURE, engine, buy(engine, 5_999_000, Long.MAX_VALUE));
        assertEquals(BotState.KILLED, engine.bot().state());
        assertEquals(RejectReason.RISK_FAILURE.code(), engine.lastAlert().code());
    }

    @Test
    void shouldKillBotWhenDrawdownIsReached()
    {
        final EngineFixture engine = quoted("limits.maxDrawdown", "10");
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 10_000);
        engine.after(MS);
        final long resting = buy(engine, 5_000_000 + 900_000, 1_000);
        engine.after(MS);
        assertEquals(BotState.RUNNING, engine.bot().state());

        engine.quote(BTC_USDT, 5_990_000, 5_990_010);

        assertEquals(BotState.KILLED, engine.bot().state());
        assertEquals(RejectReason.DRAWDOWN.code(), engine.lastAlert().code());
        engine.after(MS);
        assertEquals(OrderStatus.CANCELED, engine.order(resting).status());
    }

    @Test
    void shouldKillBotWhenDailyLossIsReached()
    {
        final EngineFixture engine = quoted("limits.maxDailyLoss", "10");
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 10_000);
        engine.after(MS);

        engine.quote(BTC_USDT, 5_990_000, 5_990_010);

        assertEquals(BotState.KILLED, engine.bot().state());
        assertEquals(RejectReason.DAILY_LOSS.code(), engine.lastAlert().code());
    }

    @Test
    void shouldStopWholeAccountWhenItsDrawdownIsReached()
    {
        final EngineFixture engine = anEngine().start("limits.maxDrawdown", "10").withProbe()
            .quote(BTC_USDT, 6_000_000, 6_000_010);
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 10_000);
        engine.after(MS).quote(BTC_USDT, 5_990_000, 5_990_010);

        assertEquals(BotState.KILLED, engine.bot().state());
        assertTrue(engine.engine().accounts().find(0).risk().isKilled());
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_990_000, 1_000);
        assertEquals(RejectReason.ACCOUNT_KILL_SWITCH, engine.lastReject());
    }

    @Test
    void shouldApplyAccountLimitsOverAllBots()
    {
        final EngineFixture engine = anEngine().start("limits.maxPosition", "0.01").withProbe()
            .quote(BTC_USDT, 6_000_000, 6_000_010);
        buy(engine, 5_999_000, 600);

        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 500);

        assertEquals(RejectReason.ACCOUNT_MAX_POSITION, engine.lastReject());
    }

    @Test
    void shouldCheckReplaceLikeANewOrder()
    {
        final EngineFixture engine = quoted("limits.maxPosition", "0.01");
        final long orderId = buy(engine, 5_999_000, 900);
        engine.after(MS);

        assertEquals(-RejectReason.MAX_POSITION.code(),
            engine.act(context -> context.replace(orderId, 5_999_000, 1_001)));
        assertEquals(0, engine.act(context -> context.replace(orderId, 5_999_000, 1_000)));
        assertEquals(-RejectReason.ORDER_BUSY.code(),
            engine.act(context -> context.replace(orderId, 5_999_000, 999)));
    }

    @Test
    void shouldCountAReplaceInFlightIntoPosition()
    {
        final EngineFixture engine = quoted("limits.maxPosition", "0.01");
        final long orderId = buy(engine, 5_999_000, 10);
        engine.after(MS);
        assertEquals(0, engine.act(context -> context.replace(orderId, 5_999_000, 1_000)));

        assertRefused(RejectReason.MAX_POSITION, engine, buy(engine, 5_999_000, 990));
        assertEquals(1_000, engine.position(BTC_USDT).openBuyQuantity());
        engine.after(MS);
        assertEquals(1_000, engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldKeepOldQuantityOpenUntilASmallerReplaceIsDone()
    {
        final EngineFixture engine = quoted();
        final long orderId = buy(engine, 5_999_000, 1_000);
        engine.after(MS);

        engine.act(context -> context.replace(orderId, 5_999_000, 10));

        assertEquals(1_000, engine.position(BTC_USDT).openBuyQuantity());
        engine.after(MS);
        assertEquals(10, engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldChangeLimitsByCommand()
    {
        final EngineFixture engine = quoted();
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderQuantity", "0.001");
        assertEquals(AlertCode.LIMITS_CHANGED.code(), engine.lastAlert().code());

        assertRefused(RejectReason.MAX_ORDER_QUANTITY, engine, buy(engine, 5_999_000, 101));
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderQuantity", "none");
        assertTrue(buy(engine, 5_999_000, 101) > 0);
    }

    @Test
    void shouldSayWhatIsWrongWithALimit()
    {
        final EngineFixture engine = quoted();
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderQuantty", "1");

        final AlertDecoder alert = engine.lastAlert();
        assertEquals(AlertCode.COMMAND_REFUSED.code(), alert.code());
        assertTrue(alert.text().contains("limits.maxOrderQuantty: found an unknown limit"));
    }

    @Test
    void shouldValueMarketOrdersAtTheirProtectionPrice()
    {
        final EngineFixture engine = quoted("limits.maxExposure", "1000", "limits.maxOrderNotional", "1000");

        assertRefused(RejectReason.MAX_ORDER_NOTIONAL, engine,
            engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_590));
        assertTrue(engine.submit(BTC_USDT, Side.SELL, OrderType.MARKET, 0, 1_590) > 0);
    }

    @Test
    void shouldRememberTheWindowWhenTheRateLimitChanges()
    {
        final EngineFixture engine = quoted("limits.maxOrderRate", "2");
        buy(engine, 5_999_000, 1_000);
        buy(engine, 5_999_000, 1_000);

        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderRate", "3");
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        assertRefused(RejectReason.ORDER_RATE, engine, buy(engine, 5_999_000, 1_000));
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderRate", "0");
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderRate", "2");
        assertRefused(RejectReason.ORDER_RATE, engine, buy(engine, 5_999_000, 1_000));
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderRate", "none");
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        engine.command(CommandAction.SET_LIMITS, EngineFixture.BOT, "maxOrderRate", "4");
        assertRefused(RejectReason.ORDER_RATE, engine, buy(engine, 5_999_000, 1_000));
    }

    @Test
    void shouldRecoverWhenAPositionCanBeValuedAgain()
    {
        final EngineFixture engine = quoted("limits.priceCollarBps", "none");
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 10_000);
        engine.after(MS);
        engine.quote(BTC_USDT, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 1);
        assertEquals(BotState.KILLED, engine.bot().state());
        assertEquals(RejectReason.RISK_FAILURE.code(), engine.lastAlert().code());

        engine.quote(BTC_USDT, 6_000_000, 6_000_010);
        engine.command(CommandAction.KILL_SWITCH_OFF, "", "", 0, 0);
        engine.command(CommandAction.START_BOT, EngineFixture.BOT);

        assertEquals(BotState.RUNNING, engine.bot().state());
        assertTrue(buy(engine, 5_999_000, 1_000) > 0);
        assertEquals(engine.position(BTC_USDT).unrealisedPnl(),
            engine.bot().risk().holdings().ledger().unrealisedPnl());
    }

    @Test
    void shouldRefuseAQuantityManyTimesTheUsualOne()
    {
        final EngineFixture engine = quoted("limits.maxTypicalMultiple", "5");
        for (int i = 0; i < 10; i++)
        {
            assertTrue(buy(engine, 5_999_000, 1_000) > 0, "nothing is usual yet");
        }
        assertRefused(RejectReason.MAX_TYPICAL_MULTIPLE, engine, buy(engine, 5_999_000, 5_001));
        assertTrue(buy(engine, 5_999_000, 5_000) > 0);
    }

    @Test
    void shouldLetAPositionBeClosedHoweverLargeItIs()
    {
        final EngineFixture engine = quoted("limits.maxTypicalMultiple", "2");
        for (int i = 0; i < 12; i++)
        {
            engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
            engine.after(MS);
        }

        assertRefused(RejectReason.MAX_TYPICAL_MULTIPLE, engine, sell(engine, 6_001_000, 12_001));
        assertTrue(sell(engine, 6_001_000, 12_000) > 0);
    }

    @Test
    void shouldKnowWhatIsUsualOnAnAccount()
    {
        final EngineFixture engine = anEngine().start("limits.maxTypicalMultiple", "3").withProbe()
            .quote(BTC_USDT, 6_000_000, 6_000_010);
        for (int i = 0; i < 10; i++)
        {
            buy(engine, 5_999_000, 1_000);
        }

        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 3_001);

        assertEquals(RejectReason.ACCOUNT_MAX_TYPICAL_MULTIPLE, engine.lastReject());
    }

    private static EngineFixture quoted(final String... texts)
    {
        return anEngine().start().withProbe(texts).quote(BTC_USDT, 6_000_000, 6_000_010);
    }

    private static long buy(final EngineFixture engine, final long price, final long quantity)
    {
        return engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, price, quantity);
    }

    private static long sell(final EngineFixture engine, final long price, final long quantity)
    {
        return engine.submit(BTC_USDT, Side.SELL, OrderType.LIMIT, price, quantity);
    }

    private static void assertRefused(final RejectReason reason, final EngineFixture engine, final long result)
    {
        assertSame(reason, RejectReason.byCode(result), "result " + result);
        assertTrue(result < 0);
        assertSame(reason, engine.lastReject());
    }
}
