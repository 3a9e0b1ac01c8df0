package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.notify.AlertTarget;
import org.lockstep.gateway.client.port.VenueConnector;
import org.lockstep.gateway.client.port.VenueSession;

class HttpApiTest
{
    private final String viewer = GatewayFixture.token("ann", Role.VIEWER);
    private final String operator = GatewayFixture.token("ann", Role.OPERATOR);
    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldServeBars() throws Exception
    {
        for (int i = 0; i < 5; i++)
        {
            final int bar = i;
            fixture.world.append(frames ->
                frames.bar(Frames.BTC, BarInterval.M15, bar * 900_000L, 1_000 + bar, bar < 4));
        }
        fixture.awaitOffset(fixture.world.lastSequence());
        final JsonNode symbols = GatewayFixture.json(fixture.get("/api/klines?limit=3", viewer).body()).get("symbols");

        assertEquals(1, symbols.size());
        assertEquals("BTCUSDT", symbols.get(0).get("symbol").textValue());
        assertEquals("15m", symbols.get(0).get("interval").textValue());
        assertEquals(3, symbols.get(0).get("bars").size());
        assertEquals("10.04", symbols.get(0).get("bars").get(2).get("close").textValue());
        assertEquals(400, fixture.get("/api/klines?interval=7m", viewer).statusCode());
        assertEquals(400, fixture.get("/api/klines?limit=0", viewer).statusCode());
        assertEquals(400, fixture.get("/api/klines?symbols=NOPE", viewer).statusCode());
        assertEquals(401, fixture.get("/api/klines", null).statusCode());
    }

    @Test
    void shouldBeAliveAndTellItsVersion() throws Exception
    {
        assertEquals("alive", body(fixture.get("/health", null)).get("status").textValue());
        final JsonNode version = body(fixture.get("/api/version", null));
        assertEquals("lockstep.v1", version.get("protocol").textValue());
        assertEquals(fixture.gateway.epoch(), version.get("epoch").textValue());
    }

    @Test
    void shouldBeReadyOnlyWhileFeedsAreLiveAndTheJournalTakesFrames() throws Exception
    {
        fixture.world.venueSessions(List.of(session("live", true)));
        assertEquals(200, fixture.get("/ready", null).statusCode());

        fixture.world.venueSessions(List.of(session("backing off", false)));
        final HttpResponse<String> backingOff = fixture.get("/ready", null);
        fixture.world.venueSessions(List.of(session("live", true)));
        fixture.world.halt("disk full");
        final HttpResponse<String> halted = fixture.get("/ready", null);

        assertEquals(503, backingOff.statusCode());
        assertEquals("binance market is backing off", body(backingOff).get("obstacles").get(0).textValue());
        assertEquals(503, halted.statusCode());
        assertTrue(halted.body().contains("disk full"));
    }

    @Test
    void shouldNotBeReadyWhileAnAccountIsNotReconciled() throws Exception
    {
        fixture.world.obstacles(List.of("account main is not reconciled"));
        final HttpResponse<String> response = fixture.get("/ready", null);
        fixture.world.obstacles(List.of());

        assertEquals(503, response.statusCode());
        assertEquals("account main is not reconciled", body(response).get("obstacles").get(0).textValue());
        assertEquals(200, fixture.get("/ready", null).statusCode());
    }

