package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the trading interfaces refuse, with the venue's codes, words and statuses. */
@Timeout(300)
class TradingRefusalTest
{
    private static BinanceSimulator simulator;
    private static TradingClient client;

    @BeforeAll
    static void start() throws Exception
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(1).withEventsPerSecond(100));
        client = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC));
    }

    @AfterAll
    static void stop()
    {
        client.close();
        simulator.close();
    }

    private static Map<String, Object> order(final String changes)
    {
        final Map<String, Object> order = new TreeMap<>(Map.of("symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT",
            "timeInForce", "GTC", "price", "60000.00", "quantity", "0.01"));
        for (final String change : changes.split(";"))
        {
            final int equals = change.indexOf('=');
            if (equals < 0)
            {
                order.remove(change);
            }
            else
            {
                order.put(change.substring(0, equals), change.substring(equals + 1));
            }
        }
        return order;
    }

    private static Object[] flat(final Map<String, Object> parameters)
    {
        final Object[] flat = new Object[parameters.size() * 2];
        int index = 0;
        for (final Map.Entry<String, Object> entry : parameters.entrySet())
        {
            flat[index++] = entry.getKey();
            flat[index++] = entry.getValue();
        }
        return flat;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "symbol                                   | -1102",
        "symbol=NOSUCH                            | -1121",
        "side=HOLD                                | -1117",
        "type=ICEBERG                             | -1116",
        "timeInForce=GTX                          | -1115",
        "timeInForce                              | -1102",
        "type=MARKET;price                        | -1106",
        "price                                    | -1102",
        "price=1e3                                | -1100",
        "price=60000.000000001                    | -1111",
        "price=0                                  | -1013",
        "quantity=0                               | -1013",
        "quantity=0.0000001                       | -1013",
        "price=60000.001                          | -1013",
        "price=1.00                               | -1013",
        "newClientOrderId=with blank              | -1100",
        "type=LIMIT_MAKER;timeInForce;price=70000 | -2010",
        "quantity=3                               | -2010",
        "trailingDelta=100                        | -1106"})
    void shouldRefuseOrder(final String changes, final int code) throws Exception
    {
        final JsonNode reply = client.call("order.place", flat(order(changes.trim())));

        assertEquals(code, reply.at("/error/code").asInt(), reply.toString());
        assertEquals(400, reply.get("status").asInt());
    }

    @Test
    void shouldRefuseForgedSignature() throws Exception
    {
        final Map<String, Object> forged = order("");
        forged.put("apiKey", "SIMULATED-KEY-1");
        forged.put("timestamp", System.currentTimeMillis());
        forged.put("signature", "00".repeat(32));

        final JsonNode reply = client.callUnsigned("order.place", forged);

        assertEquals("{\"code\":-1022,\"msg\":\"Signature for this request is not valid.\"}",
            reply.get("error").toString());
    }

    @Test
    void shouldRefuseUnknownKeysAndOldRequests() throws Exception
    {
        final SimulatedKey stranger = new SimulatedKey(1, "NO-SUCH-KEY", "none", SimulatedKey.HMAC, false);
        try (TradingClient other = new TradingClient(simulator, stranger))
        {
            final JsonNode reply = other.call("account.status");
            final HttpResponse<String> rest = other.rest("GET", "/api/v3/account");

            assertEquals(401, reply.get("status").asInt());
            assertEquals(-2015, reply.at("/error/code").asInt());
            assertEquals(401, rest.statusCode());
        }
        assertEquals(-1021, client.call("account.status", "timestamp", System.currentTimeMillis() - 90_000)
            .at("/error/code").asInt());
        assertEquals(-1021, client.call("account.status", "timestamp", System.currentTimeMillis() + 60_000)
            .at("/error/code").asInt());
        assertEquals(-1131, client.call("account.status", "recvWindow", 60_001).at("/error/code").asInt());
    }

    @Test
    void shouldTakeTimestampInMicroseconds() throws Exception
    {
        assertEquals(200,
            client.call("account.status", "timestamp", System.currentTimeMillis() * 1_000).get("status").asInt());
    }

    @Test
    void shouldKnowNoListenKeys() throws Exception
    {
        assertEquals(410, client.rest("POST", "/api/v3/userDataStream").statusCode());
    }

    @Test
    void shouldSubscribeOncePerAccount() throws Exception
    {
        try (TradingClient other = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC)))
        {
            other.call("userDataStream.subscribe.signature");

            assertEquals(-2035, other.call("userDataStream.subscribe.signature").at("/error/code").asInt());
            assertEquals(200, other.callUnsigned("userDataStream.unsubscribe", Map.of()).get("status").asInt());
            assertEquals(-2036,
                other.callUnsigned("userDataStream.unsubscribe", Map.of()).at("/error/code").asInt());
        }
    }

    @Test
    void shouldAnswerWithoutIdWhenRequestIsNotJson() throws Exception
    {
        client.sendText("{\"id\":");

        final JsonNode reply = client.await(message -> message.has("error"));

        assertTrue(reply.get("id").isNull());
        assertEquals(400, reply.get("status").asInt());
    }

    @Test
    void shouldSayWhichKeyMayWithdraw() throws Exception
    {
        final SimulatedKey dangerous = simulator.addresses().keys().stream()
            .filter(SimulatedKey::mayWithdraw).findFirst().orElseThrow();
        try (TradingClient other = new TradingClient(simulator, dangerous))
        {
            assertTrue(TradingClient.parse(other.rest("GET", "/sapi/v1/account/apiRestrictions").body())
                .get("enableWithdrawals").asBoolean());
        }
    }

    @Test
    void shouldCountUnfilledOrdersAndRefuseTooMany() throws Exception
    {
        try (BinanceSimulator strict = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(1)
            .withEventsPerSecond(100).withTrading(TradingConfig.defaults().withOrderLimits(1_000, 3)
                .withFunds(Map.of("USDT", new BigDecimal("100000"))))))
        {
            try (TradingClient other = new TradingClient(strict, strict.addresses().key(1, SimulatedKey.HMAC)))
            {
                final JsonNode first = other.call("order.place", flat(order("")));
                other.call("order.place", flat(order("type=MARKET;price;timeInForce")));
                other.call("order.place", flat(order("")));
                other.call("order.place", flat(order("")));
                final JsonNode refused = other.call("order.place", flat(order("")));
                final HttpResponse<String> rest = other.rest("POST", "/api/v3/order", flat(order("")));

                assertEquals(1, first.at("/rateLimits/1/count").asInt(), first.toString());
                assertEquals(429, refused.get("status").asInt(), refused.toString());
                assertEquals("Too many new orders; current limit is 3 orders per 1 DAY.",
                    refused.at("/error/msg").asText());
                assertEquals("3", rest.headers().firstValue("x-mbx-order-count-1d").orElseThrow());
            }
        }
    }

    @Test
    void shouldRefuse429WhenWeightIsUsedUpAcrossInterfaces() throws Exception
    {
        try (BinanceSimulator strict = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(1)
            .withEventsPerSecond(100).withLimits(100, 1 << 20));
            TradingClient other = new TradingClient(strict, strict.addresses().key(1, SimulatedKey.HMAC)))
        {
            JsonNode reply = other.call("account.status");
            HttpResponse<String> rest = null;
            // Once more when a minute ended in between, and the count began anew.
            for (int attempt = 0; attempt < 3 && (null == rest || 429 != rest.statusCode()); attempt++)
            {
                for (int i = 0; i < 12 && 429 != reply.get("status").asInt() || i < 1; i++)
                {
                    reply = other.call("account.status");
                }
                rest = other.rest("GET", "/api/v3/account");
            }

            assertEquals(429, reply.get("status").asInt());
            assertEquals(-1003, reply.at("/error/code").asInt());
            assertEquals(429, rest.statusCode());
            assertTrue(Long.parseLong(rest.headers().firstValue("retry-after").orElseThrow()) <= 60);
            assertFalse(TradingClient.parse(rest.body()).has("data"));
        }
    }
}
