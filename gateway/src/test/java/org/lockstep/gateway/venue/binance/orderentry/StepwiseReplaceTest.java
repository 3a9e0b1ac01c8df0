package org.lockstep.gateway.venue.binance.orderentry;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.SILENCE;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

/** Replaces of orders that were executed in part: cancelled first, then placed anew with what is really left. */
class StepwiseReplaceTest
{
    private SessionFixture fixture;
    private TradingScript script;

    @BeforeEach
    void open()
    {
        open(SessionFixture.times());
    }

    private void open(final BinanceOrderConfig.Times times)
    {
        fixture = new SessionFixture(config -> config.with(times));
        script = fixture.script;
        fixture.live();
        script.answer("order.place", request -> ok("{\"symbol\":\"BTCUSDT\",\"orderId\":4712,\"clientOrderId\":\"" +
            request.param("newClientOrderId") + "\",\"transactTime\":1700000000124}"));
    }

    @AfterEach
    void close()
    {
        fixture.close();
    }

    private static String canceled(final TradingScript.Request request, final String executed)
    {
        return ok("{\"symbol\":\"BTCUSDT\",\"origClientOrderId\":\"" + request.param("origClientOrderId") +
            "\",\"orderId\":4711,\"clientOrderId\":\"x\",\"transactTime\":1700000000123,\"origQty\":\"0.02000000\"," +
            "\"executedQty\":\"" + executed + "\",\"status\":\"CANCELED\"}");
    }

    private static String order(
        final TradingScript.Request request, final long venueId, final String status, final String executed)
    {
        return ok("{\"symbol\":\"BTCUSDT\",\"orderId\":" + venueId + ",\"clientOrderId\":\"" +
            request.param("origClientOrderId") + "\",\"price\":\"61900.00\",\"origQty\":\"0.02000000\"," +
            "\"executedQty\":\"" + executed + "\",\"status\":\"" + status + "\",\"timeInForce\":\"GTC\"," +
            "\"type\":\"LIMIT\",\"side\":\"BUY\",\"stopPrice\":\"0.0\",\"time\":1700000000000," +
            "\"updateTime\":1700000000000}");
    }

    @Test
    void shouldPlaceWhatIsLeftAfterAnExecutionNobodyHadSeen()
    {
        script.answer("order.cancel", request -> canceled(request, "0.00700000"));

        fixture.replace(1, 1, 3_000_000, 500_000);

        final OrderReplacedDecoder replaced = fixture.frame(new OrderReplacedDecoder(), 0);
        assertEquals(3_000_000, replaced.quantity(), "no more than was wanted");
        assertEquals(6_190_000, replaced.price());
        assertEquals(4712, replaced.venueOrderId());
        assertEquals(1, replaced.generation());
        assertEquals(idText(1), script.await("order.cancel", 0).param("origClientOrderId"));
        final TradingScript.Request placed = script.await("order.place", 0);
        assertEquals("0.02300000", placed.param("quantity"));
        assertEquals("61900.00", placed.param("price"));
        assertEquals(idText(1) + "-1", placed.param("newClientOrderId"));
        OrderEntryTest.assertSigned(placed);
        assertTrue(script.of("order.cancelReplace").isEmpty());
    }

    @Test
    void shouldTakeOneStepAgainWhenNothingWasExecutedSinceTheLastReplace()
    {
        script.answer("order.cancel", request -> canceled(request, "0.00700000"));
        fixture.replace(1, 1, 3_000_000, 500_000);
        fixture.frame(new OrderReplacedDecoder(), 0);

        fixture.replace(1, 2, 4_000_000, 700_000);

        final TradingScript.Request request = script.await("order.cancelReplace", 0);
        assertEquals("0.03300000", request.param("quantity"));
        assertEquals("ONLY_NEW", request.param("cancelRestrictions"));
        assertEquals(idText(1) + "-1", request.param("cancelOrigClientOrderId"));
    }

    @Test
    void shouldCountWhatEarlierGenerationsExecuted()
    {
        script.answer("order.cancel", request -> canceled(request, "0.00700000"));
        fixture.replace(1, 1, 3_000_000, 500_000);
        fixture.frame(new OrderReplacedDecoder(), 0);

        fixture.replace(1, 2, 4_000_000, 900_000);

        assertEquals(4_000_000, fixture.frame(new OrderReplacedDecoder(), 1).quantity());
        assertEquals(idText(1) + "-1", script.await("order.cancel", 1).param("origClientOrderId"));
        assertEquals("0.02600000", script.await("order.place", 1).param("quantity"), "0.007 twice is executed");
    }

