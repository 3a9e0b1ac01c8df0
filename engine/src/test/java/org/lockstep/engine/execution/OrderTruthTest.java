package org.lockstep.engine.execution;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OrderUncertainDecoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.ETH_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;

/** What becomes of orders when answers are lost, late, doubled or contradictory: one test a row of the table. */
class OrderTruthTest
{
    private final VenueScript venue = VenueScript.live();

    @Test
    void shouldRefuseOrdersWhenAccountIsNotLive()
    {
        venue.status(AccountState.RECONNECTING);

        final long result = venue.buy(10);

        assertEquals(-RejectReason.ACCOUNT_NOT_LIVE.code(), result);
    }

    @Test
    void shouldAskTheVenueWhenTheAnswerIsLost()
    {
        final long orderId = venue.buy(10);

        venue.outcomeUnknown(orderId, RequestKind.PLACE);

        assertEquals(OrderStatus.UNKNOWN, status(orderId));
        assertEquals(1, venue.queries());
        assertEquals(1, venue.engine.count(OrderUncertainDecoder.TEMPLATE_ID));
        assertEquals(1, venue.engine.count(OrderRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldDoubtAnOrderWhenNoAnswerComesAtAll()
    {
        final long orderId = venue.buy(10);

        venue.engine.after(5 * SECOND);
        final OrderStatus early = status(orderId);
        venue.engine.after(2 * SECOND);

        assertEquals(OrderStatus.PENDING_NEW, early);
        assertEquals(OrderStatus.UNKNOWN, status(orderId));
        assertEquals(1, venue.queries());
    }

    @Test
    void shouldAskAgainAtGrowingIntervalsWhenTheVenueStaysSilent()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE);

        for (int i = 0; i < 8; i++)
        {
            venue.engine.after(SECOND / 2);
        }
        final int afterFourSeconds = venue.queries();
        for (int i = 0; i < 240; i++)
        {
            venue.engine.after(SECOND / 2);
        }

        assertEquals(3, afterFourSeconds);
        assertEquals(8, venue.queries());
        assertEquals(OrderStatus.UNKNOWN, status(orderId));
    }

    @Test
    void shouldGoOnWorkingWhenTheVenueHasTheOrder()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(List.of(DifferenceKind.MISSED_STATE), venue.differences());
    }

