package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

class SignInTest
{
    private static final long SHORTEST_MS = 2_100;

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
    void shouldSignInWithAuthorizationHeader()
    {
        final WsClient client = fixture.connect(builder ->
            builder.header("Authorization", "Bearer " + GatewayFixture.token("ann", Role.OPERATOR)));

        final JsonNode data = client.await("connection").get("data");
        assertEquals("ann", data.get("user").textValue());
        assertEquals("operator", data.get("role").textValue());
        assertEquals(fixture.gateway.epoch(), data.get("epoch").textValue());
        assertEquals(50, data.get("limits").get("messagesPerSecond").intValue());
        assertTrue(data.get("sessionId").textValue().length() > 10);
    }

    @Test
    void shouldSignInWithSubProtocolAndSelectOurs()
    {
        final WsClient client = fixture.connect(builder ->
            builder.subprotocols("lockstep.v1", "bearer." + GatewayFixture.token("ann", Role.VIEWER)));

        assertEquals("viewer", client.await("connection").get("data").get("role").textValue());
        assertEquals("lockstep.v1", client.socket().getSubprotocol());
    }

    @Test
    void shouldSignInWithFirstMessage()
    {
        final WsClient client = fixture.connect(UnaryOperator.identity());

        client.send("{'type':'auth','id':'a1','data':{'token':'" + GatewayFixture.token("ann", Role.ADMIN) + "'}}");

        final JsonNode message = client.await("connection");
        assertEquals("a1", message.get("id").textValue());
        assertEquals("admin", message.get("data").get("role").textValue());
    }

