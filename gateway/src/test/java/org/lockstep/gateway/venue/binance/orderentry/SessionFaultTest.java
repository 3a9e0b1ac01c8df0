package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.orderId;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/** A fault ends what it happened in; only a halted engine ends the session. */
class SessionFaultTest
{
    private final SessionFixture fixture = new SessionFixture();
    private final TradingScript script = fixture.script;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldGoOnAfterAFaultThatIsNotAHaltedPipeline()
    {
        fixture.live();
        acceptOrders();

        fixture.frames.failNext(new IllegalStateException("a fault"));
        fixture.limit(1);
        Await.until("the first answer",
            () -> 1 == fixture.session.counters().get(Counter.MESSAGES_REJECTED));
        fixture.limit(2);

        assertEquals(orderId(2), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
        assertEquals(AccountState.LIVE, fixture.session.state());
    }

    @Test
    void shouldComeBackWhenALossCouldNotBeTold()
    {
        fixture.live();
        fixture.limit(1);
        script.await("order.place", 0);

        fixture.frames.failNext(new IllegalStateException("a fault"));
        script.last().drop();
        Await.until("another connection", () -> script.venue.connections.size() > 1);
        fixture.awaitState(AccountState.LIVE);
        acceptOrders();
        fixture.limit(2);

        assertEquals(orderId(2), fixture.frame(new OrderAcceptedDecoder(), 0).orderId());
    }

    @Test
    void shouldStopWhenThePipelineHalts()
    {
        fixture.live();
        acceptOrders();

        fixture.frames.halt("the disk is full");
        fixture.limit(1);

        Await.until("stopped", () -> AccountState.STOPPED == fixture.session.state());
        assertEquals(0, fixture.count(new OrderAcceptedDecoder()));
    }

    @Test
    void shouldStayStoppedWhenThePipelineHaltsAsALossIsTold()
    {
        fixture.live();
        fixture.limit(1);
        script.await("order.place", 0);

        fixture.frames.halt("the disk is full");
        script.last().drop();
        Await.until("told", () -> AccountState.LIVE != fixture.session.state());
        fixture.session.close();

        assertEquals(AccountState.STOPPED, fixture.session.state());
    }

    private void acceptOrders()
    {
        script.answer("order.place", request -> ok("{\"symbol\":\"BTCUSDT\",\"orderId\":4711,\"orderListId\":-1," +
            "\"clientOrderId\":\"" + request.param("newClientOrderId") + "\",\"transactTime\":1700000000123}"));
    }
}
