package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.OrderStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

/** Messages to and from the venue take 1 ms each. */
class PaperLatencyTest
{
    private final EngineFixture engine = anEngine().start("latencyNs", "1000000").withProbe()
        .quote(BTC_USDT, 6_000_000, 50_000, 6_000_010, 40_000);

    @Test
    void shouldHearOfItsOrderOnlyAfterLatencyThereAndBack()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_990, 1_000);

        engine.after(MS).after(MS - 1);
        assertEquals(OrderStatus.PENDING_NEW, engine.order(orderId).status());
        assertEquals(0, engine.count(OrderAcceptedDecoder.TEMPLATE_ID));

        engine.after(1);
        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
        assertEquals(1, engine.count(OrderAcceptedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldBeActiveAtTheVenueAfterLatencyOneWay()
    {
        final long early = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 6_000_000, 1_000);
        engine.after(MS - 1).trade(BTC_USDT, 5_999_000, 100, Side.SELL).after(1);

        engine.trade(BTC_USDT, 5_999_000, 300, Side.SELL).after(2 * MS);

        assertEquals(300, engine.order(early).cumulativeQuantity());
    }

    @Test
    void shouldHearOfFillsOnlyAfterLatencyWhileMarketGoesOn()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.trade(BTC_USDT, 5_999_990, 4_000, Side.SELL);
        assertEquals(0, engine.order(orderId).cumulativeQuantity());
        assertEquals(0, engine.position(BTC_USDT).quantity());
        engine.pass(MS / 2).trade(BTC_USDT, 5_999_990, 1_000, Side.SELL);

        engine.after(MS / 2);
        assertEquals(4_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(4_000, engine.position(BTC_USDT).quantity());
        engine.after(MS / 2);
        assertEquals(5_000, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldAnswerNothingWhenCancelMeetsAnOrderWhoseEndIsOnItsWayBack()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 1_000);
        engine.trade(BTC_USDT, 5_999_990, 1_000, Side.SELL);

        engine.act(context -> context.cancel(orderId));
        engine.after(3 * MS);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(0, engine.count(OrderCanceledDecoder.TEMPLATE_ID));
        assertEquals(0, engine.count(OrderRejectedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldKeepReportsInOrderWhenLatencyIsLowered()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);
        engine.trade(BTC_USDT, 5_999_990, 4_000, Side.SELL);

        engine.command(CommandAction.DEFINE_ACCOUNT, "paper", "latencyNs", "0")
            .trade(BTC_USDT, 5_999_990, 6_000, Side.SELL);
        assertEquals(0, engine.order(orderId).cumulativeQuantity());

        engine.after(MS);
        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(6_000, engine.lastFill().quantity());
    }

    @Test
    void shouldMeetTheMarketOfItsArrivalNotOfItsDecision()
    {
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
        engine.pass(MS / 2).quote(BTC_USDT, 6_000_100, 6_000_110).after(2 * MS);

        assertEquals(6_000_110, engine.lastFill().price());
    }

    @Test
    void shouldCancelAfterLatency()
    {
        final long orderId = limit(Side.BUY, 5_999_000, 1_000);

        assertEquals(0, engine.act(context -> context.cancel(orderId)));
        assertEquals(OrderStatus.PENDING_CANCEL, engine.order(orderId).status());
        engine.after(2 * MS);

        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
        assertEquals(1, engine.count(OrderCanceledDecoder.TEMPLATE_ID));
        assertEquals(0, engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldFillWhenTradeOvertakesCancel()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 1_000);
        engine.act(context -> context.cancel(orderId));

        engine.trade(BTC_USDT, 5_999_000, 5_000, Side.SELL).after(MS);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(0, engine.count(OrderCanceledDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldKeepRequestsInOrderWhenLatencyIsLowered()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, 5_999_000, 10_000);
        engine.command(CommandAction.DEFINE_ACCOUNT, "paper", "latencyNs", "0");

        engine.act(context -> context.cancel(orderId));
        engine.after(MS);

        assertEquals(OrderStatus.CANCELED, engine.order(orderId).status());
    }

    private long limit(final Side side, final long price, final long quantity)
    {
        final long orderId = engine.submit(BTC_USDT, side, OrderType.LIMIT, price, quantity);
        engine.after(2 * MS);
        return orderId;
    }
}
