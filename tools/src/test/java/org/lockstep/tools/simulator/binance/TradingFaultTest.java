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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each fault of the control interface, as a client of the trading interfaces sees it. */
@Timeout(300)
class TradingFaultTest
{
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private BinanceSimulator simulator;
    private TradingClient client;

    @BeforeEach
    void start() throws Exception
    {
        simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200));
        client = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC));
        client.call("userDataStream.subscribe.signature");
    }

    @AfterEach
    void stop()
    {
        client.close();
        simulator.close();
    }

    private JsonNode control(final String verb, final String path, final String body) throws Exception
    {
        final HttpResponse<String> response = HTTP.send(
            HttpRequest.newBuilder(URI.create(simulator.addresses().control() + path))
                .method(verb, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return TradingClient.parse(response.body());
    }

    private void fault(final String json) throws Exception
    {
        control("POST", "/faults", json.replace('\'', '"'));
    }

    private JsonNode truth() throws Exception
    {
        return control("GET", "/account?key=SIMULATED-KEY-1", "");
    }

    private Map<String, Object> resting(final String id) throws Exception
    {
        final String url = simulator.addresses().rest() + "/api/v3/ticker/bookTicker?symbol=BTCUSDT";
        final String price = new BigDecimal(TradingClient.parse(StreamClient.get(url).body()).get("bidPrice")
            .textValue()).multiply(new BigDecimal("0.9")).setScale(2, RoundingMode.DOWN).toPlainString();
        return TradingClient.parameters("symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT", "timeInForce", "GTC",
            "price", price, "quantity", "0.01", "newClientOrderId", id);
    }

    private Object[] flat(final Map<String, Object> parameters)
    {
        return parameters.entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue())).toArray();
    }

    private long sendSigned(final Map<String, Object> parameters)
    {
        return client.sendSigned("order.place", flat(parameters));
    }

    @Test
    void shouldPlaceWithoutAnswerWhenAckIsDropped() throws Exception
    {
        fault("{'fault':'drop-ack','method':'order.place'}");

        final long lost = sendSigned(resting("lost"));
        final JsonNode event = client.awaitExecution("NEW");
        final JsonNode next = client.call("order.place", flat(resting("next")));

        assertEquals("lost", event.get("c").asText());
        assertNotEquals(lost, next.get("id").asLong());
        assertEquals(200, next.get("status").asInt());
        assertEquals(2, truth().get("orders").size());
        assertEquals(1, control("GET", "/faults", "").at("/rules/0/fired").asInt());
    }

    @Test
    void shouldNotPlaceWhenRequestIsLost() throws Exception
    {
        fault("{'fault':'lose-request','method':'order.place'}");

        sendSigned(resting("lost"));
        final JsonNode status = client.call("order.status", "symbol", "BTCUSDT", "origClientOrderId", "lost");

        assertEquals(-2013, status.at("/error/code").asInt());
        assertEquals(0, truth().get("orders").size());
    }

    @Test
    void shouldSendEventBeforeAnswerWhenAckIsLate() throws Exception
    {
        fault("{'fault':'delay-ack','ms':300}");

        final long id = sendSigned(resting("late"));
        final JsonNode first = client.await(message -> true);
        client.await(message -> message.path("id").asLong() == id);

        assertEquals("executionReport", first.at("/event/e").asText());
    }

    @Test
    void shouldSendTwiceWhenAckAndEventAreDuplicated() throws Exception
    {
        fault("[{'fault':'duplicate-ack'},{'fault':'duplicate-event','execution':'NEW'}]");

        final long id = sendSigned(resting("twice"));
        client.await(message -> message.path("id").asLong() == id);
        client.await(message -> message.path("id").asLong() == id);
        final JsonNode first = client.awaitExecution("NEW");
        final JsonNode second = client.awaitExecution("NEW");

        assertEquals(first, second);
        assertEquals(1, truth().get("orders").size());
    }

    @Test
    void shouldSwapMessagesWhenEventIsReordered() throws Exception
    {
        fault("{'fault':'reorder-event','execution':'NEW','ms':5000}");

        client.call("order.place", flat(resting("swapped")));
        final JsonNode first = client.awaitEvent(event -> true);
        final JsonNode second = client.awaitEvent(event -> true);

        assertEquals("outboundAccountPosition", first.get("e").asText());
        assertEquals("executionReport", second.get("e").asText());
    }

    @Test
    void shouldKeepEventBackWhenItIsDropped() throws Exception
    {
        fault("{'fault':'drop-event','event':'executionReport'}");

        final JsonNode placed = client.call("order.place", flat(resting("silent")));
        final JsonNode cancelled = client.call("order.cancel", "symbol", "BTCUSDT", "origClientOrderId", "silent");
        assertEquals(200, placed.get("status").asInt(), placed.toString());
        assertEquals(200, cancelled.get("status").asInt(), cancelled.toString());
        final JsonNode execution = client.awaitEvent(event -> event.has("x"));

        assertEquals("CANCELED", execution.get("x").asText());
    }

    @Test
    void shouldSayUnknownAndPlaceWhenTimeoutIsAsked() throws Exception
    {
        fault("{'fault':'timeout','method':'order.place'}");

        final JsonNode reply = client.call("order.place", flat(resting("unknown")));

        assertEquals(504, reply.get("status").asInt());
        assertEquals(-1007, reply.at("/error/code").asInt());
        assertEquals("unknown", truth().at("/orders/0/clientOrderId").asText());
    }

    @Test
    void shouldDenyOrderForAWhileWhenItIsToBeUnknown() throws Exception
    {
        client.call("order.place", flat(resting("denied")));
        fault("{'fault':'unknown-order','count':2}");

        final JsonNode first = client.call("order.status", "symbol", "BTCUSDT", "origClientOrderId", "denied");
        final JsonNode second = client.call("order.cancel", "symbol", "BTCUSDT", "origClientOrderId", "denied");
        final JsonNode third = client.call("order.status", "symbol", "BTCUSDT", "origClientOrderId", "denied");

        assertEquals(-2013, first.at("/error/code").asInt());
        assertEquals(-2011, second.at("/error/code").asInt());
        assertEquals("NEW", third.at("/result/status").asText());
    }

    @Test
    void shouldRejectAsOftenAsAsked() throws Exception
    {
        fault("{'fault':'reject','method':'order.place','count':2,'code':-2010,'msg':'Market is closed.'}");

        final JsonNode first = client.call("order.place", flat(resting("r1")));
        client.call("order.place", flat(resting("r2")));
        final JsonNode third = client.call("order.place", flat(resting("r3")));

        assertEquals("Market is closed.", first.at("/error/msg").asText());
        assertEquals(200, third.get("status").asInt());
    }

    @Test
    void shouldRefuseTimestampWhenClockIsSkewed() throws Exception
    {
        fault("{'fault':'clock-skew','ms':120000}");

        final JsonNode old = client.call("account.status");
        final long serverMs = client.callUnsigned("time", Map.of()).at("/result/serverTime").asLong();
        final JsonNode resynced = client.call("account.status", "timestamp", serverMs);

        assertEquals(-1021, old.at("/error/code").asInt());
        assertEquals(200, resynced.get("status").asInt());
    }

    @Test
    void shouldAnswer429ThenBanWhenLimitsStorm() throws Exception
    {
        fault("{'fault':'rate-limit','ms':60000}");

        final JsonNode limited = client.call("account.status");
        final HttpResponse<String> rest = client.rest("GET", "/api/v3/account");
        fault("{'fault':'ban','ms':60000}");
        final JsonNode banned = client.call("account.status");
        client.awaitClosed();

        assertEquals(429, limited.get("status").asInt());
        assertTrue(limited.at("/error/data/retryAfter").asLong() > System.currentTimeMillis());
        assertEquals(429, rest.statusCode());
        assertTrue(Integer.parseInt(rest.headers().firstValue("retry-after").orElseThrow()) > 0);
        assertEquals(418, banned.get("status").asInt());
    }

    @Test
    void shouldKeepBooksWhenItRestarts() throws Exception
    {
        client.call("order.place", flat(resting("survivor")));
        final JsonNode before = truth();
        fault("{'fault':'restart','ms':200}");
        client.awaitClosed();

        client = reconnect();
        final JsonNode open = client.call("openOrders.status", "symbol", "BTCUSDT");

        assertEquals("survivor", open.at("/result/0/clientOrderId").asText());
        assertEquals(before.get("balances"), truth().get("balances"));
    }

    private TradingClient reconnect()
    {
        final long endNs = System.nanoTime() + 60_000_000_000L;
        while (true)
        {
            try
            {
                return new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC));
            }
            catch (final CompletionException ex)
            {
                assertTrue(System.nanoTime() < endNs, "does not come back");
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldGoSilentWithoutClosingWhenHalfOpen() throws Exception
    {
        fault("{'fault':'half-open','target':'api'}");

        sendSigned(resting("unheard"));
        try (TradingClient other = new TradingClient(simulator, simulator.addresses().key(1, SimulatedKey.HMAC)))
        {
            assertEquals(200, other.call("account.status").get("status").asInt());
        }

        assertEquals(0, truth().get("orders").size());
        assertTrue(client.isSilent());
    }

    @Test
    void shouldSayEverythingLateWhenMuted() throws Exception
    {
        fault("{'fault':'mute','target':'api','ms':400}");

        final JsonNode reply = client.call("order.place", flat(resting("quiet")));
        final JsonNode event = client.awaitExecution("NEW");

        assertEquals(200, reply.get("status").asInt());
        assertEquals("quiet", event.get("c").asText());
    }

    @Test
    void shouldTellWhenStreamsAreTerminated() throws Exception
    {
        fault("{'fault':'terminate-streams'}");

        client.awaitEvent(event -> "eventStreamTerminated".equals(event.get("e").asText()));
        final JsonNode again = client.call("userDataStream.subscribe.signature");

        assertEquals(1, again.at("/result/subscriptionId").asInt());
    }

    @Test
    void shouldFireByChanceWithTheSameSeed() throws Exception
    {
        final StringBuilder runs = new StringBuilder();
        for (int run = 0; run < 2; run++)
        {
            control("DELETE", "/faults", "");
            fault("{'fault':'reject','method':'order.test','probability':0.5,'seed':11}");
            for (int i = 0; i < 16; i++)
            {
                runs.append(client.call("order.test", flat(resting("t"))).get("status").asInt()).append(' ');
            }
        }

        final String text = runs.toString();
        assertEquals(text.substring(0, text.length() / 2), text.substring(text.length() / 2));
        assertTrue(text.contains("200") && text.contains("400"), text);
    }

    @Test
    void shouldTellWhatIsWrongWithAFault()
    {
        final AssertionError error = assertThrows(AssertionError.class, () -> fault("{'fault':'drop-akc'}"));

        assertTrue(error.getMessage().contains("drop-ack"), error.getMessage());
    }

    @Test
    void shouldTellOfTransfers() throws Exception
    {
        control("POST", "/transfer", "{\"key\":\"SIMULATED-KEY-1\",\"asset\":\"BTC\",\"amount\":\"0.5\"}");

        final JsonNode event = client.awaitEvent(e -> "balanceUpdate".equals(e.get("e").asText()));

        assertEquals("0.50000000", event.get("d").asText());
    }

    @Test
    void shouldCutRestConnectionAndPlaceWhenAckIsDropped() throws Exception
    {
        fault("{'fault':'drop-ack','method':'order.place'}");

        assertThrows(IOException.class, () -> client.rest("POST", "/api/v3/order", flat(resting("cut"))));

        assertEquals("cut", truth().at("/orders/0/clientOrderId").asText());
    }

    @Test
    void shouldBeginAtTheRequestWhenAFaultIsPutOff() throws Exception
    {
        fault("{'fault':'drop-ack','after':2}");

        final JsonNode first = client.call("order.place", flat(resting("first")));
        sendSigned(resting("second"));
        final JsonNode third = client.call("order.place", flat(resting("third")));

        assertEquals("first", first.at("/result/clientOrderId").asText());
        assertEquals("third", third.at("/result/clientOrderId").asText());
        assertEquals(3, truth().get("orders").size());
        assertEquals(3, control("GET", "/faults", "").get("orderRequests").asInt());
    }

    @Test
    void shouldBeginSoonWhenRequestsDoNotCome() throws Exception
    {
        fault("{'fault':'foreign-order','after':1000}");

        fault("{'fault':'hurry','ms':1}");
        final JsonNode event = client.awaitExecution("NEW");

        assertEquals("by-hand-1", event.get("c").asText());
    }

    @Test
    void shouldTradeByAnotherHandWhenAsked() throws Exception
    {
        client.call("order.place", flat(resting("mine")));

        fault("[{'fault':'foreign-order','symbol':'BTCUSDT','side':'SELL','type':'MARKET','quantity':'0.001'}," +
            "{'fault':'foreign-cancel','symbol':'BTCUSDT'}]");
        final JsonNode fill = client.awaitExecution("TRADE");
        final JsonNode cancel = client.awaitExecution("CANCELED");

        assertEquals("by-hand-1", fill.get("c").asText());
        assertEquals("mine", cancel.get("C").asText());
    }

    @Test
    void shouldKeepTheRefusalForTheRecordWhenAnotherHandIsRefused() throws Exception
    {
        fault("{'fault':'foreign-order','after':1,'quantity':'1000000000'}");

        final JsonNode placed = client.call("order.place", flat(resting("mine")));
        final JsonNode faults = control("GET", "/faults", "");

        assertEquals(200, placed.get("status").asInt(), placed.toString());
        assertTrue(faults.at("/rules/0/refused").asText().contains("order.place was refused"), faults.toString());
    }
}
