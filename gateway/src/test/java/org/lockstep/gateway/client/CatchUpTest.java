package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

/** A gateway that was started again and still reads a long journal when its clients come back. */
class CatchUpTest
{
    private final TestWorld world = GatewayFixture.aWorld();
    private final List<Long> fills = new ArrayList<>();
    private String epoch;
    private GatewayFixture restarted;

    @BeforeEach
    void restart() throws Exception
    {
        try (GatewayFixture first = GatewayFixture.start(world, UnaryOperator.identity()))
        {
            epoch = first.gateway.epoch();
        }
        fill(3);
        world.beginEndless();
        fill(3);
        world.append(frames -> frames.sessionStarted(2));
        world.defineBot(7, "late", BotState.STOPPED);
        restarted = GatewayFixture.startReading(world, UnaryOperator.identity());
    }

    @AfterEach
    void stop()
    {
        restarted.close();
    }

    @Test
    void shouldBringExactlyWhatWasMissedToWhoComesBackWhileTheJournalIsStillRead() throws Exception
    {
        final CompletableFuture<WsClient> coming = CompletableFuture.supplyAsync(() ->
            restarted.client("ann", Role.VIEWER).send("{'type':'subscribe','channel':'trades','data':{'since':" +
                "{'epoch':'" + epoch + "','offset':" + fills.get(4) + "}}}"));
        awaitHeld(1);

        world.end();

        final WsClient client = coming.join();
        final JsonNode answer = client.await("subscribed").get("data");
        assertTrue(answer.get("recovered").booleanValue(), answer::toString);
        assertTrue(answer.get("epoch").textValue().startsWith("2-"), answer::toString);
        fill(2);
        final long last = fills.get(fills.size() - 1);
        client.await("the last fill", message -> last == message.path("data").path("offset").asLong());
        assertEquals(fills.subList(5, fills.size()), client.receivedData("trades").stream()
            .map(message -> message.get("data").get("offset").longValue()).toList());
    }

    @Test
    void shouldStreamExactlyWhatFollowsTheLastEventIdOnceTheJournalIsRead() throws Exception
    {
        final CompletableFuture<HttpResponse<InputStream>> coming = GatewayFixture.HTTP.sendAsync(
            request("/api/stream?channels=trades").header("Last-Event-ID", epoch + "/" + fills.get(3)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
        awaitHeld(1);

        world.end();

        try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(coming.join().body(), StandardCharsets.UTF_8)))
        {
            final List<Long> seen = new ArrayList<>();
            while (seen.size() < 2)
            {
                final String line = lines.readLine();
                final JsonNode message = line.startsWith("data: ") ? GatewayFixture.json(line.substring(6)) : null;
                if (null != message && "subscribed".equals(message.get("type").textValue()))
                {
                    assertTrue(message.get("data").get("recovered").booleanValue(), line);
                }
                else if (null != message && WsClient.isData(message, "trades"))
                {
                    seen.add(message.get("data").get("offset").longValue());
                }
            }
            assertEquals(fills.subList(4, 6), seen);
        }
    }

    @Test
    void shouldAnswerQuestionsAndCommandsOnlyOnceTheJournalIsRead() throws Exception
    {
        final CompletableFuture<HttpResponse<String>> question = GatewayFixture.HTTP.sendAsync(
            request("/api/bots").build(), HttpResponse.BodyHandlers.ofString());
        final CompletableFuture<HttpResponse<String>> command = GatewayFixture.HTTP.sendAsync(
            request("/api/bot/start").POST(HttpRequest.BodyPublishers.ofString("{\"bot\":\"late\"}")).build(),
            HttpResponse.BodyHandlers.ofString());
        awaitHeld(2);
        assertEquals(503, restarted.get("/ready", null).statusCode());
        assertEquals("0", GatewayFixture.json(restarted.get("/api/version", null).body()).get("epoch").textValue());

        world.end();

        final JsonNode answer = GatewayFixture.json(question.join().body());
        assertTrue(answer.get("epoch").textValue().startsWith("2-"), answer::toString);
        assertTrue(answer.get("bots").toString().contains("\"late\""), answer::toString);
        assertEquals(200, command.join().statusCode(), command.join()::body);
        assertEquals(List.of("START_BOT late by ann"), world.actions());
        assertEquals(0, restarted.gateway.heldRequests());
    }

