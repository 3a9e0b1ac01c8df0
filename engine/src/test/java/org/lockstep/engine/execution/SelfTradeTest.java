package org.lockstep.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

class SelfTradeTest
{
    private static final int REFUSED = -RejectReason.SELF_TRADE.code();

    @Test
    void shouldRefuseAnOrderThatWouldMeetAnOwnOne()
    {
        final EngineFixture engine = quoted();
        final long ask = limit(engine, Side.SELL, 6_000_010);
        final long bid = limit(engine, Side.BUY, 5_999_990);

        assertEquals(REFUSED, limit(engine, Side.BUY, 6_000_010));
        assertEquals(REFUSED, engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT_MAKER, 6_000_020, 1_000));
        assertEquals(REFUSED, engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000));
        assertEquals(REFUSED, engine.submit(BTC_USDT, Side.SELL, OrderType.LIMIT, 5_999_990, 100_001),
            "takes what is at 6000000 and goes on");
        assertEquals(OrderStatus.NEW, engine.order(ask).status());
        assertEquals(OrderStatus.NEW, engine.order(bid).status());
        assertEquals(262, RejectReason.SELF_TRADE.code());
    }

    @Test
    void shouldPassAnOrderThatStopsBeforeTheOwnOne()
    {
        final EngineFixture engine = quoted();
        limit(engine, Side.SELL, 6_000_500);

        assertTrue(limit(engine, Side.BUY, 6_000_499) > 0);
        assertTrue(engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 99_000) > 0);
        assertEquals(REFUSED, engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 100_001));
    }

    @Test
    void shouldLookAsDeepIntoTheBookAsTheOrderGoes()
    {
        final EngineFixture engine = quoted().book(BTC_USDT, new long[]{6_000_000, 5_000},
            new long[]{6_000_010, 1_000, 6_000_400, 1_000, 6_000_600, 9_000});
        limit(engine, Side.SELL, 6_000_500);

        assertTrue(engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 2_000) > 0);
        assertEquals(REFUSED, engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 2_001));
    }

    @Test
    void shouldKnowTheOrdersOfAllBotsOfTheAccountAndOfNoOther()
    {
        final EngineFixture engine = quoted();
        limit(engine, Side.SELL, 6_000_010);
        engine.manualOrder(BTC_USDT, Side.BUY, OrderType.LIMIT, 6_000_010, 1_000);
        assertEquals(RejectReason.SELF_TRADE, engine.lastReject());

        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "other");
        engine.command(CommandAction.DEFINE_BOT, "other", "strategy", "grid", "account", "other",
            "symbols", "BTCUSDT");
        final int requested = engine.count(OrderRequestedDecoder.TEMPLATE_ID);
        engine.command(CommandAction.START_BOT, "other").quote(BTC_USDT, 6_000_000, 6_000_010);
        assertEquals(requested + 10, engine.count(OrderRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldCheckAReplaceToo()
    {
        final EngineFixture engine = quoted();
        limit(engine, Side.SELL, 6_000_010);
        final long bid = limit(engine, Side.BUY, 5_999_000);

        assertEquals(REFUSED, engine.act(context -> context.replace(bid, 6_000_010, 1_000)));
        assertEquals(0, engine.act(context -> context.replace(bid, 6_000_000, 1_000)));
    }

    @Test
    void shouldCountAnOrderWhoseCancelIsInFlight()
    {
        final EngineFixture engine = quoted();
        final long ask = limit(engine, Side.SELL, 6_000_010);
        engine.act(context -> context.cancel(ask));

        assertEquals(REFUSED, limit(engine, Side.BUY, 6_000_010));
        engine.after(MS);
        assertTrue(limit(engine, Side.BUY, 6_000_010) > 0);
    }

    @Test
    void shouldTakeTheRestingOneBackWhenDefinedSo()
    {
        final EngineFixture engine = quoted("selfTrade", "cancel-resting");
        final long near = limit(engine, Side.SELL, 6_000_010);
        final long far = limit(engine, Side.SELL, 6_000_500);

        final long taker = limit(engine, Side.BUY, 6_000_010);

        assertEquals(OrderStatus.FILLED, engine.order(taker).status());
        assertEquals(OrderStatus.CANCELED, engine.order(near).status());
        assertEquals(OrderStatus.NEW, engine.order(far).status());
    }

    @Test
    void shouldSayWhatThePolicyMayBe()
    {
        final EngineFixture engine = quoted();

        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "selfTrade", "allow");

        assertTrue(engine.lastAlert().text().contains(
            "selfTrade: found 'allow', allowed refuse or cancel-resting"), engine.lastAlert().text());
    }

    private static EngineFixture quoted(final String... accountTexts)
    {
        final String[] texts = new String[accountTexts.length + 2];
        System.arraycopy(accountTexts, 0, texts, 2, accountTexts.length);
        texts[0] = "balance";
        texts[1] = "10000000";
        return anEngine().start(texts).withProbe().quote(BTC_USDT, 6_000_000, 6_000_010);
    }

    private static long limit(final EngineFixture engine, final Side side, final long price)
    {
        final long result = engine.submit(BTC_USDT, side, OrderType.LIMIT, price, 1_000);
        engine.after(MS);
        return result;
    }
}
