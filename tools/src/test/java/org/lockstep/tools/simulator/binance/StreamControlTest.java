package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class StreamControlTest
{
    private static final SimulatorConfig QUIET =
        SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200);

    private BinanceSimulator simulator;

    private StreamClient open(final SimulatorConfig config, final String path) throws IOException
    {
        simulator = BinanceSimulator.start(config);
        return StreamClient.open(simulator.addresses().stream() + path);
    }

    @AfterEach
    void stop()
    {
        simulator.close();
    }

    @Test
    void shouldAcknowledgeListAndForgetSubscriptions() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            assertEquals("{\"result\":null,\"id\":1}", client.request(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"nosuch@depth@100ms\"],\"id\":1}"));
            assertEquals("{\"result\":[\"btcusdt@trade\",\"nosuch@depth@100ms\"],\"id\":\"b\"}",
                client.request("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"b\"}"));
            assertEquals("{\"result\":null,\"id\":-3}", client.request(
                "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":-3}"));
            assertEquals("{\"result\":[\"nosuch@depth@100ms\"],\"id\":null}",
                client.request("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":null}"));
        }
    }

    @Test
    void shouldSwitchWrappingWhenPropertyIsSet() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws/btcusdt@bookTicker"))
        {
            assertTrue(client.next().startsWith("{\"u\":"));
            assertEquals("{\"result\":false,\"id\":1}",
                client.request("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":1}"));
            assertEquals("{\"result\":null,\"id\":2}",
                client.request("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":2}"));
            assertTrue(client.next().startsWith("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"method\":\"NOT_A_METHOD\",\"id\":4} | 2 | Invalid request: unknown variant `NOT_A_METHOD`, " +
            "expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`",
        "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":4} | 1 | Invalid value type: expected Boolean",
        "{\"method\":\"GET_PROPERTY\",\"params\":[\"shape\"],\"id\":4} | 0 | Unknown property",
        "{\"method\":\"SUBSCRIBE\",\"id\":4} | 2 | Invalid request: missing field `params`"})
    void shouldNameTheMistakeWhenRequestIsWrong(final String request, final int code, final String message)
        throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            final JsonNode reply = StreamClient.json(client.request(request));

            assertEquals(code, reply.get("error").get("code").asInt());
            assertEquals(message, reply.get("error").get("msg").asText());
            assertEquals(4, reply.get("id").asInt());
        }
    }

    @Test
    void shouldRefuseWhatIsNotJson() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            assertEquals("{\"error\":{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1 column 1\"}}",
                client.request("hello"));
        }
    }

    @Test
    void shouldCloseWhenStreamNameIsMalformed() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            assertEquals("{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"}}",
                client.request("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt\"],\"id\":1}"));
            assertEquals(1008, client.awaitClose());
        }
    }

    @Test
    void shouldRefuseMoreStreamsThanAConnectionMayHave() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            final String names = IntStream.range(0, 1_024).mapToObj(i -> "\"s" + i + "@trade\"")
                .collect(Collectors.joining(","));
            assertEquals("{\"result\":null,\"id\":1}",
                client.request("{\"method\":\"SUBSCRIBE\",\"params\":[" + names + "],\"id\":1}"));

            assertEquals("{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"},\"id\":2}",
                client.request("{\"method\":\"SUBSCRIBE\",\"params\":[\"one@trade\"],\"id\":2}"));
        }
    }

    @Test
    void shouldDisconnectWhenClientSendsMoreThanFiveFramesInASecond() throws Exception
    {
        try (StreamClient client = open(QUIET, "/ws"))
        {
            do
            {
                // Again where this machine took more than a second over it.
                for (int i = 0; i < 6; i++)
                {
                    client.ping();
                }
            }
            while (!client.isClosedWithin(2_000));

            assertEquals(1008, client.awaitClose());
        }
    }

    @Test
    void shouldKeepConnectionThatAnswersPings() throws Exception
    {
        try (StreamClient client = open(QUIET.withHeartbeat(300, 60_000), "/ws"))
        {
            for (int i = 0; i < 5; i++)
            {
                assertTrue(client.nextPing().matches("\\d{13}"));
            }
            assertEquals("{\"result\":[],\"id\":1}", client.request("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}"));
        }
    }

    @Test
    void shouldCloseConnectionThatDoesNotAnswerPings() throws Exception
    {
        try (StreamClient client = open(QUIET.withHeartbeat(100, 300), false, "/ws"))
        {
            assertEquals(1008, client.awaitClose());
            assertTrue(simulator.stats().pings() >= 1);
        }
    }

    private StreamClient open(final SimulatorConfig config, final boolean answerPings, final String path)
        throws IOException
    {
        simulator = BinanceSimulator.start(config);
        return StreamClient.open(simulator.addresses().stream() + path, answerPings);
    }

    @Test
    void shouldAnnounceTheEndWhenLifetimeIsOver() throws Exception
    {
        try (StreamClient client = open(QUIET.withLifetime(600, 300), "/stream?streams=ethusdt@trade"))
        {
            final JsonNode event = StreamClient.json(client.nextWith("serverShutdown"));

            assertEquals("!serverShutdown", event.get("stream").asText());
            assertEquals("serverShutdown", event.get("data").get("e").asText());
            assertEquals(1000, client.awaitClose());
        }
    }
}