    @Test
    void shouldReplaceOnlyOnceItIsKnownWhatEarlierGenerationsExecuted()
    {
        script.answer("order.status", request -> idText(1).equals(request.param("origClientOrderId")) ?
            order(request, 4710, "CANCELED", "0.00700000") : order(request, 4711, "NEW", "0.00000000"));
        script.answer("myTrades", request -> ok("[]"));
        script.answer("order.cancel", request -> canceled(request, "0.00700000"));

        fixture.replace(1, 2, 4_000_000, 700_000);

        assertEquals(RejectReason.NOT_SENT.code(), fixture.frame(new OrderRejectedDecoder(), 0).code());
        assertTrue(script.of("order.cancel").isEmpty());
        fixture.frame(new OrderReportedDecoder(), 0);
        fixture.replace(1, 2, 4_000_000, 900_000);
        assertEquals("0.02600000", script.await("order.place", 0).param("quantity"), "0.007 twice is executed");
    }

    @Test
    void shouldPlaceNothingWhenAllThatWasWantedIsExecuted()
    {
        script.answer("order.cancel", request -> canceled(request, "0.01500000"));

        fixture.replace(1, 1, 1_500_000, 500_000);

        assertEquals(orderId(1), fixture.frame(new OrderCanceledDecoder(), 0).orderId());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldTellOfTheCancelOnceWhenTheSuccessorIsRefused()
    {
        script.answer("order.cancel", request ->
        {
            script.event(Reports.of(idText(1)).canceled("x").toString());
            return canceled(request, "0.00700000");
        });
        script.answer("order.place", request -> error(400, -2010, "Account has insufficient balance."));

        fixture.replace(1, 1, 3_000_000, 500_000);

        final OrderCanceledDecoder canceled = fixture.frame(new OrderCanceledDecoder(), 0);
        assertEquals(1_300_000, canceled.remainingQuantity());
        assertEquals("Account has insufficient balance.", canceled.reason());
        settle();
        assertEquals(1, fixture.count(new OrderCanceledDecoder()));
        assertEquals(0, fixture.count(new OrderRejectedDecoder()));
    }

    @Test
    void shouldReportRefusalWhenThereIsNothingToCancel()
    {
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));

        fixture.replace(1, 1, 3_000_000, 500_000);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RequestKind.REPLACE, rejected.request());
        assertEquals(-2011, rejected.code());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldPlaceNothingAfterAnAnswerThatIsTooLate()
    {
        close();
        open(SessionFixture.timesWith(150, 3_600_000));
        fixture.replace(1, 1, 3_000_000, 500_000);
        final TradingScript.Request cancel = script.await("order.cancel", 0);
        assertEquals(RequestKind.REPLACE, fixture.frame(new OutcomeUnknownDecoder(), 0).request());

        script.reply(cancel, canceled(cancel, "0.00700000"));

        assertEquals(orderId(1), fixture.frame(new OrderCanceledDecoder(), 0).orderId());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldPlaceNothingWhenACancelWasAskedForMeanwhile()
    {
        fixture.replace(1, 1, 3_000_000, 500_000);
        final TradingScript.Request first = script.await("order.cancel", 0);
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));
        fixture.cancel(1, 0);
        script.await("order.cancel", 1);

        script.reply(first, canceled(first, "0.00700000"));

        assertEquals(1_300_000, fixture.frame(new OrderCanceledDecoder(), 0).remainingQuantity());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldReportOutcomeUnknownWhenTheSuccessorIsNotAnswered()
    {
        close();
        open(SessionFixture.timesWith(2_000, 3_600_000));
        script.answer("order.cancel", request -> canceled(request, "0.00700000"));
        script.answer("order.place", SILENCE);

        fixture.replace(1, 1, 3_000_000, 500_000);

        assertEquals(RequestKind.REPLACE, fixture.frame(new OutcomeUnknownDecoder(), 0).request());
        script.event(Reports.of(idText(1)).canceled("x").toString());
        settle();
        assertEquals(0, fixture.count(new OrderCanceledDecoder()));
    }

    @Test
    void shouldKeepTheTriggerOfAStopOrder()
    {
        fixture.place(1, Side.BUY, OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC);
        script.await("order.place", 0);
        fixture.place(2, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, SessionFixture.nowNs(), 0);

        fixture.replace(1, 1, 3_000_000, 0, OrderType.STOP_LOSS_LIMIT);

        assertEquals("60000.00", script.await("order.cancelReplace", 0).param("stopPrice"));
    }

    @Test
    void shouldRefuseToReplaceAStopOrderWhoseTriggerIsNotKnown()
    {
        fixture.replace(1, 1, 3_000_000, 0, OrderType.STOP_LOSS_LIMIT);

        assertEquals(RejectReason.INVALID_STOP_PRICE.code(), fixture.frame(new OrderRejectedDecoder(), 0).code());
        assertTrue(script.of("order.cancelReplace").isEmpty());
    }

    /** Another event has come through. */
    private void settle()
    {
        final long events = fixture.session.counters().get(Counter.EVENTS);
        script.event(Reports.of(idText(77)).text("s", "NOSUCH").toString());
        Await.until("one more event", () -> events < fixture.session.counters().get(Counter.EVENTS));
        assertEquals(List.of(), fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::orderId));
    }
}
