package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

/** Accounts go by their names wherever they are told or asked for. */
class AccountNameTest
{
    private static final int SAVINGS = 1;

    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        world.append(frames -> frames.defineAccount("savings", "bob"));
        world.defineBot(7, "slow-btc", BotState.RUNNING, SAVINGS);
        fixture = GatewayFixture.start(world, UnaryOperator.identity());
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldListTheAccountsThatAUserMaySee() throws Exception
    {
        final JsonNode own = get("/api/accounts", "bob", Role.VIEWER).get("accounts");
        final JsonNode all = get("/api/accounts", "root", Role.ADMIN).get("accounts");

        assertEquals(1, own.size());
        assertEquals("1", own.get(0).get("account").textValue());
        assertEquals("savings", own.get(0).get("accountName").textValue());
        assertEquals("paper", own.get(0).get("mode").textValue());
        assertEquals("bob", own.get(0).get("owner").textValue());
        assertEquals("binance", own.get(0).get("venue").textValue());
        assertEquals(List.of("paper", "savings"), all.findValuesAsText("accountName"));
    }

    @Test
    void shouldTellTheNameOfTheAccountBesideItsNumber() throws Exception
    {
        fixture.world.append(frames -> frames.account(SAVINGS).balance("USDT", 1_000_000_000_000L));
        fixture.world.append(frames -> frames.account(SAVINGS).position(7, Frames.BTC, 150_000, 6_000_000));
        fixture.world.append(frames -> frames.account(SAVINGS).orderRequested(5, 7, Frames.BTC, 6_000_050, 100_000));
        fixture.awaitOffset(fixture.world.lastSequence());

        for (final String path : List.of("/api/bots", "/api/positions", "/api/orders", "/api/balances",
            "/api/strategy-performance?bot=slow-btc"))
        {
            final JsonNode answer = get(path, "bob", Role.VIEWER);

            assertEquals(List.of("1"), answer.findValuesAsText("account"), path);
            assertEquals(List.of("savings"), answer.findValuesAsText("accountName"), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bot-status", "orders", "trades", "positions"})
    void shouldTellTheNameOfTheAccountOnAChannel(final String channel)
    {
        final WsClient client = fixture.client("bob", Role.OPERATOR);
        client.send("{'type':'subscribe','channel':'" + channel + "'}").await("subscribed");
        fixture.world.append(frames -> frames.account(SAVINGS).orderRequested(5, 7, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.account(SAVINGS).fill(5, 7, Frames.BTC, 77, 100_000));
        fixture.world.append(frames -> frames.account(SAVINGS).position(7, Frames.BTC, 150_000, 6_000_000));

        assertEquals("savings", client.awaitData(channel).get("data").get("accountName").textValue());
    }

    @Test
    void shouldAskForTheAccountOfAnOrderWhenThereAreSeveral()
    {
        final WsClient client = fixture.client("root", Role.ADMIN);

        client.send("{'type':'admin_command','data':{'action':'submit_order','symbol':'BTCUSDT','side':'buy'," +
            "'orderType':'market','quantity':'1'}}");

        final JsonNode error = client.await("error").get("data");
        assertEquals("data.account", error.get("field").textValue());
        assertTrue(error.get("message").textValue().contains("[paper, savings]"), error.toString());
        assertEquals(List.of(), fixture.world.actions());
    }

    private JsonNode get(final String path, final String user, final Role role) throws Exception
    {
        return GatewayFixture.json(fixture.get(path, GatewayFixture.token(user, role)).body());
    }
}
