package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.SILENCE;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** Lost sockets, lost answers, limits and bans. */
class OutageTest
{
    private SessionFixture fixture;
    private TradingScript script;

    private void start(final UnaryOperator<BinanceOrderConfig> change)
    {
        fixture = new SessionFixture(change);
        script = fixture.script;
    }

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldReportOutcomeUnknownOfAllThatWasInFlightWhenTheSocketIsCut()
    {
        start(config -> config);
        fixture.live();
        fixture.limit(1);
        fixture.cancel(2, 0);
        fixture.replace(3, 1, 3_000_000, 0);
        fixture.list(4, 5, Side.SELL, 0);
        script.await("orderList.place.oco", 0);

        script.last().drop();

        Await.until("five unknown", () -> 5 == fixture.count(new OutcomeUnknownDecoder()));
        assertEquals(List.of(orderId(1), orderId(2), orderId(3), orderId(4), orderId(5)),
            fixture.all(new OutcomeUnknownDecoder(), OutcomeUnknownDecoder::orderId));
        assertEquals(List.of(RequestKind.PLACE, RequestKind.CANCEL, RequestKind.REPLACE, RequestKind.PLACE,
            RequestKind.PLACE), fixture.all(new OutcomeUnknownDecoder(), OutcomeUnknownDecoder::request));
        Await.until("another connection", () -> script.venue.connections.size() > 1);
        fixture.awaitState(AccountState.LIVE);
        assertEquals(1, script.of("order.place").size(), "never sent again");
        assertEquals(List.of(ReconcileCause.START, ReconcileCause.START, ReconcileCause.RECONNECT,
            ReconcileCause.RECONNECT), fixture.all(new ReconciliationDecoder(), ReconciliationDecoder::cause));
        assertEquals(List.of(AccountState.CONNECTING, AccountState.RECONCILING, AccountState.LIVE,
            AccountState.RECONNECTING, AccountState.CONNECTING, AccountState.RECONCILING, AccountState.LIVE),
            fixture.states());
    }

