package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class TradingApiTest
{
    private BinanceSimulator simulator;
    private TradingClient client;

    @BeforeEach
    void start() throws IOException
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200));
        client = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC));
    }

    @AfterEach
    void stop()
    {
        client.close();
        simulator.close();
    }

    private BigDecimal best(final String side) throws Exception
    {
        final String url = simulator.addresses().rest() + "/api/v3/ticker/bookTicker?symbol=BTCUSDT";
        return new BigDecimal(StreamClient.json(StreamClient.get(url).body()).get(side).textValue());
    }

    private String below(final String share) throws Exception
    {
        return best("bidPrice").multiply(new BigDecimal(share)).setScale(2, RoundingMode.DOWN).toPlainString();
    }

    private JsonNode place(final Object... more) throws Exception
    {
        return client.call("order.place", more);
    }

    private JsonNode rest(final String id) throws Exception
    {
        return place("symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT", "timeInForce", "GTC",
            "price", below("0.9"), "quantity", "0.01", "newClientOrderId", id);
    }

    private void subscribe() throws InterruptedException
    {
        final JsonNode reply = client.call("userDataStream.subscribe.signature");
        assertEquals(200, reply.get("status").asInt(), reply.toString());
        assertEquals(0, reply.at("/result/subscriptionId").asInt(-1));
    }

    @Test
    void shouldAcknowledgeAndReportWhenLimitOrderRests() throws Exception
    {
        subscribe();

        final JsonNode reply = rest("resting-1");
        final JsonNode event = client.awaitExecution("NEW");
        final JsonNode balances = client.awaitEvent(e -> "outboundAccountPosition".equals(e.path("e").asText()));

        assertEquals(200, reply.get("status").asInt(), reply.toString());
        assertEquals("NEW", reply.at("/result/status").asText());
        assertEquals("ORDERS", reply.at("/rateLimits/0/rateLimitType").asText());
        assertEquals("resting-1", event.get("c").asText());
        assertEquals(reply.at("/result/orderId").asLong(), event.get("i").asLong());
        assertTrue(event.get("w").asBoolean());
        assertEquals("USDT", balances.at("/B/1/a").asText());
        assertTrue(new BigDecimal(balances.at("/B/1/l").asText()).signum() > 0);
    }

    @Test
    void shouldFillAtOnceWhenMarketOrderIsPlaced() throws Exception
    {
        subscribe();

        final JsonNode reply = place(
            "symbol", "BTCUSDT", "side", "BUY", "type", "MARKET", "quantity", "0.002");
        final JsonNode event = client.awaitExecution("TRADE");

        assertEquals("FILLED", reply.at("/result/status").asText(), reply.toString());
        assertEquals("0.00200000", reply.at("/result/executedQty").asText());
        assertEquals("BTC", reply.at("/result/fills/0/commissionAsset").asText());
        assertEquals(reply.at("/result/fills/0/tradeId").asLong(), event.get("t").asLong());
        assertEquals("0.00000200", event.get("n").asText());
        assertFalse(event.get("m").asBoolean());
    }

    @Test
    void shouldCancelOnceAndKnowItAfterwards() throws Exception
    {
        subscribe();
        rest("to-cancel");

        final JsonNode cancelled = client.call("order.cancel", "symbol", "BTCUSDT", "origClientOrderId", "to-cancel");
        final JsonNode event = client.awaitExecution("CANCELED");
        final JsonNode again = client.call("order.cancel", "symbol", "BTCUSDT", "origClientOrderId", "to-cancel");
        final JsonNode status = client.call("order.status", "symbol", "BTCUSDT", "origClientOrderId", "to-cancel");

        assertEquals("CANCELED", cancelled.at("/result/status").asText());
        assertEquals("to-cancel", event.get("C").asText());
        assertEquals(cancelled.at("/result/clientOrderId").asText(), event.get("c").asText());
        assertEquals(-2011, again.at("/error/code").asInt());
        assertEquals("Unknown order sent.", again.at("/error/msg").asText());
        assertEquals("CANCELED", status.at("/result/status").asText());
    }

    @Test
    void shouldLogOnAndTradeWithoutKeyWhenKeyIsEd25519() throws Exception
    {
        try (TradingClient session = new TradingClient(simulator, simulator.addresses().key(2, SimulatedKey.ED25519)))
        {
            final JsonNode logon = session.call("session.logon");
            final JsonNode subscribed = session.callUnsigned("userDataStream.subscribe", Map.of());
            final JsonNode placed = session.callUnsigned("order.place", TradingClient.parameters("symbol", "BTCUSDT",
                "side", "BUY", "type", "LIMIT", "timeInForce", "GTC", "price", below("0.9"), "quantity", "0.01",
                "timestamp", System.currentTimeMillis()));
            final JsonNode event = session.awaitExecution("NEW");

            assertEquals("SIMULATED-ED25519-KEY-2", logon.at("/result/apiKey").asText(), logon.toString());
            assertEquals(0, subscribed.at("/result/subscriptionId").asInt(-1));
            assertEquals(200, placed.get("status").asInt(), placed.toString());
            assertEquals(placed.at("/result/orderId").asLong(), event.get("i").asLong());
        }
    }

    @Test
    void shouldRefuseLogOnWhenKeyIsHmac() throws Exception
    {
        assertEquals(-4056, client.call("session.logon").at("/error/code").asInt());
    }

    @Test
    void shouldReplaceOrderWhenAskedInOneStep() throws Exception
    {
        rest("first");

        final JsonNode replaced = client.call("order.cancelReplace", "symbol", "BTCUSDT", "side", "BUY",
            "type", "LIMIT", "timeInForce", "GTC", "price", below("0.8"), "quantity", "0.02",
            "cancelReplaceMode", "STOP_ON_FAILURE", "cancelOrigClientOrderId", "first", "newClientOrderId", "second");
        final JsonNode open = client.call("openOrders.status", "symbol", "BTCUSDT");
        final JsonNode failed = client.call("order.cancelReplace", "symbol", "BTCUSDT", "side", "BUY",
            "type", "LIMIT", "timeInForce", "GTC", "price", below("0.8"), "quantity", "0.02",
            "cancelReplaceMode", "STOP_ON_FAILURE", "cancelOrigClientOrderId", "first");

        assertEquals("SUCCESS", replaced.at("/result/newOrderResult").asText(), replaced.toString());
        assertEquals(1, open.get("result").size());
        assertEquals("second", open.at("/result/0/clientOrderId").asText());
        assertEquals(-2022, failed.at("/error/code").asInt());
        assertEquals("NOT_ATTEMPTED", failed.at("/error/data/newOrderResult").asText());
        assertEquals(-2011, failed.at("/error/data/cancelResponse/code").asInt());
    }

    @Test
    void shouldServeTheSameOverRest() throws Exception
    {
        final HttpResponse<String> placed = client.rest("POST", "/api/v3/order", "symbol", "BTCUSDT", "side", "SELL",
            "type", "MARKET", "quantity", "0.001");
        final HttpResponse<String> trades = client.rest("GET", "/api/v3/myTrades", "symbol", "BTCUSDT");
        final HttpResponse<String> account = client.rest("GET", "/api/v3/account");
        final HttpResponse<String> restrictions = client.rest("GET", "/sapi/v1/account/apiRestrictions");

        assertEquals(200, placed.statusCode(), placed.body());
        assertEquals("FILLED", StreamClient.json(placed.body()).get("status").asText());
        assertTrue(placed.headers().firstValue("x-mbx-order-count-10s").isPresent());
        assertTrue(placed.headers().firstValue("x-mbx-used-weight-1m").isPresent());
        assertEquals("0.00100000", StreamClient.json(trades.body()).at("/0/qty").asText());
        assertNotNull(StreamClient.json(account.body()).get("balances"));
        assertFalse(StreamClient.json(restrictions.body()).get("enableWithdrawals").asBoolean(true));
    }
}
