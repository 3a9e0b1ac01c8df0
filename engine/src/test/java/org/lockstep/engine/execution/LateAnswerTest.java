package org.lockstep.engine.execution;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.order.OrderStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

/** Answers that were asked for before something happened, and come after it. */
class LateAnswerTest
{
    private final VenueScript venue = VenueScript.live();
    private long orderId;

    @BeforeEach
    void placeAnOrder()
    {
        orderId = venue.buy(10);
        venue.accepted(orderId);
    }

    @Test
    void shouldNotTakeUpAnOrderThatIsExecutedInWhole()
    {
        venue.filled(orderId, 1, 10);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0).working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.FILLED, status());
        assertEquals(0, venue.engine.engine().orders().openCount());
    }

    @Test
    void shouldAskBeforeItTakesUpACanceledOrder()
    {
        venue.canceled(orderId);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0);
        final OrderStatus afterOne = status();
        final int asked = venue.queries();
        venue.reported(orderId, VenueOrderState.CANCELED, ReconcileCause.QUERY, 10, 0, 0);

        assertEquals(OrderStatus.CANCELED, afterOne);
        assertEquals(1, asked);
        assertEquals(OrderStatus.CANCELED, status());
    }

    @Test
    void shouldTakeUpACanceledOrderThatTheVenueStillHasWhenAskedAnew()
    {
        venue.canceled(orderId);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0).working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.NEW, status());
        assertEquals(10, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldNotTakeUpAnOrderOfWhichLessWasExecutedThanIsKnown()
    {
        venue.filled(orderId, 1, 4).canceled(orderId);

        venue.working(orderId, ReconcileCause.QUERY, 10, 0).working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.CANCELED, status());
        assertEquals(1, venue.queries());
    }

    @Test
    void shouldNotEndAnOrderWhenItsOutcomeIsLost()
    {
        venue.engine.act(context -> context.cancel(orderId));
        venue.filled(orderId, 1, 4);

        venue.outcomeUnknown(orderId, RequestKind.CANCEL)
            .reported(orderId, VenueOrderState.CANCELED, ReconcileCause.QUERY, 10, 4, 0);

        assertEquals(OrderStatus.CANCELED, status());
        assertEquals(0, venue.engine.engine().orders().openCount());
    }

    private OrderStatus status()
    {
        return venue.engine.order(orderId).status();
    }
}
