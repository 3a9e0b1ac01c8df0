package org.lockstep.engine.execution;

import java.util.List;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.AlertCode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

/** The process is stopped as planned, but not every answer has come. */
class PlannedStopTest
{
    private final VenueScript venue = VenueScript.live();

    @Test
    void shouldNameTheOrdersWhoseOutcomeIsNotKnown()
    {
        final long lost = venue.buy(10);
        final long working = venue.buy(20);
        venue.accepted(working).outcomeUnknown(lost, RequestKind.PLACE);

        venue.status(AccountState.STOPPED);

        final List<String> texts = texts();
        assertEquals(2, texts.size());
        assertEquals("CRITICAL account paper stops while the outcome of 1 orders is not known: " + lost +
            "; the next start asks about them", texts.get(0));
        assertEquals("WARNING account paper stops with 1 orders open at the venue", texts.get(1));
    }

    @Test
    void shouldSayNothingWhenNothingIsLeft()
    {
        final long orderId = venue.buy(10);
        venue.accepted(orderId).canceled(orderId);

        venue.status(AccountState.STOPPED);

        assertTrue(texts().isEmpty());
    }

    @Test
    void shouldNotNameMoreThanFitsIn()
    {
        for (int i = 0; i < 11; i++)
        {
            venue.outcomeUnknown(venue.buy(1), RequestKind.PLACE);
        }

        venue.status(AccountState.STOPPED);

        assertTrue(texts().get(0).contains(" and others; the next start asks about them"));
    }

    @Test
    void shouldFindOutAtTheNextStartWhatBecameOfThem()
    {
        final long arrived = venue.buy(10);
        final long never = venue.buy(10);
        venue.outcomeUnknown(arrived, RequestKind.PLACE).outcomeUnknown(never, RequestKind.PLACE)
            .status(AccountState.STOPPED);
        final int before = venue.queries();

        venue.engine.sessionStarted(2, 0);
        venue.status(AccountState.RECONCILING).begin(ReconcileCause.START).end(ReconcileCause.START)
            .status(AccountState.LIVE);
        final int asked = venue.queries() - before;
        venue.filled(arrived, 1, 10, ReconcileCause.QUERY, 0, "")
            .reported(arrived, VenueOrderState.FILLED, ReconcileCause.QUERY, 10, 10, 0).notFound(never).notFound(never);

        assertTrue(asked >= 2);
        assertEquals(OrderStatus.FILLED, venue.engine.order(arrived).status());
        assertEquals(OrderStatus.REJECTED, venue.engine.order(never).status());
        assertEquals(10, venue.engine.position(BTC_USDT).quantity());
        assertEquals(0, venue.engine.position(BTC_USDT).openBuyQuantity());
    }

    private List<String> texts()
    {
        return venue.engine.all(AlertDecoder.TEMPLATE_ID).stream().map(PlannedStopTest::alert)
            .filter(alert -> AlertCode.ORDERS_LEFT.code() == alert.code())
            .map(alert -> (AlertSeverity.CRITICAL == alert.severity() ? "CRITICAL " : "WARNING ") + alert.text())
            .toList();
    }

    private static AlertDecoder alert(final DirectBuffer frame)
    {
        return new AlertDecoder().wrap(
            frame, Frame.HEADER_LENGTH, Frame.blockLength(frame, 0), Frame.version(frame, 0));
    }
}
