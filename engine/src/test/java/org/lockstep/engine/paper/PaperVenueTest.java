package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

/** Without latency; what latency does is tested in {@link PaperLatencyTest}. */
class PaperVenueTest
{
    private final EngineFixture engine = anEngine().start("latencyNs", "0").withProbe()
        .quote(BTC_USDT, 6_000_000, 50_000, 6_000_010, 40_000);

    @Test
    void shouldArriveAtOnceWhenLatencyIsZero()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
    }

    @Test
    void shouldFillMarketOrderAtBestAskAndChargeTaker()
    {
        final long orderId = market(Side.BUY, 1_000);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(6_000_010, engine.lastFill().price());
        assertEquals(Liquidity.TAKER, engine.lastFill().liquidity());
        assertEquals(30_000_050L, engine.lastFill().fee());
        assertEquals(1_000, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldExpireRestWhenMarketOrderExhaustsTopOfBook()
    {
        final long orderId = market(Side.BUY, 100_000);

        assertEquals(OrderStatus.EXPIRED, engine.order(orderId).status());
        assertEquals(40_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(1, engine.count(OrderExpiredDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldNotTakeSameLiquidityTwiceUntilLevelChanges()
    {
        market(Side.BUY, 30_000);
        final long second = market(Side.BUY, 30_000);
        assertEquals(10_000, engine.order(second).cumulativeQuantity());

        engine.quote(BTC_USDT, 6_000_000, 50_000, 6_000_010, 40_000);
        final long third = market(Side.BUY, 30_000);
        assertEquals(0, engine.order(third).cumulativeQuantity());

        engine.quote(BTC_USDT, 6_000_000, 50_000, 6_000_020, 40_000)
            .quote(BTC_USDT, 6_000_000, 50_000, 6_000_010, 40_000);
        final long fourth = market(Side.BUY, 30_000);
        assertEquals(30_000, engine.order(fourth).cumulativeQuantity());
    }

    @Test
    void shouldSweepBookLevelsAtTheirPrices()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000},
            new long[]{6_000_010, 1_000, 6_000_020, 2_000, 6_000_030, 5_000});

        final long orderId = market(Side.BUY, 4_000);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(3, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(6_000_030, engine.lastFill().price());
        assertEquals(1_000, engine.lastFill().quantity());
        assertEquals(4_000, engine.lastFill().cumulativeQuantity());
    }

    @Test
    void shouldTakeFromNewerQuoteNotFromLevelsItSaysAreGone()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000}, new long[]{6_000_010, 40_000, 6_000_050, 2_000})
            .quote(BTC_USDT, 6_000_030, 50_000, 6_000_040, 1_000);

        final long orderId = market(Side.BUY, 3_000);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(6_000_050, engine.lastFill().price());
        assertEquals(2_000, engine.lastFill().quantity());
    }

    @Test
    void shouldTakePostOnlyInWhenNewerQuoteSaysItsPriceIsFree()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000}, new long[]{6_000_010, 40_000})
            .quote(BTC_USDT, 6_000_030, 50_000, 6_000_040, 1_000);

        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT_MAKER, 6_000_010, 1_000);

        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
    }

    @Test
    void shouldStopMarketOrderAtProtectionPrice()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000}, new long[]{6_000_010, 1_000, 6_400_000, 50_000});

        final long orderId = market(Side.BUY, 4_000);

        assertEquals(OrderStatus.EXPIRED, engine.order(orderId).status());
        assertEquals(1_000, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldWaitBehindVisibleQuantityThenFillPartially()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.trade(BTC_USDT, 6_000_000, 50_000, Side.SELL);
        assertEquals(0, engine.order(orderId).cumulativeQuantity());

        engine.trade(BTC_USDT, 6_000_000, 4_000, Side.SELL);
        assertEquals(4_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(OrderStatus.PARTIALLY_FILLED, engine.order(orderId).status());
        assertEquals(Liquidity.MAKER, engine.lastFill().liquidity());
        assertEquals(24_000_000L, engine.lastFill().fee());

        engine.trade(BTC_USDT, 6_000_000, 90_000, Side.SELL);
        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
    }

    @Test
    void shouldIgnoreTradesOfTheOtherAggressor()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.trade(BTC_USDT, 6_000_000, 500_000, Side.BUY);

        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
    }

    @Test
    void shouldFillAtOwnPriceWhenTradeGoesThrough()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.trade(BTC_USDT, 5_999_990, 6_000, Side.SELL);

        assertEquals(6_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(6_000_000, engine.lastFill().price());
    }

    @Test
    void shouldFillAtOwnPriceWhenQuoteGoesThrough()
    {
        final long orderId = limit(Side.BUY, 5_999_990, 10_000);

        engine.quote(BTC_USDT, 5_999_970, 1_000, 5_999_980, 7_000);

        assertEquals(7_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(5_999_990, engine.lastFill().price());
    }

    @Test
    void shouldCutQueueToWhatIsStillVisible()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000}, new long[]{6_000_010, 40_000});
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.level(BTC_USDT, Side.BUY, 6_000_000, 2_000);
        engine.trade(BTC_USDT, 6_000_000, 3_000, Side.SELL);

        assertEquals(1_000, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldNotMoveUpWhenLevelGrowsOrCancelsMayBeBehind()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 50_000}, new long[]{6_000_010, 40_000});
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);

        engine.level(BTC_USDT, Side.BUY, 6_000_000, 90_000);
        engine.level(BTC_USDT, Side.BUY, 6_000_000, 50_000);
        engine.trade(BTC_USDT, 6_000_000, 50_000, Side.SELL);
        assertEquals(0, engine.order(orderId).cumulativeQuantity());

        engine.trade(BTC_USDT, 6_000_000, 1_000, Side.SELL);
        assertEquals(1_000, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldShareOneTradeAmongOwnOrdersByPriceAndTime()
    {
        engine.book(BTC_USDT, new long[]{6_000_000, 1_000}, new long[]{6_000_010, 40_000});
        final long first = limit(Side.BUY, 6_000_000, 2_000);
        final long second = limit(Side.BUY, 6_000_000, 2_000);

        engine.trade(BTC_USDT, 6_000_000, 4_000, Side.SELL);

        assertEquals(2_000, engine.order(first).cumulativeQuantity());
        assertEquals(1_000, engine.order(second).cumulativeQuantity());
    }

    @Test
    void shouldRefusePostOnlyWhenItWouldTake()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT_MAKER, 6_000_010, 1_000);

        assertEquals(OrderStatus.REJECTED, engine.order(orderId).status());
        assertEquals(RejectReason.POST_ONLY_WOULD_TAKE, engine.lastReject());
    }

    @Test
    void shouldExpireRestWhenImmediateOrCancel()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, TimeInForce.IOC, 6_000_010, 50_000);

        assertEquals(OrderStatus.EXPIRED, engine.order(orderId).status());
        assertEquals(40_000, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldFillNothingWhenFillOrKillCannotFillAll()
    {
        final long tooMuch = engine.submit(BTC_USDT, Side.BUY, TimeInForce.FOK, 6_000_010, 40_001);
        final long enough = engine.submit(BTC_USDT, Side.BUY, TimeInForce.FOK, 6_000_010, 40_000);

        assertEquals(OrderStatus.EXPIRED, engine.order(tooMuch).status());
        assertEquals(0, engine.order(tooMuch).cumulativeQuantity());
        assertEquals(OrderStatus.FILLED, engine.order(enough).status());
    }

    @Test
    void shouldTakeThenRestWhenLimitCrosses()
    {
        final long orderId = limit(Side.BUY, 6_000_010, 50_000);

        assertEquals(OrderStatus.PARTIALLY_FILLED, engine.order(orderId).status());
        assertEquals(40_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(10_000, engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldKeepQueuePlaceWhenReplacedWithLess()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);
        engine.trade(BTC_USDT, 6_000_000, 50_000, Side.SELL);

        engine.act(context -> context.replace(orderId, 6_000_000, 5_000));
        engine.trade(BTC_USDT, 6_000_000, 1_000, Side.SELL);

        assertEquals(1, engine.count(OrderReplacedDecoder.TEMPLATE_ID));
        assertEquals(1_000, engine.order(orderId).cumulativeQuantity());
        assertEquals(5_000, engine.order(orderId).quantity());
    }

    @Test
    void shouldLoseQueuePlaceWhenReplacedWithMore()
    {
        final long orderId = limit(Side.BUY, 6_000_000, 10_000);
        engine.trade(BTC_USDT, 6_000_000, 50_000, Side.SELL);

        engine.act(context -> context.replace(orderId, 6_000_000, 20_000));
        engine.trade(BTC_USDT, 6_000_000, 50_000, Side.SELL);

        assertEquals(0, engine.order(orderId).cumulativeQuantity());
        assertEquals(20_000, engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldTakeWhenReplacedAcrossTheMarket()
    {
        final long orderId = limit(Side.BUY, 5_999_000, 10_000);

        engine.act(context -> context.replace(orderId, 6_000_010, 10_000));

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(6_000_010, engine.lastFill().price());
    }

    @Test
    void shouldWorkOnUnchangedWhenReplaceIsRefused()
    {
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT_MAKER, 5_999_000, 10_000);

        engine.act(context -> context.replace(orderId, 6_000_010, 10_000));

        assertEquals(OrderStatus.NEW, engine.order(orderId).status());
        assertEquals(5_999_000, engine.order(orderId).price());
        assertEquals(RejectReason.POST_ONLY_WOULD_TAKE, engine.lastReject());
    }

    private long limit(final Side side, final long price, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.LIMIT, price, quantity);
    }

    private long market(final Side side, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.MARKET, 0, quantity);
    }
}
