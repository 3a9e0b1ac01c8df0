package org.lockstep.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.MS;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.AlgoStatusDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

class AlgosTest
{
    private static final long MINUTE = 60 * SECOND;

    private final EngineFixture engine = anEngine().start("balance", "10000000").withProbe();

    @BeforeEach
    void quoteAtSixtyThousand()
    {
        quote(6_000_000);
    }

    // --------------------------------------------------------------------------------------- stops and take-profits

    @ParameterizedTest
    @CsvSource({
        "SELL, 5999000, 5999001, 5999000",
        "BUY, 6001000, 6000980, 6000990",
    })
    void shouldSendAMarketOrderWhenAStopIsReached(
        final Side side, final long trigger, final long bidBefore, final long bidAtTrigger)
    {
        final long algoId = submit(new AlgoOrder().stop(0, side, 1_000, trigger));

        quote(bidBefore);
        assertEquals(0, requested());
        assertEquals(AlgoState.WAITING, status(algoId).state());
        quote(bidAtTrigger);
        assertEquals(1, requested());
        assertEquals(AlgoState.WORKING, status(algoId).state());
        engine.after(MS);

        assertEquals(Side.BUY == side ? 1_000 : -1_000, held());
        assertEquals(AlgoState.DONE, status(algoId).state());
        assertEquals(1_000, status(algoId).filledQuantity());
        assertEquals(0, engine.engine().algos().count());
    }

    @ParameterizedTest
    @CsvSource({
        "SELL, 6001000, 6000999, 6001000",
        "BUY, 5999000, 5998991, 5998990",
    })
    void shouldSendAMarketOrderWhenAProfitIsReached(
        final Side side, final long trigger, final long bidBefore, final long bidAtTrigger)
    {
        submit(new AlgoOrder().takeProfit(0, side, 1_000, trigger));

        quote(bidBefore);
        assertEquals(0, requested());
        quote(bidAtTrigger);
        engine.after(MS);

        assertEquals(Side.BUY == side ? 1_000 : -1_000, held());
    }