    @Test
    void shouldServeExactlyWhatTheOpenApiDocumentSays() throws Exception
    {
        final JsonNode document = body(fixture.get("/api/openapi.json", null));
        assertEquals("3.1.0", document.get("openapi").textValue());
        final String admin = GatewayFixture.token("root", Role.ADMIN);
        for (final String path : (Iterable<String>)document.get("paths")::fieldNames)
        {
            final JsonNode operations = document.get("paths").get(path);
            if ("/api/stream".equals(path))
            {
                assertEquals(400, fixture.get(path + "?channels=nope", admin).statusCode());
            }
            else if (operations.has("get"))
            {
                final int status = fixture.get(path, admin).statusCode();
                assertEquals("/ws".equals(path) ? 426 : 200, status, path);
                assertEquals("/ws".equals(path) ? 426 : 405,
                    fixture.post(path, admin, null, "{}").statusCode(), path);
            }
            else
            {
                assertEquals(400, fixture.post(path, admin, null, "{}").statusCode(), path);
                final HttpResponse<String> got = fixture.get(path, admin);
                assertEquals(405, got.statusCode(), path);
                assertEquals("POST", got.headers().firstValue("allow").orElseThrow());
            }
            final boolean isOpen = !operations.elements().next().has("security");
            if (operations.has("get") && !"/ws".equals(path))
            {
                assertEquals(isOpen || path.startsWith("/metrics") || path.startsWith("/ws"),
                    401 != fixture.get(path, null).statusCode(), path);
            }
        }
        for (final String path : List.of("/api/nothing", "/api", "/api/bots/", "/admin", "/ws/", "/metrics/x"))
        {
            assertEquals(404, fixture.get(path, admin).statusCode(), path);
            assertEquals(404, fixture.post(path, admin, null, "{}").statusCode(), path);
        }
    }

    @Test
    void shouldOfferEveryMetricThatTheDashboardShows() throws Exception
    {
        fixture.close();
        final AlertTarget hook = new AlertTarget(
            "ops", URI.create("http://127.0.0.1:1/"), AlertTarget.Format.JSON, null, null, "critical");
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withOptions(GatewayOptions.DEFAULT.withAlerts(List.of(hook))));
        fixture.world.venueSessions(List.of(session("live", true)));
        fixture.awaitOffset(fixture.world.append(frames -> frames.timeSync(5_000_000, 900_000)));
        final String dashboard = Files.readString(Path.of("../tools/grafana/lockstep.json"));
        fixture.world.append(frames -> frames.balance("USDT", 1_000_000_000_000L));
        fixture.awaitOffset(fixture.world.append(frames -> frames.position(0, Frames.BTC, 150_000, 6_000_000)));
        final String metrics = fixture.get("/metrics", GatewayFixture.token("ann", Role.ADMIN)).body();

