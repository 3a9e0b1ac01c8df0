package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.gateway.client.auth.AuthKeys;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.stream.ClientLimits;
import org.lockstep.gateway.client.view.DataChannel;

/** The lines of the protocol that are about every message alike, one after the other. */
class ClientProtocolTest
{
    private static final byte[] SECRET = new byte[32];

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
    void shouldTakeTheTokenOfTheSubProtocolBeforeThatOfTheQuery()
    {
        final WsClient client = fixture.connect("/ws?token=" + GatewayFixture.token("quinn", Role.VIEWER),
            builder -> builder.subprotocols("lockstep.v1", "bearer." + GatewayFixture.token("sue", Role.OPERATOR)));

        assertEquals("sue", client.await("connection").get("data").get("user").textValue());
    }

    @Test
    void shouldCloseWith4003WhenTheTokenHasNoRole() throws Exception
    {
        final SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), new JWTClaimsSet.Builder()
            .subject("ann").claim("role", "root").expirationTime(Date.from(Instant.now().plusSeconds(60))).build());
        token.sign(new MACSigner(SECRET));
        final String rootless = token.serialize();
        fixture.close();
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            ClientGatewayConfig.of(AuthKeys.ofSecret(SECRET), 0));

        assertEquals(4003, fixture.connect(builder ->
            builder.header("Authorization", "Bearer " + rootless)).awaitClose());
        assertEquals(4003, fixture.connect(UnaryOperator.identity())
            .send("{'type':'auth','data':{'token':'" + rootless + "'}}").awaitClose());
        assertEquals(403, fixture.get("/api/bots", rootless).statusCode());
    }

    @Test
    void shouldCountEventStreamsAmongTheConnectionsOfAUser() throws Exception
    {
        for (int i = 0; i < 5; i++)
        {
            fixture.client("ann", Role.VIEWER);
        }

        final HttpResponse<String> sixth = fixture.get("/api/stream", GatewayFixture.token("ann", Role.VIEWER));

        assertEquals(429, sixth.statusCode());
        assertEquals("too_many_connections", GatewayFixture.json(sixth.body()).get("code").textValue());
        assertEquals("application/problem+json", sixth.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void shouldSayWhoWeAreFirstAndTheSameOverAnEventStream() throws Exception
    {
        final String token = GatewayFixture.token("ann", Role.OPERATOR);
        final JsonNode socket = fixture.connect(builder -> builder.header("Authorization", "Bearer " + token))
            .await("connection");

        try (SseClient stream = fixture.stream("/api/stream?channels=trades", token))
        {
            final JsonNode first = stream.next();

            assertEquals("connection", first.get("type").textValue());
            assertEquals(names(socket), names(first));
            assertEquals(names(socket.get("data")), names(first.get("data")));
            assertEquals(socket.get("data").get("limits"), first.get("data").get("limits"));
        }
        assertEquals(Set.of("sessionId", "user", "role", "expiresAt", "epoch", "offset", "serverVersion", "serverTime",
            "limits"), names(socket.get("data")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value =
        {
            "'type':'subscribe','channel':'trades' | subscribed",
            "'type':'unsubscribe','channel':'trades' | unsubscribed",
            "'type':'refresh_data' | data_update",
            "'type':'bot_command','data':{'bot':'maker-btc','action':'stop'} | ack",
            "'type':'ping' | pong",
            "'type':'echo','data':{} | echo",
            "'type':'auth','data':{'token':'TOKEN'} | connection",
            "'type':'dance' | error",
            "'type':'subscribe','channel':'gossip' | error",
            "'type':'bot_command','data':{'bot':'nobody','action':'stop'} | error",
        })
    void shouldRepeatTheIdAndTellTheTimeInEveryAnswer(final String message, final String answer)
    {
        final String token = GatewayFixture.token("ann", Role.OPERATOR);
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        final JsonNode answered = client
            .send("{'id':'any string','timestamp':1," + message.strip().replace("TOKEN", token) + "}").await(answer);

        assertEquals("any string", answered.get("id").textValue());
        assertTrue(answered.get("timestamp").longValue() > 1_600_000_000_000L);
        assertTrue(answered.has("data") || "pong".equals(answer), answered.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "pause", "resume", "kill"})
    void shouldCarryOutEveryAction(final String action)
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        client.send("{'type':'bot_command','data':{'bot':'maker-btc','action':'" + action + "'}}").await("ack");

        assertEquals(List.of(action.toUpperCase(Locale.ROOT) + "_BOT maker-btc by ann"),
            fixture.world.actions());
    }

    @Test
    void shouldActOnceWhenTheSameIdComesOverTheSocketAndOverHttp() throws Exception
    {
        fixture.client("ann", Role.OPERATOR)
            .send("{'type':'bot_command','id':'one','data':{'bot':'maker-btc','action':'stop'}}").await("ack");

        final HttpResponse<String> again = fixture.post(
            "/api/bot/stop", GatewayFixture.token("ann", Role.OPERATOR), "one", "{\"bot\":\"maker-btc\"}");

        assertTrue(GatewayFixture.json(again.body()).get("duplicate").booleanValue());
        assertEquals(1, fixture.world.actions().size());
    }

    @Test
    void shouldPingBothWays() throws Exception
    {
        fixture.close();
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withLimits(GatewayFixture.limits(v ->
            {
                v[6] = 100;
                return v;
            })));
        try (RawWebSocket socket = RawWebSocket.open(fixture))
        {
            boolean hasFrame = false;
            boolean hasMessage = false;
            while (!hasFrame || !hasMessage)
            {
                final RawWebSocket.Received received = socket.read();
                hasFrame |= RawWebSocket.PING == received.opcode();
                hasMessage |= RawWebSocket.TEXT == received.opcode() &&
                    "ping".equals(GatewayFixture.json(received.text()).get("type").textValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DataChannel.class)
    void shouldSayInEveryDataMessageWhatAllOfThemSay(final DataChannel channel)
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        happen();
        fixture.awaitOffset(fixture.world.lastSequence());
        client.send("{'type':'subscribe','channel':'" + channel.code() + "','data':{'conflateMs':0}}");
        final JsonNode subscribed = client.await("subscribed");
        final JsonNode first = client.awaitData(channel.code());

        happen();
        final long before = first.get("data").get("offset").longValue();
        final JsonNode next = client.await("what comes next", message -> WsClient.isData(message, channel.code()) &&
            !message.get("data").has("snapshot") && message.get("data").get("offset").longValue() > before);

        assertEquals(channel.code(), subscribed.get("channel").textValue());
        assertFalse(subscribed.get("data").get("recovered").booleanValue());
        assertTrue(first.get("data").get("snapshot").booleanValue(), "a snapshot comes first");
        for (final JsonNode message : List.of(first, next))
        {
            assertEquals(channel.hasSymbols() || DataChannel.ALERTS == channel,
                message.get("data").has("symbol"), message.toString());
            assertTrue(message.get("data").get("offset").isIntegralNumber());
            assertTrue(message.get("data").get("ageMs").longValue() >= 0);
            assertTrue(message.get("timestamp").isIntegralNumber());
        }
    }

    @Test
    void shouldTellTheTickerTheLastTradeAndTheFeedOfAMarket()
    {
        happen();
        fixture.awaitOffset(fixture.world.lastSequence());

        final JsonNode market = fixture.client("ann", Role.VIEWER)
            .send("{'type':'subscribe','channel':'market-data','data':{'symbol':'BTCUSDT'}}")
            .awaitData("market-data").get("data");

        assertTrue(names(market).containsAll(Set.of("bid", "bidQuantity", "ask", "askQuantity", "last", "lastQuantity",
            "lastSide", "open", "high", "low", "volume", "quoteVolume", "trades", "feed")), market.toString());
    }

    @Test
    void shouldTellBarsOfEveryIntervalByItsName()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'klines','data':{'symbol':'BTCUSDT','conflateMs':0}}")
            .await("subscribed");

        final List<String> told = new ArrayList<>();
        for (final BarInterval interval : List.of(
            BarInterval.M1, BarInterval.M5, BarInterval.M15, BarInterval.H1, BarInterval.D1))
        {
            fixture.world.append(frames -> frames.bar(Frames.BTC, interval, 0, 100, true));
            told.add(client.awaitData("klines").get("data").get("interval").textValue());
        }

        assertEquals(List.of("1m", "5m", "15m", "1h", "1d"), told);
    }

    @Test
    void shouldTellSessionsLatencyQueuesAndTheJournalInSystemHealth()
    {
        final JsonNode health = fixture.client("ann", Role.VIEWER)
            .send("{'type':'subscribe','channel':'system-health'}").awaitData("system-health").get("data");

        assertTrue(names(health).containsAll(Set.of("sessions", "latencyNs", "ringCapacity", "ringRemaining",
            "lastSequence", "journalBytes", "killSwitch")), health.toString());
        for (final JsonNode hop : health.get("latencyNs"))
        {
            assertEquals(Set.of("p50", "p99", "p999", "max", "count"), names(hop));
        }
    }

    @Test
    void shouldTellNtpBesideTheVenues()
    {
        fixture.world.append(frames -> frames.timeSync(5_000_000, 900_000));
        fixture.world.append(frames -> frames.ntp(1_500_000, 20_000_000));
        fixture.awaitOffset(fixture.world.lastSequence());

        final WsClient client = fixture.client("ann", Role.VIEWER).send("{'type':'subscribe','channel':'time-sync'}");

        final Set<String> sources = new TreeSet<>();
        sources.add(client.awaitData("time-sync").get("data").get("venue").textValue());
        sources.add(client.awaitData("time-sync").get("data").get("venue").textValue());
        assertEquals(Set.of("binance", "ntp"), sources);
    }

    @Test
    void shouldGoOnWithTheOtherSymbolsWhenOneIsUnsubscribed()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'market-data'," +
            "'data':{'symbols':['BTCUSDT','ETHUSDT'],'conflateMs':0}}").await("subscribed");

        client.send("{'type':'unsubscribe','channel':'market-data','data':{'symbol':'BTCUSDT'}}")
            .await("unsubscribed");
        fixture.world.append(frames -> frames.quote(Frames.BTC, 111, 112));
        fixture.world.append(frames -> frames.quote(Frames.ETH, 333, 334));

        client.await("the other", message -> "3.33".equals(message.path("data").path("bid").asText()));
        assertFalse(client.receivedData("market-data").stream()
            .anyMatch(message -> "1.11".equals(message.path("data").path("bid").asText())));
    }

    @Test
    void shouldSayHowManyPublicTradesASlowClientWasSpared()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'public-trades','data':{'symbol':'BTCUSDT'}}").await("subscribed");
        client.stopReading();
        long tradeId = 0;
        while (0 == stat("publicTradesSkipped"))
        {
            for (int i = 0; i < 2_000; i++)
            {
                final long id = ++tradeId;
                fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_000, id));
            }
            fixture.awaitOffset(fixture.world.lastSequence());
        }

        client.resumeReading();

        final long all = tradeId;
        final long[] told = {0, 0};
        client.await("all trades, one by one or as a number", message ->
        {
            final boolean isNumber = message.path("data").has("skipped");
            told[isNumber ? 1 : 0] += isNumber ? message.get("data").get("skipped").longValue() :
                WsClient.isData(message, "public-trades") ? 1 : 0;
            return told[0] + told[1] >= all;
        });
        assertEquals(all, told[0] + told[1]);
        assertTrue(told[1] > 0);
    }

    @Test
    void shouldHaveTheProtocolsLimits()
    {
        final ClientLimits limits = ClientLimits.DEFAULT;

        assertEquals(50, limits.messagesPerSecond());
        assertEquals(10_000, limits.rateGraceMs());
        assertEquals(64 * 1024, limits.maxMessageLength());
        assertEquals(1024 * 1024, limits.maxQueuedBytes());
        assertEquals(60_000, limits.idleTimeoutMs());
        assertEquals(30_000, limits.pingIntervalMs());
        assertEquals(10_000, limits.pongTimeoutMs());
        assertEquals(10_000, limits.authTimeoutMs());
        assertEquals(150, limits.conflateMs());
        assertEquals(5, limits.connectionsPerUser());
    }

    @Test
    void shouldTakeAMessageThatIsJustShortEnough()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        final String head = "{'type':'echo','id':'long','data':'";

        client.send(head + "x".repeat(64 * 1024 - head.length() - 2) + "'}");

        assertEquals("long", client.await("echo").get("id").textValue());
    }

    @Test
    void shouldTellEventStreamsWhenToComeBackOnShutdown() throws Exception
    {
        try (SseClient stream = fixture.stream("/api/stream", GatewayFixture.token("ann", Role.VIEWER)))
        {
            assertEquals("connection", stream.next().get("type").textValue());

            fixture.gateway.close();

            final JsonNode error = stream.await("error").get("data");
            assertEquals("shutting_down", error.get("code").textValue());
            assertEquals(2_000, error.get("retryAfterMs").longValue());
            assertTrue(stream.isEnded());
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/nothing,404", "GET,/api/bot/start,405", "GET,/api/market/snapshot?symbols=NOPE,400",
        "GET,/api/bot/status?bot=nobody,404", "GET,/api/stream?channels=gossip,400", "POST,/api/bot/start,400",
        "GET,/ws,426"})
    void shouldAnswerErrorsWithProblemDocuments(final String method, final String path, final int status)
        throws Exception
    {
        final String token = GatewayFixture.token("ann", Role.OPERATOR);

        final HttpResponse<String> response =
            "GET".equals(method) ? fixture.get(path, token) : fixture.post(path, token, null, "{}");

        assertEquals(status, response.statusCode());
        assertEquals("application/problem+json", response.headers().firstValue("content-type").orElseThrow());
        final JsonNode problem = GatewayFixture.json(response.body());
        assertEquals(status, problem.get("status").intValue());
        assertTrue(names(problem).containsAll(Set.of("type", "title", "detail", "code")), problem.toString());
    }

    /** Something of everything. */
    private void happen()
    {
        final long now = fixture.world.lastSequence();
        final List<Consumer<Frames>> all = List.of(
            frames -> frames.quote(Frames.BTC, 6_000_000 + now, 6_100_000),
            frames -> frames.ticker(Frames.BTC, 5_890_000, 6_000_010 + now),
            frames -> frames.trade(Frames.BTC, 6_000_010, now),
            frames -> frames.bookSnapshot(Frames.BTC, 6_000_000 + now, 6_100_000),
            frames -> frames.bookDelta(Frames.BTC, 5_900_000, 30_000, Side.BUY),
            frames -> frames.bar(Frames.BTC, BarInterval.M1, 60_000, 6_000_000 + now, false),
            frames -> frames.orderRequested(now, 0, Frames.BTC, 6_000_050, 100_000),
            frames -> frames.fill(now, 0, Frames.BTC, now, 100_000),
            frames -> frames.position(0, Frames.BTC, 150_000 + now, 6_000_000),
            frames -> frames.signal(0, Frames.BTC, "crossed"),
            frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, now, 3),
            frames -> frames.feed(-1, FeedState.CONNECTED, ""),
            frames -> frames.alert(0, "something"),
            frames -> frames.timeSync(now, 20_000_000));
        all.forEach(fixture.world::append);
    }

    private long stat(final String name)
    {
        try
        {
            return GatewayFixture.json(fixture.get("/ws/stats", null).body()).get(name).longValue();
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static Set<String> names(final JsonNode object)
    {
        final Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
