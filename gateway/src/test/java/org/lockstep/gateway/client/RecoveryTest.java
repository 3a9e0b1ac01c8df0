package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

class RecoveryTest
{
    private final List<Long> fills = new ArrayList<>();
    private GatewayFixture fixture;
    private long nextTradeId;

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
    void shouldSendExactlyWhatWasMissedFromMemory()
    {
        fill(10);
        final WsClient client = fixture.client("ann", Role.VIEWER);

        subscribe(client, fixture.gateway.epoch(), fills.get(3));

        assertTrue(client.await("subscribed").get("data").get("recovered").booleanValue());
        fill(5);
        awaitLast(client);
        assertEquals(fills.subList(4, fills.size()), offsets(client));
    }

    @Test
    void shouldSendExactlyWhatWasMissedFromTheJournalWhileMoreArrives()
    {
        fill(5_000);
        final WsClient client = fixture.client("ann", Role.VIEWER);

        subscribe(client, fixture.gateway.epoch(), fills.get(7));

        assertTrue(client.await("subscribed").get("data").get("recovered").booleanValue());
        fill(500);
        awaitLast(client);
        assertEquals(fills.subList(8, fills.size()), offsets(client));
    }

    @Test
    void shouldRecoverAcrossARestartUnderTheOldEpoch() throws Exception
    {
        fill(5);
        final String oldEpoch = fixture.gateway.epoch();
        fixture.world.append(frames -> frames.sessionStarted(2));
        fill(5);

        try (GatewayFixture restarted = GatewayFixture.start(fixture.world, UnaryOperator.identity()))
        {
            restarted.awaitOffset(fixture.world.lastSequence());
            final WsClient client = restarted.client("ann", Role.VIEWER);
            subscribe(client, oldEpoch, fills.get(2));

            final JsonNode answer = client.await("subscribed").get("data");
            assertTrue(answer.get("recovered").booleanValue());
            assertTrue(answer.get("epoch").textValue().startsWith("2-"));
            awaitLast(client);
            assertEquals(fills.subList(3, fills.size()), offsets(client));
        }
    }

    @Test
    void shouldReadFromTheJournalWhatTheBroadcastLost()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'trades'}").await("subscribed");
        fill(3);
        for (int i = 0; i < 100; i++)
        {
            final long tradeId = nextTradeId++;
            fills.add(fixture.world.appendLapped(frames -> frames.fill(5, 0, Frames.BTC, tradeId, 1)));
        }
        fill(3);

        awaitLast(client);

        assertEquals(fills, offsets(client));
    }

    @Test
    void shouldSayNotRecoveredAndSendSnapshotForAnUnknownEpoch()
    {
        fill(3);
        final WsClient client = fixture.client("ann", Role.VIEWER);

        subscribe(client, "9-abc", fills.get(0));

        assertFalse(client.await("subscribed").get("data").get("recovered").booleanValue());
        awaitLast(client);
        assertTrue(client.receivedData("trades").stream()
            .allMatch(message -> message.get("data").get("snapshot").booleanValue()));
    }

    @Test
    void shouldSayNotRecoveredWhenRetentionHasDroppedIt()
    {
        fill(5_000);
        fixture.awaitOffset(fills.get(4_999));
        fixture.world.dropBefore(fills.get(100));
        final WsClient client = fixture.client("ann", Role.VIEWER);

        subscribe(client, fixture.gateway.epoch(), fills.get(50));
        assertFalse(client.await("subscribed").get("data").get("recovered").booleanValue());

        final WsClient other = fixture.client("ann", Role.VIEWER);
        subscribe(other, fixture.gateway.epoch(), fills.get(200));
        assertTrue(other.await("subscribed").get("data").get("recovered").booleanValue());
        awaitLast(other);
        assertEquals(fills.subList(201, fills.size()), offsets(other));
    }

    @Test
    void shouldSayNotRecoveredForAnOffsetThatIsYetToCome()
    {
        fill(1);
        final WsClient client = fixture.client("ann", Role.VIEWER);

        subscribe(client, fixture.gateway.epoch(), fills.get(0) + 1_000);

        assertFalse(client.await("subscribed").get("data").get("recovered").booleanValue());
    }

    private void fill(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long tradeId = nextTradeId++;
            fixture.world.append(frames -> frames.quote(Frames.BTC, 100 + tradeId, 200 + tradeId));
            fills.add(fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, tradeId, 1)));
        }
        fixture.awaitOffset(fills.get(fills.size() - 1));
    }

    private static void subscribe(final WsClient client, final String epoch, final long offset)
    {
        client.send("{'type':'subscribe','channel':'trades','data':{'since':{'epoch':'" + epoch + "','offset':" +
            offset + "}}}");
    }

    private void awaitLast(final WsClient client)
    {
        final long last = fills.get(fills.size() - 1);
        client.await("the last fill", message -> last == message.path("data").path("offset").asLong() &&
            WsClient.isData(message, "trades"));
    }

    private static List<Long> offsets(final WsClient client)
    {
        return client.receivedData("trades").stream()
            .map(message -> message.get("data").get("offset").longValue()).toList();
    }
}
