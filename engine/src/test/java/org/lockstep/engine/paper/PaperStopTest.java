package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.anEngine;

/** Stop orders and pairs from strategy to venue and back; a round trip takes 1 ms. */
class PaperStopTest
{
    private final EngineFixture engine = anEngine().start("allowShort", "false").withProbe()
        .quote(BTC_USDT, 6_000_000, 50_000, 6_000_010, 40_000)
        .trade(BTC_USDT, 6_000_005, 1, Side.BUY);

    @Test
    void shouldTriggerStopLossByLastTradeAndFillAsMarketOrder()
    {
        buy(10_000);
        final long orderId = stop(Side.SELL, OrderType.STOP_LOSS, 0, 5_990_000);
        assertEquals(OrderStatus.NEW, engine.order(orderId).status());

        engine.quote(BTC_USDT, 5_989_000, 50_000, 5_989_010, 40_000).after(MS);
        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
        engine.trade(BTC_USDT, 5_989_500, 1, Side.BUY).after(MS);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(5_989_000, engine.lastFill().price());
        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(0, engine.position(BTC_USDT).openSellQuantity());
    }

    @Test
    void shouldRestAtItsLimitWhenTriggeredStopLimitDoesNotFill()
    {
        final long orderId = stop(Side.BUY, OrderType.TAKE_PROFIT_LIMIT, 5_980_000, 5_990_000);

        engine.trade(BTC_USDT, 5_989_500, 1, Side.SELL).after(MS);
        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
        engine.trade(BTC_USDT, 5_979_000, 50_000, Side.SELL).after(MS);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(5_980_000, engine.lastFill().price());
    }

    @Test
    void shouldRefuseStopThatWouldTriggerAtOnce()
    {
        final long orderId = stop(Side.BUY, OrderType.STOP_LOSS, 0, 6_000_000);

        assertEquals(OrderStatus.REJECTED, engine.order(orderId).status());
        assertEquals(RejectReason.STOP_WOULD_TRIGGER, engine.lastReject());
    }

    @Test
    void shouldExpireStopLegWhenLimitLegFills()
    {
        buy(10_000);
        final long limitId = pair();
        assertEquals(OrderStatus.NEW, engine.order(limitId).status());
        assertEquals(OrderStatus.NEW, engine.order(limitId + 1).status());
        assertEquals(1, engine.count(OrderListRequestedDecoder.TEMPLATE_ID));
        assertEquals(3, engine.count(OrderAcceptedDecoder.TEMPLATE_ID));

        engine.trade(BTC_USDT, 6_010_010, 20_000, Side.BUY).after(MS);

        assertEquals(OrderStatus.FILLED, engine.order(limitId).status());
        assertEquals(OrderStatus.EXPIRED, engine.order(limitId + 1).status());
        assertEquals(1, engine.count(OrderExpiredDecoder.TEMPLATE_ID));
        assertEquals(0, engine.position(BTC_USDT).openSellQuantity());
        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldExpireLimitLegWhenStopLegTriggers()
    {
        buy(10_000);
        final long limitId = pair();

        engine.trade(BTC_USDT, 5_990_000, 1, Side.SELL).after(MS);

        assertEquals(OrderStatus.EXPIRED, engine.order(limitId).status());
        assertEquals(OrderStatus.FILLED, engine.order(limitId + 1).status());
        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldTakeBothLegsOffWhenOneIsCanceled()
    {
        buy(10_000);
        final long limitId = pair();

        assertEquals(0, engine.act(context -> context.cancel(limitId + 1)));
        engine.after(MS);

        assertEquals(OrderStatus.CANCELED, engine.order(limitId).status());
        assertEquals(OrderStatus.CANCELED, engine.order(limitId + 1).status());
        assertEquals(0, engine.position(BTC_USDT).openSellQuantity());
    }

    @Test
    void shouldRefuseBothLegsWhenStopWouldTrigger()
    {
        buy(10_000);

        final long limitId = engine.act(context ->
            context.submitPair(BTC_USDT.id(), Side.SELL, 6_010_000, 6_000_500, 0, 10_000));
        engine.after(MS);

        assertEquals(OrderStatus.REJECTED, engine.order(limitId).status());
        assertEquals(OrderStatus.REJECTED, engine.order(limitId + 1).status());
        assertEquals(RejectReason.STOP_WOULD_TRIGGER, engine.lastReject());
    }

    private void buy(final long quantity)
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, quantity);
        engine.after(MS);
        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
    }

    private long stop(final Side side, final OrderType type, final long price, final long stopPrice)
    {
        final long orderId = engine.act(context ->
            context.submitStop(BTC_USDT.id(), side, type, TimeInForce.GTC, price, stopPrice, 10_000));
        assertTrue(orderId > 0, () -> "refused with " + orderId);
        engine.after(MS);
        return orderId;
    }

    private long pair()
    {
        final long limitId = engine.act(context ->
            context.submitPair(BTC_USDT.id(), Side.SELL, 6_010_000, 5_990_000, 0, 10_000));
        assertTrue(limitId > 0, () -> "refused with " + limitId);
        engine.after(MS);
        return limitId;
    }
}
