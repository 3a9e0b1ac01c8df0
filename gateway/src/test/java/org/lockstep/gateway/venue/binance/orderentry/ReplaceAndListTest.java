package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** Replaces, which are two steps of which each may fail, and pairs of which one cancels the other. */
class ReplaceAndListTest
{
    private final SessionFixture fixture = new SessionFixture();
    private final TradingScript script = fixture.script;

    @BeforeEach
    void open()
    {
        fixture.live();
    }

    @AfterEach
    void close()
    {
        fixture.close();
    }

    private static String cancelResponse(final TradingScript.Request request, final String executed)
    {
        return "{\"symbol\":\"BTCUSDT\",\"origClientOrderId\":\"" + request.param("cancelOrigClientOrderId") +
            "\",\"orderId\":4711,\"clientOrderId\":\"x\",\"transactTime\":1700000000123,\"origQty\":\"0.02000000\"," +
            "\"executedQty\":\"" + executed + "\",\"status\":\"CANCELED\"}";
    }

    private static String replaced(final TradingScript.Request request, final String executed, final long venueOrderId)
    {
        return ok("{\"cancelResult\":\"SUCCESS\",\"newOrderResult\":\"SUCCESS\",\"cancelResponse\":" +
            cancelResponse(request, executed) + ",\"newOrderResponse\":{\"symbol\":\"BTCUSDT\",\"orderId\":" +
            venueOrderId + ",\"clientOrderId\":\"" + request.param("newClientOrderId") +
            "\",\"transactTime\":1700000000124}}");
    }

    @Test
    void shouldReplaceUnderTheNextGenerationsId()
    {
        script.answer("order.cancelReplace", request -> replaced(request, "0.00000000", 4712));

        fixture.replace(1, 1, 3_000_000, 0);

        final OrderReplacedDecoder replaced = fixture.frame(new OrderReplacedDecoder(), 0);
        assertEquals(orderId(1), replaced.orderId());
        assertEquals(6_190_000, replaced.price());
        assertEquals(3_000_000, replaced.quantity());
        assertEquals(4712, replaced.venueOrderId());
        assertEquals(1, replaced.generation());
        final TradingScript.Request request = script.await("order.cancelReplace", 0);
        assertEquals("STOP_ON_FAILURE", request.param("cancelReplaceMode"));
        assertEquals("ONLY_NEW", request.param("cancelRestrictions"));
        assertEquals(idText(1), request.param("cancelOrigClientOrderId"));
        assertEquals(idText(1) + "-1", request.param("newClientOrderId"));
        assertEquals("0.03000000", request.param("quantity"));
        OrderEntryTest.assertSigned(request);
    }

    @Test
    void shouldNotTakeTheCancelOfAPredecessorForACancelOfTheOrder()
    {
        script.answer("order.cancelReplace", request ->
        {
            script.event(Reports.of(idText(1)).canceled("x").toString());
            script.event(Reports.of(idText(1) + "-1").raw("i", "4712").toString());
            return replaced(request, "0.00000000", 4712);
        });

        fixture.replace(1, 1, 3_000_000, 0);
        fixture.frame(new OrderReplacedDecoder(), 0);
        script.event(Reports.of(idText(1)).canceled("x").toString());

        Await.until("three events", () -> 3 == fixture.session.counters().get(Counter.EVENTS));
        assertEquals(0, fixture.count(new OrderCanceledDecoder()));
        assertEquals(0, fixture.count(new OrderAcceptedDecoder()));

        script.event(Reports.of(idText(1) + "-1").canceled("y").toString());
        assertEquals(orderId(1), fixture.frame(new OrderCanceledDecoder(), 0).orderId());
    }

    @Test
    void shouldReportCanceledWhenOnlyTheCancelSucceeded()
    {
        script.answer("order.cancelReplace", request ->
        {
            script.event(Reports.of(idText(1)).canceled("x").toString());
            return "\"status\":409,\"error\":{\"code\":-2021,\"msg\":\"Order cancel-replace partially failed.\"," +
                "\"data\":{" +
                "\"cancelResult\":\"SUCCESS\",\"newOrderResult\":\"FAILURE\",\"cancelResponse\":" +
                cancelResponse(request, "0.00500000") + ",\"newOrderResponse\":{\"code\":-2010," +
                "\"msg\":\"Order would immediately match and take.\"}}}";
        });

        fixture.replace(1, 1, 3_000_000, 0);

        final OrderCanceledDecoder canceled = fixture.frame(new OrderCanceledDecoder(), 0);
        assertEquals(orderId(1), canceled.orderId());
        assertEquals(1_500_000, canceled.remainingQuantity());
        assertEquals("Order would immediately match and take.", canceled.reason());
        assertEquals(1, fixture.count(new OrderCanceledDecoder()));
        assertEquals(0, fixture.count(new OrderReplacedDecoder()));
    }

