package org.lockstep.engine.execution;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;

/** No cancel is forgotten, no replace loses its order, and no execution is lost between what streams and lists tell. */
class CancelAndReplaceTruthTest
{
    private static final int NO_SUCH_ORDER = -2011;

    private final VenueScript venue = VenueScript.live();

    @Test
    void shouldAskForACancelAgainWhenTheBudgetHadNoRoomForIt()
    {
        final long orderId = working();
        venue.engine.command(CommandAction.KILL_SWITCH_ON, "");

        venue.refused(orderId, RequestKind.CANCEL, RejectReason.VENUE_BUDGET.code());
        final int before = cancels();
        pass(2);

        assertEquals(1, before);
        assertEquals(2, cancels());
        assertEquals(OrderStatus.PENDING_CANCEL, status(orderId));
    }

    @Test
    void shouldNotAskForTheCancelOfAChildInDoubtAtEveryTick()
    {
        final long price = VenueScript.PRICE;
        venue.engine.act(context -> context.submitAlgo(
            new AlgoOrder().oco(BTC_USDT.id(), Side.BUY, 10, price - 1_000, price + 500)));
        final long orderId = venue.engine.engine().orders().firstOpen().orderId();
        venue.outcomeUnknown(orderId, RequestKind.PLACE);
        venue.engine.pass(2 * SECOND).quote(BTC_USDT, price + 500, price + 501);
        venue.refused(orderId, RequestKind.CANCEL, RejectReason.VENUE_BUDGET.code());
        final int before = cancels();

        for (int i = 0; i < 40; i++)
        {
            venue.engine.pass(SECOND / 100).quote(BTC_USDT, price + 500 + i % 2, price + 502);
            venue.refused(orderId, RequestKind.CANCEL, RejectReason.VENUE_BUDGET.code());
        }
        final int within = cancels();
        venue.engine.pass(SECOND).quote(BTC_USDT, price + 500, price + 502);

        assertEquals(1, before);
        assertEquals(1, within);
        assertEquals(2, cancels());
    }

    @Test
    void shouldCancelAnOrderWhoseCancelOvertookIt()
    {
        final long orderId = venue.buy(10);
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, NO_SUCH_ORDER).accepted(orderId);
        pass(2);

