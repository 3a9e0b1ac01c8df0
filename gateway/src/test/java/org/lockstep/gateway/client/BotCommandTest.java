package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.gateway.client.auth.Role;

class BotCommandTest
{
    private static final String STOP =
        "{'type':'bot_command','id':'c1','data':{'bot':'maker-btc','action':'stop','params':{'reason':'test'}}}";

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
    void shouldAcknowledgeWithTheSequenceInTheJournal()
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);
        final long expected = fixture.world.lastSequence() + 1;

        final JsonNode ack = client.send(STOP).await("ack");

        assertEquals("c1", ack.get("id").textValue());
        assertEquals(expected, ack.get("data").get("sequence").longValue());
        assertFalse(ack.get("data").get("duplicate").booleanValue());
        assertEquals(List.of("STOP_BOT maker-btc by ann reason=test"), fixture.world.actions());
    }

    @Test
    void shouldActOnceWhenTheSameIdIsSentTwice()
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);
        final long first = client.send(STOP).await("ack").get("data").get("sequence").longValue();

        final JsonNode second = client.send(STOP).await("ack").get("data");

        assertEquals(first, second.get("sequence").longValue());
        assertTrue(second.get("duplicate").booleanValue());
        assertEquals(1, fixture.world.actions().size());
    }

    @Test
    void shouldActOnceWhenTheSameIdIsSentAfterARestart() throws Exception
    {
        final long first = fixture.client("ann", Role.OPERATOR).send(STOP).await("ack")
            .get("data").get("sequence").longValue();

        try (GatewayFixture restarted = GatewayFixture.start(fixture.world, UnaryOperator.identity()))
        {
            final JsonNode again = restarted.client("ann", Role.OPERATOR).send(STOP).await("ack").get("data");

            assertEquals(first, again.get("sequence").longValue());
            assertEquals(1, fixture.world.actions().size());
        }
    }

    @Test
    void shouldKeepIdsOfUsersApart()
    {
        fixture.client("ann", Role.OPERATOR).send(STOP).await("ack");
        fixture.client("bob", Role.ADMIN).send(STOP).await("ack");

        assertEquals(2, fixture.world.actions().size());
    }

    @Test
    void shouldRefuseAnotherCommandUnderTheSameId()
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);
        client.send(STOP).await("ack");

        client.send("{'type':'bot_command','id':'c1','data':{'bot':'maker-btc','action':'start'}}");

        assertEquals("duplicate_id", client.await("error").get("data").get("code").textValue());
    }

    @Test
    void shouldRefuseAViewerAndStay()
    {
        final WsClient client = fixture.client("vic", Role.VIEWER);

        final JsonNode error = client.send(STOP).await("error");

        assertEquals("c1", error.get("id").textValue());
        assertEquals("forbidden", error.get("data").get("code").textValue());
        client.send("{'type':'refresh_data','id':'r'}");
        assertEquals("forbidden", client.await("error").get("data").get("code").textValue());
        client.send("{'type':'ping'}").await("pong");
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldNameTheFieldThatIsWrong()
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        client.send("{'type':'bot_command','data':{'bot':'nobody','action':'stop'}}");
        assertEquals("data.bot", client.await("error").get("data").get("field").textValue());
        client.send("{'type':'bot_command','data':{'bot':'maker-btc','action':'explode'}}");
        assertEquals("data.action", client.await("error").get("data").get("field").textValue());
        client.send("{'type':'bot_command','data':{'bot':'maker-btc','action':'stop','params':{'reason':'" +
            "x".repeat(1_000) + "'}}}");
        assertEquals("invalid", client.await("error").get("data").get("code").textValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value =
        {
            "'bot':'maker-btc','action':'kill','flatten':true | data.flatten",
            "'bot':'maker-btc','action':'kill','params':{'flaten':true} | data.params.flaten",
            "'bot':'maker-btc','action':'kill','params':{'flatten':'perhaps'} | data.params.flatten",
            "'bot':'maker-btc','action':'stop','params':{'flatten':true} | data.params.flatten",
            "'bot':'maker-btc','action':'stop','params':{'reason':7} | data.params.reason",
            "'bot':'maker-btc','action':'start','params':{'spreadBps':'3'} | data.params.spreadBps",
            "'bot':'maker-btc','action':'start','params':'x' | data.params",
        })
    void shouldRefuseWhatWouldBeIgnored(final String data, final String field)
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        client.send("{'type':'bot_command','data':{" + data.strip() + "}}");

        assertEquals(field, client.await("error").get("data").get("field").textValue());
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldCloseThePositionsOfABotThatIsKilledWhenAskedTo()
    {
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        client.send("{'type':'bot_command','data':{'bot':'maker-btc','action':'kill','params':{'flatten':true}}}");

        client.await("ack");
        assertEquals(List.of("KILL_BOT maker-btc by ann flatten=true"), fixture.world.actions());
    }

    @Test
    void shouldSayBusyWhenTheRingIsFullAndUnavailableNever() throws Exception
    {
        fixture.world.full(true);
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        final JsonNode error = client.send(STOP).await("error").get("data");

        assertEquals("busy", error.get("code").textValue());
        assertEquals(100, error.get("retryAfterMs").longValue());
        fixture.world.full(false);
        client.send(STOP).await("ack");
    }

    @Test
    void shouldSayUnconfirmedWhenTheCommandDoesNotComeBack()
    {
        fixture.world.mute(true);
        final WsClient client = fixture.client("ann", Role.OPERATOR);

        final JsonNode error = client.send(STOP).await("error").get("data");

        assertEquals("unconfirmed", error.get("code").textValue());
    }

    @Test
    void shouldRefreshData()
    {
        fixture.world.append(frames -> frames.balance("USDT", 1_000_000_000_000L));
        fixture.world.append(frames -> frames.position(0, Frames.BTC, 150_000, 6_000_000));
        fixture.world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        final WsClient client = fixture.client("ann", Role.OPERATOR);
        fixture.world.append(frames -> frames.signal(0, Frames.BTC, "mark"));
        client.send("{'type':'subscribe','channel':'signals'}").awaitData("signals");

        final JsonNode data = client.send("{'type':'refresh_data','id':'r'}").await("data_update").get("data");

        assertEquals("ann", data.get("user").get("user").textValue());
        assertEquals("10000.00000000", data.get("balances").get(0).get("free").textValue());
        assertEquals("1.50000", data.get("positions").get(0).get("quantity").textValue());
        assertEquals("60000.50", data.get("orders").get(0).get("price").textValue());
        assertEquals(2, data.get("bots").size());
    }
}
