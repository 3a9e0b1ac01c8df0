package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TradesReconciledDecoder;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.OrderSessionSeed;

/** What the venue's books hold, and queries about single orders. */
class ReconciliationTest
{
    private final SessionFixture fixture = new SessionFixture();
    private final TradingScript script = fixture.script;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    private static String order(
        final String clientId, final long venueId, final String status, final String quantity, final String executed)
    {
        return "{\"symbol\":\"BTCUSDT\",\"orderId\":" + venueId + ",\"orderListId\":-1,\"clientOrderId\":\"" +
            clientId +
            "\",\"price\":\"61837.63000000\",\"origQty\":\"" + quantity + "\",\"executedQty\":\"" + executed +
            "\",\"status\":\"" + status + "\",\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"side\":\"SELL\"," +
            "\"stopPrice\":\"0.00000000\",\"time\":1700000000000,\"updateTime\":1700000000456,\"isWorking\":true}";
    }

    private static String trade(final long id, final long venueOrderId, final long timeMs)
    {
        return "{\"symbol\":\"BTCUSDT\",\"id\":" + id + ",\"orderId\":" + venueOrderId + ",\"orderListId\":-1," +
            "\"price\":\"61837.63000000\",\"qty\":\"0.00100000\",\"quoteQty\":\"61.83763000\",\"commission\":" +
            "\"0.00000100\",\"commissionAsset\":\"BTC\",\"time\":" + timeMs + ",\"isBuyer\":true,\"isMaker\":true," +
            "\"isBestMatch\":true}";
    }

    private void reconcileAgain()
    {
        final int rounds = fixture.count(new ReconciliationDecoder());
        fixture.session.reconcile(ReconcileCause.COMMAND);
        Await.until("another round", () -> fixture.count(new ReconciliationDecoder()) == rounds + 2);
    }

    @Test
    void shouldTellOrdersExecutionsAndBalancesBetweenBeginAndEnd()
    {
        script.answer("openOrders.status", request -> ok("[" + order(idText(1), 11, "PARTIALLY_FILLED", "0.02",
            "0.005") +
            "," + order("web_1", 12, "NEW", "0.5", "0.0") + "]"));
        script.answer("myTrades", request -> ok("[" + trade(101, 11, 1700000000123L) + "]"));

        fixture.live();

        final List<Integer> templates = fixture.frames.frames().stream().map(frame -> Frame.templateId(frame,
            0)).toList();
        assertEquals(List.of(52, 52, 50, 48, 48, 42, 51, 46, 50, 52), templates);
        final OrderReportedDecoder ours = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(orderId(1), ours.orderId());
        assertEquals(11, ours.venueOrderId());
        assertEquals(6_183_763, ours.price());
        assertEquals(2_000_000, ours.quantity());
        assertEquals(500_000, ours.cumulativeQuantity());
        assertEquals(Side.SELL, ours.side());
        assertEquals(OrderType.LIMIT, ours.orderType());
        assertEquals(VenueOrderState.WORKING, ours.state());
        assertEquals(ReconcileCause.START, ours.cause());
        assertEquals("", ours.clientOrderId());
        final OrderReportedDecoder foreign = fixture.frame(new OrderReportedDecoder(), 1);
        assertEquals(0, foreign.orderId());
        assertEquals("web_1", foreign.clientOrderId());
        final OrderFilledDecoder filled = fixture.frame(new OrderFilledDecoder(), 0);
        assertEquals(orderId(1), filled.orderId());
        assertEquals(101, filled.tradeId());
        assertEquals(ReconcileCause.START, filled.cause());
        assertEquals(Side.BUY, filled.side());
        assertEquals(Liquidity.MAKER, filled.liquidity());
        assertEquals(100, filled.feeAmount());
        assertEquals("BTC", filled.feeAsset());
        assertEquals(101, fixture.frame(new TradesReconciledDecoder(), 0).tradeId());
        final BalanceChangedDecoder balance = fixture.frame(new BalanceChangedDecoder(), 0);
        assertEquals(150_000_000, balance.free());
        assertEquals(25_000_000, balance.locked());
        assertEquals("101", script.await("myTrades", 0).param("fromId"));
        final ReconciliationDecoder end = fixture.frame(new ReconciliationDecoder(), 1);
        assertEquals(ReconcilePhase.END, end.phase());
        assertEquals(1, end.round());
    }

