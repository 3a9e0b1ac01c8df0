package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

/** Instruments that are not configured and that clients ask for. */
class BridgeTest
{
    private static final int SOL = 2;

    private GatewayFixture fixture;

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldSubscribeAtTheVenueOnceForAllWhoAsk() throws Exception
    {
        start(100, 60_000);
        final WsClient ann = fixture.client("ann", Role.VIEWER);
        final WsClient bob = fixture.client("bob", Role.VIEWER);

        ann.send("{'type':'subscribe','id':'s','channel':'market-data','data':{'symbol':'SOLUSDT','conflateMs':0}}");
        bob.send("{'type':'subscribe','channel':'market-data','data':{'symbol':'binance:SOLUSDT','conflateMs':0}}");

        assertEquals("s", ann.await("subscribed").get("id").textValue());
        bob.await("subscribed");
        fixture.world.append(frames -> frames.quote(SOL, 15_000, 15_001));
        for (final WsClient client : List.of(ann, bob))
        {
            final JsonNode data = client.await("the quote", message -> message.path("data").has("bid")).get("data");
            assertEquals("150.00", data.get("bid").textValue());
            assertEquals("SOLUSDT", data.get("symbol").textValue());
        }
        assertEquals(List.of("subscribe SOLUSDT"), fixture.world.exchange().calls());
        assertEquals(List.of("SUBSCRIBE_INSTRUMENT by ann symbol=SOLUSDT venue=binance"), fixture.world.actions());
    }

    @Test
    void shouldEndTheSubscriptionSomeTimeAfterTheLastHasLeft() throws Exception
    {
        start(100, 150);
        final WsClient ann = subscribed("ann", "SOLUSDT");
        final WsClient bob = subscribed("bob", "SOLUSDT");
        ann.abort();
        bob.send("{'type':'ping'}").await("pong");
        assertEquals(List.of("subscribe SOLUSDT"), fixture.world.exchange().calls());

        bob.send("{'type':'unsubscribe','channel':'market-data','data':{'symbol':'SOLUSDT'}}").await("unsubscribed");

        GatewayFixture.awaitTrue("it has ended", () -> fixture.world.exchange().calls().size() > 1);
        assertEquals(List.of("subscribe SOLUSDT", "unsubscribe 2"), fixture.world.exchange().calls());
        assertEquals("UNSUBSCRIBE_INSTRUMENT by lockstep symbol=SOLUSDT venue=binance",
            fixture.world.actions().get(1));
        // Known by now, but not subscribed: whoever names it starts it again.
        subscribed("ann", "SOLUSDT");
        GatewayFixture.awaitTrue("it begins again", () -> 3 == fixture.world.exchange().calls().size());
        assertEquals("subscribe SOLUSDT", fixture.world.exchange().calls().get(2));
    }

    @Test
    void shouldKeepItWhenSomebodyComesBackInTime() throws Exception
    {
        WsClient bob = comesBackWithin(500);
        for (int graceMs = 2_000; null == bob; graceMs *= 2)
        {
            fixture.close();
            bob = comesBackWithin(graceMs);
        }
        final WsClient other = subscribed("cec", "ADAUSDT");
        other.abort();

        GatewayFixture.awaitTrue("the other has ended", () ->
            fixture.world.exchange().calls().contains("unsubscribe 3"));

        assertTrue(fixture.world.exchange().calls().stream().noneMatch("unsubscribe 2"::equals));
        bob.send("{'type':'ping'}").await("pong");
    }

    /** @return who came back, or null where this machine was too busy to come in time. */
    private WsClient comesBackWithin(final int graceMs) throws Exception
    {
        start(100, graceMs);
        subscribed("ann", "SOLUSDT").abort();
        final WsClient bob = subscribed("bob", "SOLUSDT");
        return 1 == fixture.world.actions().size() ? bob : null;
    }

