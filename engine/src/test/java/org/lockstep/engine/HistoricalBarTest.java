package org.lockstep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.List;
import java.util.stream.Collectors;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.HistoricalBarDecoder;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

/** Bars of the past, without latency; prices in tests are near 60,000.00. */
class HistoricalBarTest
{
    private static final long TO_MIDNIGHT = 106 * 60 * SECOND + 40 * SECOND;
    private static final long MINUTE = 60 * SECOND;
    private static final long CLOSE = 6_000_000;
    private static final long VOLUME = 40_000;

    private final EngineFixture engine = anEngine().start("latencyNs", "0", "balance", "100000000")
        .pass(TO_MIDNIGHT).withProbe();

    // --------------------------------------------------------------------------------------------- market and bots

    @Test
    void shouldBeTheMarketAtItsClose()
    {
        bar(6_000_500, 6_001_000, 5_999_000, CLOSE);

        final Market market = market();
        assertEquals(CLOSE, market.lastTradePrice());
        assertEquals(CLOSE, market.bestBid());
        assertEquals(CLOSE, market.bestAsk());
        assertEquals(VOLUME, market.top().bidQuantity());
        assertEquals(VOLUME, market.top().askQuantity());
        assertFalse(market.isStale(engine.timeNs(), 0));
        assertTrue(market.isStale(engine.timeNs() + MINUTE, MINUTE - 1));
    }

    @Test
    void shouldTellBotsOfTheBarAndOfNothingElse()
    {
        bar(6_000_500, 6_001_000, 5_999_000, CLOSE);

        assertEquals(1, engine.probe().bars.size());
        final Bar bar = engine.probe().bars.get(0);
        assertEquals(BarInterval.M1, bar.interval());
        assertEquals(engine.timeNs(), bar.closeTimeNs());
        assertEquals(6_000_500, bar.open());
        assertEquals(6_001_000, bar.high());
        assertEquals(5_999_000, bar.low());
        assertEquals(CLOSE, bar.close());
        assertEquals(VOLUME, bar.volume());
        assertEquals(0, engine.probe().quoteCount);
        assertEquals(0, engine.probe().tradeCount);
        assertEquals(0, engine.probe().bookCount);
    }

    @Test
    void shouldCloseLongerBarsWithTheLastOfTheirMinutes()
    {
        for (int minute = 0; minute < 60; minute++)
        {
            bar(CLOSE, CLOSE, CLOSE, CLOSE);
        }

        final List<BarInterval> last = engine.probe().bars.subList(engine.probe().bars.size() - 4,
            engine.probe().bars.size()).stream().map(Bar::interval).collect(Collectors.toList());
        assertEquals(List.of(BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1), last);
        assertEquals(60 + 12 + 4 + 1, engine.probe().bars.size());
    }

    @ParameterizedTest
    @EnumSource(value = BarInterval.class, names = {"M1", "M5", "M15", "H1"})
    void shouldTakeBarsOfAnyIntervalAndMakeNoShorterOnes(final BarInterval interval)
    {
        final long openTimeNs = engine.timeNs();
        engine.pass(60 * MINUTE).bar(BTC_USDT, interval, openTimeNs, CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);

        assertEquals(interval, engine.probe().bars.get(0).interval());
        assertTrue(interval == BarInterval.M1 || 0 == market().bars().closedCount(BarInterval.M1));
        assertEquals(VOLUME, market().bars().open(BarInterval.D1).volume());
    }

    @Test
    void shouldLetIntervalsPassWithoutBars()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        engine.pass(10 * MINUTE);
        bar(CLOSE, CLOSE, CLOSE, CLOSE);