    @Test
    void shouldReportRefusalOfTheReplaceWhenTheCancelFailed()
    {
        script.answer("order.cancelReplace", request -> "\"status\":400,\"error\":{\"code\":-2022,\"msg\":\"Order " +
            "cancel-replace failed.\",\"data\":{\"cancelResult\":\"FAILURE\",\"newOrderResult\":\"NOT_ATTEMPTED\"," +
            "\"cancelResponse\":{\"code\":-2011,\"msg\":\"Unknown order sent.\"},\"newOrderResponse\":null}}");

        fixture.replace(1, 1, 3_000_000, 0);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RequestKind.REPLACE, rejected.request());
        assertEquals(-2011, rejected.code());
        assertEquals("Unknown order sent.", rejected.reason());
    }

    @Test
    void shouldReportTheCancelOfSomebodyElseAfterTheReplaceFailed()
    {
        script.answer("order.cancelReplace", request ->
        {
            script.event(Reports.of(idText(1)).text("z", "0.00500000").canceled("web_1").toString());
            return "\"status\":400,\"error\":{\"code\":-2022,\"msg\":\"Order cancel-replace failed.\",\"data\":{" +
                "\"cancelResult\":\"FAILURE\",\"newOrderResult\":\"NOT_ATTEMPTED\"," +
                "\"cancelResponse\":{\"code\":-2011," +
                "\"msg\":\"Unknown order sent.\"},\"newOrderResponse\":null}}";
        });

        fixture.replace(1, 1, 3_000_000, 0);

        assertEquals(RequestKind.REPLACE, fixture.frame(new OrderRejectedDecoder(), 0).request());
        assertEquals(1_500_000, fixture.frame(new OrderCanceledDecoder(), 0).remainingQuantity());
    }

    @Test
    void shouldReportOutcomeUnknownWhenTheNewOrdersFateIsOpen()
    {
        script.answer("order.cancelReplace", request -> "\"status\":409,\"error\":{\"code\":-2021,\"msg\":\"Order " +
            "cancel-replace partially failed.\",\"data\":{\"cancelResult\":\"SUCCESS\"," +
            "\"newOrderResult\":\"FAILURE\"," +
            "\"cancelResponse\":" + cancelResponse(request, "0.0") + ",\"newOrderResponse\":{\"code\":-1007," +
            "\"msg\":\"Timeout waiting for response from backend server.\"}}}");

        fixture.replace(1, 1, 3_000_000, 0);

        assertEquals(RequestKind.REPLACE, fixture.frame(new OutcomeUnknownDecoder(), 0).request());
        assertEquals(0, fixture.count(new OrderCanceledDecoder()));
    }

    @Test
    void shouldNotTakeTheCancelOfAPredecessorForOneWhileTheReplaceIsInDoubt()
    {
        script.answer("order.cancelReplace", request -> error(504, -1007, "Timeout waiting for response."));

        fixture.replace(1, 1, 3_000_000, 0);
        fixture.frame(new OutcomeUnknownDecoder(), 0);
        script.event(Reports.of(idText(1)).canceled("x").toString());
        script.event(Reports.of(idText(2)).canceled("y").toString());

        assertEquals(orderId(2), fixture.frame(new OrderCanceledDecoder(), 0).orderId());
    }

    @Test
    void shouldWaitForTheReplaceWhenACancelFindsThePredecessorGone()
    {
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));
        fixture.replace(1, 1, 3_000_000, 0);
        final TradingScript.Request replace = script.await("order.cancelReplace", 0);
        fixture.cancel(1, 0);
        assertEquals(RequestKind.CANCEL, fixture.frame(new OrderRejectedDecoder(), 0).request());

        script.reply(replace, replaced(replace, "0.0", 4712));

        assertEquals(1, fixture.frame(new OrderReplacedDecoder(), 0).generation());
        fixture.cancel(1, 0);
        assertEquals(idText(1) + "-1", script.await("order.status", 0).param("origClientOrderId"));
        assertEquals(1, script.of("order.status").size());
    }

    @Test
    void shouldReportRefusalWhenNeitherStepWasTried()
    {
        script.answer("order.cancelReplace", request -> error(400, -1013, "Filter failure: PRICE_FILTER"));

        fixture.replace(1, 1, 3_000_000, 0);

        assertEquals(-1013, fixture.frame(new OrderRejectedDecoder(), 0).code());
        assertEquals(0, fixture.count(new OrderCanceledDecoder()));
    }

    @Test
    void shouldNotReplaceByNothing()
    {
        fixture.replace(1, 1, 500_000, 500_000);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RejectReason.REPLACE_TOO_LATE.code(), rejected.code());
        assertTrue(script.of("order.cancelReplace").isEmpty());
    }

    @Test
    void shouldPlacePairWithTheLimitLegAboveWhenSelling()
    {
        script.answer("orderList.place.oco", request -> ok("{\"orderListId\":19431,\"contingencyType\":\"OCO\"," +
            "\"transactionTime\":1700000000123,\"symbol\":\"BTCUSDT\",\"orders\":[{\"symbol\":\"BTCUSDT\"," +
            "\"orderId\":12," +
            "\"clientOrderId\":\"" + idText(2) + "\"},{\"symbol\":\"BTCUSDT\",\"orderId\":13,\"clientOrderId\":\"" +
            idText(1) + "\"}],\"orderReports\":[]}"));

        fixture.list(1, 2, Side.SELL, 5_990_000);

        Await.until("both legs", () -> 2 == fixture.count(new OrderAcceptedDecoder()));
        assertEquals(List.of(orderId(2), orderId(1)),
            fixture.all(new OrderAcceptedDecoder(), OrderAcceptedDecoder::orderId));
        assertEquals(List.of(12L, 13L),
            fixture.all(new OrderAcceptedDecoder(), OrderAcceptedDecoder::venueOrderId));
        final TradingScript.Request request = script.await("orderList.place.oco", 0);
        assertEquals("LIMIT_MAKER", request.param("aboveType"));
        assertEquals("63000.00", request.param("abovePrice"));
        assertEquals(idText(1), request.param("aboveClientOrderId"));
        assertEquals("STOP_LOSS_LIMIT", request.param("belowType"));
        assertEquals("60000.00", request.param("belowStopPrice"));
        assertEquals("59900.00", request.param("belowPrice"));
        assertEquals("GTC", request.param("belowTimeInForce"));
        assertEquals(idText(2), request.param("belowClientOrderId"));
        OrderEntryTest.assertSigned(request);
    }

    @Test
    void shouldPlacePairWithTheLimitLegBelowWhenBuyingAndReportBothLegsRefused()
    {
        script.answer("orderList.place.oco", request -> error(400, -2010, "The relationship of the prices is wrong."));

        fixture.list(1, 2, Side.BUY, 0);

        Await.until("both legs", () -> 2 == fixture.count(new OrderRejectedDecoder()));
        assertEquals(List.of(orderId(1), orderId(2)),
            fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::orderId));
        final TradingScript.Request request = script.await("orderList.place.oco", 0);
        assertEquals("LIMIT_MAKER", request.param("belowType"));
        assertEquals("STOP_LOSS", request.param("aboveType"));
        assertFalse(request.params().has("abovePrice"));
        assertFalse(request.params().has("aboveTimeInForce"));
    }

    @Test
    void shouldReportBothLegsCanceledWhenOneIsCanceled()
    {
        script.answer("order.cancel", request -> ok("{\"orderListId\":19431,\"contingencyType\":\"OCO\"," +
            "\"orders\":[]," +
            "\"orderReports\":[{\"symbol\":\"BTCUSDT\",\"origClientOrderId\":\"" + idText(1) + "\",\"orderId\":12," +
            "\"origQty\":\"0.02\",\"executedQty\":\"0.0\",\"status\":\"CANCELED\"},{\"symbol\":\"BTCUSDT\"," +
            "\"origClientOrderId\":\"" + idText(2) + "\",\"orderId\":13,\"origQty\":\"0.02\",\"executedQty\":\"0.0\"," +
            "\"status\":\"CANCELED\"}]}"));

        fixture.cancel(1, 0);

        Await.until("both legs", () -> 2 == fixture.count(new OrderCanceledDecoder()));
        assertEquals(List.of(orderId(1), orderId(2)),
            fixture.all(new OrderCanceledDecoder(), OrderCanceledDecoder::orderId));
    }
}