    @Test
    void shouldSignInWithQueryTokenUnlessTurnedOff() throws Exception
    {
        final String path = "/ws?token=" + GatewayFixture.token("ann", Role.VIEWER);
        fixture.connect(path, UnaryOperator.identity()).await("connection");

        try (GatewayFixture strict = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withQueryToken(false).withLimits(GatewayFixture.limits(v ->
            {
                v[4] = 200;
                return v;
            }))))
        {
            assertEquals(4001, strict.connect(path, UnaryOperator.identity()).awaitClose());
        }
    }

    @Test
    void shouldCloseWhenNoTokenComesInTime() throws Exception
    {
        try (GatewayFixture hasty = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withLimits(GatewayFixture.limits(v ->
            {
                v[4] = 100;
                return v;
            }))))
        {
            assertEquals(4001, hasty.connect(UnaryOperator.identity()).awaitClose());
        }
    }

    @Test
    void shouldCloseWhenFirstMessageIsNotAuth()
    {
        final WsClient client = fixture.connect(UnaryOperator.identity());

        client.send("{'type':'ping'}");

        assertEquals(4001, client.awaitClose());
    }

    @Test
    void shouldRefuseBadTokenAtHandshakeWithoutTryingOtherWays()
    {
        final String good = GatewayFixture.token("ann", Role.VIEWER);

        final WsClient client = fixture.connect(
            "/ws?token=" + good, builder -> builder.header("Authorization", "Bearer " + good + "x"));

        assertEquals(4001, client.awaitClose());
    }

    @Test
    void shouldCloseWithExpiredWhenTokenRunsOutMidStream()
    {
        WsClient client = signedInFor(SHORTEST_MS);
        for (long lifetimeMs = 2 * SHORTEST_MS; null == client; lifetimeMs *= 2)
        {
            client = signedInFor(lifetimeMs);
        }

        assertEquals(4010, client.awaitClose());
    }

    @Test
    void shouldCloseWithExpiredWhenTheTokenRanOutBefore()
    {
        final String late = GatewayFixture.MINTER.mint("ann", Role.VIEWER, Duration.ofSeconds(-5), null, null);

        assertEquals(4010,
            fixture.connect(builder -> builder.header("Authorization", "Bearer " + late)).awaitClose());
        assertEquals(4010, fixture.connect(UnaryOperator.identity())
            .send("{'type':'auth','data':{'token':'" + late + "'}}").awaitClose());
    }

    @Test
    void shouldStayWhenTokenIsRenewed()
    {
        boolean isRenewed = false;
        for (long lifetimeMs = SHORTEST_MS; !isRenewed; lifetimeMs *= 2)
        {
            isRenewed = staysWhenRenewedWithin(lifetimeMs);
        }
    }

    /** @return false where this machine was too busy to sign in and renew within that time. */
    private boolean staysWhenRenewedWithin(final long lifetimeMs)
    {
        final WsClient client = signedInFor(lifetimeMs);
        if (null == client)
        {
            return false;
        }
        final long expiresAt = client.received().get(0).get("data").get("expiresAt").longValue();

        client.send("{'type':'auth','id':'r','data':{'token':'" + GatewayFixture.token("ann", Role.OPERATOR) + "'}}");

        final JsonNode renewed = client.awaitOrClose("connection");
        if (null == renewed)
        {
            return false;
        }
        assertEquals("operator", renewed.get("data").get("role").textValue());
        assertTrue(renewed.get("data").get("expiresAt").longValue() > expiresAt);
        GatewayFixture.awaitTrue("the old token has expired", () -> System.currentTimeMillis() > expiresAt + 300);
        client.send("{'type':'ping','id':'p'}");
        assertEquals("p", client.await("pong").get("id").textValue());
        return true;
    }

    /** @return a client whose token runs out soon, or null where it ran out before the client was signed in. */
    private WsClient signedInFor(final long lifetimeMs)
    {
        final String brief = GatewayFixture.MINTER.mint(
            "ann", Role.VIEWER, Duration.ofMillis(lifetimeMs), null, null);
        final WsClient client = fixture.connect(builder -> builder.header("Authorization", "Bearer " + brief));
        return null == client.awaitOrClose("connection") ? null : client;
    }

    @Test
    void shouldRefuseRenewalForAnotherUserAndStay()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);

        client.send("{'type':'auth','id':'r','data':{'token':'" + GatewayFixture.token("bob", Role.ADMIN) + "'}}");

        final JsonNode error = client.await("error");
        assertEquals("bad_token", error.get("data").get("code").textValue());
        client.send("{'type':'ping'}");
        client.await("pong");
    }

    @Test
    void shouldRefuseForeignOriginAndAcceptOwn()
    {
        final String token = GatewayFixture.token("ann", Role.VIEWER);

        final WsClient foreign = fixture.connect(builder ->
            builder.header("Origin", "http://evil.example").header("Authorization", "Bearer " + token));
        final WsClient own = fixture.connect(builder -> builder
            .header("Origin", "http://localhost:" + fixture.gateway.port())
            .header("Authorization", "Bearer " + token));

        assertEquals(1008, foreign.awaitClose());
        own.await("connection");
    }

    @Test
    void shouldCloseSixthConnectionOfOneUserOnly()
    {
        for (int i = 0; i < 5; i++)
        {
            fixture.client("ann", Role.VIEWER);
        }

        final WsClient sixth = fixture.connect(builder ->
            builder.header("Authorization", "Bearer " + GatewayFixture.token("ann", Role.VIEWER)));

        assertEquals(4009, sixth.awaitClose());
        fixture.client("bob", Role.VIEWER);
    }

    @Test
    void shouldFreeThePlaceOfAClientThatLeft() throws Exception
    {
        WsClient last = null;
        for (int i = 0; i < 5; i++)
        {
            last = fixture.client("ann", Role.VIEWER);
        }
        last.socket().sendClose(1000, "bye").join();
        assertEquals(1000, last.awaitClose());
        GatewayFixture.awaitTrue("the place is free", () -> 4 == connections());

        fixture.client("ann", Role.VIEWER);
    }

    private int connections()
    {
        try
        {
            return GatewayFixture.json(fixture.get("/ws/stats", null).body()).get("connections").intValue();
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }
}