        assertEquals(List.of(BarInterval.M1, BarInterval.M5, BarInterval.M1),
            engine.probe().bars.stream().map(Bar::interval).collect(Collectors.toList()));
    }

    @Test
    void shouldValuePositionsAtTheCloseAlone()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        market(Side.BUY, 10_000);

        bar(CLOSE, 2 * CLOSE, CLOSE / 2, CLOSE + 1_000);

        assertEquals(100_000_000L, engine.position(BTC_USDT).unrealisedPnl());
        assertEquals(0, engine.count(AlertDecoder.TEMPLATE_ID));
    }

    // ------------------------------------------------------------------------------------------------ market orders

    @Test
    void shouldFillMarketOrderAtTheClose()
    {
        bar(6_000_500, 6_001_000, 5_999_000, CLOSE);

        market(Side.BUY, 10_000);

        assertEquals(CLOSE, engine.lastFill().price());
        assertEquals(10_000, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldFillNoMoreThanTheVolumeOfTheBar()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        assertEquals(30_000, engine.order(market(Side.BUY, 30_000)).cumulativeQuantity());
        assertEquals(10_000, engine.order(market(Side.BUY, 30_000)).cumulativeQuantity());

        bar(CLOSE, CLOSE, CLOSE, CLOSE);

        assertEquals(40_000, engine.order(market(Side.BUY, 50_000)).cumulativeQuantity());
    }

    @Test
    void shouldFillNothingWhenTheBarHadNoVolume()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long limit = limit(Side.BUY, CLOSE - 10, 10);
        engine.bar(BTC_USDT, CLOSE, CLOSE, CLOSE - 100, CLOSE, 0);

        final long orderId = market(Side.BUY, 10_000);

        assertEquals(0, engine.order(orderId).cumulativeQuantity());
        assertEquals(0, engine.order(limit).cumulativeQuantity());
        assertEquals(CLOSE, market().referencePrice());
    }

    @Test
    void shouldFillAtTheCloseBeforeWhenLatencyEndsWithinTheNextBar()
    {
        final EngineFixture late = anEngine().start("latencyNs", "50000000").pass(TO_MIDNIGHT).withProbe();
        late.bar(BTC_USDT, CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);
        late.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);
        assertEquals(0, late.count(OrderFilledDecoder.TEMPLATE_ID));

        late.bar(BTC_USDT, CLOSE + 100, CLOSE + 100, CLOSE + 100, CLOSE + 100, VOLUME);

        assertEquals(CLOSE, late.lastFill().price());
    }

    // ------------------------------------------------------------------------------------- orders on the bar's way

    @ParameterizedTest
    @CsvSource({"BUY, 5999500, 5999000", "SELL, 6000500, 6001000"})
    void shouldFillLimitThatIsTradedThroughAtItsPrice(final Side side, final long price, final long extreme)
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = limit(side, price, 5_000);

        bar(CLOSE, Math.max(CLOSE, extreme), Math.min(CLOSE, extreme), CLOSE);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(price, engine.lastFill().price());
    }

    @Test
    void shouldFillNoMoreOfALimitThanWhatTheMoveThroughItTraded()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = limit(Side.BUY, CLOSE - 500, 100_000);

        bar(CLOSE, CLOSE + 2_000, CLOSE - 1_000, CLOSE);

        assertEquals(VOLUME / 4, engine.order(orderId).cumulativeQuantity());
    }

    @Test
    void shouldNotFillLimitThatIsOnlyTouchedWhileOthersAreAhead()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = limit(Side.BUY, CLOSE - 500, 1_000);

        for (int minute = 0; minute < 4; minute++)
        {
            bar(CLOSE, CLOSE, CLOSE - 500, CLOSE);
            assertEquals(0, engine.order(orderId).cumulativeQuantity());
        }
        bar(CLOSE, CLOSE, CLOSE - 500, CLOSE);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
    }

    @Test
    void shouldFillLimitThatTheMarketClosesAtWithWhatOthersLeft()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = limit(Side.BUY, CLOSE - 500, 100_000);

        bar(CLOSE, CLOSE, CLOSE - 500, CLOSE - 500);

        assertEquals(VOLUME, engine.order(orderId).cumulativeQuantity());
    }

    @ParameterizedTest
    @CsvSource({"SELL, 5999500, 5999000, 5999500", "BUY, 6000500, 6001000, 6000500"})
    void shouldTriggerStopAtItsPriceOnTheWay(
        final Side side, final long stopPrice, final long extreme, final long fillPrice)
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = stop(side, OrderType.STOP_LOSS, 0, stopPrice, 5_000);

        bar(CLOSE, Math.max(CLOSE, extreme), Math.min(CLOSE, extreme), CLOSE);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(fillPrice, engine.lastFill().price());
    }

    @Test
    void shouldTriggerStopAtTheOpenWhenTheMarketSkipsIt()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        stop(Side.SELL, OrderType.STOP_LOSS, 0, CLOSE - 500, 5_000);

        bar(CLOSE - 2_000, CLOSE, CLOSE - 3_000, CLOSE);

        assertEquals(CLOSE - 2_000, engine.lastFill().price());
    }

    @Test
    void shouldTriggerStopsInTheOrderInWhichThePriceMeetsThem()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long lower = stop(Side.SELL, OrderType.STOP_LOSS, 0, CLOSE - 800, 6_000);
        final long higher = stop(Side.SELL, OrderType.STOP_LOSS, 0, CLOSE - 400, 6_000);

        bar(CLOSE, CLOSE + 2_000, CLOSE - 1_000, CLOSE);

        assertEquals(6_000, engine.order(higher).cumulativeQuantity());
        assertEquals(VOLUME / 4 - 6_000, engine.order(lower).cumulativeQuantity());
        assertEquals(CLOSE - 800, engine.lastFill().price());
    }

    @Test
    void shouldRestStopLimitWhenItsLimitIsNotReachedAndFillItOnTheWayBack()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        final long orderId = stop(Side.SELL, OrderType.STOP_LOSS_LIMIT, CLOSE + 100, CLOSE - 400, 5_000);

        bar(CLOSE, CLOSE + 500, CLOSE - 500, CLOSE);

        assertEquals(OrderStatus.FILLED, engine.order(orderId).status());
        assertEquals(CLOSE + 100, engine.lastFill().price());
    }

    /** Held long with a stop below and a profit above: which extreme is nearer to the open decides. */
    @ParameterizedTest
    @CsvSource({
        "6001000, 5999500, 5999700, stop and low first",
        "6000500, 5999000, 6000300, limit and high first",
        "6001000, 5999000, 5999700, stop and the low first when both are as far",
    })
    void shouldMeetTheNearerExtremeFirst(final long high, final long low, final long price, final String what)
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        market(Side.BUY, 5_000);
        final long limitId = engine.act(context -> context.submitPair(
            0, Side.SELL, CLOSE + 300, CLOSE - 300, 0, 5_000));
        assertEquals(OrderStatus.NEW, engine.order(limitId).status());

        bar(CLOSE, high, low, CLOSE);

        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID), what);
        assertEquals(price, engine.lastFill().price());
        assertEquals(0, engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldLeaveTheRestOfTheVolumeAtTheClose()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        limit(Side.BUY, CLOSE - 500, 4_000);
        bar(CLOSE, CLOSE, CLOSE - 1_000, CLOSE);

        final long orderId = market(Side.SELL, 100_000);

        assertEquals(VOLUME - 4_000, engine.order(orderId).cumulativeQuantity());
    }

    /**
     * They begin where the last one closed. What takes executes at a price of the bar, what rests at its own, which the
     * bar reaches; it may have done so long ago and found too little volume.
     */
    @Test
    void shouldExecuteWithinTheBarAndNoMoreOfASideThanItsVolume()
    {
        final HistoricalBarLoad load = new HistoricalBarLoad(true, "0");
        int partialCount = 0;
        for (int i = 0; i < 5_000; i++)
        {
            load.engine().clearOutputs();
            load.next();
            final long[] executed = new long[2];
            for (final DirectBuffer frame : load.engine().all(OrderFilledDecoder.TEMPLATE_ID))
            {
                final OrderFilledDecoder fill = new OrderFilledDecoder();
                fill.wrap(frame, Frame.HEADER_LENGTH, Frame.blockLength(frame, 0), Frame.version(frame, 0));
                final boolean isBuy = Side.BUY == fill.side();
                final boolean isTaker = Liquidity.TAKER == fill.liquidity();
                assertTrue(fill.price() >= load.low() || !isBuy && !isTaker, "bar " + i);
                assertTrue(fill.price() <= load.high() || isBuy && !isTaker, "bar " + i);
                executed[isBuy ? 0 : 1] += fill.quantity();
            }
            assertTrue(Math.max(executed[0], executed[1]) <= load.volume(), "bar " + i);
            partialCount += Math.max(executed[0], executed[1]) == load.volume() ? 1 : 0;
        }

        assertTrue(load.fillCount() > 2_000, "fills " + load.fillCount());
        assertTrue(partialCount > 10, "bars of which all was taken: " + partialCount);
    }

    @Test
    void shouldShowEmulatedStopTheExtremesAndSendItsOrderToTheClose()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        market(Side.BUY, 5_000);
        engine.act(context -> context.submitAlgo(new AlgoOrder().stop(0, Side.SELL, 5_000, CLOSE - 500)));

        bar(CLOSE, CLOSE, CLOSE - 499, CLOSE - 100);
        assertEquals(5_000, engine.position(BTC_USDT).quantity());
        bar(CLOSE, CLOSE, CLOSE - 500, CLOSE - 100);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(CLOSE - 100, engine.lastFill().price());
    }

    // --------------------------------------------------------------------------------------------- what is left out

    @ParameterizedTest
    @CsvSource({
        "6000000, 6000000, 6000001, 6000000, 1, M1",
        "6000000, 5999999, 5999999, 6000000, 1, M1",
        "6000000, 6000000, 5999999, 6000001, 1, M1",
        "6000000, 6000000, 5999999, 5999998, 1, M1",
        "6000000, 6000000, 0, 6000000, 1, M1",
        "6000000, 6000000, -1, 6000000, 1, M1",
        "6000000, 6000000, 6000000, 6000000, -1, M1",
        "6000000, 6000000, 6000000, 6000000, 1, NULL_VAL",
        "6000000, 6000000, 6000000, 6000000, 1, H1",
    })
    void shouldLeaveOutAndTellOfABarThatContradictsItself(
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume,
        final BarInterval interval)
    {
        final long openTimeNs = engine.pass(MINUTE).timeNs();
        for (int i = 0; i < 3; i++)
        {
            engine.pass(60 * MINUTE).bar(BTC_USDT, interval, openTimeNs, open, high, low, close, volume);
        }

        assertEquals(1, engine.count(AlertDecoder.TEMPLATE_ID));
        assertEquals(AlertCode.FEED.code(), engine.lastAlert().code());
        assertEquals(3, market().badBarCount());
        assertEquals(Market.NO_PRICE, market().referencePrice());
        assertEquals(0, engine.probe().bars.size());
    }

    @Test
    void shouldLeaveOutABarThatHasNotEnded()
    {
        engine.bar(BTC_USDT, BarInterval.M1, engine.timeNs(), CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);

        assertEquals(1, market().badBarCount());
        assertEquals(0, engine.probe().bars.size());
    }

    @Test
    void shouldLeaveOutALateBar()
    {
        final long openTimeNs = engine.timeNs();
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        engine.bar(BTC_USDT, BarInterval.M1, openTimeNs, CLOSE + 1, CLOSE + 1, CLOSE + 1, CLOSE + 1, VOLUME);
        engine.bar(BTC_USDT, BarInterval.M1, openTimeNs - MINUTE, CLOSE + 1, CLOSE + 1, CLOSE + 1, CLOSE + 1, VOLUME);
        engine.pass(4 * MINUTE)
            .bar(BTC_USDT, BarInterval.M5, openTimeNs, CLOSE + 1, CLOSE + 1, CLOSE + 1, CLOSE + 1, VOLUME);

        assertEquals(3, market().lateBarCount());
        assertEquals(CLOSE, market().lastTradePrice());
        assertEquals(0, engine.count(AlertDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldGoOnLiveAfterBarsAndLeaveBarsOutFromThenOn()
    {
        final long openTimeNs = engine.timeNs();
        engine.pass(60 * MINUTE);
        for (int minute = 0; minute < 58; minute++)
        {
            engine.bar(BTC_USDT, BarInterval.M1, openTimeNs + minute * MINUTE, CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);
        }
        assertEquals(58 + 11 + 3, engine.probe().bars.size());
        assertTrue(market().isStale(engine.timeNs(), MINUTE));

        engine.pass(SECOND).quote(BTC_USDT, 6_100_000, 6_100_010).trade(BTC_USDT, 6_100_010, 1, Side.BUY);
        engine.bar(BTC_USDT, BarInterval.M1, openTimeNs + 58 * MINUTE, CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);

        assertEquals(1, market().lateBarCount());
        assertEquals(6_100_000, market().bestBid());
        assertFalse(market().isStale(engine.timeNs(), MINUTE));
    }

    @Test
    void shouldLeaveOutABarOfAMinuteThatHasTrades()
    {
        final long openTimeNs = engine.timeNs();
        engine.trade(BTC_USDT, CLOSE, 1, Side.BUY);
        engine.bar(BTC_USDT, CLOSE + 1, CLOSE + 1, CLOSE + 1, CLOSE + 1, VOLUME);

        engine.bar(BTC_USDT, CLOSE + 2, CLOSE + 2, CLOSE + 2, CLOSE + 2, VOLUME);

        assertEquals(openTimeNs + 2 * MINUTE, engine.timeNs());
        assertEquals(CLOSE + 2, market().lastTradePrice());
        assertEquals(2, market().bars().closedCount(BarInterval.M1));
        assertEquals(CLOSE, market().bars().closed(BarInterval.M1, 1).close());
    }

    @Test
    void shouldCountABarOfAnUnknownInstrument()
    {
        engine.frame(buffer -> 0, 0, HistoricalBarDecoder.TEMPLATE_ID, null);

        assertEquals(1, engine.engine().unknownInstrumentCount());
    }

    @Test
    void shouldRefuseOrdersWhenTheLastBarIsTooOld()
    {
        bar(CLOSE, CLOSE, CLOSE, CLOSE);
        engine.pass(MINUTE);

        market(Side.BUY, 1);

        assertEquals(RejectReason.STALE_MARKET_DATA, engine.lastReject());
    }

    // ------------------------------------------------------------------------------------------------------- private

    private void bar(final long open, final long high, final long low, final long close)
    {
        engine.bar(BTC_USDT, open, high, low, close, VOLUME);
    }

    private long market(final Side side, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.MARKET, 0, quantity);
    }

    private long limit(final Side side, final long price, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.LIMIT, price, quantity);
    }

    private long stop(
        final Side side, final OrderType type, final long price, final long stopPrice, final long quantity)
    {
        return engine.act(context ->
            context.submitStop(0, side, type, TimeInForce.GTC, price, stopPrice, quantity));
    }

    private Market market()
    {
        return engine.engine().markets().find(BTC_USDT.id());
    }
}