    @Test
    void shouldNameTheFieldOfASymbolThatNoVenueLists() throws Exception
    {
        start(100, 60_000);
        final WsClient ann = fixture.client("ann", Role.VIEWER);

        ann.send("{'type':'subscribe','id':'x','channel':'klines','data':{'symbols':['BTCUSDT','NOPE']}}");
        final JsonNode refusal = ann.await("error");
        ann.send("{'type':'subscribe','channel':'klines','data':{'symbol':'kraken:SOLUSDT'}}");
        final JsonNode otherVenue = ann.await("error").get("data");
        ann.send("{'type':'subscribe','channel':'klines','data':{'symbol':'no such'}}");
        final JsonNode malformed = ann.await("error").get("data");

        assertEquals("x", refusal.get("id").textValue());
        assertEquals("unknown_symbol", refusal.get("data").get("code").textValue());
        assertEquals("data.symbols[1]", refusal.get("data").get("field").textValue());
        assertTrue(refusal.get("data").get("message").textValue().contains("does not list NOPE"));
        assertEquals("unknown_symbol", otherVenue.get("code").textValue());
        assertEquals("data.symbol", malformed.get("field").textValue());
        assertEquals(List.of("subscribe NOPE"), fixture.world.exchange().calls());
    }

    @Test
    void shouldBoundHowManyThereAre() throws Exception
    {
        start(1, 60_000);
        subscribed("ann", "SOLUSDT");

        final JsonNode refusal = fixture.client("bob", Role.VIEWER)
            .send("{'type':'subscribe','channel':'market-data','data':{'symbol':'ADAUSDT'}}")
            .await("error").get("data");

        assertEquals("busy", refusal.get("code").textValue());
        assertEquals(60_000, refusal.get("retryAfterMs").intValue());
    }

    @Test
    void shouldNeitherStartNorEndWhatIsConfigured() throws Exception
    {
        start(100, 50);
        subscribed("ann", "BTCUSDT").abort();
        subscribed("ann", "SOLUSDT").abort();

        GatewayFixture.awaitTrue("the other has ended", () ->
            fixture.world.exchange().calls().contains("unsubscribe 2"));

        assertEquals(List.of("subscribe SOLUSDT", "unsubscribe 2"), fixture.world.exchange().calls());
    }

    @Test
    void shouldServeEventStreamsToo() throws Exception
    {
        start(100, 60_000);
        final HttpRequest request = HttpRequest.newBuilder(
            URI.create(fixture.url("/api/stream?channels=market-data,alerts&symbols=SOLUSDT")))
            .header("Authorization", "Bearer " + GatewayFixture.token("ann", Role.VIEWER)).build();

        final HttpResponse<InputStream> response =
            GatewayFixture.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());

        final StringBuilder text = new StringBuilder();
        try (InputStream body = response.body())
        {
            final byte[] chunk = new byte[8_192];
            while (text.indexOf("\"channel\":\"market-data\"") < 0)
            {
                text.append(new String(chunk, 0, body.read(chunk), StandardCharsets.UTF_8));
            }
        }
        assertEquals(List.of("subscribe SOLUSDT"), fixture.world.exchange().calls());
    }

    @Test
    void shouldNotCarryOutCommandsOfEarlierRuns() throws Exception
    {
        start(100, 60_000);
        subscribed("ann", "SOLUSDT");
        final TestWorld world = fixture.world;
        fixture.close();

        fixture = GatewayFixture.start(world, config -> config.withLimits(GatewayFixture.bridgeLimits(100, 60_000)));
        fixture.awaitOffset(world.lastSequence());

        assertEquals(List.of("subscribe SOLUSDT"), world.exchange().calls());
    }

    private void start(final int instruments, final int graceMs) throws Exception
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withLimits(GatewayFixture.bridgeLimits(instruments, graceMs)));
    }

    private WsClient subscribed(final String user, final String symbol)
    {
        final WsClient client = fixture.client(user, Role.VIEWER);
        client.send("{'type':'subscribe','channel':'market-data','data':{'symbol':'" + symbol + "'}}")
            .await("subscribed");
        return client;
    }
}
