package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.notify.AlertTarget;

class ChannelTest
{
    private GatewayFixture fixture;
    private WsClient client;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
        client = fixture.client("ann", Role.OPERATOR);
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldAnswerThenSendSnapshotThenChanges()
    {
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        final long offset = fixture.world.append(frames -> frames.ticker(Frames.BTC, 5_890_000, 6_000_010));
        awaitOffset(offset);

        client.send("{'type':'subscribe','id':'s','channel':'market-data','data':{'symbol':'binance:BTCUSDT'}}");

        final JsonNode answer = client.await("subscribed");
        assertEquals("s", answer.get("id").textValue());
        assertEquals(fixture.gateway.epoch(), answer.get("data").get("epoch").textValue());
        assertEquals(offset, answer.get("data").get("offset").longValue());
        final JsonNode snapshot = client.awaitData("market-data").get("data");
        assertTrue(snapshot.get("snapshot").booleanValue());
        assertEquals("BTCUSDT", snapshot.get("symbol").textValue());
        assertEquals("binance", snapshot.get("venue").textValue());
        assertEquals("60000.00", snapshot.get("bid").textValue());
        assertEquals("1.50000", snapshot.get("bidQuantity").textValue());
        assertEquals("60000.10", snapshot.get("ask").textValue());
        assertEquals("connected", snapshot.get("feed").textValue());
        assertEquals("740000000.00", snapshot.get("quoteVolume").textValue());
        assertEquals(offset, snapshot.get("offset").longValue());
        assertTrue(snapshot.get("ageMs").longValue() >= 3);
        fixture.world.append(frames -> frames.quote(Frames.ETH, 1, 2));
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_100_000, 6_100_010));
        final JsonNode change = client.awaitData("market-data").get("data");
        assertEquals("61000.00", change.get("bid").textValue());
        assertFalse(change.has("snapshot"));
    }

    @Test
    void shouldConflateStateAndEndWithTheNewest()
    {
        client.send("{'type':'subscribe','channel':'market-data','data':{'symbols':['BTCUSDT'],'conflateMs':500}}");
        client.awaitData("market-data");

        for (int i = 1; i <= 1_000; i++)
        {
            final int bid = i;
            fixture.world.append(frames -> frames.quote(Frames.BTC, bid, 5_000));
        }

        client.await("the newest quote", message -> "10.00".equals(message.path("data").path("bid").asText()));
        assertTrue(client.receivedData("market-data").size() < 500);
    }

    @Test
    void shouldSendEveryChangeWithoutConflationAndEqualValuesOnce()
    {
        client.send("{'type':'subscribe','channel':'market-data','data':{'symbols':['BTCUSDT'],'conflateMs':0}}");
        client.awaitData("market-data");

        for (int i = 1; i <= 50; i++)
        {
            final int bid = i;
            fixture.world.append(frames -> frames.quote(Frames.BTC, bid, 5_000));
            fixture.world.append(frames -> frames.quote(Frames.BTC, bid, 5_000));
        }

        client.await("the newest quote", message -> "0.50".equals(message.path("data").path("bid").asText()));
        assertEquals(51, client.receivedData("market-data").size());
    }

    @Test
    void shouldValuePositionsAndBotsAtTheMarkWhenOnlyTheMarketMoves()
    {
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        fixture.world.append(frames -> frames.position(0, Frames.BTC, 50_000, 5_990_000));
        client.send("{'type':'subscribe','channel':'positions','data':{'conflateMs':0}}").await("subscribed");
        client.send("{'type':'subscribe','channel':'bot-status','data':{'conflateMs':0}}").await("subscribed");

        final long offset = fixture.world.append(frames -> frames.quote(Frames.BTC, 6_100_000, 6_100_010));

        client.awaitAll(message -> isValued(message, "positions"), message -> isValued(message, "bot-status"));
        final JsonNode position = last("positions");
        assertEquals("61000.05", position.get("markPrice").textValue());
        assertEquals("12.50000000", position.get("realisedPnl").textValue());
        assertEquals(offset, position.get("offset").longValue());
        final JsonNode bot = client.receivedData("bot-status").stream()
            .filter(message -> isValued(message, "bot-status")).findFirst().orElseThrow().get("data");
        assertEquals("562.47500000", bot.get("pnl").textValue());
        assertEquals("12.50000000", bot.get("realisedPnl").textValue());
        assertEquals("0.05000000", bot.get("fees").textValue());
        assertEquals(offset, bot.get("offset").longValue());
    }

    private static boolean isValued(final JsonNode message, final String channel)
    {
        return WsClient.isData(message, channel) &&
            "550.02500000".equals(message.get("data").path("unrealisedPnl").asText());
    }

    @Test
    void shouldTellTheStateOfTheKillSwitchInSystemHealth()
    {
        client.send("{'type':'subscribe','channel':'system-health','data':{'conflateMs':0}}").await("subscribed");
        assertFalse(client.awaitData("system-health").get("data").get("killSwitch").get("on").booleanValue());

        fixture.world.append(frames -> frames.killSwitch(-1, true, "whatever the words"));
        final JsonNode on = client.await("switched on", message ->
            message.path("data").path("killSwitch").path("on").booleanValue()).get("data").get("killSwitch");
        assertTrue(on.get("since").longValue() > 0);
        fixture.world.append(frames -> frames.killSwitch(-1, false, "other words"));

        client.await("switched off", message -> message.path("data").has("killSwitch") &&
            !message.path("data").path("killSwitch").path("on").booleanValue());
    }

    @Test
    void shouldTellBotsOfAnAccountWhoseKillSwitchIsOn()
    {
        client.send("{'type':'subscribe','channel':'bot-status','data':{'conflateMs':0}}").await("subscribed");
        assertFalse(client.awaitData("bot-status").get("data").get("killSwitch").booleanValue());

        fixture.world.append(frames -> frames.killSwitch(0, true, "account paper stopped"));

        client.await("its switch", message -> message.path("data").path("killSwitch").isBoolean() &&
            message.path("data").path("killSwitch").booleanValue());
    }

    @Test
    void shouldFollowInstrumentsThatComeLaterWhenSubscribedToAll()
    {
        client.send("{'type':'subscribe','channel':'market-data','data':{'symbol':'*','conflateMs':0}}");
        client.await("subscribed");

        fixture.world.append(frames -> frames.instrument(2, "SOLUSDT"));
        fixture.world.append(frames -> frames.quote(2, 100, 101));

        client.await("a new symbol", message -> "1.00".equals(message.path("data").path("bid").asText()) &&
            "SOLUSDT".equals(message.path("data").path("symbol").asText()));
    }

    @Test
    void shouldTellFillsAndOrderStates()
    {
        client.send("{'type':'subscribe','channel':'trades'}").await("subscribed");
        client.send("{'type':'subscribe','channel':'orders'}").await("subscribed");

        fixture.world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.orderAccepted(5, 0, Frames.BTC));
        final long offset = fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 77, 40_000));
        fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 78, 100_000));

        final JsonNode fill = client.awaitData("trades").get("data");
        client.await("the order is filled", message -> "filled".equals(message.path("data").path("status").asText()));
        assertEquals("maker-btc", fill.get("bot").textValue());
        assertEquals("5", fill.get("orderId").textValue());
        assertEquals("60000.50", fill.get("price").textValue());
        assertEquals("0.40000", fill.get("quantity").textValue());
        assertEquals("0.04500000", fill.get("fee").textValue());
        assertEquals("maker", fill.get("liquidity").textValue());
        assertEquals(offset, fill.get("offset").longValue());
        assertEquals(List.of("pendingNew", "new", "partiallyFilled", "filled"), client.receivedData("orders").stream()
            .map(message -> message.get("data").get("status").textValue()).toList());
    }

    @Test
    void shouldTellPositionsSignalsAlertsBotsTimeAndHealth()
    {
        for (final String channel : List.of(
            "positions", "signals", "alerts", "bot-status", "time-sync", "system-health"))
        {
            client.send("{'type':'subscribe','channel':'" + channel + "','data':{'conflateMs':0}}");
            client.await("subscribed");
        }

        fixture.world.append(frames -> frames.position(0, Frames.BTC, -150_000, 6_000_000));
        fixture.world.append(frames -> frames.signal(0, Frames.BTC, "crossed"));
        fixture.world.append(frames -> frames.alert(0, "trouble \"here\"\n"));
        fixture.world.append(frames -> frames.orderRejected(9, 0, Frames.BTC, "too large"));
        fixture.world.append(frames -> frames.feed(Frames.BTC, FeedState.STALE, "30 s without data"));
        fixture.world.append(frames -> frames.timeSync(-1_500_000, 20_000_000));
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.PAUSED, 1_000_000_000L, 3));

        // Each channel is told at its own time.
        client.awaitAll(
            message -> "paused".equals(message.path("data").path("state").asText()),
            message -> "-1.50000".equals(message.path("data").path("quantity").asText()),
            message -> "crossed".equals(message.path("data").path("name").asText()),
            message -> "stale".equals(message.path("data").path("state").asText()),
            message -> message.path("data").path("offsetMs").asDouble() < 0,
            message -> WsClient.isData(message, "system-health"));
        assertEquals("-1.50000", last("positions").get("quantity").textValue());
        assertEquals("12.50000000", last("positions").get("realisedPnl").textValue());
        assertEquals("crossed", last("signals").get("name").textValue());
        assertEquals("1.50000000", last("signals").get("value").textValue());
        final List<JsonNode> alerts = client.receivedData("alerts");
        final int count = alerts.size();
        assertEquals("trouble \"here\"\n", alerts.get(count - 3).get("data").get("text").textValue());
        assertEquals("refusal", alerts.get(count - 2).get("data").get("kind").textValue());
        assertEquals("stale", alerts.get(count - 1).get("data").get("state").textValue());
        assertEquals(-1.5, last("time-sync").get("offsetMs").doubleValue());
        assertEquals("12.15000000", last("bot-status").get("pnl").textValue());
        assertEquals(1024, last("system-health").get("ringCapacity").intValue());
        assertEquals(1_500, last("system-health").get("latencyNs").get("socketToBot").get("max").intValue(), 2);
    }

    @Test
    void shouldTellAllBarsAnewWhenThoseOfThePastComeAfterThePresentOne()
    {
        client.send("{'type':'subscribe','channel':'klines'," +
            "'data':{'symbol':'BTCUSDT','interval':'1m','conflateMs':0}}");
        client.await("subscribed");
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M1, 360 * 60_000, 9_000, false));
        client.awaitData("klines");

        for (int i = 0; i < 360; i++)
        {
            final int minute = i;
            fixture.world.append(frames ->
                frames.bar(Frames.BTC, BarInterval.M1, minute * 60_000L, 1_000 + minute, true));
        }
        // What was asked for is older than what the stream told meanwhile.
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M1, 359 * 60_000, 7, false));

        final JsonNode bars = client.await("the past", message ->
            300 == message.path("data").path("bars").size() &&
            "13.59".equals(message.path("data").path("bars").get(298).get("close").textValue()))
            .get("data").get("bars");
        for (int i = 0; i < 300; i++)
        {
            assertEquals((61 + i) * 60_000L, bars.get(i).get("openTime").longValue());
            assertEquals(i < 299, bars.get(i).get("closed").booleanValue());
        }
        assertEquals("90.00", bars.get(299).get("close").textValue());
    }

    @Test
    void shouldTellBarsWithTheClosedOneBesideTheOpenOne()
    {
        client.send("{'type':'subscribe','channel':'klines','data':{'symbol':'BTCUSDT','interval':'1m'}}");
        client.await("subscribed");

        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M5, 0, 500, false));
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M1, 60_000, 150, true));
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M1, 120_000, 170, false));

        final JsonNode bars = client.await("two bars", message -> 2 == message.path("data").path("bars").size())
            .get("data").get("bars");
        assertEquals("1.50", bars.get(0).get("close").textValue());
        assertTrue(bars.get(0).get("closed").booleanValue());
        assertEquals(120_000, bars.get(1).get("openTime").longValue());
        assertFalse(bars.get(1).get("closed").booleanValue());
        assertTrue(client.receivedData("klines").stream()
            .allMatch(message -> "1m".equals(message.get("data").get("interval").textValue())));
    }

    @Test
    void shouldSendAlertsOutAsTheyHappenAndNoneOfThePast() throws Exception
    {
        final java.util.List<String> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
        final com.sun.net.httpserver.HttpServer hook = com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getByName("127.0.0.1"), 0), 0);
        hook.createContext("/", exchange ->
        {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
        final TestWorld world = GatewayFixture.aWorld();
        world.append(frames -> frames.alert(0, "long ago"));
        final AlertTarget target = new AlertTarget("ops", java.net.URI.create("http://127.0.0.1:" +
            hook.getAddress().getPort() + "/"), AlertTarget.Format.JSON, "secret", null, "warning");
        try (GatewayFixture other = GatewayFixture.start(world, config ->
            config.withOptions(GatewayOptions.DEFAULT.withAlerts(java.util.List.of(target)))))
        {
            other.awaitOffset(world.lastSequence());
            GatewayFixture.awaitTrue("it follows", () -> isReady(other));
            world.append(frames -> frames.orderRejected(5, 0, Frames.BTC, "too big"));
            world.append(frames -> frames.feed(-1, FeedState.CONNECTED, ""));
            world.append(frames -> frames.feed(-1, FeedState.STALE, "no data for 30 s"));
            world.append(frames -> frames.alert(0, "now"));

            GatewayFixture.awaitTrue("both have arrived", () -> 2 == bodies.size());
        }
        finally
        {
            hook.stop(0);
        }
        assertTrue(bodies.get(0).contains("no data for 30 s"), bodies.toString());
        assertTrue(bodies.get(1).contains("\"text\":\"now\""), bodies.toString());
        assertTrue(bodies.get(1).contains("\"bot\":\"maker-btc\""), bodies.toString());
    }

    private static boolean isReady(final GatewayFixture other)
    {
        try
        {
            return 200 == other.get("/ready", null).statusCode();
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Test
    void shouldTellTheBookUntilAGapAndAgainAfterResync()
    {
        client.send("{'type':'subscribe','channel':'orderbook','data':{'symbol':'BTCUSDT','conflateMs':0}}");
        client.await("subscribed");

        fixture.world.append(frames -> frames.bookSnapshot(Frames.BTC, 6_000_000, 6_000_010));
        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, 6_000_005, 70_000, Side.BUY));
        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, 6_000_000, 0, Side.BUY));

        client.awaitData("orderbook");
        client.awaitData("orderbook");
        final JsonNode book = client.awaitData("orderbook").get("data");
        assertEquals("[[\"60000.00\",\"0\"]]", book.get("bids").toString());
        assertEquals("[]", book.get("asks").toString());
        fixture.world.append(frames -> frames.feed(Frames.BTC, FeedState.GAP, "hole"));
        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, 6_000_009, 70_000, Side.BUY));
        fixture.world.append(frames -> frames.bookSnapshot(Frames.BTC, 5_000_000, 5_000_010));
        final JsonNode anew = client.awaitData("orderbook").get("data");
        assertEquals("[[\"50000.00\",\"1.00000\"]]", anew.get("bids").toString());
        assertTrue(anew.get("snapshot").booleanValue());
    }

    @Test
    void shouldTellPublicTradesAndRecentOnesFirst()
    {
        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_000, 1));
        awaitOffset(fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_100, 2)));

        client.send("{'type':'subscribe','channel':'public-trades','data':{'symbol':'BTCUSDT'}}");
        fixture.world.append(frames -> frames.trade(Frames.ETH, 250_000, 3));

        assertEquals("1", client.awaitData("public-trades").get("data").get("tradeId").textValue());
        assertEquals("2", client.awaitData("public-trades").get("data").get("tradeId").textValue());
        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_200, 4));
        final JsonNode live = client.awaitData("public-trades").get("data");
        assertEquals("4", live.get("tradeId").textValue());
        assertEquals("buy", live.get("side").textValue());
        assertNull(live.get("snapshot"));
    }

    @Test
    void shouldSendNothingMoreOnceUnsubscribed()
    {
        client.send("{'type':'subscribe','channel':'signals'}").await("subscribed");
        client.send("{'type':'unsubscribe','id':'u','channel':'signals'}");
        assertEquals("u", client.await("unsubscribed").get("id").textValue());

        awaitOffset(fixture.world.append(frames -> frames.signal(0, Frames.BTC, "unheard")));
        client.send("{'type':'ping'}").await("pong");

        assertEquals(0, client.receivedData("signals").size());
    }

    @Test
    void shouldEchoAndPongWhatWasSent()
    {
        client.send("{'type':'echo','id':'e','data':{'a':[1,'x',null]}}");
        assertEquals("{\"a\":[1,\"x\",null]}", client.await("echo").get("data").toString());
        client.send("{'type':'ping','id':'p','data':'zürich'}");
        final JsonNode pong = client.await("pong");
        assertEquals("zürich", pong.get("data").textValue());
        assertTrue(Math.abs(pong.get("serverTime").longValue() - System.currentTimeMillis()) < 60_000);
    }

    @Test
    void shouldNameTheFieldOfAMalformedMessageAndStay()
    {
        assertError("{'type':'subscribe'", "malformed", null);
        assertError("[]", "malformed", null);
        assertError("[".repeat(100), "malformed", null);
        assertError("{}", "invalid", "type");
        assertError("{'type':'dance'}", "unknown_type", "type");
        assertError("{'type':'ping','id':5}", "invalid", "id");
        assertError("{'type':'subscribe'}", "invalid", "channel");
        assertError("{'type':'subscribe','channel':'gossip'}", "unknown_channel", "channel");
        assertError("{'type':'subscribe','channel':'trades','data':{'symbol':'NOPE'}}",
            "unknown_symbol", "data.symbol");
        assertError("{'type':'subscribe','channel':'trades','data':{'symbols':['BTCUSDT','kraken:BTCUSDT']}}",
            "unknown_symbol", "data.symbols[1]");
        assertError("{'type':'subscribe','channel':'trades','data':{'symbols':'BTCUSDT'}}", "invalid", "data.symbols");
        assertError("{'type':'subscribe','channel':'orders','data':{'conflateMs':-1}}", "invalid", "data.conflateMs");
        assertError("{'type':'subscribe','channel':'orders','data':{'since':{'epoch':'1','offset':'x'}}}",
            "invalid", "data.since.offset");
        assertError("{'type':'subscribe','channel':'klines','data':{'interval':'2m'}}", "invalid", "data.interval");
        client.send("{'type':'ping'}").await("pong");
    }

    private void assertError(final String message, final String code, final String field)
    {
        final JsonNode error = client.send(message).await("error").get("data");
        assertEquals(code, error.get("code").textValue());
        assertEquals(field, error.has("field") ? error.get("field").textValue() : null);
    }

    private JsonNode last(final String channel)
    {
        final List<JsonNode> data = client.receivedData(channel);
        return data.get(data.size() - 1).get("data");
    }

    private void awaitOffset(final long offset)
    {
        fixture.awaitOffset(offset);
    }
}
