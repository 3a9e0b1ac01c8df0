package org.lockstep.gateway.venue.binance.orderentry;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.SessionFixture.idText;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.ok;

/** What a question about one order brings in, and when its answer is final. */
class OrderQueryTest
{
    private static final long TOO_OLD_NS = SessionFixture.TOO_OLD_NS;

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

    private static String order(final String clientId, final long venueId, final String status, final String executed)
    {
        return ok("{\"symbol\":\"BTCUSDT\",\"orderId\":" + venueId + ",\"orderListId\":-1,\"clientOrderId\":\"" +
            clientId + "\",\"price\":\"61837.63000000\",\"origQty\":\"2.00000000\",\"executedQty\":\"" + executed +
            "\",\"status\":\"" + status + "\",\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"side\":\"BUY\"," +
            "\"stopPrice\":\"0.0\",\"time\":1700000000000,\"updateTime\":1700000000456,\"isWorking\":true}");
    }

    private static String trades(final long from, final long to, final long venueOrderId)
    {
        return ok(LongStream.range(from, to).mapToObj(id -> "{\"symbol\":\"BTCUSDT\",\"id\":" + id + ",\"orderId\":" +
            venueOrderId + ",\"price\":\"61837.63\",\"qty\":\"0.001\",\"commission\":\"0.0\",\"commissionAsset\":" +
            "\"USDT\",\"time\":1700000000123,\"isBuyer\":true,\"isMaker\":true}")
            .collect(Collectors.joining(",", "[", "]")));
    }

    private void predecessorWorks()
    {
        script.answer("order.status", request -> idText(1).equals(request.param("origClientOrderId")) ?
            order(idText(1), 11, "NEW", "0.0") : error(400, -2013, "Order does not exist."));
    }

    private OrderReportedDecoder reported()
    {
        return fixture.frame(new OrderReportedDecoder(), 0);
    }

    @Test
    void shouldNotJudgeAReplaceByItsPredecessorWhileItMayArrive()
    {
        predecessorWorks();

        fixture.query(1, 1, SessionFixture.nowNs());

        assertEquals(0, reported().generation());
        assertEquals(VenueOrderState.WORKING, reported().state());
        assertEquals(YesNo.NO, reported().conclusive());
    }

    @Test
    void shouldJudgeAReplaceByItsPredecessorWhenItIsTooOldToArrive()
    {
        predecessorWorks();

        fixture.query(1, 1, SessionFixture.nowNs() - TOO_OLD_NS);

        assertEquals(YesNo.YES, reported().conclusive());
    }

    @Test
    void shouldJudgeByWhenTheQuestionLeftAndNotByWhenTheAnswerCame()
    {
        final long requestedNs = SessionFixture.nowNs();
        fixture.query(1, 0, requestedNs);
        final TradingScript.Request question = script.await("order.status", 0);
        fixture.clock.shift(TOO_OLD_NS);

        script.reply(question, error(400, -2013, "Order does not exist."));

        assertEquals(VenueOrderState.NOT_FOUND, reported().state());
        assertEquals(YesNo.NO, reported().conclusive());
    }

    @Test
    void shouldFetchEveryPageOfAnOrdersExecutions()
    {
        script.answer("order.status", request -> order(idText(1), 11, "FILLED", "1.5"));
        script.answer("myTrades", request ->
        {
            final long from = Math.max(300, request.params().path("fromId").asLong());
            return trades(from, Math.min(from + 1000, 1800), 11);
        });

        fixture.query(1, 0, SessionFixture.nowNs());

        assertEquals(VenueOrderState.FILLED, reported().state());
        assertEquals(LongStream.range(300, 1800).boxed().toList(),
            fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        assertEquals("1000", script.await("myTrades", 1).param("limit"));
    }

    @Test
    void shouldFetchExecutionsOfWhatWasReplaced()
    {
        script.answer("order.status", request -> switch (request.param("origClientOrderId").length() -
            idText(1).length())
        {
            case 0 -> order(idText(1), 11, "CANCELED", "0.001");
            default -> request.param("origClientOrderId").endsWith("-1") ?
                order(idText(1) + "-1", 12, "CANCELED", "0.0") : order(idText(1) + "-2", 13, "NEW", "0.002");
        });
        script.answer("myTrades", request -> "11".equals(request.param("orderId")) ?
            trades(301, 302, 11) : trades(305, 307, 13));

        fixture.query(1, 2, SessionFixture.nowNs());

        assertEquals(300_000, reported().cumulativeQuantity());
        assertEquals(List.of(305L, 306L, 301L), fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::tradeId));
        assertEquals(List.of(SessionFixture.orderId(1)),
            fixture.all(new OrderFilledDecoder(), OrderFilledDecoder::orderId).stream().distinct().toList());
        final long asked = script.of("myTrades").stream().filter(request -> request.params().has("orderId")).count();
        assertEquals(2, asked, "of the one without executions nothing is asked");
    }

    @Test
    void shouldWaitUntilTheVenueMayBeAsked()
    {
        script.answer("order.status", request -> order(idText(1), 11, "NEW", "0.0"));
        fixture.limits.onStatus(429, 1, SessionFixture.nowNs());
        final long openAgainNs = fixture.limits.closedUntilNs();

        fixture.query(1, 0, SessionFixture.nowNs());

        assertEquals(VenueOrderState.WORKING, reported().state());
        assertTrue(fixture.clock.nanoTime() >= openAgainNs);
        assertEquals(1, script.of("order.status").size());
    }
}