        assertEquals(2, cancels());
    }

    @Test
    void shouldCancelWhatReplacedTheOrderWhenTheCancelNamedItsPredecessor()
    {
        final long orderId = working();
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));
        venue.engine.act(context -> context.cancel(orderId));

        venue.replaced(orderId, VenueScript.PRICE - 50, 30, 1).refused(orderId, RequestKind.CANCEL, NO_SUCH_ORDER);
        pass(2);

        assertEquals(2, cancels());
        assertEquals(OrderStatus.PENDING_CANCEL, status(orderId));
    }

    @Test
    void shouldForgetACancelThatTheVenueRefusesForAnOrderThatStands()
    {
        final long orderId = working();
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, NO_SUCH_ORDER);
        pass(3);

        assertEquals(1, cancels());
        assertEquals(OrderStatus.NEW, status(orderId));
    }

    @Test
    void shouldStillAwaitTheReplaceWhenOnlyTheCancelIsRefused()
    {
        final long orderId = working();
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));
        venue.engine.act(context -> context.cancel(orderId));

        venue.refused(orderId, RequestKind.CANCEL, NO_SUCH_ORDER);
        final OrderStatus refused = status(orderId);
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        assertEquals(OrderStatus.PENDING_REPLACE, refused);
        assertEquals(OrderStatus.UNKNOWN, status(orderId));
        assertEquals(1, venue.queries());
    }

    @Test
    void shouldKeepAnOrderOpenWhenAnExecutionOfItsReplacementComesBeforeTheAnswer()
    {
        final long orderId = working();
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));

        venue.filled(orderId, 1, 10).replaced(orderId, VenueScript.PRICE - 50, 30, 1);

        assertEquals(OrderStatus.PARTIALLY_FILLED, status(orderId));
        assertEquals(20, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldEndAnExecutedOrderWhenItsReplaceIsRefused()
    {
        final long orderId = working();
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));

        venue.filled(orderId, 1, 10).refused(orderId, RequestKind.REPLACE, NO_SUCH_ORDER);

        assertEquals(OrderStatus.FILLED, status(orderId));
        assertEquals(0, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(0, venue.engine.engine().orders().openCount());
    }

    @Test
    void shouldNameTheGenerationInForceAfterARefusedReplace()
    {
        final long orderId = working();
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));
        venue.refused(orderId, RequestKind.REPLACE, -2010);

        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 40, 30));

        assertEquals(0, venue.engine.order(orderId).generation());
        assertEquals(1, venue.engine.order(orderId).askedGeneration());
    }

    @Test
    void shouldTakeOverAReplacementThatAListShows()
    {
        final long orderId = working();
        venue.engine.after(1);

        venue.begin(ReconcileCause.TIMER)
            .reported(orderId, VenueOrderState.WORKING, ReconcileCause.TIMER, 30, 0, 1).end(ReconcileCause.TIMER);

        assertEquals(1, venue.engine.order(orderId).generation());
        assertEquals(30, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldCancelAnOrderThatReappearsWhileTheKillSwitchIsOn()
    {
        final long orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE).notFound(orderId).notFound(orderId);
        venue.engine.command(CommandAction.KILL_SWITCH_ON, "");

        venue.working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(1, cancels());
        assertEquals(OrderStatus.PENDING_CANCEL, status(orderId));
    }

    @Test
    void shouldCancelAnOrderThatReappearsAfterItsCancelWasAskedFor()
    {
        final long orderId = venue.buy(10);
        venue.engine.act(context -> context.cancel(orderId));
        venue.outcomeUnknown(orderId, RequestKind.CANCEL).notFound(orderId).notFound(orderId);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(2, cancels());
    }

    @Test
    void shouldCountExecutionsOfAnOrderThatAFirstReconciliationPassedOver()
    {
        final long orderId = working();
        venue.tradesReconciled(5);

        venue.filled(orderId, 4, 3, ReconcileCause.QUERY, 0, "").filled(orderId, 4, 3);

        assertEquals(3, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCountBothSidesOfATradeOfTheAccountWithItself()
    {
        final long buyId = working();
        final long sellId = venue.engine.submit(BTC_USDT, Side.SELL, OrderType.LIMIT, VenueScript.PRICE + 100, 10);
        venue.accepted(sellId);

        venue.filled(buyId, 7, 10).filled(sellId, 7, 10);

        assertEquals(OrderStatus.FILLED, status(buyId));
        assertEquals(OrderStatus.FILLED, status(sellId));
        assertEquals(0, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldCountBothSidesOfATradeWithAForeignOrderOfTheAccount()
    {
        final long buyId = working();

        venue.filled(buyId, 7, 10).foreignSell(7, 10).foreignSell(7, 10);

        assertEquals(10, venue.engine.position(BTC_USDT).quantity());
        assertEquals(0, venue.engine.engine().accounts().find(VenueScript.ACCOUNT).risk().holdings()
            .position(BTC_USDT.id()).quantity());
    }

    @Test
    void shouldCountAnExecutionOnceForTheAccountThatWasFirstTakenForSomebodyElses()
    {
        final long orderId = working();

        venue.filled(0, 4, 3, ReconcileCause.START, 2_000, "BTC").tradesReconciled(4)
            .filled(orderId, 4, 3, ReconcileCause.QUERY, 2_000, "BTC")
            .filled(orderId, 4, 3).filled(0, 4, 3, ReconcileCause.TIMER, 2_000, "BTC");

        assertEquals(1, venue.engine.position(BTC_USDT).quantity());
        assertEquals(1, venue.engine.engine().accounts().find(VenueScript.ACCOUNT).risk().holdings()
            .position(BTC_USDT.id()).quantity());
        assertEquals(7, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldAskForExecutionsThatOnlyAListKnowsOf()
    {
        final long orderId = working();

        venue.begin(ReconcileCause.RECONNECT).working(orderId, ReconcileCause.RECONNECT, 10, 4)
            .end(ReconcileCause.RECONNECT);
        final int asked = venue.queries();
        venue.filled(orderId, 4, 4, ReconcileCause.QUERY, 0, "").working(orderId, ReconcileCause.QUERY, 10, 4);

        assertEquals(1, asked);
        assertEquals(1, venue.queries());
        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
        assertEquals(List.of(DifferenceKind.MISSED_FILL), venue.differences());
    }

    @Test
    void shouldRaiseAnAlertWhenASessionTellsOfTroubleWithoutChangingItsState()
    {
        final int before = venue.engine.count(AlertDecoder.TEMPLATE_ID);

        venue.status(AccountState.LIVE);

        assertEquals(before + 1, venue.engine.count(AlertDecoder.TEMPLATE_ID));
        assertEquals(AlertSeverity.CRITICAL, venue.engine.lastAlert().severity());
        assertEquals("account paper: test", venue.engine.lastAlert().text());
    }

    private long working()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId);
        return orderId;
    }

    private void pass(final int seconds)
    {
        for (int i = 0; i < 2 * seconds; i++)
        {
            venue.engine.after(SECOND / 2);
        }
    }

    private int cancels()
    {
        return venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID);
    }

    private OrderStatus status(final long orderId)
    {
        return venue.engine.order(orderId).status();
    }
}
