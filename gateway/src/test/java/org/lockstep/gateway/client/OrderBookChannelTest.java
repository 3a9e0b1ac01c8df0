package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.gateway.client.auth.Role;

class OrderBookChannelTest
{
    private static final int DEPTH = 20;

    private final TreeMap<Long, Long> bids = new TreeMap<>();
    private final TreeMap<Long, Long> asks = new TreeMap<>();
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
    void shouldSendWholeBookThenChangesAlone()
    {
        book();
        final WsClient client = subscribed(0, DEPTH);
        final JsonNode whole = client.awaitData("orderbook").get("data");

        delta(Side.BUY, 999, 7);
        final JsonNode change = client.awaitData("orderbook").get("data");
        delta(Side.BUY, 999, 0);
        final JsonNode removal = client.awaitData("orderbook").get("data");

        assertTrue(whole.get("snapshot").booleanValue());
        assertEquals(DEPTH, whole.get("bids").size());
        assertFalse(change.has("snapshot"));
        assertEquals("[[\"9.99\",\"0.00007\"]]", change.get("bids").toString());
        assertEquals("[]", change.get("asks").toString());
        assertEquals(whole.get("offset").longValue(), change.get("prevOffset").longValue());
        assertTrue(removal.get("bids").toString().startsWith("[[\"9.99\",\"0\"]"), removal.toString());
        // The level that moves up into the best twenty is told too.
        assertEquals(List.of(), keysBeyond(removal));
        assertEquals(change.get("offset").longValue(), removal.get("prevOffset").longValue());
    }

    @Test
    void shouldSayNothingOfLevelsBelowTheBest()
    {
        book();
        final WsClient client = subscribed(0, 5);
        client.awaitData("orderbook");

        delta(Side.BUY, 10, 3);
        delta(Side.SELL, 1_000, 42);

        final JsonNode change = client.awaitData("orderbook").get("data");
        assertEquals("[]", change.get("bids").toString());
        assertEquals("[[\"10.00\",\"0.00042\"],[\"10.05\",\"0\"]]", change.get("asks").toString());
    }

    @Test
    void shouldKeepEveryClientsBookEqualToTheEnginesWhateverHappens()
    {
        final long seed = 20_260_101L;
        final Random random = new Random(seed);
        book();
        final List<WsClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            clients.add(subscribed(new int[] {0, 0, 20, 50}[i], new int[] {20, 5, 20, 1}[i]));
        }
        for (int i = 0; i < 2_000; i++)
        {
            final boolean isBid = random.nextBoolean();
            final long price = isBid ? 950 + random.nextInt(50) : 1_000 + random.nextInt(50);
            delta(isBid ? Side.BUY : Side.SELL, price, random.nextInt(4));
            if (500 == i || 1_200 == i)
            {
                clients.add(subscribed(0, DEPTH));
                clients.add(subscribed(20, DEPTH));
            }
            if (1_000 == i)
            {
                fixture.world.append(frames -> frames.feed(Frames.BTC, FeedState.GAP, "test"));
                book();
            }
        }
        // A change that everybody sees, at the very top.
        delta(Side.BUY, 999, 123);
        delta(Side.SELL, 1_000, 456);
        final long last = fixture.world.lastSequence();

