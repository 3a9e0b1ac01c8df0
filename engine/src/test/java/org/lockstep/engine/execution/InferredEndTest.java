package org.lockstep.engine.execution;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.order.OrderStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

/** An order ended because the venue did not know it, and then an event shows that it did arrive. */
class InferredEndTest
{
    private final VenueScript venue = VenueScript.live();
    private long orderId;
    private int queries;

    @BeforeEach
    void inferAnEnd()
    {
        orderId = venue.buy(10);
        venue.outcomeUnknown(orderId, RequestKind.PLACE).notFound(orderId).notFound(orderId);
        assertEquals(OrderStatus.REJECTED, status());
        queries = venue.queries();
    }

    @Test
    void shouldDoubtAndAskWhenItIsAcceptedAfterAll()
    {
        venue.accepted(orderId);

        assertEquals(OrderStatus.UNKNOWN, status());
        assertEquals(queries + 1, venue.queries());
        assertEquals(10, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(1, venue.engine.engine().accounts().find(VenueScript.ACCOUNT).risk().openOrderCount());
        assertEquals(List.of(DifferenceKind.NEVER_ARRIVED, DifferenceKind.REAPPEARED), venue.differences());
    }

    @Test
    void shouldWorkOnWhenTheVenueSaysSo()
    {
        venue.accepted(orderId).working(orderId, ReconcileCause.QUERY, 10, 0);

        assertEquals(OrderStatus.NEW, status());
    }

    @Test
    void shouldDoubtWhatIsLeftWhenItExecutesInPart()
    {
        venue.filled(orderId, 1, 4);

        assertEquals(OrderStatus.UNKNOWN, status());
        assertEquals(queries + 1, venue.queries());
        assertEquals(6, venue.engine.position(BTC_USDT).openBuyQuantity());
        assertEquals(4, venue.engine.position(BTC_USDT).quantity());
    }

    @Test
    void shouldHaveNothingToAskWhenItExecutesInWhole()
    {
        venue.filled(orderId, 1, 10);

        assertEquals(OrderStatus.FILLED, status());
        assertEquals(queries, venue.queries());
        assertEquals(0, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    @Test
    void shouldAskForItsExecutionsWhenItWasCanceled()
    {
        venue.canceled(orderId);

        assertEquals(OrderStatus.REJECTED, status());
        assertEquals(queries + 1, venue.queries());
    }

    @Test
    void shouldCancelItWhenNobodyWouldMindIt()
    {
        venue.engine.command(CommandAction.KILL_SWITCH_ON, "");

        venue.accepted(orderId);

        assertEquals(1, venue.engine.count(CancelRequestedDecoder.TEMPLATE_ID));
        assertEquals(OrderStatus.PENDING_CANCEL, status());
    }

    private OrderStatus status()
    {
        return venue.engine.order(orderId).status();
    }
}