    @Test
    void shouldAnswerThatItFailedWhenServingWhatWasHeldMeetsAFault() throws Exception
    {
        world.connectFault(new IllegalStateException("no such thing as a session"));
        final CompletableFuture<HttpResponse<String>> faulty = GatewayFixture.HTTP.sendAsync(
            request("/api/bot/connect").POST(HttpRequest.BodyPublishers.ofString("{\"venue\":\"binance\"}")).build(),
            HttpResponse.BodyHandlers.ofString());
        awaitHeld(1);
        final CompletableFuture<HttpResponse<String>> behind = GatewayFixture.HTTP.sendAsync(
            request("/api/bots").build(), HttpResponse.BodyHandlers.ofString());
        awaitHeld(2);

        world.end();

        final HttpResponse<String> answer = faulty.get(GatewayFixture.TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertEquals(500, answer.statusCode(), answer.body());
        final JsonNode problem = GatewayFixture.json(answer.body());
        assertEquals("internal", problem.get("code").textValue());
        assertEquals("urn:lockstep:problem:internal", problem.get("type").textValue());
        assertFalse(answer.body().contains("no such thing"), answer.body());
        assertEquals(200, behind.get(GatewayFixture.TIMEOUT_MS, TimeUnit.MILLISECONDS).statusCode());
    }

    @Test
    void shouldServeTheNextRequestOfAConnectionWhenTheOneBeforeMetAFault() throws Exception
    {
        world.connectFault(new IllegalStateException("no such thing as a session"));
        world.end();
        try (Socket guest = new Socket("127.0.0.1", restarted.gateway.port()))
        {
            guest.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            final String token = GatewayFixture.token("ann", Role.OPERATOR);
            final String body = "{\"venue\":\"binance\"}";

            guest.getOutputStream().write(("POST /api/bot/connect HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                token + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body +
                "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            final String answers = new String(guest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answers.startsWith("HTTP/1.1 500 "), answers);
            assertTrue(answers.contains("HTTP/1.1 200 "), answers);
        }
    }

    @Test
    void shouldTellToComeAgainWhenTheJournalTakesTooLong() throws Exception
    {
        try (GatewayFixture hasty = GatewayFixture.startReading(world, config ->
            config.withLimits(GatewayFixture.requestLimits(10, 3_000))))
        {
            final CompletableFuture<HttpResponse<String>> question = GatewayFixture.HTTP.sendAsync(
                request(hasty, "/api/bots").build(), HttpResponse.BodyHandlers.ofString());
            final WsClient client = hasty.connect(builder ->
                builder.header("Authorization", "Bearer " + GatewayFixture.token("ann", Role.VIEWER)));

            final HttpResponse<String> answer = question.join();
            assertEquals(503, answer.statusCode());
            assertEquals("2", answer.headers().firstValue("Retry-After").orElse(null));
            assertEquals("catching_up", GatewayFixture.json(answer.body()).get("code").textValue());
            assertEquals(1001, client.awaitClose());
            assertEquals("{\"reconnectAfterMs\":2000}", client.closeReason());
            assertTrue(client.received().isEmpty(), () -> client.received().toString());
        }
    }

    @Test
    void shouldHoldNobodyWhoIsRefusedAnywayAndForgetWhoLeaves() throws Exception
    {
        assertEquals(401, restarted.get("/api/bots", null).statusCode());
        try (Socket leaving = new Socket("127.0.0.1", restarted.gateway.port()))
        {
            leaving.getOutputStream().write(("GET /api/bots HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                GatewayFixture.token("ann", Role.VIEWER) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            awaitHeld(1);
        }
        awaitHeld(0);

        final CompletableFuture<HttpResponse<String>> question = GatewayFixture.HTTP.sendAsync(
            request("/api/bots").build(), HttpResponse.BodyHandlers.ofString());
        awaitHeld(1);
        restarted.gateway.close();
        assertEquals(503, question.join().statusCode());
    }

    @Test
    void shouldCutWhoPilesUpBodiesWhileItIsHeld() throws Exception
    {
        final byte[] body = new byte[40_000];
        try (Socket guest = new Socket("127.0.0.1", restarted.gateway.port()))
        {
            guest.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            guest.getOutputStream().write(("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n" +
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" +
                "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            awaitHeld(1);

            for (int i = 0; i < 2; i++)
            {
                guest.getOutputStream().write(("POST /api/bot/start HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                    body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                guest.getOutputStream().write(body);
            }

            assertEquals(-1, guest.getInputStream().read());
            awaitHeld(0);
        }
    }

    private HttpRequest.Builder request(final String path)
    {
        return request(restarted, path);
    }

    private static HttpRequest.Builder request(final GatewayFixture fixture, final String path)
    {
        return HttpRequest.newBuilder(URI.create(fixture.url(path)))
            .header("Authorization", "Bearer " + GatewayFixture.token("ann", Role.OPERATOR));
    }

    private void awaitHeld(final int count)
    {
        GatewayFixture.awaitTrue(count + " requests are held", () -> count == restarted.gateway.heldRequests());
    }

    private void fill(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long tradeId = fills.size();
            fills.add(world.append(frames -> frames.fill(5, 0, Frames.BTC, tradeId, 1)));
        }
    }
}
