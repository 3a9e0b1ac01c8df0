package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

/** Orders that risk refuses are somebody's, and are counted. */
class RefusedOrderTest
{
    private static final int MANUAL = 99;

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
    void shouldTellWhoseOrderWasRefused()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'orders'}").await("subscribed");

        fixture.world.append(frames -> frames.orderRefused(3, 1, Frames.ETH, "daily loss"));

        final JsonNode order = client.awaitData("orders").get("data");
        assertEquals("grid-eth", order.get("bot").textValue());
        assertEquals("paper", order.get("accountName").textValue());
        assertEquals("rejected", order.get("status").textValue());
        assertEquals(251, order.get("code").intValue());
        assertEquals(3, order.get("causeSequence").longValue());
    }

    @Test
    void shouldTellTheTermsOfAnOrderEnteredByHandThatWasRefused() throws Exception
    {
        final WsClient client = fixture.client("ann", Role.ADMIN);
        client.send("{'type':'subscribe','channel':'orders'}").await("subscribed");
        final long command = client.send("{'type':'admin_command','data':{'action':'submit_order'," +
            "'symbol':'BTCUSDT','side':'sell','orderType':'limit','quantity':'0.5','price':'61000'}}")
            .await("ack").get("data").get("sequence").longValue();

        fixture.world.append(frames -> frames.orderRefused(command, MANUAL, Frames.BTC, "position limit"));

        final JsonNode event = client.awaitData("orders").get("data");
        final JsonNode listed = get("/api/orders?status=all").get("orders").get(0);
        for (final JsonNode order : new JsonNode[] {event, listed})
        {
            assertEquals("sell", order.get("side").textValue());
            assertEquals("limit", order.get("orderType").textValue());
            assertEquals("61000.00", order.get("price").textValue());
            assertEquals("0.50000", order.get("quantity").textValue());
            assertEquals("position limit", order.get("reason").textValue());
        }
        assertEquals(command, event.get("causeSequence").longValue());
    }

    @Test
    void shouldListRefusedOrdersAmongAllButNotAmongOpenOnes() throws Exception
    {
        fixture.world.append(frames -> frames.orderRefused(3, 1, Frames.ETH, "daily loss"));
        fixture.awaitOffset(fixture.world.lastSequence());

        final JsonNode all = get("/api/orders?status=all").get("orders");

        assertEquals(1, all.size());
        assertEquals("grid-eth", all.get(0).get("bot").textValue());
        assertEquals("ETHUSDT", all.get(0).get("symbol").textValue());
        assertEquals("daily loss", all.get(0).get("reason").textValue());
        assertFalse(all.get(0).has("side"));
        assertEquals(0, get("/api/orders").get("orders").size());
    }

    @Test
    void shouldCountWhatABotWasRefused() throws Exception
    {
        for (int i = 0; i < 3; i++)
        {
            fixture.world.append(frames -> frames.orderRefused(3, 1, Frames.ETH, "daily loss"));
        }
        fixture.awaitOffset(fixture.world.lastSequence());

        final JsonNode bots = get("/api/bots").get("bots");

        assertEquals(3, bots.get(0).get("ordersRefused").longValue());
        assertEquals(0, bots.get(1).get("ordersRefused").longValue());
    }

    private JsonNode get(final String path) throws Exception
    {
        return GatewayFixture.json(fixture.get(path, GatewayFixture.token("ann", Role.ADMIN)).body());
    }
}
