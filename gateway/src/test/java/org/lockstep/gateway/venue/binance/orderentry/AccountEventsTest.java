package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** What the events of the user data stream become. */
class AccountEventsTest
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

    @Test
    void shouldTranslateTheLifeOfAnOrder()
    {
        script.event(Reports.of(idText(1)).toString());
        script.event(Reports.of(idText(1)).fill(3735683259L, "0.00500000", "0.00500000").raw("m", "true").toString());
        script.event(Reports.of(idText(1)).text("z", "0.00500000").canceled("web_1").toString());

        assertEquals(4711, fixture.frame(new OrderAcceptedDecoder(), 0).venueOrderId());
        final OrderFilledDecoder filled = fixture.frame(new OrderFilledDecoder(), 0);
        assertEquals(orderId(1), filled.orderId());
        assertEquals(3735683259L, filled.tradeId());
        assertEquals(6_183_763, filled.price());
        assertEquals(500_000, filled.quantity());
        assertEquals(500_000, filled.cumulativeQuantity());
        assertEquals(Side.BUY, filled.side());
        assertEquals(Liquidity.MAKER, filled.liquidity());
        assertEquals(ReconcileCause.NULL_VAL, filled.cause());
        assertEquals(0, filled.fee());
        assertEquals(1000, filled.feeAmount());
        assertEquals("BNB", filled.feeAsset());
        assertEquals("", filled.clientOrderId());
        final OrderCanceledDecoder canceled = fixture.frame(new OrderCanceledDecoder(), 0);
        assertEquals(orderId(1), canceled.orderId());
        assertEquals(1_500_000, canceled.remainingQuantity());
        assertEquals(1_700_000_000_499_000_000L,
            Frame.venueTimeNs(fixture.frames.frames(OrderCanceledDecoder.TEMPLATE_ID).get(0), 0));
    }

    @Test
    void shouldReportFillBeforeTheAcknowledgement()
    {
        script.answer("order.place", request ->
        {
            script.event(Reports.of(idText(1)).fill(201, "0.02000000", "0.02000000").text("X", "FILLED").toString());
            return ok("{\"symbol\":\"BTCUSDT\",\"orderId\":4711}");
        });

        fixture.limit(1);

        fixture.frame(new OrderAcceptedDecoder(), 0);
        final List<Integer> order = fixture.frames.frames().stream().map(frame -> Frame.templateId(frame, 0))
            .filter(id -> OrderAcceptedDecoder.TEMPLATE_ID == id || OrderFilledDecoder.TEMPLATE_ID == id).toList();
        assertEquals(List.of(OrderFilledDecoder.TEMPLATE_ID, OrderAcceptedDecoder.TEMPLATE_ID), order);
    }

    @Test
    void shouldPutFeeInQuoteAssetWhereTheEngineWantsIt()
    {
        script.event(Reports.of(idText(1)).fill(201, "0.00500000", "0.00500000").text("N", "USDT")
            .text("n", "0.30918815").toString());

        final OrderFilledDecoder filled = fixture.frame(new OrderFilledDecoder(), 0);
        assertEquals(30_918_815, filled.fee());
        assertEquals(30_918_815, filled.feeAmount());
        assertEquals("", filled.feeAsset());
    }

    @Test
    void shouldReportLeftoverOfImmediateOrderAsExpired()
    {
        script.event(Reports.of(idText(1)).text("x", "EXPIRED").text("X", "EXPIRED").text("z", "0.00100000")
            .text("eR", "UNFILLED_IOC_QUANTITY_EXPIRED").toString());

        final OrderExpiredDecoder expired = fixture.frame(new OrderExpiredDecoder(), 0);
        assertEquals(1_900_000, expired.remainingQuantity());
        assertEquals("UNFILLED_IOC_QUANTITY_EXPIRED", expired.reason());
    }

    @Test
    void shouldTellOfForeignOrdersWithTheirOwnId()
    {
        script.event(Reports.of("web_ab12").raw("i", "99").toString());
        script.event(Reports.of("web_ab12").raw("i", "99").fill(202, "0.01000000", "0.01000000").toString());

        final OrderReportedDecoder reported = fixture.frame(new OrderReportedDecoder(), 0);
        assertEquals(0, reported.orderId());
        assertEquals(99, reported.venueOrderId());
        assertEquals(VenueOrderState.WORKING, reported.state());
        assertEquals("web_ab12", reported.clientOrderId());
        final OrderFilledDecoder filled = fixture.frame(new OrderFilledDecoder(), 0);
        assertEquals(0, filled.orderId());
        assertEquals(-1, filled.botId());
        assertEquals(99, filled.venueOrderId());
        filled.feeAsset();
        assertEquals("web_ab12", filled.clientOrderId());
        assertEquals(0, fixture.count(new OrderAcceptedDecoder()));
    }

    @Test
    void shouldTakeOrdersOfAnotherJournalForForeign()
    {
        script.event(Reports.of("ls-zz-2-7-1").fill(202, "0.01000000", "0.01000000").toString());

        final OrderFilledDecoder filled = fixture.frame(new OrderFilledDecoder(), 0);
        assertEquals(0, filled.orderId());
    }

    @Test
    void shouldIgnoreFieldOrderUnknownFieldsAndInstrumentsItDoesNotKnow()
    {
        script.event("{\"zz\":[1,{\"x\":\"}\"}],\"T\":1700000000499,\"x\":\"NEW\",\"X\":\"NEW\",\"i\":4711," +
            "\"C\":\"\"," +
            "\"c\":\"" + idText(1) + "\",\"s\":\"BTCUSDT\",\"e\":\"executionReport\",\"new\":{\"a\":null}}");
        script.event(Reports.of(idText(1)).text("s", "NOSUCH").toString());
        script.event("{\"e\":\"somethingNew\",\"E\":1}");

        assertEquals(orderId(1), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
        Await.until("three events", () -> 3 == fixture.session.counters().get(Counter.EVENTS));
        assertEquals(1, fixture.session.counters().get(Counter.EVENTS_OF_UNKNOWN_INSTRUMENTS));
        assertEquals(1, fixture.count(new OrderAcceptedDecoder()));
    }

    @Test
    void shouldSurviveMessagesThatAreNone()
    {
        script.last().send("{\"subscriptionId\":0,\"event\":{\"e\":");
        script.last().send("[]");
        script.last().send("{\"id\":999999,\"status\":200,\"result\":{}}");
        script.event(Reports.of(idText(1)).fill(0, "x", "y").toString());
        script.event(Reports.of(idText(1)).toString());

        assertEquals(orderId(1), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
        assertEquals(3, fixture.session.counters().get(Counter.MESSAGES_REJECTED));
        assertEquals(AccountState.LIVE, fixture.session.state());
        assertEquals(0, fixture.count(new OrderFilledDecoder()));
    }

    @Test
    void shouldTellBalancesOfThePositionEvent()
    {
        script.event("{\"e\":\"outboundAccountPosition\",\"E\":1700000001000,\"u\":1700000000999,\"B\":[" +
            "{\"a\":\"ETH\",\"f\":\"10000.00000001\",\"l\":\"1.50000000\"}," +
            "{\"a\":\"BTC\",\"f\":\"0.00000000\",\"l\":\"0.00000000\"}]}");

        Await.until("balances", () -> 3 == fixture.count(new BalanceChangedDecoder()));
        final BalanceChangedDecoder eth = fixture.frame(new BalanceChangedDecoder(), 1);
        assertEquals(1_000_000_000_001L, eth.free());
        assertEquals(150_000_000L, eth.locked());
        assertEquals("ETH", eth.asset());
        assertEquals("BTC", fixture.frame(new BalanceChangedDecoder(), 2).asset());
    }

    @Test
    void shouldAskForBalancesWhenMoneyMovedWithoutAnOrder()
    {
        script.event("{\"e\":\"balanceUpdate\",\"E\":1,\"a\":\"BTC\",\"d\":\"100.00000000\",\"T\":1}");

        script.await("account.status", 1);
        Await.until("second round", () -> 4 == fixture.count(new ReconciliationDecoder()));
        assertEquals(AccountState.LIVE, fixture.session.state());
    }

    @Test
    void shouldSubscribeAgainAndReconcileWhenTheStreamTerminates()
    {
        script.event("{\"e\":\"eventStreamTerminated\",\"E\":1728973001334}");

        script.await("userDataStream.subscribe.signature", 1);
        Await.until("reconciled again", () -> fixture.states().size() == 5);
        assertEquals(List.of(AccountState.CONNECTING, AccountState.RECONCILING, AccountState.LIVE,
            AccountState.RECONCILING, AccountState.LIVE), fixture.states());
        assertEquals(1, script.venue.connections.size());
        assertTrue(fixture.all(new ReconciliationDecoder(), ReconciliationDecoder::cause)
            .contains(ReconcileCause.RECONNECT));
    }

    @Test
    void shouldNotBeLiveBeforeItIsSubscribedAgainWhenTheStreamTerminatesDuringARound()
    {
        script.answer("account.status", TradingScript.SILENCE);
        fixture.session.reconcile(ReconcileCause.TIMER);
        final TradingScript.Request account = script.await("account.status", 1);
        script.answer("userDataStream.subscribe.signature", TradingScript.SILENCE);
        script.event("{\"e\":\"eventStreamTerminated\",\"E\":1728973001334}");
        final TradingScript.Request subscription = script.await("userDataStream.subscribe.signature", 1);
        fixture.awaitState(AccountState.RECONCILING);

        script.answer("account.status", request -> TradingScript.ok("{\"updateTime\":1,\"balances\":[]}"));
        script.reply(account, TradingScript.ok("{\"updateTime\":1,\"balances\":[]}"));
        final long events = fixture.session.counters().get(Counter.EVENTS);
        script.event("{\"e\":\"listStatus\"}");
        Await.until("read", () -> events < fixture.session.counters().get(Counter.EVENTS));
        final AccountState before = fixture.session.state();
        script.reply(subscription, TradingScript.ok("{\"subscriptionId\":1}"));
        fixture.awaitState(AccountState.LIVE);

        assertEquals(AccountState.RECONCILING, before);
        assertEquals(ReconcilePhase.ABANDONED, fixture.frame(new ReconciliationDecoder(), 3).phase());
        assertEquals(ReconcileCause.RECONNECT, fixture.frame(new ReconciliationDecoder(), 4).cause());
    }
}
