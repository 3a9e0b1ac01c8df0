package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Await;

/** Orders and cancels over the socket: what leaves, and what the answers become. */
class OrderEntryTest
{
    private final SessionFixture fixture = new SessionFixture();
    private final TradingScript script = fixture.script;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldGoLiveWhenSubscribedAndReconciled()
    {
        fixture.live();

        assertEquals(List.of(AccountState.CONNECTING, AccountState.RECONCILING, AccountState.LIVE), fixture.states());
        assertDoesNotThrow(() -> fixture.session.start().get(10, TimeUnit.SECONDS));
        final TradingScript.Request subscription = script.await("userDataStream.subscribe.signature", 0);
        assertSigned(subscription);
        assertTrue(script.of("session.logon").isEmpty());
    }

    @Test
    void shouldSendSignedLimitOrderAndReportItAccepted()
    {
        fixture.live();
        script.answer("order.place", request -> ok("{\"symbol\":\"BTCUSDT\",\"orderId\":4711,\"orderListId\":-1," +
            "\"clientOrderId\":\"" + idText(1) + "\",\"transactTime\":1700000000123}"));

        fixture.limit(1);

        final OrderAcceptedDecoder accepted = fixture.frame(new OrderAcceptedDecoder(), 0);
        assertEquals(orderId(1), accepted.orderId());
        assertEquals(4711, accepted.venueOrderId());
        assertEquals(SessionFixture.ACCOUNT, accepted.accountId());
        assertEquals(SessionFixture.BOT, accepted.botId());
        final TradingScript.Request request = script.await("order.place", 0);
        assertEquals("BTCUSDT", request.param("symbol"));
        assertEquals("BUY", request.param("side"));
        assertEquals("LIMIT", request.param("type"));
        assertEquals("GTC", request.param("timeInForce"));
        assertEquals("61837.63", request.param("price"));
        assertEquals("0.02000000", request.param("quantity"));
        assertEquals(idText(1), request.param("newClientOrderId"));
        assertEquals("5000", request.param("recvWindow"));
        assertTrue(Math.abs(request.params().path("timestamp").asLong() - System.currentTimeMillis()) < 60_000);
        assertSigned(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LIMIT|IOC|price,quantity,timeInForce",
        "LIMIT|FOK|price,quantity,timeInForce",
        "MARKET|GTC|quantity",
        "LIMIT_MAKER|GTC|price,quantity",
        "STOP_LOSS|GTC|quantity,stopPrice",
        "STOP_LOSS_LIMIT|GTC|price,quantity,stopPrice,timeInForce",
        "TAKE_PROFIT|GTC|quantity,stopPrice",
        "TAKE_PROFIT_LIMIT|IOC|price,quantity,stopPrice,timeInForce"})
    void shouldSendOnlyTheParametersOfTheOrderType(
        final OrderType type, final TimeInForce timeInForce, final String terms)
    {
        fixture.live();

        fixture.place(1, Side.SELL, type, timeInForce);

        final TradingScript.Request request = script.await("order.place", 0);
        final Set<String> expected = new TreeSet<>(List.of(terms.split(",")));
        expected.addAll(List.of("apiKey", "newClientOrderId", "newOrderRespType", "recvWindow", "side", "signature",
            "symbol", "timestamp", "type"));
        final Set<String> found = new TreeSet<>();
        request.params().fieldNames().forEachRemaining(found::add);
        assertEquals(expected, found);
        assertEquals(type.name(), request.param("type"));
        assertEquals("SELL", request.param("side"));
        if (expected.contains("timeInForce"))
        {
            assertEquals(timeInForce.name(), request.param("timeInForce"));
        }
        if (expected.contains("stopPrice"))
        {
            assertEquals("60000.00", request.param("stopPrice"));
        }
        assertSigned(request);
    }

    @Test
    void shouldReportRefusalWithTheVenuesCodeAndText()
    {
        fixture.live();
        script.answer("order.place",
            request -> error(400, -2010, "Account has insufficient balance for requested action."));

        fixture.limit(1);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(orderId(1), rejected.orderId());
        assertEquals(-2010, rejected.code());
        assertEquals(RequestKind.PLACE, rejected.request());
        assertEquals("Account has insufficient balance for requested action.", rejected.reason());
    }