    @Test
    void shouldSendALimitOrderWhenAStopHasALimit()
    {
        final long algoId = submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_999_000).limit(5_998_000));

        quote(5_990_000);

        final OrderRequestedDecoder child = lastRequest();
        assertEquals(OrderType.LIMIT, child.orderType());
        assertEquals(5_998_000, child.price());
        assertEquals(child.orderId(), status(algoId).childOrderId());
    }

    @Test
    void shouldActAtOnceWhenTheStopIsReachedAlready()
    {
        submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 6_000_500));
        engine.after(MS);

        assertEquals(-1_000, held());
    }

    @Test
    void shouldTrailTheBestPriceSince()
    {
        final long algoId = submit(new AlgoOrder().trailingStop(0, Side.SELL, 1_000).trail(1_000));
        quote(6_005_000);
        quote(6_003_000 + 1_001);
        assertEquals(0, requested());
        assertEquals(6_004_000, engine.engine().algos().find(algoId).triggerPrice());

        quote(6_004_000);
        engine.after(MS);

        assertEquals(-1_000, held());
    }

    @Test
    void shouldTrailABuyDownwardsByAShareOfThePrice()
    {
        final long algoId = submit(new AlgoOrder().trailingStop(0, Side.BUY, 1_000).trailBps(100));
        quote(5_000_000 - 10);
        assertEquals(5_050_000, engine.engine().algos().find(algoId).triggerPrice());
        quote(5_050_000 - 11);
        assertEquals(0, requested());

        quote(5_050_000 - 10);
        engine.after(MS);

        assertEquals(1_000, held());
    }

    @Test
    void shouldTryAgainForWhatTheMarketHadTooLittleFor()
    {
        final long algoId = submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_999_000));
        engine.quote(BTC_USDT, 5_999_000, 400, 5_999_010, 400).after(MS);
        assertEquals(-400, held());
        assertEquals(AlgoState.WAITING, status(algoId).state());

        quote(5_999_000);
        engine.after(SECOND).after(MS);

        assertEquals(-1_000, held());
        assertEquals(AlgoState.DONE, status(algoId).state());
    }

    @Test
    void shouldTryAgainWhenRiskRefusesForNow()
    {
        engine.command(CommandAction.SET_LIMITS, BOT, "maxOrderRate", "0");
        final long algoId = submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 6_000_500));
        assertEquals(RejectReason.ORDER_RATE, engine.lastReject());
        assertNotNull(engine.engine().algos().find(algoId));

        engine.command(CommandAction.SET_LIMITS, BOT, "maxOrderRate", "10").after(SECOND).after(MS);

        assertEquals(-1_000, held());
    }

    @Test
    void shouldFailAndCallAPersonWhenRiskWillAlwaysRefuse()
    {
        engine.command(CommandAction.SET_LIMITS, BOT, "maxOrderQuantity", "0.00001");

        final long algoId = submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 6_000_500));

        assertEquals(AlgoState.FAILED, status(algoId).state());
        assertEquals(AlertCode.ALGO_FAILED.code(), engine.lastAlert().code());
        assertTrue(engine.lastAlert().text().endsWith("failed: order quantity exceeds the bot's limit"));
    }

    // --------------------------------------------------------------------------------------------- oco and bracket

    @Test
    void shouldLetTheLimitOfAPairRestAndDropTheStopWhenItExecutes()
    {
        final long algoId = submit(new AlgoOrder().oco(0, Side.SELL, 1_000, 6_010_000, 5_990_000));
        engine.after(MS);
        assertEquals(6_010_000, lastRequest().price());

        quote(6_010_010);
        engine.after(MS);
        quote(5_900_000);
        engine.after(SECOND);

        assertEquals(-1_000, held());
        assertEquals(1, requested());
        assertEquals(AlgoState.DONE, status(algoId).state());
    }

    @Test
    void shouldTakeTheLimitBackBeforeTheStopGoesOut()
    {
        submit(new AlgoOrder().oco(0, Side.SELL, 1_000, 6_010_000, 5_990_000));
        engine.after(MS);
        final long limitId = lastRequest().orderId();

        quote(5_990_000);
        assertEquals(1, requested());
        assertEquals(OrderStatus.PENDING_CANCEL, engine.order(limitId).status());
        engine.after(MS);
        assertEquals(2, requested());
        assertEquals(OrderType.MARKET, lastRequest().orderType());
        engine.after(MS);

        assertEquals(-1_000, held());
    }

    @Test
    void shouldSendTheStopOnlyForWhatTheLimitLeft()
    {
        submit(new AlgoOrder().oco(0, Side.SELL, 1_000, 6_010_000, 5_990_000));
        engine.after(MS);
        final long limitId = lastRequest().orderId();
        quote(5_990_000);
        engine.filled(limitId, 555, BTC_USDT, 6_010_000, 300);

        engine.after(MS);

        assertEquals(700, lastRequest().quantity());
        engine.after(MS);
        assertEquals(-1_000, held());
    }

    @Test
    void shouldNotSendTheStopWhenTheLimitExecutedDuringItsCancel()
    {
        final long algoId = submit(new AlgoOrder().oco(0, Side.SELL, 1_000, 6_010_000, 5_990_000));
        engine.after(MS);
        final long limitId = lastRequest().orderId();
        quote(5_990_000);

        engine.filled(limitId, 555, BTC_USDT, 6_010_000, 1_000);
        engine.after(SECOND);

        assertEquals(1, requested());
        assertEquals(AlgoState.DONE, status(algoId).state());
    }

    @Test
    void shouldProtectWhatTheEntryOfABracketBought()
    {
        final long algoId = submit(new AlgoOrder().bracket(0, Side.BUY, 1_000, 6_050_000, 5_950_000));
        engine.after(MS).after(MS);
        assertEquals(1_000, held());
        assertEquals(Side.SELL, lastRequest().side());
        assertEquals(6_050_000, lastRequest().price());

        quote(5_950_000);
        engine.after(MS).after(MS);

        assertEquals(0, held());
        assertEquals(AlgoState.DONE, status(algoId).state());
        assertEquals(3, requested());
    }

    @Test
    void shouldTakeTheRestOfTheEntryBackWhenItsStopIsReached()
    {
        final long algoId =
            submit(new AlgoOrder().bracket(0, Side.BUY, 1_000, 6_050_000, 5_950_000).limit(5_990_000));
        engine.after(MS);
        final long entryId = lastRequest().orderId();
        engine.filled(entryId, 555, BTC_USDT, 5_990_000, 400);

        quote(5_950_000);
        engine.after(MS).after(MS);

        assertEquals(0, engine.engine().algos().count());
        assertEquals(AlgoState.DONE, status(algoId).state());
        assertEquals(0, held());
    }

    @Test
    void shouldEndABracketWhoseEntryNeverExecuted()
    {
        final long algoId =
            submit(new AlgoOrder().bracket(0, Side.BUY, 1_000, 6_050_000, 5_950_000).limit(5_990_000));
        engine.after(MS);

        engine.act(context -> context.cancel(lastRequest().orderId()));
        engine.after(MS);

        assertEquals(AlgoState.CANCELED, status(algoId).state());
        assertEquals(1, requested());
    }

    // ------------------------------------------------------------------------------------------- iceberg and twap

    @Test
    void shouldShowOnePartAtATime()
    {
        final long algoId = submit(new AlgoOrder().iceberg(0, Side.BUY, 1_000, 5_999_000, 400));
        engine.after(MS);
        final List<Long> parts = new ArrayList<>();
        while (null != engine.engine().algos().find(algoId))
        {
            final OrderRequestedDecoder part = lastRequest();
            parts.add(part.quantity());
            assertEquals(1, engine.engine().orders().openCount());
            engine.filled(part.orderId(), 1_000 + parts.size(), BTC_USDT, 5_999_000, part.quantity()).after(MS);
        }

        assertEquals(List.of(400L, 400L, 200L), parts);
        assertEquals(AlgoState.DONE, status(algoId).state());
    }

    @Test
    void shouldSliceByTime()
    {
        final long algoId = submit(new AlgoOrder().twap(0, Side.BUY, 1_000, 3, 3 * MINUTE));
        engine.after(MS);
        assertEquals(333, held());

        elapse(MINUTE - 3 * MS, 6_000_000);
        assertEquals(1, requested());
        elapse(2 * MS, 6_000_000);
        assertEquals(333 + 333, held());
        elapse(MINUTE, 6_000_000);

        assertEquals(3, requested());
        assertEquals(1_000, held());
        assertEquals(AlgoState.DONE, status(algoId).state());
    }

    @Test
    void shouldSpreadMissedSlicesOverTheRestAndGiveUpWhatIsLeft()
    {
        final long algoId = submit(new AlgoOrder().twap(0, Side.BUY, 1_000, 4, 4 * MINUTE).limit(6_000_010));
        engine.after(MS);
        assertEquals(250, held());

        engine.after(2 * MINUTE - 2 * MS);
        quote(6_000_000);
        engine.after(MS).after(MS);
        assertEquals(250 + 375, held());
        quote(6_100_000);
        engine.after(MINUTE);
        quote(6_100_000);
        engine.after(MINUTE).after(MS);

        assertEquals(625, held());
        assertEquals(AlgoState.CANCELED, status(algoId).state());
        assertEquals("time is up", status(algoId).reason());
    }

    // -------------------------------------------------------------------------------------------------- the ends

    @Test
    void shouldTakeChildrenBackWithTheirParent()
    {
        final long algoId = submit(new AlgoOrder().iceberg(0, Side.BUY, 1_000, 5_999_000, 400));
        engine.after(MS);

        assertEquals(0, engine.act(context -> context.cancel(algoId)));
        assertEquals(AlgoState.CANCELING, status(algoId).state());
        assertEquals(-RejectReason.ORDER_BUSY.code(), engine.act(context -> context.cancel(algoId)));
        engine.after(MS);

        assertEquals(AlgoState.CANCELED, status(algoId).state());
        assertEquals(0, engine.engine().orders().openCount());
        assertEquals(-RejectReason.UNKNOWN_ORDER.code(), engine.act(context -> context.cancel(algoId)));
    }

    @Test
    void shouldEndWithItsBotAndWithKillSwitches()
    {
        for (final CommandAction action :
            List.of(CommandAction.STOP_BOT, CommandAction.PAUSE_BOT, CommandAction.KILL_BOT))
        {
            final EngineFixture one = anEngine().start().withProbe().quote(BTC_USDT, 6_000_000, 6_000_010);
            one.act(context -> context.submitAlgo(new AlgoOrder().iceberg(0, Side.BUY, 1_000, 5_999_000, 400)));
            one.act(context -> context.submitAlgo(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_900_000)));
            one.after(MS).command(action, BOT).after(MS);

            assertEquals(0, one.engine().algos().count(), action.name());
            assertEquals(0, one.engine().orders().openCount(), action.name());
        }
        submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_900_000));
        engine.command(CommandAction.KILL_SWITCH_ON, "");
        assertEquals(0, engine.engine().algos().count());
        quote(5_800_000);
        assertEquals(0, requested());
    }

    @Test
    void shouldSuspendWhileTheFeedIsLostAndGoOnWithIt()
    {
        final long algoId = submit(new AlgoOrder().iceberg(0, Side.BUY, 1_000, 5_999_000, 400));
        engine.after(MS);

        engine.feed(BTC_USDT, FeedState.STALE).after(MS);
        assertEquals(0, engine.engine().orders().openCount());
        assertEquals(AlgoState.WAITING, status(algoId).state());
        quote(6_000_000);

        assertEquals(1, engine.engine().orders().openCount());
        assertEquals(AlgoState.WORKING, status(algoId).state());
    }

    @Test
    void shouldNotExceedTheWholeWhenAnExecutionComesLate()
    {
        final long algoId = submit(new AlgoOrder().oco(0, Side.SELL, 1_000, 6_010_000, 5_990_000));
        engine.after(MS);
        final long limitId = lastRequest().orderId();
        quote(5_990_000);
        engine.after(MS);
        assertEquals(2, requested());
        engine.filled(limitId, 555, BTC_USDT, 6_010_000, 300);

        engine.after(MS);

        assertTrue(status(algoId).filledQuantity() >= 1_000);
        assertNull(engine.engine().algos().find(algoId));
    }

    @Test
    void shouldCallTheStrategyBackButNotForWhatItAskedFor()
    {
        submit(new AlgoOrder().stop(0, Side.SELL, 1_000, 5_999_000));
        assertEquals(List.of(), engine.probe().algoStates);

        quote(5_999_000);
        engine.after(MS);

        assertEquals(List.of(AlgoState.WORKING, AlgoState.DONE), engine.probe().algoStates);
    }

    @Test
    void shouldTakeOrdersAndCancelsOfPeople()
    {
        engine.manualAlgo(BTC_USDT, Side.SELL, 1_000, "type", "stop", "stopPrice", "59990");
        engine.manualAlgo(BTC_USDT, Side.BUY, 1_000, "type", "twap", "slices", "10", "duration", "10m");
        final long stopId = engine.engine().algos().get(0).algoId();
        assertEquals(5_999_000, engine.engine().algos().get(0).triggerPrice());

        engine.command(CommandAction.CANCEL_ALGO, "", "", -1, stopId);
        assertEquals(AlgoState.CANCELED, status(stopId).state());
        assertEquals(1, engine.engine().algos().count());
        engine.manualAlgo(BTC_USDT, Side.SELL, 1_000, "type", "stp");
        assertTrue(engine.lastAlert().text().contains("type: found 'stp', allowed stop, take-profit"));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_QUANTITY, 0, 5999000, 0, 0",
        "INVALID_ALGO, 1000, 0, 0, 0",
        "INVALID_PRICE, 1000, -5, 0, 0",
        "INVALID_ALGO, 1000, 6010000, 5990000, 0",
        "INVALID_ALGO, 1000, 5990000, 6010000, 6020000",
    })
    void shouldRefuseWhatDoesNotFit(
        final RejectReason expected, final long quantity, final long stop, final long profit, final long limit)
    {
        final AlgoOrder order = 0 == profit ? new AlgoOrder().stop(0, Side.SELL, quantity, stop) :
            new AlgoOrder().bracket(0, Side.BUY, quantity, profit, stop).limit(limit);

        assertEquals(-expected.code(), submit(order));
        assertEquals(expected, engine.lastReject());
    }

    @Test
    void shouldBeThereAgainAfterAReplay()
    {
        final EngineFixture first = anEngine().start().quote(BTC_USDT, 6_000_000, 6_000_010);
        first.manualAlgo(BTC_USDT, Side.SELL, 1_000, "type", "trailing-stop", "trail", "10");
        first.manualAlgo(BTC_USDT, Side.BUY, 1_000, "type", "twap", "slices", "30", "duration", "30m");
        first.quote(BTC_USDT, 6_005_000, 6_005_010).after(MINUTE).sessionStarted(2, 0);
        assertEquals(6_004_000, first.engine().algos().get(0).triggerPrice());

        final EngineFixture second = anEngine();
        first.inputs().forEach(second::replay);
        assertEquals(first.engine().stateHash(), second.engine().stateHash());
        second.pass(first.timeNs() - second.timeNs());
        for (final EngineFixture one : List.of(first, second))
        {
            one.quote(BTC_USDT, 6_003_000, 6_003_010).after(MS);
        }

        assertEquals(first.engine().stateHash(), second.engine().stateHash());
        assertEquals(1, second.engine().algos().count());
    }

    private long submit(final AlgoOrder order)
    {
        return engine.act(context -> context.submitAlgo(order));
    }

    private void quote(final long bid)
    {
        engine.quote(BTC_USDT, bid, 100_000, bid + 10, 100_000);
    }

    private void elapse(final long durationNs, final long bid)
    {
        for (long leftNs = durationNs; leftNs > 0; leftNs -= 20 * SECOND)
        {
            engine.after(Math.min(leftNs, 20 * SECOND));
            quote(bid);
        }
        engine.after(MS);
    }

    private int requested()
    {
        return engine.count(OrderRequestedDecoder.TEMPLATE_ID);
    }

    private long held()
    {
        return engine.position(BTC_USDT).quantity();
    }

    private OrderRequestedDecoder lastRequest()
    {
        final OrderRequestedDecoder decoder = new OrderRequestedDecoder();
        decoder.wrap(engine.last(OrderRequestedDecoder.TEMPLATE_ID), Frame.HEADER_LENGTH,
            OrderRequestedDecoder.BLOCK_LENGTH, OrderRequestedDecoder.SCHEMA_VERSION);
        return decoder;
    }

    private AlgoStatusDecoder status(final long algoId)
    {
        final AlgoStatusDecoder decoder = new AlgoStatusDecoder();
        final List<DirectBuffer> frames = engine.all(AlgoStatusDecoder.TEMPLATE_ID);
        for (int i = frames.size() - 1; i >= 0; i--)
        {
            decoder.wrap(frames.get(i), Frame.HEADER_LENGTH, AlgoStatusDecoder.BLOCK_LENGTH,
                AlgoStatusDecoder.SCHEMA_VERSION);
            if (decoder.algoId() == algoId)
            {
                return decoder;
            }
        }
        throw new AssertionError("no status of " + algoId + ", alerts: " + engine.count(AlertDecoder.TEMPLATE_ID));
    }
}