        for (int i = 0; i < clients.size(); i++)
        {
            final WsClient client = clients.get(i);
            client.await("the end", message -> last == message.path("data").path("offset").asLong());
            final int depth = 1 == i ? 5 : 3 == i ? 1 : DEPTH;
            assertEquals(best(bids.descendingMap(), depth), replayed(client, "bids", true, depth), "seed " + seed);
            assertEquals(best(asks, depth), replayed(client, "asks", false, depth), "seed " + seed);
        }
    }

    @Test
    void shouldSendAWholeBookToAClientThatCouldNotFollow()
    {
        book();
        final WsClient slow = subscribed(0, DEPTH);
        final WsClient quick = subscribed(0, DEPTH);
        slow.stopReading();
        int round = 0;
        while (0 == stat("valuesDeferred"))
        {
            for (int i = 0; i < 2_000; i++)
            {
                delta(Side.BUY, 900 + (round + i) % 100, 1 + (round + i) % 7);
            }
            round++;
            final long last = fixture.world.lastSequence();
            fixture.awaitOffset(last);
        }
        slow.resumeReading();
        delta(Side.BUY, 999, 321);
        delta(Side.SELL, 1_000, 654);
        final long last = fixture.world.lastSequence();

        for (final WsClient client : List.of(slow, quick))
        {
            client.await("the end", message -> last == message.path("data").path("offset").asLong());
            assertEquals(best(bids.descendingMap(), DEPTH), replayed(client, "bids", true, DEPTH));
            assertEquals(best(asks, DEPTH), replayed(client, "asks", false, DEPTH));
        }
    }

    @Test
    void shouldSendAWholeBookAgainWhenAnotherSymbolChangesItsDepth()
    {
        book();
        subscribed(0, DEPTH).awaitData("orderbook");
        final WsClient client = subscribed(0, 5);
        client.awaitData("orderbook");

        client.send("{'type':'subscribe','channel':'orderbook','data':{'symbol':'ETHUSDT','conflateMs':0,'levels':20}}")
            .await("subscribed");
        delta(Side.BUY, 999, 7);

        awaitOffset(client, fixture.world.lastSequence());
        assertEquals(best(bids.descendingMap(), DEPTH), replayed(client, "bids", true, DEPTH));
        assertEquals(best(asks, DEPTH), replayed(client, "asks", false, DEPTH));
    }

    @Test
    void shouldLoseNoChangeWhenAnotherSymbolChangesItsConflation()
    {
        book();
        final WsClient quick = subscribed(0, DEPTH);
        final WsClient client = subscribed(10_000, DEPTH);
        delta(Side.BUY, 999, 7);
        awaitOffset(client, fixture.world.lastSequence());
        delta(Side.BUY, 999, 8);
        final long waiting = fixture.world.lastSequence();
        awaitOffset(quick, waiting);

        client.send("{'type':'subscribe','channel':'orderbook','data':{'symbol':'ETHUSDT','conflateMs':0,'levels':20}}")
            .await("subscribed");

        awaitOffset(client, waiting);
        delta(Side.SELL, 1_001, 9);
        awaitOffset(client, fixture.world.lastSequence());
        assertEquals(best(bids.descendingMap(), DEPTH), replayed(client, "bids", true, DEPTH));
        assertEquals(best(asks, DEPTH), replayed(client, "asks", false, DEPTH));
    }

    @Test
    void shouldNameTheDepthsAllowed()
    {
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'orderbook','data':{'levels':7}}");
        assertEquals("data.levels", client.await("error").get("data").get("field").textValue());
        client.send("{'type':'subscribe','channel':'orderbook','data':{'levels':50}}");
        assertEquals(50, client.await("subscribed").get("data").get("levels").intValue());
    }

    private WsClient subscribed(final int conflateMs, final int levels)
    {
        final WsClient client = fixture.client("user" + System.nanoTime(), Role.VIEWER);
        client.send("{'type':'subscribe','channel':'orderbook','data':{'symbol':'BTCUSDT','conflateMs':" + conflateMs +
            ",'levels':" + levels + "}}").await("subscribed");
        return client;
    }

    private static void awaitOffset(final WsClient client, final long offset)
    {
        client.await("offset " + offset, message -> offset == message.path("data").path("offset").asLong());
    }

    /** Thirty levels a side: 9.99, 9.98 ... and 10.01, 10.02 ... with two units each. */
    private void book()
    {
        bids.clear();
        asks.clear();
        final long[][] someBids = new long[30][];
        final long[][] someAsks = new long[30][];
        for (int i = 0; i < 30; i++)
        {
            someBids[i] = new long[] {999 - i, 2};
            someAsks[i] = new long[] {1_001 + i, 2};
            bids.put(999L - i, 2L);
            asks.put(1_001L + i, 2L);
        }
        fixture.world.append(frames -> frames.book(Frames.BTC, someBids, someAsks));
        fixture.awaitOffset(fixture.world.lastSequence());
    }

    private void delta(final Side side, final long price, final long quantity)
    {
        final TreeMap<Long, Long> levels = Side.BUY == side ? bids : asks;
        if (0 == quantity)
        {
            levels.remove(price);
        }
        else
        {
            levels.put(price, quantity);
        }
        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, price, quantity, side));
    }

    /** What a client ends with that does as the protocol says, and sees no hole. */
    private static Map<Long, Long> replayed(
        final WsClient client, final String side, final boolean isDescending, final int depth)
    {
        final TreeMap<Long, Long> levels = new TreeMap<>();
        long offset = -1;
        for (final JsonNode message : client.receivedData("orderbook"))
        {
            final JsonNode data = message.get("data");
            if (data.path("snapshot").asBoolean())
            {
                levels.clear();
            }
            else
            {
                assertTrue(data.get("prevOffset").longValue() <= offset, "a hole before " + message);
            }
            offset = data.get("offset").longValue();
            for (final JsonNode level : data.get(side))
            {
                final long price = Math.round(100 * level.get(0).asDouble());
                final long quantity = Math.round(100_000 * level.get(1).asDouble());
                if (0 == quantity)
                {
                    levels.remove(price);
                }
                else
                {
                    levels.put(price, quantity);
                }
            }
            assertTrue(levels.size() <= depth, "more than the best levels: " + levels);
        }
        return isDescending ? levels.descendingMap() : levels;
    }

    private static Map<Long, Long> best(final Map<Long, Long> levels, final int depth)
    {
        final Map<Long, Long> best = new TreeMap<>();
        levels.entrySet().stream().limit(depth).forEach(level -> best.put(level.getKey(), level.getValue()));
        return best;
    }

    private static List<String> keysBeyond(final JsonNode removal)
    {
        final List<String> beyond = new ArrayList<>();
        for (final JsonNode level : removal.get("bids"))
        {
            if (!"9.99".equals(level.get(0).textValue()) && !"9.79".equals(level.get(0).textValue()))
            {
                beyond.add(level.get(0).textValue());
            }
        }
        return beyond;
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
}
