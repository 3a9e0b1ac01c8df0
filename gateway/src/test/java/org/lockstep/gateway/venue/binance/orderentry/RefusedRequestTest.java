package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** Requests that cannot leave: each is refused by us, whole, and the venue hears nothing. */
class RefusedRequestTest
{
    private SessionFixture fixture;
    private TradingScript script;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldRefuseReplacesAndPairsBeforeTheSessionIsLive()
    {
        start(config -> config);
        script.answer("userDataStream.subscribe.signature", TradingScript.SILENCE);
        fixture.session.start();
        script.await("userDataStream.subscribe.signature", 0);

        fixture.replace(1, 1, 3_000_000, 0);
        fixture.list(4, 5, Side.SELL, 0);

        assertRefused(List.of(orderId(1), orderId(4), orderId(5)),
            List.of(RequestKind.REPLACE, RequestKind.PLACE, RequestKind.PLACE), RejectReason.NOT_SENT);
    }

    @Test
    void shouldRefuseWhatIsOfAnInstrumentItDoesNotKnow()
    {
        start(config -> config);
        fixture.live();
        fixture.instrumentId = 99;

        fixture.limit(1);
        fixture.cancel(2, 0);
        fixture.replace(3, 1, 3_000_000, 0);
        fixture.list(4, 5, Side.SELL, 0);

        assertRefused(List.of(orderId(1), orderId(2), orderId(3), orderId(4), orderId(5)),
            List.of(RequestKind.PLACE, RequestKind.CANCEL, RequestKind.REPLACE, RequestKind.PLACE, RequestKind.PLACE),
            RejectReason.UNKNOWN_INSTRUMENT);
    }

    @Test
    void shouldRefuseBothLegsOfAPairWhenTheBudgetOfOrdersHasRoomForOne()
    {
        start(config -> config.withOrderLimits(50, 1));
        fixture.live();

        fixture.list(4, 5, Side.SELL, 0);

        assertRefused(List.of(orderId(4), orderId(5)), List.of(RequestKind.PLACE, RequestKind.PLACE),
            RejectReason.VENUE_BUDGET);
    }

    private void start(final UnaryOperator<BinanceOrderConfig> change)
    {
        fixture = new SessionFixture(change, SessionFixture.hmac(), 100);
        script = fixture.script;
    }

    private void assertRefused(
        final List<Long> orderIds, final List<RequestKind> requests, final RejectReason reason)
    {
        Await.until("refusals", () -> orderIds.size() == fixture.count(new OrderRejectedDecoder()));
        assertEquals(orderIds, fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::orderId));
        assertEquals(requests, fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::request));
        assertTrue(fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::code).stream()
            .allMatch(code -> reason.code() == code));
        assertEquals(orderIds.size(), fixture.session.counters().get(Counter.REQUESTS_NOT_SENT));
        assertEquals(0, fixture.session.counters().get(Counter.REQUESTS_SENT));
        for (final String method : List.of("order.place", "order.cancel", "order.cancelReplace",
            "orderList.place.oco"))
        {
            assertTrue(script.of(method).isEmpty(), method);
        }
    }
}