    @Test
    void shouldReportOutcomeUnknownOnceWhenNoAnswerComesAndStillTakeALateOne()
    {
        start(config -> config.with(SessionFixture.timesWith(200, 3_600_000)));
        fixture.live();

        fixture.limit(1);
        final OutcomeUnknownDecoder unknown = fixture.frame(new OutcomeUnknownDecoder(), 0);
        assertEquals(orderId(1), unknown.orderId());
        script.reply(script.await("order.place", 0), ok("{\"orderId\":4711}"));

        assertEquals(orderId(1), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
        assertEquals(1, fixture.count(new OutcomeUnknownDecoder()));
        assertEquals(AccountState.LIVE, fixture.session.state());
    }

    @Test
    void shouldTellAtOnceWhenRequestsFindNoRoomNotEvenToBeRefused()
    {
        start(config -> config.with(SessionFixture.timesWith(60_000, 3_600_000)));
        fixture.live();
        final CountDownLatch isBusy = new CountDownLatch(1);
        fixture.group.next().execute(() -> Await.until("offered", () -> 0 == isBusy.getCount()));

        for (int i = 1; 0 == fixture.session.counters().get(Counter.REQUESTS_LOST); i++)
        {
            fixture.limit(i);
        }
        isBusy.countDown();

        final AccountStatusDecoder status = fixture.frame(new AccountStatusDecoder(), 3);
        assertEquals(AccountState.LIVE, status.state());
        assertEquals("1 requests found no room, not even to be refused; they never left", status.reason());
    }

    @Test
    void shouldCancelOverRestWhileTheSocketIsDown()
    {
        start(config -> config);
        fixture.live();
        script.venue.refusesSockets = true;
        script.venue.reply("/api/v3/order", query -> ScriptedVenue.Reply.ok("{\"symbol\":\"BTCUSDT\"," +
            "\"origClientOrderId" +
            "\":\"" + idText(1) + "\",\"orderId\":4711,\"transactTime\":1700000000123,\"origQty\":\"0.02\"," +
            "\"executedQty\":\"0.005\",\"status\":\"CANCELED\"}"));
        script.last().drop();
        Await.until("down", () -> AccountState.LIVE != fixture.session.state());

        fixture.cancel(1, 0);
        fixture.limit(2);

        assertEquals(1_500_000, fixture.frame(new OrderCanceledDecoder(), 0).remainingQuantity());
        final OrderRejectedDecoder rejected = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(orderId(2), rejected.orderId());
        assertEquals(RejectReason.NOT_SENT.code(), rejected.code());
        final String uri = script.venue.requests.stream().filter(u -> u.startsWith("/api/v3/order")).findFirst().get();
        final String query = uri.substring(uri.indexOf('?') + 1);
        assertTrue(query.contains("origClientOrderId=" + idText(1)) && query.contains("symbol=BTCUSDT"), query);
        assertFalse(query.contains("apiKey"), query);
        final String payload = query.substring(0, query.indexOf("&signature="));
        assertTrue(query.endsWith("&signature=" + OrderEntryTest.hmac(payload)), query);
    }

    @Test
    void shouldPlaceOverRestOnlyWhereConfigured()
    {
        start(config -> config.placingOverRest(true));
        fixture.live();
        script.venue.refusesSockets = true;
        script.venue.reply("/api/v3/order", query -> new ScriptedVenue.Reply(
            400, "{\"code\":-2010,\"msg\":\"Account has insufficient balance for requested action.\"}", Map.of()));
        script.last().drop();
        Await.until("down", () -> AccountState.LIVE != fixture.session.state());

        fixture.limit(2);

        assertEquals(-2010, fixture.frame(new OrderRejectedDecoder(), 0).code());
    }

    @Test
    void shouldReportOutcomeUnknownWhenRestBreaksAfterSending()
    {
        start(config -> config);
        fixture.live();
        script.venue.refusesSockets = true;
        script.venue.reply("/api/v3/order", query -> null);
        script.last().drop();
        Await.until("down", () -> AccountState.LIVE != fixture.session.state());

        fixture.cancel(1, 0);

        assertEquals(RequestKind.CANCEL, fixture.frame(new OutcomeUnknownDecoder(), 0).request());
        assertEquals(1, script.venue.requestCount("/api/v3/order"), "a cancel is not sent twice over REST");
    }

    @Test
    void shouldMeasureTheClockAgainWhenTheVenueRefusesATime()
    {
        start(config -> config);
        fixture.live();
        final int measured = script.of("time").size();
        script.clockSkewMs = 90_000;
        script.answer("order.place", request -> error(400, -1021, "Timestamp for this request is outside of the " +
            "recvWindow."));

        fixture.limit(1);

        assertEquals(-1021, fixture.frame(new OrderRejectedDecoder(), 0).code());
        Await.until("measured again", () -> script.of("time").size() > measured);
        fixture.cancel(2, 0);
        fixture.cancel(3, 0);
        script.await("order.cancel", 1);
        Await.until("time of the venue", () ->
        {
            fixture.cancel(4, 0);
            final List<TradingScript.Request> sent = script.of("order.cancel");
            return sent.get(sent.size() - 1).params().path("timestamp").asLong() > System.currentTimeMillis() + 80_000;
        });
    }

    @Test
    void shouldCallACancelNotCarriedOutWhenTheVenueRefusesItsTimeOnly()
    {
        start(config -> config);
        fixture.live();
        script.answer("order.cancel", request -> error(400, -1021, "Timestamp for this request is outside of the " +
            "recvWindow."));

        fixture.cancel(1, 0);

        final OrderRejectedDecoder refusal = fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(RequestKind.CANCEL, refusal.request());
        assertEquals(RejectReason.VENUE_BUDGET.code(), refusal.code());
    }

    @Test
    void shouldNotTakeTheCancelOfAPredecessorForACancelWhenTheReplaceIsUnknown()
    {
        start(config -> config.with(SessionFixture.timesWith(300, 3_600_000)));
        fixture.live();
        script.answer("order.cancelReplace", SILENCE);

        fixture.replace(1, 1, 3_000_000, 0);
        assertEquals(RequestKind.REPLACE, fixture.frame(new OutcomeUnknownDecoder(), 0).request());
        script.event(Reports.of(idText(1)).canceled("x").toString());

        Await.until("the event", () -> 1 == fixture.session.counters().get(Counter.EVENTS));
        assertEquals(0, fixture.count(new OrderCanceledDecoder()));
    }

    @Test
    void shouldStopAllRequestsWhenTheVenueSaysTooMany()
    {
        start(config -> config);
        fixture.live();
        final long retryAfter = System.currentTimeMillis() + 60_000;
        script.answer("order.place", request -> "\"status\":429,\"error\":{\"code\":-1003,\"msg\":\"Too much request " +
            "weight used\",\"data\":{\"serverTime\":1,\"retryAfter\":" + retryAfter + "}}");

        fixture.limit(1);
        assertEquals(-1003, fixture.frame(new OrderRejectedDecoder(), 0).code());
        fixture.limit(2);
        fixture.cancel(3, 0);

        assertEquals(RejectReason.VENUE_BUDGET.code(), fixture.frame(new OrderRejectedDecoder(), 1).code());
        final OrderRejectedDecoder cancel = fixture.frame(new OrderRejectedDecoder(), 2);
        assertEquals(RequestKind.CANCEL, cancel.request());
        assertEquals(RejectReason.VENUE_BUDGET.code(), cancel.code());
        assertEquals(1, script.of("order.place").size());
        assertTrue(script.of("order.cancel").isEmpty());
        assertTrue(fixture.limits.closedUntilNs() >= retryAfter * 1_000_000L);
        assertEquals(1, fixture.session.counters().get(Counter.LIMITS_HIT));
    }

    @Test
    void shouldRefuseOrdersAboveTheOwnCeilingButLetCancelsThrough()
    {
        // the ceiling of a day: the window of ten seconds may end between two lines of a test
        start(config -> config.withOrderLimits(50, 41));
        fixture.live();
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));
        script.rateLimits = ",\"rateLimits\":[{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\"," +
            "\"intervalNum\":10," +
            "\"limit\":50,\"count\":40},{\"rateLimitType\":\"ORDERS\",\"interval\":\"DAY\",\"intervalNum\":1," +
            "\"limit\":160000,\"count\":41},{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\"," +
            "\"intervalNum\":1,\"limit\":6000,\"count\":321}]";
        fixture.cancel(1, 0);
        fixture.frame(new OrderRejectedDecoder(), 0);