    @Test
    void shouldCancelByClientIdOfTheGenerationInForce()
    {
        fixture.live();
        script.answer("order.cancel", request -> ok("{\"symbol\":\"BTCUSDT\",\"origClientOrderId\":\"" +
            request.param("origClientOrderId") + "\",\"orderId\":4711,\"clientOrderId\":\"x\"," +
            "\"transactTime\":1700000000123,\"origQty\":\"0.02000000\",\"executedQty\":\"0.00500000\"," +
            "\"status\":\"CANCELED\"}"));

        fixture.cancel(1, 2);

        final OrderCanceledDecoder canceled = fixture.frame(new OrderCanceledDecoder(), 0);
        assertEquals(orderId(1), canceled.orderId());
        assertEquals(1_500_000, canceled.remainingQuantity());
        final TradingScript.Request request = script.await("order.cancel", 0);
        assertEquals(idText(1) + "-2", request.param("origClientOrderId"));
        assertSigned(request);
    }

    @Test
    void shouldReportRefusedCancelAsRefusalOfTheCancel()
    {
        fixture.live();
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));

        fixture.cancel(1, 0);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RequestKind.CANCEL, rejected.request());
        assertEquals(-2011, rejected.code());
    }

    @ParameterizedTest
    @CsvSource({"504,-1007", "500,-1000", "400,-1006", "503,-1001"})
    void shouldReportOutcomeUnknownWhenTheVenueLeavesItOpen(final int status, final int code)
    {
        fixture.live();
        script.answer("order.place", request -> error(status, code, "Timeout waiting for response; status unknown."));

        fixture.limit(1);

        final OutcomeUnknownDecoder unknown = fixture.frame(new OutcomeUnknownDecoder(), 0);
        assertEquals(orderId(1), unknown.orderId());
        assertEquals(RequestKind.PLACE, unknown.request());
        assertEquals(0, fixture.count(new OrderRejectedDecoder()));
        assertEquals(1, script.of("order.place").size(), "a place is never sent again");
    }

    @Test
    void shouldRefuseOrdersBeforeTheSessionIsLive()
    {
        script.answer("userDataStream.subscribe.signature", TradingScript.SILENCE);
        fixture.session.start();
        script.await("userDataStream.subscribe.signature", 0);

        fixture.limit(1);

        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RejectReason.NOT_SENT.code(), rejected.code());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldNotSendOrdersThatHaveBecomeOld()
    {
        fixture.live();

        final long tooOldNs = (SessionFixture.MAX_AGE_MS + 1_000) * 1_000_000;
        fixture.place(1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, SessionFixture.nowNs() - tooOldNs, 0);

        assertEquals(RejectReason.NOT_SENT.code(), fixture.frame(new OrderRejectedDecoder(), 0).code());
        assertTrue(script.of("order.place").isEmpty());
    }

    @Test
    void shouldLeaveLegsToTheirListAndOtherAccountsAlone()
    {
        fixture.live();

        fixture.place(1, Side.BUY, OrderType.LIMIT_MAKER, TimeInForce.GTC, SessionFixture.nowNs(), orderId(1));
        fixture.limit(2);

        script.await("order.place", 0);
        assertEquals(List.of(idText(2)), script.of("order.place").stream()
            .map(request -> request.param("newClientOrderId")).collect(Collectors.toList()));
    }

    @Test
    void shouldMatchAnswersThatComeInAnotherOrder()
    {
        fixture.live();
        for (int i = 1; i <= 20; i++)
        {
            fixture.limit(i);
        }
        script.await("order.place", 19);

        for (int i = 19; i >= 0; i--)
        {
            script.reply(script.of("order.place").get(i), ok("{\"orderId\":" + (1000 + i + 1) + "}"));
        }

        Await.until("20 acknowledgements", () -> 20 == fixture.count(new OrderAcceptedDecoder()));
        for (int i = 0; i < 20; i++)
        {
            final OrderAcceptedDecoder accepted = fixture.frame(new OrderAcceptedDecoder(), i);
            assertEquals(orderId(20 - i), accepted.orderId());
            assertEquals(1020 - i, accepted.venueOrderId());
        }
        assertFalse(fixture.states().contains(AccountState.RECONNECTING));
    }

    static void assertSigned(final TradingScript.Request request)
    {
        final Set<String> names = new TreeSet<>();
        request.params().fieldNames().forEachRemaining(names::add);
        names.remove("signature");
        final String payload =
            names.stream().map(name -> name + "=" + request.param(name)).collect(Collectors.joining("&"));
        assertEquals(hmac(payload), request.param("signature"));
        assertEquals(SessionFixture.KEY, request.param("apiKey"));
    }

    static String hmac(final String payload)
    {
        try
        {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SessionFixture.SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
