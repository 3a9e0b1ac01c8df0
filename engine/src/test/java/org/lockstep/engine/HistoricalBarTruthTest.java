package org.lockstep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;

/** What a bar of the past must not tell too late, and what it must not give away; with and without latency. */
class HistoricalBarTruthTest
{
    private static final long TO_MIDNIGHT = 106 * 60 * SECOND + 40 * SECOND;
    private static final long MINUTE = 60 * SECOND;
    private static final long CLOSE = 6_000_000;
    private static final long VOLUME = 40_000;

    // --------------------------------------------------------------------------------------- not before it was sent

    /** Bars of two instruments end together: the second one's prices were before an order at the first one's close. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5 * MS})
    void shouldNotLeadTheWayOfABarPastAnOrderThatWasSentAtItsEnd(final long latencyNs)
    {
        final EngineFixture engine = anEngine()
            .start("latencyNs", Long.toString(latencyNs), "limits.maxDataAgeNs", Long.toString(2 * MINUTE))
            .pass(TO_MIDNIGHT).withProbe("limits.maxDataAgeNs", Long.toString(2 * MINUTE));
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        final long openTimeNs = engine.timeNs();
        engine.bar(ETH_USDT, CLOSE, CLOSE, CLOSE, CLOSE, VOLUME);
        final long limitId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, CLOSE - 500, 5_000);
        final long marketId = engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 1_000);

        engine.bar(BTC_USDT, BarInterval.M1, openTimeNs, CLOSE, CLOSE + 100, CLOSE - 1_000, CLOSE + 100, VOLUME);
        settle(engine);

        assertEquals(OrderStatus.NEW, engine.order(limitId).status());
        assertEquals(OrderStatus.FILLED, engine.order(marketId).status());
        assertEquals(CLOSE + 100, engine.lastFill().price());
    }

    // ----------------------------------------------------------------------------------------- one of two exits alone

    /** Held long, the stop is met first: then no later price of the same bar takes the profit. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5 * MS})
    void shouldTakeNoProfitOnTheWayWhenTheEmulatedStopWasMetBefore(final long latencyNs)
    {
        final EngineFixture engine = engine(latencyNs);
        final long algoOrderId = emulatedPair(engine);

        bar(engine, CLOSE, CLOSE + 1_000, CLOSE - 500, CLOSE - 100);
        settle(engine);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(CLOSE - 100, engine.lastFill().price());
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(1, engine.count(OrderCanceledDecoder.TEMPLATE_ID));
        assertEquals(0, engine.order(algoOrderId).cumulativeQuantity());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5 * MS})
    void shouldTakeTheProfitOnceWhenItIsMetBeforeTheEmulatedStop(final long latencyNs)
    {
        final EngineFixture engine = engine(latencyNs);
        emulatedPair(engine);

        bar(engine, CLOSE, CLOSE + 500, CLOSE - 1_000, CLOSE - 1_000);
        settle(engine);

        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(CLOSE + 300, engine.lastFill().price());
        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
    }

    /** The price goes on from the entry to the stop, then comes back: who entered was stopped. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5 * MS})
    void shouldStopABracketOnTheWayThatItEnteredOn(final long latencyNs)
    {
        final EngineFixture engine = engine(latencyNs);
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.act(context -> context.submitAlgo(
            new AlgoOrder().bracket(0, Side.BUY, 5_000, CLOSE + 5_000, CLOSE - 700).limit(CLOSE - 500)));

        bar(engine, CLOSE, CLOSE + 1_500, CLOSE - 1_000, CLOSE - 100);
        settle(engine);

        assertEquals(2, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(0, engine.position(BTC_USDT).quantity());
        assertEquals(CLOSE - 100, engine.lastFill().price());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5 * MS})
    void shouldNotStopABracketByAPriceBeforeItsEntry(final long latencyNs)
    {
        final EngineFixture engine = engine(latencyNs);
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.act(context -> context.submitAlgo(
            new AlgoOrder().bracket(0, Side.SELL, 5_000, CLOSE - 5_000, CLOSE + 700).limit(CLOSE + 500)));

        bar(engine, CLOSE, CLOSE + 600, CLOSE - 500, CLOSE + 400);
        settle(engine);

        assertEquals(1, engine.count(OrderFilledDecoder.TEMPLATE_ID));
        assertEquals(-5_000, engine.position(BTC_USDT).quantity());
    }

    /** An exit that the bot sends when it hears of its entry meets the close, not the rest of the way. */
    @Test
    void shouldSendWhatAReportOnTheWayCausesToTheClose()
    {
        final EngineFixture engine = engine(0);
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, CLOSE - 500, 5_000);
        engine.probe().onFilled = context -> context.submitLimit(0, Side.SELL, CLOSE + 1_000, 5_000);