    @Test
    void shouldGoOnFromTheLastExecutionInTheNextRound()
    {
        script.answer("myTrades", request -> "101".equals(request.param("fromId")) ?
            ok("[" + trade(105, 11, 1700000000123L) + "]") : ok("[]"));
        script.answer("order.status", request -> ok(order(idText(1), 11, "FILLED", "0.02", "0.02")));
        fixture.live();

        reconcileAgain();

        assertEquals("106", script.await("myTrades", 1).param("fromId"));
        assertEquals(1, fixture.count(new OrderFilledDecoder()));
        assertEquals(List.of(105L, 105L), fixture.all(new TradesReconciledDecoder(), TradesReconciledDecoder::tradeId));
        assertEquals(AccountState.LIVE, fixture.session.state());
        assertEquals(ReconcileCause.COMMAND, fixture.frame(new ReconciliationDecoder(), 2).cause());
    }

    @Test
    void shouldPageThroughManyExecutionsAndAskWhoseTheyAreOnce()
    {
        script.answer("myTrades", request ->
        {
            final long from = request.params().path("fromId").asLong();
            final long to = Math.min(from + 1000, 2602);
            return ok("[" + String.join(",", LongStream.range(from, to)
                .mapToObj(id -> trade(id, 0 == id % 2 ? 11 : 99, 1700000000123L)).toList()) + "]");
        });
        script.answer("order.status", request -> "11".equals(request.param("orderId")) ?
            ok(order(idText(1), 11, "FILLED", "0.02", "0.02")) : ok(order("web_9", 99, "FILLED", "9", "9")));

        fixture.live();

        final List<Long> ids = fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId);
        assertEquals(LongStream.range(101, 2602).boxed().toList(), ids);
        assertEquals(2, script.of("order.status").size());
        assertEquals(3, script.of("myTrades").size());
        final List<Long> orders = new ArrayList<>(fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::orderId));
        assertEquals(0L, orders.get(0));
        assertEquals(orderId(1), orders.get(1));
        assertEquals(2601, fixture.frame(new TradesReconciledDecoder(), 0).tradeId());
    }

    @Test
    void shouldTellOnlyExecutionsSinceTheStartOfAnInstrumentNeverReconciled()
    {
        final Instrument eth = fixture.directory.define(new InstrumentDescriptor(Venue.BINANCE, "ETHUSDT", "ETH",
            "USDT",
            new BigDecimal("0.01"), new BigDecimal("0.0001"), new BigDecimal("0.0001"), new BigDecimal("9000"),
            new BigDecimal("5"), 8, InstrumentStatus.TRADING));
        fixture.seed.touch(eth.id());
        script.answer("myTrades", request -> "ETHUSDT".equals(request.param("symbol")) ? ok("[" +
            trade(7, 50, 1600000000000L) + "," + trade(8, 51, System.currentTimeMillis() + 1000) + "]") : ok("[]"));
        script.answer("order.status", request -> ok(order(idText(5), 51, "FILLED", "0.02", "0.02")));

        fixture.live();

        assertEquals(List.of(8L), fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        assertEquals(List.of(100L, 8L), fixture.all(new TradesReconciledDecoder(), TradesReconciledDecoder::tradeId));
        assertFalse(script.of("myTrades").get(1).params().has("fromId"));
        reconcileAgain();
        assertEquals("9", script.of("myTrades").get(3).param("fromId"));
    }

    @Test
    void shouldTellOwnExecutionsOfAProcessThatCrashedBeforeItsFirstRound()
    {
        fixture.seed.reconciled(fixture.instrument.id(), OrderSessionSeed.NEVER_RECONCILED);
        final long hourAgoMs = System.currentTimeMillis() - 3_600_000;
        script.answer("myTrades", request -> ok("[" + trade(7, 50, hourAgoMs) + "," + trade(8, 51, hourAgoMs) + "]"));
        script.answer("order.status", request -> ok(order(
            "50".equals(request.param("orderId")) ? "web_1" : idText(5),
            request.params().path("orderId").asLong(), "FILLED", "0.02", "0.02")));

        fixture.live();

        assertEquals(List.of(8L), fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        assertEquals(orderId(5), fixture.frame(new OrderFilledDecoder(), 0).orderId());
        assertEquals(8, fixture.frame(new TradesReconciledDecoder(), 0).tradeId());
    }

    @Test
    void shouldTellAWholeDayOfOwnExecutionsWhenTheVenuesLastPageHoldsLess()
    {
        fixture.seed.reconciled(fixture.instrument.id(), OrderSessionSeed.NEVER_RECONCILED);
        final long hourAgoMs = System.currentTimeMillis() - 3_600_000;
        script.answer("myTrades", request ->
        {
            final JsonNode params = request.params();
            final long from = params.has("startTime") ? 1 : params.path("fromId").asLong(1503);
            return ok("[" + String.join(",", LongStream.range(from, Math.min(from + 1000, 2503))
                .mapToObj(id -> trade(id, 51, hourAgoMs)).toList()) + "]");
        });
        script.answer("order.status", request -> ok(order(idText(5), 51, "FILLED", "0.02", "0.02")));

        fixture.live();

        assertEquals(LongStream.range(1, 2503).boxed().toList(),
            fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        final long sinceMs = script.of("myTrades").get(1).params().path("startTime").asLong();
        assertTrue(Math.abs(hourAgoMs - 23 * 3_600_000L - sinceMs) < 600_000, () -> "since " + sinceMs);
        assertEquals(2502, fixture.frame(new TradesReconciledDecoder(), 0).tradeId());
    }

    @Test
    void shouldTellOrdersOfTwoInstrumentsApartThatTheVenueGaveOneNumber()
    {
        final Instrument eth = fixture.directory.define(new InstrumentDescriptor(Venue.BINANCE, "ETHUSDT", "ETH",
            "USDT",
            new BigDecimal("0.01"), new BigDecimal("0.0001"), new BigDecimal("0.0001"), new BigDecimal("9000"),
            new BigDecimal("5"), 8, InstrumentStatus.TRADING));
        fixture.seed.reconciled(eth.id(), 100);
        script.answer("myTrades", request -> ok("[" + trade(101, 11, 1700000000123L) + "]"));
        script.answer("order.status", request -> ok(
            order(idText("ETHUSDT".equals(request.param("symbol")) ? 2 : 1), 11, "FILLED", "0.02", "0.02")));

        fixture.live();

        assertEquals(List.of(orderId(1), orderId(2)),
            fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::orderId));
    }

    @Test
    void shouldAbandonARoundThatFailsAndBeginAnother()
    {
        final AtomicInteger asked = new AtomicInteger();
        script.answer("account.status", request -> 0 == asked.getAndIncrement() ?
            error(400, -1001, "Internal error; unable to process your request. Please try again.") :
            ok("{\"updateTime\":1700000000000,\"balances\":[]}"));

        fixture.live();

        assertEquals(List.of(ReconcilePhase.BEGIN, ReconcilePhase.ABANDONED, ReconcilePhase.BEGIN, ReconcilePhase.END),
            fixture.all(new ReconciliationDecoder(), ReconciliationDecoder::phase));
        assertTrue(fixture.frame(new ReconciliationDecoder(), 1).reason().contains("-1001"));
        assertEquals(List.of(1, 1, 2, 2), fixture.all(new ReconciliationDecoder(), ReconciliationDecoder::round));
        assertEquals(List.of(ReconcileCause.START), fixture.all(new ReconciliationDecoder(),
            ReconciliationDecoder::cause).stream().distinct().toList());
    }

    private void position(final String asset, final String free, final long timeMs)
    {
        script.event("{\"e\":\"outboundAccountPosition\",\"E\":" + timeMs + ",\"u\":" + timeMs + ",\"B\":[{\"a\":\"" +
            asset + "\",\"f\":\"" + free + "\",\"l\":\"0.0\"}]}");
    }

    private static String ether(final long timeMs)
    {
        return ok("{\"updateTime\":" + timeMs +
            ",\"balances\":[{\"asset\":\"ETH\",\"free\":\"1.0\",\"locked\":\"0.0\"}]}");
    }

    @Test
    void shouldSayThatAnAssetIsGoneAndKeepEventsThatOvertookTheSnapshot()
    {
        fixture.live();
        final long now = System.currentTimeMillis();
        script.answer("account.status", request ->
        {
            position("ETH", "2.0", now);
            return ether(now - 5);
        });

        reconcileAgain();

        assertEquals(List.of(150_000_000L, 200_000_000L, 0L),
            fixture.all(new BalanceChangedDecoder(), BalanceChangedDecoder::free));
        assertEquals("BTC", fixture.frame(new BalanceChangedDecoder(), 2).asset());
    }

    @Test
    void shouldTrustASnapshotOverAnEarlierEventWhateverTheVenuesClockDid()
    {
        fixture.live();
        final long now = System.currentTimeMillis();
        position("ETH", "2.0", now + 120_000);
        Await.until("event", () -> 2 == fixture.count(new BalanceChangedDecoder()));
        script.answer("account.status", request -> ether(now));

        reconcileAgain();

        assertEquals(List.of(150_000_000L, 200_000_000L, 100_000_000L, 0L),
            fixture.all(new BalanceChangedDecoder(), BalanceChangedDecoder::free));
    }

    @Test
    void shouldNotTellABalanceThatWasHeldBackAndIsOutdated()
    {
        fixture.live();
        final long now = System.currentTimeMillis();
        script.answer("account.status", request -> ether(now));
        reconcileAgain();

        position("ETH", "3.0", now - 5);
        Await.until("asked again", () -> 3 == script.of("account.status").size());
        position("ETH", "4.0", now + 5);

        Await.until("the newest", () -> fixture.all(new BalanceChangedDecoder(), BalanceChangedDecoder::free)
            .contains(400_000_000L));
        assertFalse(fixture.all(new BalanceChangedDecoder(), BalanceChangedDecoder::free).contains(300_000_000L));
    }

    @Test
    void shouldAskAgainWhoseAnExecutionIsWhenTheVenueDeniesItsOrder()
    {
        final AtomicInteger asked = new AtomicInteger();
        script.answer("myTrades", request -> ok("[" + trade(101, 11, 1700000000123L) + "]"));
        script.answer("order.status", request -> 0 == asked.getAndIncrement() ?
            error(400, -2013, "Order does not exist.") : ok(order(idText(1), 11, "FILLED", "0.02", "0.02")));

        fixture.live();

        assertEquals(orderId(1), fixture.frame(new OrderFilledDecoder(), 0).orderId());
    }

    @Test
    void shouldWaitForBudgetWhenItAsksForPredecessors()
    {
        script.answer("openOrders.status", request ->
        {
            fixture.limits.onStatus(429, 1, SessionFixture.nowNs());
            return ok("[" + order(idText(1) + "-1", 12, "NEW", "0.02", "0.0") + "]");
        });
        script.answer("order.status", request -> ok(order(idText(1), 11, "CANCELED", "0.02", "0.001")));

        fixture.live();

        assertEquals(List.of(ReconcilePhase.BEGIN, ReconcilePhase.END),
            fixture.all(new ReconciliationDecoder(), ReconciliationDecoder::phase));
        assertEquals(100_000, fixture.frame(new OrderReportedDecoder(), 0).cumulativeQuantity());
    }

    @Test
    void shouldCountWhatPredecessorsExecutedAfterARestart()
    {
        script.answer("openOrders.status", request ->
            ok("[" + order(idText(1) + "-2", 13, "PARTIALLY_FILLED", "0.02", "0.003") + "]"));
        script.answer("order.status", request -> (idText(1) + "-1").equals(request.param("origClientOrderId")) ?
            ok(order(idText(1) + "-1", 12, "CANCELED", "0.02", "0.002")) :
            ok(order(idText(1), 11, "CANCELED", "0.02", "0.001")));

        fixture.live();

        final OrderReportedDecoder reported = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(2, reported.generation());
        assertEquals(2_300_000, reported.quantity());
        assertEquals(600_000, reported.cumulativeQuantity());
        assertEquals(2, script.of("order.status").size());
    }

    // ------------------------------------------------------------------------------------------------------- queries

    @Test
    void shouldAnswerAQueryWithExecutionsAndState()
    {
        fixture.live();
        script.answer("order.status", request -> ok(order(idText(1), 11, "FILLED", "0.02", "0.02")));
        script.answer("myTrades", request -> ok("[" + trade(301, 11, 1700000000123L) + "," +
            trade(302, 11, 1700000000124L) + "]"));

        fixture.query(1, 0, SessionFixture.nowNs());

        final OrderReportedDecoder reported = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(VenueOrderState.FILLED, reported.state());
        assertEquals(ReconcileCause.QUERY, reported.cause());
        assertEquals(orderId(1), reported.orderId());
        assertEquals(List.of(301L, 302L), fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        assertEquals(idText(1), script.await("order.status", 0).param("origClientOrderId"));
        assertEquals("11", script.await("myTrades", 1).param("orderId"));
    }

    @Test
    void shouldAskWhatBecameOfAnOrderThatCannotBeCanceledAnyMore()
    {
        fixture.live();
        script.answer("order.cancel", request -> error(400, -2011, "Unknown order sent."));
        script.answer("order.status", request -> ok(order(idText(1), 11, "FILLED", "0.02", "0.02")));
        script.answer("myTrades", request -> ok("[" + trade(301, 11, 1700000000123L) + "]"));

        fixture.cancel(1, 0);

        assertEquals(VenueOrderState.FILLED, fixture.frame(new OrderReportedDecoder(), 0).state());
        assertEquals(301, fixture.frame(new OrderFilledDecoder(), 0).tradeId());
    }

    @Test
    void shouldCallNotFoundConclusiveOnlyWhenTheRequestWouldBeTooOld()
    {
        fixture.live();
        script.answer("order.status", request -> error(400, -2013, "Order does not exist."));

        fixture.query(1, 0, SessionFixture.nowNs() - 5_000_000_000L);
        final OrderReportedDecoder early = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(VenueOrderState.NOT_FOUND, early.state());
        assertEquals(YesNo.NO, early.conclusive());
        fixture.query(1, 0, SessionFixture.nowNs() - SessionFixture.TOO_OLD_NS);

        assertEquals(YesNo.YES,
            fixture.frame(new OrderReportedDecoder(), 1).conclusive());
    }

    @Test
    void shouldAskForThePredecessorWhenAReplaceIsNotFound()
    {
        fixture.live();
        script.answer("order.status", request -> idText(1).equals(request.param("origClientOrderId")) ?
            ok(order(idText(1), 11, "NEW", "0.02", "0.0")) : error(400, -2013, "Order does not exist."));

        fixture.query(1, 1, SessionFixture.nowNs());

        final OrderReportedDecoder reported = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(0, reported.generation());
        assertEquals(VenueOrderState.WORKING, reported.state());
    }

    @Test
    void shouldLookAgainWhenAPredecessorEndedBetweenTheQuestions()
    {
        fixture.live();
        final AtomicInteger asked = new AtomicInteger();
        script.answer("order.status", request -> idText(1).equals(request.param("origClientOrderId")) ?
            ok(order(idText(1), 11, "CANCELED", "0.02", "0.0")) : 0 == asked.getAndIncrement() ?
            error(400, -2013, "Order does not exist.") : ok(order(idText(1) + "-1", 12, "NEW", "0.03", "0.0")));

        fixture.query(1, 1, SessionFixture.nowNs());

        final OrderReportedDecoder reported = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(1, reported.generation());
        assertEquals(12, reported.venueOrderId());
        assertEquals(VenueOrderState.WORKING, reported.state());
    }

    @Test
    void shouldQueryOverRestWhileTheSocketIsDown()
    {
        fixture.live();
        script.venue.refusesSockets = true;
        script.venue.reply("/api/v3/order", query -> ScriptedVenue.Reply.ok(
            order(idText(1), 11, "EXPIRED", "0.02", "0.001")));
        script.venue.reply("/api/v3/myTrades", query -> ScriptedVenue.Reply.ok(
            "[" + trade(301, 11, 1700000000123L) + "]"));
        script.last().drop();
        Await.until("down", () -> AccountState.LIVE != fixture.session.state());

        fixture.query(1, 0, SessionFixture.nowNs());

        assertEquals(VenueOrderState.EXPIRED, fixture.frame(new OrderReportedDecoder(), 0).state());
        assertEquals(301, fixture.frame(new OrderFilledDecoder(), 0).tradeId());
        assertTrue(script.of("order.status").isEmpty());
    }
}
