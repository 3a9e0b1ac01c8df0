package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

/** Ann has the account paper with maker-btc and grid-eth, bob the account bobs with cross-btc, nobody the third. */
class AccountIsolationTest
{
    private static final int BOBS = 1;
    private static final int NOBODYS = 2;
    private static final int BOBS_BOT = 2;
    private static final int NOBODYS_BOT = 3;

    private GatewayFixture fixture;
    private long start;
    private long last;

    @BeforeEach
    void start() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        world.append(frames -> frames.defineAccount("bobs", "bob"));
        world.append(frames -> frames.defineAccount("nobodys", ""));
        world.defineBot(BOBS_BOT, "cross-btc", BotState.RUNNING, BOBS);
        world.defineBot(NOBODYS_BOT, "orphan", BotState.RUNNING, NOBODYS);
        start = world.lastSequence();
        fixture = GatewayFixture.start(world, UnaryOperator.identity());
        fixture.awaitOffset(start);
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades", "orders", "signals", "alerts"})
    void shouldSendEventsToTheOwnerOfTheirAccountAlone(final String channel)
    {
        final WsClient ann = subscribed("ann", Role.OPERATOR, channel);
        final WsClient bob = subscribed("bob", Role.VIEWER, channel);
        final WsClient eve = subscribed("eve", Role.OPERATOR, channel);
        final WsClient root = subscribed("root", Role.ADMIN, channel);

        eventsOfAll();

        final Set<Long> all = offsetsUntilEnd(root, channel);
        final Set<Long> anns = offsetsUntilEnd(ann, channel);
        final Set<Long> bobs = offsetsUntilEnd(bob, channel);
        assertEquals(Set.of(), offsetsUntilEnd(eve, channel));
        assertFalse(anns.isEmpty());
        assertFalse(bobs.isEmpty());
        assertTrue(all.containsAll(anns) && all.containsAll(bobs));
        assertEquals(all.size() - nobodys(root, channel), anns.size() + bobs.size());
        assertTrue(anns.stream().noneMatch(bobs::contains));
        assertOnlyBots(ann, channel, "maker-btc", "grid-eth");
        assertOnlyBots(bob, channel, "cross-btc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades", "orders", "signals", "alerts"})
    void shouldResumeFromMemoryAndFromTheJournalWithOwnEventsAlone(final String channel) throws Exception
    {
        eventsOfAll();
        assertResumesAlone(fixture, channel);

        // Enough to drop them from memory: they then come from the journal.
        for (int i = 0; i < 3_000; i++)
        {
            last = fixture.world.append(frames -> one(frames, channel));
        }
        fixture.awaitOffset(last);
        assertResumesAlone(fixture, channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades", "orders", "signals", "alerts"})
    void shouldSendOwnEventsAloneInTheSnapshotOfAnEventChannel(final String channel)
    {
        eventsOfAll();
        fixture.awaitOffset(last);

        final WsClient bob = subscribed("bob", Role.VIEWER, channel);
        final WsClient eve = subscribed("eve", Role.VIEWER, channel);

        assertFalse(offsetsUntilEnd(bob, channel).isEmpty());
        assertOnlyBots(bob, channel, "cross-btc");
        assertEquals(Set.of(), offsetsUntilEnd(eve, channel));
    }

    @Test
    void shouldSendStatesOfOwnBotsAndPositionsAlone()
    {
        eventsOfAll();
        fixture.awaitOffset(last);

        for (final String channel : List.of("bot-status", "positions"))
        {
            final WsClient ann = subscribed("ann", Role.VIEWER, channel);
            final WsClient bob = subscribed("bob", Role.OPERATOR, channel);
            final WsClient eve = subscribed("eve", Role.VIEWER, channel);
            final WsClient root = subscribed("root", Role.ADMIN, channel);
            fixture.world.defineBot(BOBS_BOT, "cross-btc", BotState.PAUSED, BOBS);
            fixture.world.append(frames -> frames.account(BOBS).position(BOBS_BOT, Frames.BTC, 7, 7));
            fixture.world.defineBot(0, "maker-btc", BotState.PAUSED, 0);
            fixture.world.append(frames -> frames.position(0, Frames.BTC, 9, 9));

            bob.await("the new state", message -> isNew(message, channel, "cross-btc"));
            ann.await("the new state", message -> isNew(message, channel, "maker-btc"));
            root.await("the new state", message -> isNew(message, channel, "maker-btc"));
            eve.send("{'type':'ping'}").await("pong");
            assertOnlyBots(ann, channel, "maker-btc", "grid-eth");
            assertOnlyBots(bob, channel, "cross-btc");
            assertEquals(List.of(), eve.receivedData(channel));
        }
    }

    @Test
    void shouldRefreshOwnDataAlone()
    {
        eventsOfAll();
        fixture.awaitOffset(last);

        final JsonNode bobs = fixture.client("bob", Role.OPERATOR).send("{'type':'refresh_data'}")
            .await("data_update").get("data");
        final JsonNode eves = fixture.client("eve", Role.OPERATOR).send("{'type':'refresh_data'}")
            .await("data_update").get("data");
        final JsonNode all = fixture.client("root", Role.ADMIN).send("{'type':'refresh_data'}")
            .await("data_update").get("data");

        for (final String part : List.of("balances", "positions", "orders", "bots"))
        {
            assertEquals(1, bobs.get(part).size(), part);
            assertEquals("1", bobs.get(part).get(0).get("account").textValue(), part);
            assertEquals(0, eves.get(part).size(), part);
            assertTrue(all.get(part).size() >= 3, part);
        }
    }

    @Test
    void shouldTellOwnBotsPositionsOrdersAndBalancesOverHttp() throws Exception
    {
        eventsOfAll();
        fixture.awaitOffset(last);
        final String bob = GatewayFixture.token("bob", Role.VIEWER);
        final String eve = GatewayFixture.token("eve", Role.OPERATOR);
        final String root = GatewayFixture.token("root", Role.ADMIN);

        for (final String part : List.of("bots", "positions", "orders", "balances"))
        {
            final String query = "orders".equals(part) ? "?status=all" : "";
            final JsonNode bobs =
                GatewayFixture.json(fixture.get("/api/" + part + query, bob).body()).get(part);
            assertEquals(1, bobs.size(), part);
            assertEquals("1", bobs.get(0).get("account").textValue(), part);
            assertEquals(0, GatewayFixture.json(fixture.get("/api/" + part, eve).body()).get(part).size(), part);
            assertTrue(GatewayFixture.json(fixture.get("/api/" + part, root).body()).get(part).size() >= 3, part);
        }
        assertEquals(1, GatewayFixture.json(fixture.get("/api/bot/status", bob).body()).get("bots").size());
        assertEquals(200, fixture.get("/api/bot/status?bot=cross-btc", bob).statusCode());
        final HttpResponse<String> foreign = fixture.get("/api/bot/status?bot=maker-btc", bob);
        final HttpResponse<String> missing = fixture.get("/api/bot/status?bot=nobody", bob);
        assertEquals(404, foreign.statusCode());
        assertEquals(missing.body(), foreign.body());
        assertFalse(foreign.body().contains("grid-eth"), foreign.body());
    }

    @Test
    void shouldTakeForeignBotsForUnknownOnes() throws Exception
    {
        final WsClient bob = fixture.client("bob", Role.OPERATOR);

        final JsonNode foreign = bob.send("{'type':'bot_command','data':{'bot':'maker-btc','action':'kill'}}")
            .await("error").get("data");
        final HttpResponse<String> overHttp = fixture.post(
            "/api/bot/stop", GatewayFixture.token("bob", Role.OPERATOR), null, "{\"bot\":\"maker-btc\"}");

        assertEquals("unknown_bot", foreign.get("code").textValue());
        assertFalse(foreign.toString().contains("grid-eth"), foreign.toString());
        assertEquals(404, overHttp.statusCode());
        assertEquals(List.of(), fixture.world.actions());
        bob.send("{'type':'bot_command','data':{'bot':'cross-btc','action':'pause'}}").await("ack");
        fixture.client("root", Role.ADMIN).send("{'type':'bot_command','data':{'bot':'orphan','action':'pause'}}")
            .await("ack");
        assertEquals(List.of("PAUSE_BOT cross-btc by bob", "PAUSE_BOT orphan by root"), fixture.world.actions());
    }

    @Test
    void shouldKeepEventStreamsApart() throws Exception
    {
        eventsOfAll();
        fixture.awaitOffset(last);
        final HttpRequest request = HttpRequest.newBuilder(URI.create(fixture.url(
            "/api/stream?channels=trades,orders,alerts,signals,positions,bot-status&since=" +
            fixture.gateway.epoch() + "/" + start)))
            .header("Authorization", "Bearer " + GatewayFixture.token("bob", Role.VIEWER)).build();

        final HttpResponse<InputStream> response =
            GatewayFixture.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        final StringBuilder text = new StringBuilder();
        try (InputStream body = response.body())
        {
            final byte[] chunk = new byte[8_192];
            while (text.indexOf("kill switch") < 0 || text.indexOf("bobs mark") < 0)
            {
                text.append(new String(chunk, 0, body.read(chunk), StandardCharsets.UTF_8));
            }
        }

        assertTrue(text.indexOf("cross-btc") > 0);
        assertTrue(text.indexOf("maker-btc") < 0, text.toString());
        assertTrue(text.indexOf("orphan") < 0, text.toString());
    }

    @Test
    void shouldTellWhoGaveACommandThatItWasRefusedAndNobodyElse()
    {
        final WsClient bob = subscribed("bob", Role.OPERATOR, "alerts");
        final WsClient ann = subscribed("ann", Role.OPERATOR, "alerts");
        final long command = bob.send("{'type':'bot_command','data':{'bot':'cross-btc','action':'start'}}")
            .await("ack").get("data").get("sequence").longValue();

        fixture.world.append(frames -> frames.commandRefused(command, "START_BOT cross-btc refused"));
        last = fixture.world.append(frames -> frames.killSwitch("kill switch on"));

        bob.await("the refusal", message -> message.toString().contains("START_BOT cross-btc refused"));
        ann.await("the mark", message -> message.toString().contains("kill switch on"));
        assertTrue(ann.received().stream().noneMatch(message -> message.toString().contains("cross-btc")));
    }

    @Test
    void shouldFollowAnAccountThatChangesHands() throws Exception
    {
        eventsOfAll();
        fixture.awaitOffset(fixture.world.append(frames -> frames.defineAccount("bobs", "eve")));

        assertEquals(0, bots("bob"));
        assertEquals(1, bots("eve"));
        final WsClient eve = subscribed("eve", Role.VIEWER, "trades");
        assertFalse(offsetsUntilEnd(eve, "trades").isEmpty());
        final WsClient bob = subscribed("bob", Role.VIEWER, "trades");
        assertEquals(Set.of(), offsetsUntilEnd(bob, "trades"));
    }

    private int bots(final String user) throws Exception
    {
        return GatewayFixture.json(fixture.get("/api/bots", GatewayFixture.token(user, Role.VIEWER)).body())
            .get("bots").size();
    }

    private void eventsOfAll()
    {
        for (int account = 0; account < 3; account++)
        {
            final int accountId = account;
            final int botId = 0 == account ? 0 : account + 1;
            final String whose = List.of("anns", "bobs", "nobodys").get(account);
            fixture.world.append(frames -> frames.account(accountId).balance("USDT", 5 + accountId));
            fixture.world.append(frames -> frames.account(accountId).position(botId, Frames.BTC, 3, 4));
            fixture.world.append(frames ->
                frames.account(accountId).orderRequested(10 + accountId, botId, Frames.BTC, 6_000_050, 100_000));
            fixture.world.append(frames ->
                frames.account(accountId).fill(10 + accountId, botId, Frames.BTC, 70 + accountId, 1_000));
            fixture.world.append(frames ->
                frames.account(accountId).orderRejected(10 + accountId, botId, Frames.BTC, whose + " refusal"));
            fixture.world.append(frames -> frames.account(accountId).signal(botId, Frames.BTC, whose + " mark"));
            fixture.world.append(frames -> frames.alert(botId, whose + " alert"));
        }
        last = fixture.world.append(frames -> frames.killSwitch("kill switch on"));
    }

    private static void one(final Frames frames, final String channel)
    {
        switch (channel)
        {
            case "trades" -> frames.account(BOBS).fill(11, BOBS_BOT, Frames.BTC, 1, 1);
            case "orders" -> frames.account(BOBS).orderAccepted(11, BOBS_BOT, Frames.BTC);
            case "signals" -> frames.account(BOBS).signal(BOBS_BOT, Frames.BTC, "again");
            default -> frames.alert(BOBS_BOT, "again");
        }
    }

    private void assertResumesAlone(final GatewayFixture gateway, final String channel)
    {
        for (final String user : List.of("ann", "bob", "eve"))
        {
            final WsClient client = gateway.client(user, Role.VIEWER);
            client.send("{'type':'subscribe','channel':'" + channel + "','data':{'since':{'epoch':'" +
                gateway.gateway.epoch() + "','offset':" + start + "}}}");
            assertTrue(client.await("subscribed").get("data").get("recovered").booleanValue());
            final boolean isEve = "eve".equals(user);
            assertEquals(isEve, offsetsUntilEnd(client, channel).isEmpty());
            assertOnlyBots(client, channel, "ann".equals(user) ? "maker-btc" : "cross-btc");
        }
    }

    private WsClient subscribed(final String user, final Role role, final String channel)
    {
        final WsClient client = fixture.client(user, role);
        client.send("{'type':'subscribe','channel':'" + channel + "'}").await("subscribed");
        return client;
    }

    /** Offsets of a channel up to a mark that everybody sees, without what is public. */
    private Set<Long> offsetsUntilEnd(final WsClient client, final String channel)
    {
        if (!"alerts".equals(channel))
        {
            client.send("{'type':'subscribe','id':'end','channel':'alerts','data':{'since':{'epoch':'" +
                fixture.gateway.epoch() + "','offset':" + start + "}}}");
        }
        client.await("the mark", message -> message.path("data").path("text").asText().startsWith("kill switch"));
        final long mark = fixture.world.append(frames -> frames.killSwitch("kill switch off"));
        client.await("the end", message -> mark == message.path("data").path("offset").asLong());
        final Set<Long> offsets = new TreeSet<>();
        for (final JsonNode message : client.receivedData(channel))
        {
            if (!isPublic(message))
            {
                offsets.add(message.get("data").get("offset").longValue());
            }
        }
        return offsets;
    }

    private static boolean isNew(final JsonNode message, final String channel, final String bot)
    {
        final JsonNode data = message.path("data");
        return WsClient.isData(message, channel) && bot.equals(data.path("bot").asText()) &&
            ("paused".equals(data.path("state").asText()) || data.path("averagePrice").asText().startsWith("0.0"));
    }

    private static boolean isPublic(final JsonNode message)
    {
        return message.path("data").path("text").asText().startsWith("kill switch") ||
            "feed".equals(message.path("data").path("kind").asText());
    }

    private static long nobodys(final WsClient root, final String channel)
    {
        return root.receivedData(channel).stream()
            .filter(message -> "orphan".equals(message.get("data").path("bot").asText())).count();
    }

    private static void assertOnlyBots(final WsClient client, final String channel, final String... bots)
    {
        for (final JsonNode message : client.receivedData(channel))
        {
            final String bot = message.get("data").path("bot").asText("");
            if (!isPublic(message))
            {
                assertTrue(List.of(bots).contains(bot), message.toString());
            }
        }
    }
}
