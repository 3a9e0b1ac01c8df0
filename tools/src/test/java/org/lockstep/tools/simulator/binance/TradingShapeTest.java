package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Replies and events against the documented samples: the same fields with the same kinds of values. */
@Timeout(300)
class TradingShapeTest
{
    /** Fields of the samples that come only with options that the orders here do not use. */
    private static final Set<String> OPTIONAL = Set.of("trailingDelta", "trailingTime", "icebergQty", "strategyId",
        "strategyType", "stopPrice", "preventedMatchId", "preventedQuantity", "v", "expiryReason", "eR", "fills");

    private static BinanceSimulator simulator;
    private static TradingClient client;

    @BeforeAll
    static void start() throws Exception
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(1).withEventsPerSecond(200));
        client = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC));
        client.call("userDataStream.subscribe.signature");
    }

    @AfterAll
    static void stop()
    {
        client.close();
        simulator.close();
    }

    private static JsonNode sample(final String file, final Predicate<JsonNode> wanted) throws IOException
    {
        for (final String line : Files.readAllLines(Samples.binance(file)))
        {
            final JsonNode sample = TradingClient.parse(line);
            if (wanted.test(sample))
            {
                return sample.get("msg");
            }
        }
        throw new AssertionError("no such sample in " + file);
    }

    private static JsonNode reply(final String section, final int skip) throws IOException
    {
        final int[] left = {skip};
        return sample("docs_ws_api.jsonl", line -> line.path("section").asText().startsWith(section) &&
            "response".equals(line.path("role").asText()) && left[0]-- == 0);
    }

    private static JsonNode event(final String name) throws IOException
    {
        return sample("docs_streams_and_user_data.jsonl",
            line -> name.equals(line.at("/msg/event/e").asText())).get("event");
    }

    private static Map<String, String> shape(final JsonNode node)
    {
        final Map<String, String> shape = new TreeMap<>();
        node.properties().forEach(field -> shape.put(field.getKey(),
            field.getValue().isNumber() ? "number" : field.getValue().getNodeType().name()));
        return shape;
    }

    /** The same fields of the same kinds, apart from those that are optional on either side. */
    private static void assertShape(final JsonNode sample, final JsonNode actual, final String... mayDiffer)
    {
        final Map<String, String> expected = shape(sample);
        final Map<String, String> found = shape(actual);
        final Set<String> ignored = new TreeSet<>(OPTIONAL);
        ignored.addAll(Set.of(mayDiffer));
        expected.keySet().removeAll(ignored);
        found.keySet().removeAll(ignored);
        assertEquals(expected, found, actual.toString());
        sample.properties().forEach(field ->
        {
            if (field.getValue().isTextual() && field.getValue().textValue().matches("-?[0-9]+\\.[0-9]+"))
            {
                assertTrue(!actual.has(field.getKey()) ||
                    actual.get(field.getKey()).textValue().matches("-?[0-9]+\\.[0-9]{8}"), field.getKey());
            }
        });
    }

    private static String price(final String share) throws Exception
    {
        final String url = simulator.addresses().rest() + "/api/v3/ticker/bookTicker?symbol=BTCUSDT";
        return new BigDecimal(TradingClient.parse(StreamClient.get(url).body()).get("bidPrice").textValue())
            .multiply(new BigDecimal(share)).setScale(2, RoundingMode.DOWN).toPlainString();
    }

    private static JsonNode resting(final String id, final String detail) throws Exception
    {
        return client.call("order.place", "symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT", "timeInForce", "GTC",
            "price", price("0.9"), "quantity", "0.01", "newClientOrderId", id, "newOrderRespType", detail);
    }

    @Test
    void shouldAnswerOrderInTheDocumentedShapes() throws Exception
    {
        final JsonNode ack = reply("Place new order", 0);
        final JsonNode result = reply("Place new order", 1);
        final JsonNode full = reply("Place new order", 2);

        final JsonNode acked = resting("shape-ack", "ACK");
        assertShape(ack, acked, "id");
        assertShape(ack.get("result"), acked.get("result"));
        assertShape(ack.at("/rateLimits/0"), acked.at("/rateLimits/0"));
        assertEquals(3, acked.get("rateLimits").size());
        assertShape(result.get("result"), resting("shape-result", "RESULT").get("result"));
        final JsonNode filled = client.call("order.place", "symbol", "BTCUSDT", "side", "SELL", "type", "MARKET",
            "quantity", "0.001");
        assertShape(full.get("result"), filled.get("result"), "selfTradePreventionMode");
        assertShape(full.at("/result/fills/0"), filled.at("/result/fills/0"));
    }

    @Test
    void shouldCancelAndQueryInTheDocumentedShapes() throws Exception
    {
        resting("shape-1", "ACK");
        assertShape(reply("Query order", 0).get("result"),
            client.call("order.status", "symbol", "BTCUSDT", "origClientOrderId", "shape-1").get("result"));
        assertShape(reply("Current open orders", 0).at("/result/0"),
            client.call("openOrders.status", "symbol", "BTCUSDT").at("/result/0"));
        assertShape(reply("Cancel order", 0).get("result"),
            client.call("order.cancel", "symbol", "BTCUSDT", "origClientOrderId", "shape-1").get("result"));

        resting("shape-2", "ACK");
        assertShape(reply("Cancel open orders", 0).at("/result/0"),
            client.call("openOrders.cancelAll", "symbol", "BTCUSDT").at("/result/0"));
    }

    @Test
    void shouldReplaceInTheDocumentedShapes() throws Exception
    {
        resting("shape-old", "ACK");
        final Object[] replacement = {"symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT", "timeInForce", "GTC",
            "price", price("0.8"), "quantity", "0.02", "cancelReplaceMode", "STOP_ON_FAILURE",
            "cancelOrigClientOrderId", "shape-old"};

        final JsonNode done = client.call("order.cancelReplace", replacement);
        final JsonNode failed = client.call("order.cancelReplace", replacement);

        final JsonNode good = reply("Cancel and replace order", 0);
        assertShape(good.get("result"), done.get("result"));
        assertShape(good.at("/result/cancelResponse"), done.at("/result/cancelResponse"));
        assertShape(good.at("/result/newOrderResponse"), done.at("/result/newOrderResponse"), "workingTime");
        final JsonNode bad = reply("Cancel and replace order", 1);
        assertEquals(bad.get("error"), failed.get("error"));
        assertEquals(bad.get("status"), failed.get("status"));
    }

    @Test
    void shouldListTradesAndBalancesInTheDocumentedShapes() throws Exception
    {
        client.call("order.place", "symbol", "BTCUSDT", "side", "BUY", "type", "MARKET", "quantity", "0.001");

        assertShape(reply("Account trade history", 0).at("/result/0"),
            client.call("myTrades", "symbol", "BTCUSDT").at("/result/0"));
        final JsonNode account = client.call("account.status");
        assertShape(reply("Account information", 0).get("result"), account.get("result"));
        assertShape(reply("Account information", 0).at("/result/balances/0"), account.at("/result/balances/0"));
        assertShape(reply("Account information", 0).at("/result/commissionRates"),
            account.at("/result/commissionRates"));
        assertShape(reply("Unfilled Order Count", 0).at("/result/0"),
            client.call("account.rateLimits.orders").at("/result/0"));
        assertShape(sample("docs_rest.jsonl", line -> "GET /api/v3/account/commission".equals(
            line.path("endpoint").asText())), client.call("account.commission", "symbol", "BTCUSDT").get("result"));
    }

    @Test
    void shouldAmendInTheDocumentedShape() throws Exception
    {
        resting("shape-amend", "ACK");

        final JsonNode amended = client.call("order.amend.keepPriority", "symbol", "BTCUSDT",
            "origClientOrderId", "shape-amend", "newQty", "0.005");

        final JsonNode documented = reply("Order Amend Keep Priority", 0);
        assertShape(documented.get("result"), amended.get("result"));
        assertShape(documented.at("/result/amendedOrder"), amended.at("/result/amendedOrder"));
        assertEquals("0.00500000", amended.at("/result/amendedOrder/qty").asText());
    }

    @Test
    void shouldPlaceAndCancelPairInTheDocumentedShape() throws Exception
    {
        final JsonNode placed = client.call("orderList.place.oco", "symbol", "BTCUSDT", "side", "SELL",
            "quantity", "0.01", "aboveType", "LIMIT_MAKER", "abovePrice", price("1.1"), "belowType",
            "STOP_LOSS_LIMIT", "belowStopPrice", price("0.9"), "belowPrice", price("0.89"), "belowTimeInForce", "GTC");
        final JsonNode event = client.awaitEvent(e -> "listStatus".equals(e.get("e").asText()));
        final JsonNode cancelled = client.call("orderList.cancel", "symbol", "BTCUSDT",
            "orderListId", placed.at("/result/orderListId").asLong());

        assertEquals(200, placed.get("status").asInt(), placed.toString());
        assertShape(event("listStatus"), event);
        assertShape(event("listStatus").at("/O/0"), event.at("/O/0"));
        final JsonNode documented = reply("Cancel order", 1);
        assertShape(documented.get("result"), cancelled.get("result"));
        assertShape(documented.at("/result/orderReports/0"), cancelled.at("/result/orderReports/0"));
        assertEquals("ALL_DONE", cancelled.at("/result/listOrderStatus").asText());
    }

    @Test
    void shouldSendEventsInTheDocumentedShapes() throws Exception
    {
        resting("shape-event", "ACK");

        final JsonNode execution = client.awaitExecution("NEW");
        final JsonNode balances = client.awaitEvent(e -> "outboundAccountPosition".equals(e.get("e").asText()));

        assertShape(event("executionReport"), execution);
        assertShape(event("outboundAccountPosition"), balances);
        assertShape(event("outboundAccountPosition").at("/B/0"), balances.at("/B/0"));
    }

    @Test
    void shouldAnswerSessionsInTheDocumentedShapes() throws Exception
    {
        try (TradingClient session = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.ED25519)))
        {
            assertShape(reply("Log in with API key", 0), session.call("session.logon"), "rateLimits", "id");
            assertShape(reply("Query session status", 0).get("result"),
                session.callUnsigned("session.status", Map.of()).get("result"));
            assertShape(reply("Log out of the session", 0).get("result"),
                session.callUnsigned("session.logout", Map.of()).get("result"));
        }
    }

    @Test
    void shouldRefuseInTheDocumentedShape() throws Exception
    {
        final JsonNode refused = client.call("order.place", "symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT",
            "timeInForce", "GTC", "price", price("0.9"), "quantity", "10");

        final JsonNode documented = reply("Response format", 1);
        assertShape(documented, refused, "id");
        assertEquals(documented.get("error"), refused.get("error"));
        assertEquals(documented.get("status"), refused.get("status"));
    }
}
