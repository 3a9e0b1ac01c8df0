package org.lockstep.engine.execution;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.order.OrderStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

/** Nobody knows whether an order was replaced: what its predecessor does says nothing while the request may arrive. */
class ReplaceInDoubtTest
{
    private final VenueScript venue = VenueScript.live();
    private long orderId;

    @BeforeEach
    void replaceAnOrder()
    {
        orderId = venue.buy(10);
        venue.accepted(orderId);
        venue.engine.act(context -> context.replace(orderId, VenueScript.PRICE - 50, 30));
    }

    @Test
    void shouldStayInDoubtWhenThePredecessorWorksAndTheRequestMayStillArrive()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        predecessor(VenueOrderState.WORKING, ReconcileCause.QUERY, YesNo.NO);

        assertEquals(OrderStatus.UNKNOWN, status());
        assertTrue(venue.engine.order(orderId).isReplaceOpen());
        assertEquals(30, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldTakeTheReplaceForRefusedWhenItCannotArriveAnyMore()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        predecessor(VenueOrderState.WORKING, ReconcileCause.QUERY, YesNo.YES);

        assertEquals(OrderStatus.NEW, status());
        assertEquals(10, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(List.of(YesNo.YES, YesNo.NO), venue.uncertainties());
    }

    @Test
    void shouldStayInDoubtWhenAListShowsThePredecessor()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        venue.begin(ReconcileCause.TIMER);
        predecessor(VenueOrderState.WORKING, ReconcileCause.TIMER, YesNo.NO);
        venue.end(ReconcileCause.TIMER);

        assertEquals(OrderStatus.UNKNOWN, status());
        assertEquals(30, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldCancelThePredecessorAtOnceWhenACancelIsWanted()
    {
        venue.engine.act(context -> context.cancel(orderId));
        venue.outcomeUnknown(orderId, RequestKind.CANCEL);

        predecessor(VenueOrderState.WORKING, ReconcileCause.QUERY, YesNo.NO);

        assertEquals(2, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(OrderStatus.PENDING_CANCEL, status());
        assertTrue(venue.engine.order(orderId).isReplaceOpen());
    }

    @Test
    void shouldAskWhenACancelIsToldWhichMayBeThePredecessors()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);
        final int before = venue.queries();

        venue.canceled(orderId);

        assertEquals(OrderStatus.UNKNOWN, status());
        assertEquals(before + 1, venue.queries());
    }

    @Test
    void shouldEndTheOrderWhenItsPredecessorIsCanceledAndNoSuccessorCanArrive()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE);

        predecessor(VenueOrderState.CANCELED, ReconcileCause.QUERY, YesNo.NO);
        final OrderStatus early = status();
        predecessor(VenueOrderState.CANCELED, ReconcileCause.QUERY, YesNo.YES);

        assertEquals(OrderStatus.UNKNOWN, early);
        assertEquals(OrderStatus.CANCELED, status());
        assertEquals(0, venue.engine.engine().orders().openCount());
    }

    @Test
    void shouldEndTheOrderFilledWhenItsPredecessorWasFilledBeforeTheReplaceCame()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE).filled(orderId, 1, 10);

        venue.reported(orderId, VenueOrderState.FILLED, ReconcileCause.QUERY, 10, 10, 0)
            .reported(orderId, VenueOrderState.FILLED, ReconcileCause.QUERY, 10, 10, 0);

        assertEquals(OrderStatus.FILLED, status());
        assertEquals(0, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(0, venue.engine.engine().orders().openCount());
    }

    @Test
    void shouldEndTheOrderFilledWhenItsSuccessorWas()
    {
        venue.outcomeUnknown(orderId, RequestKind.REPLACE).filled(orderId, 1, 20);

        venue.reported(orderId, VenueOrderState.FILLED, ReconcileCause.QUERY, 20, 20, 1);

        assertEquals(OrderStatus.FILLED, status());
        assertEquals(1, venue.engine.order(orderId).generation());
        assertEquals(0, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldAskWhenAReplaceIsConfirmedThatLeavesMoreThanWasCounted()
    {
        venue.filled(orderId, 1, 30);
        final OrderStatus counted = status();

        venue.replaced(orderId, VenueScript.PRICE - 50, 35, 1);
        venue.reported(orderId, VenueOrderState.WORKING, ReconcileCause.QUERY, 35, 30, 1);

        assertEquals(OrderStatus.FILLED, counted);
        assertEquals(1, venue.queries());
        assertEquals(OrderStatus.PARTIALLY_FILLED, status());
        assertEquals(5, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    private void predecessor(final VenueOrderState state, final ReconcileCause cause, final YesNo conclusive)
    {
        venue.reported(orderId, state, cause, 10, 0, 0, conclusive);
    }

    private OrderStatus status()
    {
        return venue.engine.order(orderId).status();
    }
}