        fixture.limit(2);
        fixture.cancel(3, 0);

        Await.until("two more", () -> 3 == fixture.count(new OrderRejectedDecoder()));
        assertEquals(List.of(-2011, RejectReason.VENUE_BUDGET.code(), -2011),
            fixture.all(new OrderRejectedDecoder(), OrderRejectedDecoder::code));
        assertTrue(fixture.limits.usedWeight(SessionFixture.nowNs()) >= 321);
    }

    @Test
    void shouldRefuseWhatTheVenueCountsAsTooManyOrders()
    {
        start(config -> config);
        fixture.live();
        script.answer("order.place", request ->
            error(429, -1015, "Too many new orders; current limit is 50 orders per 10 SECOND."));
        script.rateLimits = ",\"rateLimits\":[{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\"," +
            "\"intervalNum\":10," +
            "\"limit\":50,\"count\":50}]";

        fixture.limit(1);
        assertEquals(-1015, fixture.frame(new OrderRejectedDecoder(), 0).code());
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));
        fixture.cancel(2, 0);

        assertEquals(-2011, fixture.frame(new OrderRejectedDecoder(), 1).code(), "cancels still go");
    }

    @Test
    void shouldStayWithinTheBudgetOfConnectionsInAStorm()
    {
        fixture = new SessionFixture(config -> config, SessionFixture.hmac(), 40);
        script = fixture.script;
        script.answer("userDataStream.subscribe.signature", request ->
        {
            request.connection().drop();
            return null;
        });

        fixture.session.start();

        Await.until("the budget is used up", () -> 40 == script.venue.connections.size());
        final long losses = fixture.session.counters().get(Counter.DISCONNECTS);
        Await.until("all are lost", () -> 40 == fixture.session.counters().get(Counter.DISCONNECTS) || losses > 38);
        fixture.limit(1);
        fixture.frame(new OrderRejectedDecoder(), 0);
        assertEquals(40, script.venue.connections.size());
        assertTrue(fixture.limits.usedWeight(SessionFixture.nowNs()) <= 3000);
    }

    @Test
    void shouldComeBackAfterAHundredLosses()
    {
        fixture = new SessionFixture(config -> config.with(new BinanceOrderConfig.Times(
            1, 20_000, 60_000, 20_000, 2_000, 1, 2, 60_000, 3_600_000, 60_000, 3_600_000, 3_600_000)),
            SessionFixture.hmac(), 150);
        script = fixture.script;
        script.answer("userDataStream.subscribe.signature", request ->
        {
            if (script.venue.connections.size() <= 100)
            {
                request.connection().drop();
                return null;
            }
            return ok("{\"subscriptionId\":0}");
        });

        fixture.live();

        assertEquals(101, script.venue.connections.size());
        assertEquals(100, fixture.session.counters().get(Counter.DISCONNECTS));
        assertTrue(fixture.limits.usedWeight(SessionFixture.nowNs()) <= 3000);
    }

    @Test
    void shouldOpenNoSocketWhileTheAddressIsBanned()
    {
        start(config -> config);
        fixture.live();
        final long until = System.currentTimeMillis() + 120_000;
        script.answer("order.place", request -> "\"status\":418,\"error\":{\"code\":-1003,\"msg\":\"Way too " +
            "much request " +
            "weight used; IP banned until " + until + ".\",\"data\":{\"serverTime\":1,\"retryAfter\":" + until + "}}");

        fixture.limit(1);

        Await.until("down", () -> AccountState.RECONNECTING == fixture.session.state());
        fixture.limit(2);
        Await.until("refused", () -> 2 == fixture.count(new OrderRejectedDecoder()));
        assertEquals(1, script.venue.connections.size());
        assertTrue(fixture.limits.bannedUntilNs() > SessionFixture.nowNs());
    }

    @Test
    void shouldRenewWithoutAGapWhenTheVenueAnnouncesItsShutdown()
    {
        start(config -> config);
        fixture.live();
        fixture.limit(1);
        final TradingScript.Request pending = script.await("order.place", 0);

        script.last().send("{\"event\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}");

        Await.until("renewed", () -> 1 == fixture.session.counters().get(Counter.RENEWALS));
        fixture.limit(2);
        final TradingScript.Request second = script.await("order.place", 1);
        assertEquals(script.venue.connections.get(1), second.connection());
        script.reply(pending, ok("{\"orderId\":4711}"));
        assertEquals(orderId(1), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
        Await.until("old one closed", () -> !script.venue.connections.get(0).channel.isActive());
        assertEquals(0, fixture.count(new OutcomeUnknownDecoder()));
        assertEquals(3, fixture.count(new AccountStatusDecoder()), "it stayed live");
    }

    @Test
    void shouldReplaceAConnectionBeforeTheVenueCutsIt()
    {
        start(config -> config.with(SessionFixture.timesWith(20_000, 300)));
        fixture.live();

        Await.until("renewed twice", () -> fixture.session.counters().get(Counter.RENEWALS) >= 2);
        assertEquals(0, fixture.session.counters().get(Counter.DISCONNECTS));
        assertEquals(3, fixture.count(new AccountStatusDecoder()), "it stayed live");
    }

    @Test
    void shouldReportOutcomesUnknownAndStopWhenClosed()
    {
        start(config -> config);
        fixture.live();
        fixture.limit(1);
        script.await("order.place", 0);

        fixture.session.close();

        assertEquals(1, fixture.count(new OutcomeUnknownDecoder()));
        assertEquals(AccountState.STOPPED, fixture.session.state());
        Await.until("socket closed", () -> !script.last().channel.isActive());
    }

    @Test
    void shouldGiveUpAConnectionThatAnswersNothing()
    {
        start(config -> config.with(SessionFixture.timesWith(300, 3_600_000)));
        script.answer("userDataStream.subscribe.signature",
            request -> script.venue.connections.size() > 1 ? ok("{\"subscriptionId\":0}") : SILENCE.apply(request));

        fixture.live();

        assertTrue(script.venue.connections.size() >= 2, "nothing was given up");
    }
}