        bar(engine, CLOSE, CLOSE + 2_000, CLOSE - 1_000, CLOSE);

        assertEquals(5_000, engine.position(BTC_USDT).quantity());
        assertEquals(5_000, engine.position(BTC_USDT).openSellQuantity());
    }

    // ---------------------------------------------------------------------------------------- known before the close

    /** The fill was within the bar: at its close the bot holds the position, and it is worth what the close says. */
    @ParameterizedTest
    @CsvSource({"0, 5999000", "5000000, 5999000", "5000000, 6001000"})
    void shouldKnowOfAFillOnTheWayAndValueItAtTheClose(final long latencyNs, final long close)
    {
        final EngineFixture engine = engine(latencyNs);
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, CLOSE - 500, 5_000);

        bar(engine, CLOSE, CLOSE + 2_000, CLOSE - 1_000, close);

        assertEquals(5_000, engine.position(BTC_USDT).quantity());
        assertEquals((close - CLOSE + 500) * 50_000, engine.position(BTC_USDT).unrealisedPnl());
    }

    @Test
    void shouldLimitTheLossOfAPositionAtTheCloseOfTheBarThatOpenedIt()
    {
        final EngineFixture engine = engine(5 * MS, "limits.maxDailyLoss", "0.2");
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, CLOSE - 500, 5_000);

        bar(engine, CLOSE, CLOSE + 2_000, CLOSE - 1_000, CLOSE - 1_000);

        assertEquals(BotState.KILLED, engine.bot().state());
    }

    // ------------------------------------------------------------------------------------- beside quotes and books

    @Test
    void shouldLeaveOutABarWithinWhichAQuoteCame()
    {
        final EngineFixture engine = engine(0);
        final long openTimeNs = engine.timeNs();
        engine.pass(30 * SECOND).quote(BTC_USDT, CLOSE, CLOSE + 10);
        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, CLOSE - 500, 5_000);

        engine.pass(30 * SECOND)
            .bar(BTC_USDT, BarInterval.M1, openTimeNs, CLOSE, CLOSE, CLOSE - 1_000, CLOSE, VOLUME);

        assertEquals(0, engine.order(orderId).cumulativeQuantity());
        assertEquals(1, market(engine).lateBarCount());
    }

    @Test
    void shouldOfferNothingOfTheBookThatWasThereBefore()
    {
        final EngineFixture engine = engine(0);
        engine.book(BTC_USDT, new long[]{CLOSE - 10, 1_000}, new long[]{CLOSE + 10, 1_000_000});
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);

        final long orderId = engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 100_000);

        assertEquals(VOLUME, engine.order(orderId).cumulativeQuantity());
        engine.bar(BTC_USDT, CLOSE, CLOSE, CLOSE, CLOSE, 0);
        assertEquals(Market.NO_PRICE, market(engine).bestAsk());
        engine.book(BTC_USDT, new long[]{CLOSE - 10, 1_000}, new long[]{CLOSE + 10, 1_000_000});
        assertEquals(CLOSE + 10, market(engine).bestAsk());
    }

    // ------------------------------------------------------------------------------------------------------- private

    private static EngineFixture engine(final long latencyNs, final String... bot)
    {
        return anEngine().start("latencyNs", Long.toString(latencyNs), "balance", "100000000")
            .pass(TO_MIDNIGHT).withProbe(bot);
    }

    /** Long, with a profit of 3.00 above and a stop as far below. */
    private static long emulatedPair(final EngineFixture engine)
    {
        bar(engine, CLOSE, CLOSE, CLOSE, CLOSE);
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, 5_000);
        final long algoId = engine.act(context -> context.submitAlgo(
            new AlgoOrder().oco(0, Side.SELL, 5_000, CLOSE + 300, CLOSE - 300)));
        return engine.engine().algos().find(algoId).childOrderId();
    }

    private static void bar(
        final EngineFixture engine, final long open, final long high, final long low, final long close)
    {
        engine.bar(BTC_USDT, open, high, low, close, VOLUME);
    }

    private static void settle(final EngineFixture engine)
    {
        engine.after(SECOND).after(SECOND);
    }

    private static Market market(final EngineFixture engine)
    {
        return engine.engine().markets().find(BTC_USDT.id());
    }
}