    @Test
    void shouldEndAnOrderThatNeverArrivedOnlyWhenTheVenueSaysSoTwice()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE);

        venue.notFound(orderId);
        final OrderStatus once = status(orderId);
        venue.notFound(orderId);

        assertEquals(OrderStatus.UNKNOWN, once);
        assertEquals(OrderStatus.REJECTED, status(orderId));
        assertEquals(0, account().risk().openOrderCount());
        assertEquals(List.of(DifferenceKind.NEVER_ARRIVED), venue.differences());
    }

    @Test
    void shouldTakeAnOrderUpAgainWhenItAppearsAfterAll()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE).notFound(orderId).notFound(orderId);

        venue.working(orderId, ReconcileCause.TIMER, 10, 0);
        final OrderStatus listed = status(orderId);
        venue.working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.REJECTED, listed);
        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(10, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(1, account().risk().openOrderCount());
    }

    @Test
    void shouldKeepAnAcknowledgedOrderWhenTheVenueDeniesIt()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.after(1);

        venue.begin(ReconcileCause.TIMER).end(ReconcileCause.TIMER);
        for (int i = 0; i < 5; i++)
        {
            venue.notFound(orderId);
        }

        assertEquals(OrderStatus.UNKNOWN, status(orderId));
        assertEquals(List.of(DifferenceKind.NOT_FOUND), venue.differences());
    }

    @Test
    void shouldCountAFillThatOvertakesTheAcknowledgement()
    {
        final long orderId = venue.buy(10);

        venue.filled(orderId, 1, 4).accepted(orderId);

        assertEquals(OrderStatus.PARTIALLY_FILLED, status(orderId));
        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCountAFillThatArrivesAfterTheCancel()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.canceled(orderId, BTC_USDT);

        venue.filled(orderId, 1, 4);

        assertEquals(OrderStatus.CANCELED, status(orderId));
        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCountAnExecutionOnceWhoeverTellsIt()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).filled(orderId, 7, 4);

        venue.filled(orderId, 7, 4);
        venue.filled(orderId, 7, 4, ReconcileCause.TIMER, 0, "");
        venue.tradesReconciled(7).filled(orderId, 7, 4);

        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
        assertEquals(List.of(), venue.differences());
    }

    @Test
    void shouldTakeMissedExecutionsFromAReconciliation()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).tradesReconciled(5);

        venue.begin(ReconcileCause.RECONNECT).filled(orderId, 6, 4, ReconcileCause.RECONNECT, 0, "")
            .tradesReconciled(6).working(orderId, ReconcileCause.RECONNECT, 10, 4).end(ReconcileCause.RECONNECT);

        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
        assertEquals(OrderStatus.PARTIALLY_FILLED, status(orderId));
        assertEquals(List.of(DifferenceKind.MISSED_FILL), venue.differences());
    }

    @Test
    void shouldFindNothingInASecondRound()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).outcomeUnknown(orderId, RequestKind.PLACE).begin(ReconcileCause.RECONNECT)
            .working(orderId, ReconcileCause.RECONNECT, 10, 0).working(0, ReconcileCause.RECONNECT, 5, 0)
            .end(ReconcileCause.RECONNECT);
        venue.engine.clearOutputs();

        venue.begin(ReconcileCause.TIMER).working(orderId, ReconcileCause.TIMER, 10, 0)
            .working(0, ReconcileCause.TIMER, 5, 0).end(ReconcileCause.TIMER);

        assertEquals(List.of(), venue.differences());
        assertEquals(0, venue.engine.outputs().size());
    }

    @Test
    void shouldAskAboutAnOrderThatARoundDoesNotList()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.after(1);

        venue.begin(ReconcileCause.TIMER).end(ReconcileCause.TIMER);
        final OrderStatus unlisted = status(orderId);
        venue.reported(orderId, VenueOrderState.CANCELED, ReconcileCause.QUERY, 10, 0, 0);

        assertEquals(OrderStatus.UNKNOWN, unlisted);
        assertEquals(OrderStatus.CANCELED, status(orderId));
        assertEquals(List.of(DifferenceKind.MISSED_END), venue.differences());
    }

    @Test
    void shouldNotDoubtAnOrderThatWasSentDuringTheRound()
    {
        venue.begin(ReconcileCause.TIMER);
        final long orderId = venue.buy(10);
        venue.accepted(orderId);

        venue.end(ReconcileCause.TIMER);

        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(0, venue.queries());
    }

    @Test
    void shouldNotEndAnOrderBeforeItsExecutionsAreKnown()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.after(1);
        venue.begin(ReconcileCause.TIMER).end(ReconcileCause.TIMER);

        venue.reported(orderId, VenueOrderState.FILLED, ReconcileCause.QUERY, 10, 10, 0);
        final OrderStatus before = status(orderId);
        venue.filled(orderId, 1, 10, ReconcileCause.QUERY, 0, "");

        assertEquals(OrderStatus.UNKNOWN, before);
        assertEquals(OrderStatus.FILLED, status(orderId));
        assertEquals(10, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldOnlyAskWhenAListContradictsAnEnd()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).begin(ReconcileCause.TIMER);
        venue.engine.canceled(orderId, BTC_USDT);

        venue.working(orderId, ReconcileCause.TIMER, 10, 0);

        assertEquals(OrderStatus.CANCELED, status(orderId));
        assertEquals(1, venue.queries());
    }

    @Test
    void shouldCancelAgainWhenTheCancelsOutcomeWasLostAndTheOrderStillWorks()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.cancel(orderId));
        venue.outcomeUnknown(orderId, RequestKind.CANCEL);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.PENDING_CANCEL, status(orderId));
        assertEquals(2, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldNotEndAnOrderWhenTheCancelOfItsUnacknowledgedRequestIsRefused()
    {
        final long orderId = venue.buy(10);
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, -2011);
        final OrderStatus afterRefusal = status(orderId);
        venue.accepted(orderId);

        assertEquals(OrderStatus.PENDING_NEW, afterRefusal);
        assertEquals(OrderStatus.NEW, status(orderId));
    }

    @Test
    void shouldAskWhatBecameOfAnOrderThatTheVenueRefusesToCancel()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, -2011);
        final int queries = venue.queries();
        venue.filled(orderId, 1, 10, ReconcileCause.QUERY, 0, "");

        assertEquals(1, queries);
        assertEquals(OrderStatus.FILLED, status(orderId));
    }

    @Test
    void shouldGoOnAskingWhetherAnOrderArrivedWhenItsCancelIsRefused()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE).notFound(orderId);
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, -2011);
        final OrderStatus afterRefusal = status(orderId);
        venue.notFound(orderId);

        assertEquals(OrderStatus.UNKNOWN, afterRefusal);
        assertEquals(OrderStatus.REJECTED, status(orderId));
        assertEquals(List.of(DifferenceKind.NEVER_ARRIVED), venue.differences());
    }

    @Test
    void shouldNotTakeThePredecessorsEndForTheOrdersWhileAReplaceIsOpen()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 100, 30));

        venue.reported(orderId, VenueOrderState.CANCELED, ReconcileCause.QUERY, 10, 0, 0, YesNo.NO);
        final boolean isOpen = venue.engine.order(orderId).isOpen();
        venue.reported(orderId, VenueOrderState.WORKING, ReconcileCause.QUERY, 30, 0, 1);

        assertEquals(true, isOpen);
        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(1, venue.engine.order(orderId).generation());
    }

    @Test
    void shouldTakeUpTheGenerationThatTheVenueHasWhenAnOrderReappears()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 100, 30));
        venue.engine.canceled(orderId, BTC_USDT);

        venue.reported(orderId, VenueOrderState.WORKING, ReconcileCause.QUERY, 30, 0, 1);

        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(1, venue.engine.order(orderId).generation());
        assertEquals(30, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldCancelOnceLiveWhenTheCancelCouldNotLeave()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).status(AccountState.RECONNECTING);
        venue.engine.act(context -> context.cancel(orderId));
        venue.refused(orderId, RequestKind.CANCEL, RejectReason.ACCOUNT_NOT_LIVE.code());

        venue.status(AccountState.LIVE);

        assertEquals(OrderStatus.PENDING_CANCEL, status(orderId));
        assertEquals(2, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldKeepTheOldTermsWhenAReplaceIsRefused()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));

        venue.refused(orderId, RequestKind.REPLACE, -2010);

        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(10, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldTakeTheNextGenerationWhenAReplacesAnswerWasLost()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 100, 30));
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        venue.reported(orderId, VenueOrderState.WORKING, ReconcileCause.QUERY, 30, 0, 1);

        assertEquals(OrderStatus.NEW, status(orderId));
        assertEquals(30, venue.engine.order(orderId).quantity());
        assertEquals(1, venue.engine.order(orderId).generation());
    }

    @Test
    void shouldDoubtWhatWasInFlightWhenTheProcessStarts()
    {
        final long pending = venue.buy(10);
        final long working = venue.buy(20);
        venue.accepted(working);

        venue.engine.sessionStarted(2, 0);

        assertEquals(OrderStatus.UNKNOWN, status(pending));
        assertEquals(OrderStatus.NEW, status(working));
        assertEquals(0, venue.queries());

        venue.status(AccountState.RECONCILING).begin(ReconcileCause.START)
            .working(working, ReconcileCause.START, 20, 0).end(ReconcileCause.START).status(AccountState.LIVE);

        assertEquals(1, venue.queries());
    }

    @Test
    void shouldCancelAnOrderOfThisJournalThatTheJournalHasLost()
    {
        final long lost = ClientOrderIds.encode(1, 1, 4711);

        venue.begin(ReconcileCause.START).working(lost, ReconcileCause.START, 10, 0).end(ReconcileCause.START);

        assertEquals(1, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(List.of(DifferenceKind.REAPPEARED), venue.differences());
    }

    @Test
    void shouldLeaveForeignOrdersAloneButTakeTheirExecutions()
    {
        venue.begin(ReconcileCause.START).working(0, ReconcileCause.START, 10, 0).end(ReconcileCause.START);

        venue.filled(0, 3, 5);

        assertEquals(0, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(List.of(DifferenceKind.FOREIGN_ORDER, DifferenceKind.FOREIGN_FILL), venue.differences());
        assertEquals(5, account().risk().holdings().position(0).quantity());
        assertEquals(1, account().venueLedger().foreignOrderCount());
    }

    @Test
    void shouldHoldWhatIsLeftWhenTheFeeIsTakenFromWhatWasBought()
    {
        final long orderId = venue.buy(100_000);

        venue.filled(orderId, 1, 100_000, ReconcileCause.NULL_VAL, 100_000, "BTC");

        // 1 BTC at 60,000 with a fee of 0.001 BTC
        assertEquals(99_900, venue.engine.position(BTC_USDT).quantity());
        assertEquals(60_00000000L, venue.engine.position(BTC_USDT).fees());
    }

    @Test
    void shouldValueAFeeInAThirdAssetWhereThereIsAPrice()
    {
        venue.engine.quote(ETH_USDT, 299_999, 300_001);
        final long orderId = venue.buy(100);

        venue.filled(orderId, 1, 50, ReconcileCause.NULL_VAL, 1_000_000, "ETH");
        venue.filled(orderId, 2, 50, ReconcileCause.NULL_VAL, 1_000_000, "XYZ");

        // 0.01 ETH at 3,000
        assertEquals(30_00000000L, venue.engine.position(BTC_USDT).fees());
        assertEquals(100, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldNotMoveAnOrderOfAnotherInstrument()
    {
        final long orderId = venue.engine.submit(ETH_USDT, Side.BUY, OrderType.LIMIT, 299_000, 1_000);

        venue.filled(orderId, 1, 5);

        assertEquals(0, venue.engine.order(orderId).cumulativeQuantity());
        assertEquals(5, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldTellABalanceThatDiffersInARoundAndTakeIt()
    {
        venue.balance("BTC", 100);

        venue.begin(ReconcileCause.TIMER).balance("BTC", 90).end(ReconcileCause.TIMER);

        assertEquals(List.of(DifferenceKind.BALANCE), venue.differences());
        final AssetBalances balances = account().venueLedger().balances();
        assertEquals(90, balances.free(balances.indexOf("BTC")));
    }

    @Test
    void shouldSendAPairAsOneListAndItsLegs()
    {
        final long first = venue.engine.act(context -> context.submitPair(
            0, Side.SELL, VenueScript.PRICE + 100, VenueScript.PRICE - 100, 0, 10));

        assertEquals(2, venue.engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        assertEquals(1, venue.engine.count(OrderListRequestedDecoder.TEMPLATE_ID));
        assertEquals(first, venue.engine.order(first).listId());
        assertEquals(first, venue.engine.order(first + 1).listId());
        assertEquals(VenueScript.PRICE - 100, venue.engine.order(first + 1).stopPrice());
    }

    @Test
    void shouldRefuseAStopWithoutTriggerAndATriggerWithoutStop()
    {
        final long without = venue.engine.act(context -> context.submitStop(
            0, Side.SELL, OrderType.STOP_LOSS, TimeInForce.GTC, 0, 0, 10));
        final long with = venue.engine.act(context -> context.submitStop(
            0, Side.SELL, OrderType.LIMIT, TimeInForce.GTC, VenueScript.PRICE, VenueScript.PRICE, 10));

        assertEquals(-RejectReason.INVALID_STOP_PRICE.code(), without);
        assertEquals(-RejectReason.INVALID_STOP_PRICE.code(), with);
    }

    private OrderStatus status(final long orderId)
    {
        return venue.engine.order(orderId).status();
    }

    private Account account()
    {
        return venue.engine.engine().accounts().find(VenueScript.ACCOUNT);
    }
}
