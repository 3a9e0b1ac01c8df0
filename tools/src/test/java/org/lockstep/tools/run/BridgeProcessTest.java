package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client asks for what nobody configured; the exchange behind is the simulator, every process a real one. */
class BridgeProcessTest
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long TIMEOUT_S = 180;

    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void shouldBringAnInstrumentWithItsPastToWhoAsksForIt() throws Exception
    {
        try (ChildProcess simulator = ChildProcess.start("simulate", "--venue", "binance", "--symbols", "4", "--json"))
        {
            final JsonNode addresses = simulator.json().path("simulators").path("binance");
            final Path config = directory.resolve("lockstep.yaml");
            final Path data = directory.resolve("data");
            Files.writeString(config, """
                journal: {directory: %s}
                venues:
                  binance:
                    symbols: [BTCUSDT]
                    rest: %s
                    stream: %s
                gateway: {port: 0}
                """.formatted(data, addresses.path("rest").asText(), addresses.path("stream").asText()));
            try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
            {
                final String url = run.json().path("url").asText();
                final String token = token(config);
                watch(url, token);
                connect(url, token);
                run.interrupt();
                assertEquals("summary", run.json().path("event").asText());
                run.exitCode();
            }
            try (ChildProcess replay = ChildProcess.start("replay", data.toString(), "--verify"))
            {
                assertEquals(0, replay.exitCode(), replay::toString);
            }
        }
    }

    private void watch(final String url, final String token) throws Exception
    {
        final WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
            .header("Authorization", "Bearer " + token).subprotocols("lockstep.v1")
            .buildAsync(URI.create(url.replace("http", "ws") + "/ws"), new Listener()).get(TIMEOUT_S, TimeUnit.SECONDS);
        send(socket, "{'type':'subscribe','id':'m','channel':'market-data','data':{'symbol':'binance:ETHUSDT'}}");
        await("it is subscribed to", message -> "subscribed".equals(message.path("type").asText()));
        final JsonNode quote = await("a price", message -> message.path("data").has("bid")).path("data");
        assertEquals("ETHUSDT", quote.path("symbol").asText());

        send(socket, "{'type':'subscribe','channel':'klines','data':{'symbol':'ETHUSDT','interval':'1h'}}");
        final JsonNode bars = await("its past", message -> message.path("data").path("bars").size() >= 300)
            .path("data").path("bars");
        for (int i = 1; i < bars.size(); i++)
        {
            assertEquals(3_600_000, bars.get(i).path("openTime").asLong() - bars.get(i - 1).path("openTime").asLong());
        }
        send(socket, "{'type':'subscribe','id':'none','channel':'market-data','data':{'symbol':'binance:NOPEUSDT'}}");
        assertEquals("none",
            await("a refusal", message -> "error".equals(message.path("type").asText())).path("id").asText());
        socket.abort();
    }

    private void connect(final String url, final String token) throws Exception
    {
        final HttpResponse<String> running = post(url, token, "binance");
        assertEquals(200, running.statusCode(), running::body);
        assertEquals(
            "{\"venue\":\"binance\",\"started\":false,\"before\":\"live\",\"state\":\"live\"}", running.body());
        assertEquals(404, post(url, token, "kraken").statusCode());
    }

    private static HttpResponse<String> post(final String url, final String token, final String venue) throws Exception
    {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url + "/api/bot/connect"))
            .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"venue\":\"" + venue + "\"}")).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    private static String token(final Path config) throws Exception
    {
        try (ChildProcess mint = ChildProcess.start(
            "token", "--user", "ana", "--role", "admin", "--config", config.toString()))
        {
            final String token = mint.line();
            assertEquals(0, mint.exitCode(), mint::toString);
            return token;
        }
    }

    private static void send(final WebSocket socket, final String text)
    {
        socket.sendText(text.replace('\'', '"'), true).join();
    }

    private JsonNode await(final String what, final Predicate<JsonNode> condition) throws Exception
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (true)
        {
            final String text = messages.poll(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertTrue(null != text, () -> "no " + what);
            final JsonNode message = MAPPER.readTree(text);
            if (condition.test(message))
            {
                return message;
            }
        }
    }

    /** Puts whole messages into the queue. */
    private final class Listener implements WebSocket.Listener
    {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence data, final boolean last)
        {
            partial.append(data);
            if (last)
            {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