        final Set<String> shown = new TreeSet<>();
        for (final JsonNode panel : GatewayFixture.json(dashboard).get("panels"))
        {
            for (final JsonNode target : panel.get("targets"))
            {
                final Matcher matcher = Pattern.compile("lockstep_[a-z_]+").matcher(target.get("expr").textValue());
                assertTrue(matcher.find(), target.toString());
                do
                {
                    shown.add(matcher.group());
                }
                while (matcher.find());
            }
        }
        final Set<String> offered = new TreeSet<>();
        metrics.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> offered.add(line.split(" ")[2]));

        assertTrue(shown.size() > 30, shown.toString());
        final Set<String> missing = new TreeSet<>(shown);
        missing.removeAll(offered);
        assertEquals(Set.of(), missing);
        final Set<String> unseen = new TreeSet<>(offered);
        unseen.removeAll(shown);
        assertEquals(Set.of(), unseen, "every figure has its place");
        assertTrue(metrics.contains("lockstep_clock_offset_seconds{source=\"binance\"} 0.005"), metrics);
    }

    @Test
    void shouldShowMetricsInPrometheusFormat() throws Exception
    {
        fixture.world.venueSessions(List.of(session("live", true)));
        fixture.client("ann", Role.VIEWER).send("{'type':'subscribe','channel':'trades'}").await("subscribed");

        final HttpResponse<String> response = fixture.get("/metrics", null);

        assertTrue(response.headers().firstValue("content-type").orElseThrow().startsWith("text/plain"));
        final String text = response.body();
        assertTrue(text.contains("lockstep_ring_remaining 1000.0"), text);
        assertTrue(text.contains("lockstep_gateway_connections 1.0"), text);
        assertTrue(text.contains("lockstep_gateway_subscriptions{channel=\"trades\"} 1.0"), text);
        assertTrue(text.contains("lockstep_venue_decoded_total{session=\"market\",venue=\"binance\"} 90.0"), text);
        assertTrue(text.contains("lockstep_latency_seconds{hop=\"socketToBot\",quantile=\"0.99\"} 1."), text);
    }

    @Test
    void shouldAskForATokenWithAProblemDocument() throws Exception
    {
        final HttpResponse<String> none = fixture.get("/api/bots", null);
        final String expired = GatewayFixture.MINTER.mint("ann", Role.ADMIN, Duration.ofSeconds(-5), null, null);
        final HttpResponse<String> late = fixture.get("/api/bots", expired);

        assertEquals(401, none.statusCode());
        assertEquals("application/problem+json", none.headers().firstValue("content-type").orElseThrow());
        assertEquals("Bearer", none.headers().firstValue("www-authenticate").orElseThrow());
        final JsonNode problem = body(none);
        assertEquals(401, problem.get("status").intValue());
        assertEquals("Unauthorized", problem.get("title").textValue());
        assertEquals("urn:lockstep:problem:unauthorised", problem.get("type").textValue());
        assertEquals(401, late.statusCode());
        assertTrue(body(late).get("detail").textValue().contains("expired"));
    }

    @Test
    void shouldTellBotsPositionsOrdersAndBalances() throws Exception
    {
        fixture.world.append(frames -> frames.balance("USDT", 100_000_000));
        fixture.world.append(frames -> frames.position(1, Frames.ETH, 150_000, 250_000));
        fixture.awaitOffset(fixture.world.append(frames ->
            frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000)));

        final JsonNode bots = body(fixture.get("/api/bots", viewer));
        assertEquals("grid-eth", bots.get("bots").get(0).get("bot").textValue());
        assertEquals(fixture.world.lastSequence(), bots.get("offset").longValue());
        assertEquals("running",
            body(fixture.get("/api/bot/status?bot=maker-btc", viewer)).get("state").textValue());
        assertEquals(404, fixture.get("/api/bot/status?bot=nobody", viewer).statusCode());
        assertEquals("2500.00", body(fixture.get("/api/positions", viewer))
            .get("positions").get(0).get("averagePrice").textValue());
        assertEquals("pendingNew", body(fixture.get("/api/orders", viewer))
            .get("orders").get(0).get("status").textValue());
        assertEquals("1.00000000", body(fixture.get("/api/balances", viewer))
            .get("balances").get(0).get("free").textValue());
    }

    @Test
    void shouldCountOrdersOfABotFromTheOrdersThemselves() throws Exception
    {
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 0, 2));
        for (int i = 1; i <= 4; i++)
        {
            final int order = i;
            fixture.world.append(frames -> frames.orderRequested(order, 0, Frames.BTC, 6_000_050, 100_000));
        }
        fixture.world.append(frames -> frames.orderAccepted(1, 0, Frames.BTC));
        fixture.world.append(frames -> frames.fill(1, 0, Frames.BTC, 77, 100_000));
        fixture.world.append(frames -> frames.orderRejected(2, 0, Frames.BTC, "order notional above the limit"));
        fixture.world.append(frames -> frames.orderAccepted(3, 0, Frames.BTC));
        fixture.awaitOffset(fixture.world.append(frames ->
            frames.orderRejected(3, 0, Frames.BTC, "replace refused")));

        final JsonNode bot = body(fixture.get("/api/bot/status?bot=maker-btc", viewer));
        final JsonNode orders = body(fixture.get("/api/orders", viewer)).get("orders");

        assertEquals(8, bot.get("ordersRequested").intValue());
        assertEquals(2, bot.get("openOrders").intValue());
        assertEquals(2, orders.size());
        assertEquals("new", orders.get(0).get("status").textValue());
    }

    @Test
    void shouldTellMarketSnapshotOfChosenSymbols() throws Exception
    {
        fixture.awaitOffset(fixture.world.append(frames -> frames.quote(Frames.ETH, 250_000, 250_010)));

        final JsonNode one = body(fixture.get("/api/market/snapshot?symbols=binance:ETHUSDT", viewer)).get("symbols");
        final JsonNode all = body(fixture.get("/api/market/snapshot", viewer)).get("symbols");
        final HttpResponse<String> none = fixture.get("/api/market/snapshot?symbols=BTCUSDT,NOPE", viewer);

        assertEquals(1, one.size());
        assertEquals("2500.00", one.get(0).get("bid").textValue());
        assertEquals(2, all.size());
        assertEquals(400, none.statusCode());
        assertEquals("symbols", body(none).get("field").textValue());
    }

    @Test
    void shouldStopAndStartABotOnceForOneKey() throws Exception
    {
        final long expected = fixture.world.lastSequence() + 1;
        final HttpResponse<String> first = fixture.post("/api/bot/stop", operator, "k1", "{\"bot\":\"maker-btc\"}");
        final HttpResponse<String> second = fixture.post("/api/bot/stop", operator, "k1", "{\"bot\":\"maker-btc\"}");
        final HttpResponse<String> other = fixture.post("/api/bot/start", operator, "k1", "{\"bot\":\"maker-btc\"}");

        assertEquals(200, first.statusCode());
        assertEquals(expected, body(first).get("sequence").longValue());
        assertTrue(body(second).get("duplicate").booleanValue());
        assertEquals(409, other.statusCode());
        assertEquals(List.of("STOP_BOT maker-btc by ann"), fixture.world.actions());
        assertEquals(200, fixture.post("/api/bot/start", operator, null, "{\"bot\":\"grid-eth\"}").statusCode());
    }

    @Test
    void shouldRefuseCommandsOfViewersUnknownBotsAndBrokenBodies() throws Exception
    {
        assertEquals(403, fixture.post("/api/bot/stop", viewer, null, "{\"bot\":\"maker-btc\"}").statusCode());
        assertEquals(401, fixture.post("/api/bot/stop", null, null, "{\"bot\":\"maker-btc\"}").statusCode());
        assertEquals(404, fixture.post("/api/bot/stop", operator, null, "{\"bot\":\"nobody\"}").statusCode());
        assertEquals(400, fixture.post("/api/bot/stop", operator, null, "{\"bot\":").statusCode());
        final HttpResponse<String> odd =
            fixture.post("/api/bot/stop", operator, null, "{\"bot\":\"maker-btc\",\"flatten\":true}");
        assertEquals(400, odd.statusCode());
        assertEquals("flatten", GatewayFixture.json(odd.body()).get("field").textValue());
        assertTrue(odd.body().contains("allowed is bot"), odd.body());
        final HttpResponse<String> missing = fixture.post("/api/bot/stop", operator, null, "{}");
        assertEquals("bot", body(missing).get("field").textValue());
        fixture.world.full(true);
        final HttpResponse<String> busy = fixture.post("/api/bot/stop", operator, null, "{\"bot\":\"maker-btc\"}");
        assertEquals(503, busy.statusCode());
        assertEquals("1", busy.headers().firstValue("retry-after").orElseThrow());
        assertEquals(List.of(), fixture.world.actions());
    }

    @ParameterizedTest
    @CsvSource({"idle,loading", "failed,loading", "closed,loading"})
    void shouldStartASessionThatDoesNotRun(final String before, final String state) throws Exception
    {
        fixture.world.connectAnswer(VenueConnector.Outcome.STARTED, before, state);

        final HttpResponse<String> response = connect("binance");

        assertEquals(202, response.statusCode());
        assertEquals("{\"venue\":\"binance\",\"started\":true,\"before\":\"" + before + "\",\"state\":\"" + state +
            "\"}", response.body());
    }

    @Test
    void shouldLeaveASessionAloneThatRuns() throws Exception
    {
        fixture.world.connectAnswer(VenueConnector.Outcome.RUNNING, "backing_off", "backing_off");

        final HttpResponse<String> response = connect("binance");

        assertEquals(200, response.statusCode());
        assertFalse(body(response).get("started").booleanValue());
        assertEquals("backing_off", body(response).get("state").textValue());
    }

    @Test
    void shouldSayWhyASessionCannotBeStarted() throws Exception
    {
        fixture.world.connectAnswer(VenueConnector.Outcome.CLOSING, "closed", "closed");

        final HttpResponse<String> ending = connect("binance");
        final HttpResponse<String> unknown = connect("kraken");

        assertEquals(503, ending.statusCode());
        assertEquals("the process ends; its session with binance is closed",
            body(ending).get("detail").textValue());
        assertEquals(404, unknown.statusCode());
        assertEquals("venue", body(unknown).get("field").textValue());
        assertEquals(403, fixture.post("/api/bot/connect", viewer, null, "{\"venue\":\"binance\"}").statusCode());
        assertEquals(List.of("binance", "kraken"), fixture.world.connects());
    }

    private HttpResponse<String> connect(final String venue) throws Exception
    {
        return fixture.post("/api/bot/connect", operator, null, "{\"venue\":\"" + venue + "\"}");
    }

    @Test
    void shouldAnswerOriginsAsAllowed() throws Exception
    {
        final HttpResponse<String> own = withOrigin("http://localhost:" + fixture.gateway.port());
        final HttpResponse<String> foreign = withOrigin("http://evil.example");

        assertEquals(200, own.statusCode());
        assertEquals("http://localhost:" + fixture.gateway.port(),
            own.headers().firstValue("access-control-allow-origin").orElseThrow());
        assertEquals(403, foreign.statusCode());
        assertFalse(foreign.headers().firstValue("access-control-allow-origin").isPresent());
    }

    @Test
    void shouldServeThePageAndNothingBesideIt() throws Exception
    {
        final HttpResponse<String> page = fixture.get("/", null);
        final String etag = page.headers().firstValue("etag").orElseThrow();
        final HttpRequest again = HttpRequest.newBuilder(URI.create(fixture.url("/")))
            .header("If-None-Match", etag).build();

        assertTrue(page.body().contains("<title>Lockstep</title>"));
        assertTrue(page.headers().firstValue("content-security-policy").orElseThrow().contains("script-src 'self'"));
        assertFalse(page.body().contains("onclick"));
        assertEquals(304, GatewayFixture.HTTP.send(again, HttpResponse.BodyHandlers.ofString()).statusCode());
        for (final String path : List.of("/../pom.xml", "/%2e%2e/pom.xml", "/..%2f..%2fetc/passwd", "/page/",
            "/app.js/", "//etc/passwd", "/index.html%00.js"))
        {
            assertTrue(raw("GET " + path + " HTTP/1.1").startsWith("HTTP/1.1 404"), path);
        }
        assertTrue(raw("GET /%zz HTTP/1.1").startsWith("HTTP/1.1 400"));
        assertTrue(raw("GET / HTTP/1.1\r\nX-Bomb: " + "x".repeat(40_000)).startsWith("HTTP/1.1 4"));
        assertTrue(raw("DELETE / HTTP/1.1").startsWith("HTTP/1.1 405"));
        assertTrue(raw("GET /ws HTTP/1.1").startsWith("HTTP/1.1 426"));
    }

    @Test
    void shouldStreamEventsAndResumeByLastEventId() throws Exception
    {
        final long first = fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 1, 100));
        final long second = fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 2, 100));
        fixture.awaitOffset(second);

        try (SseClient stream = new SseClient(fixture.gateway.port(), "/api/stream?channels=trades,bot-status",
            viewer, fixture.gateway.epoch() + "/" + first))
        {
            assertEquals(second, stream.awaitData("trades").get("data").get("offset").longValue());
            final long third = fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 3, 100));
            assertEquals(third, stream.awaitData("trades").get("data").get("offset").longValue());
            assertEquals(fixture.gateway.epoch() + "/" + third, stream.eventId());
        }
        assertEquals(400, fixture.get("/api/stream?channels=gossip", viewer).statusCode());
    }

    private static VenueSession session(final String state, final boolean isLive)
    {
        return new VenueSession("binance", "market", state, isLive, 0, 100, 90, 9, 1, 0, 2);
    }

    private HttpResponse<String> withOrigin(final String origin) throws Exception
    {
        return GatewayFixture.HTTP.send(HttpRequest.newBuilder(URI.create(fixture.url("/api/bots")))
            .header("Authorization", "Bearer " + viewer).header("Origin", origin).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    private String raw(final String request) throws Exception
    {
        try (Socket socket = new Socket("127.0.0.1", fixture.gateway.port()))
        {
            socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            socket.getOutputStream().write(
                (request + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
        }
    }

    private static JsonNode body(final HttpResponse<String> response)
    {
        return GatewayFixture.json(response.body());
    }
}
