package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.recording.ReferenceBook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class SyntheticConsistencyTest
{
    private static final int ROWS_COMPARED = 80;
    private static final long EPOCH_MS = 1_700_000_000_000L;
    private static final String STREAMS = "/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade";

    /** Collects messages of one connection until there are so many diffs. */
    private static List<JsonNode> collect(final StreamClient client, final int diffs) throws Exception
    {
        final List<JsonNode> messages = new ArrayList<>();
        int found = 0;
        while (found < diffs)
        {
            final JsonNode message = StreamClient.json(client.next());
            messages.add(message);
            found += message.get("stream").asText().endsWith("@depth@100ms") ? 1 : 0;
        }
        return messages;
    }

    private static long diffsBeyond(final List<JsonNode> messages, final long updateId)
    {
        return messages.stream().filter(message -> message.get("stream").asText().endsWith("@depth@100ms") &&
            message.get("data").get("u").asLong() > updateId).count();
    }

    @Test
    void shouldTileUpdateIdsAndAgreeWithBestPricesWhenBookIsRebuiltFromDiffs() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(3).withEventsPerSecond(6_000));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + STREAMS))
        {
            final List<JsonNode> messages = new ArrayList<>(collect(client, 2));
            final JsonNode snapshot = StreamClient.json(StreamClient.get(
                simulator.addresses().rest() + "/api/v3/depth?symbol=BTCUSDT&limit=5000").body());
            // The snapshot may be newer than what this client has read so far.
            while (diffsBeyond(messages, snapshot.get("lastUpdateId").asLong()) < 20)
            {
                messages.addAll(collect(client, 1));
            }
            final ReferenceBook book = new ReferenceBook();
            book.reset(snapshot);
            final TreeMap<Long, JsonNode> tops = new TreeMap<>();
            for (final JsonNode message : messages)
            {
                if (message.get("stream").asText().endsWith("@bookTicker"))
                {
                    tops.put(message.get("data").get("u").asLong(), message.get("data"));
                }
            }
            long previous = -1;
            int compared = 0;
            for (final JsonNode message : messages)
            {
                if (message.get("stream").asText().endsWith("@depth@100ms"))
                {
                    final JsonNode diff = message.get("data");
                    assertTrue(previous < 0 || diff.get("U").asLong() == previous + 1, "ids tile");
                    previous = diff.get("u").asLong();
                    book.apply(diff);
                    assertTrue(book.side(true).firstKey() < book.side(false).firstKey(), "not crossed");
                    final Map.Entry<Long, JsonNode> top = tops.floorEntry(previous);
                    if (null != top && previous > snapshot.get("lastUpdateId").asLong())
                    {
                        assertTop(top.getValue(), book);
                        compared++;
                    }
                }
            }

            assertEquals(0, book.gaps());
            assertTrue(compared >= 15, "compared " + compared);
        }
    }

    private static void assertTop(final JsonNode top, final ReferenceBook book)
    {
        final NavigableMap<Long, Long> bids = book.side(true);
        final NavigableMap<Long, Long> asks = book.side(false);
        assertEquals(E8.parse(top.get("b").asText()), bids.firstKey());
        assertEquals(E8.parse(top.get("B").asText()), bids.firstEntry().getValue());
        assertEquals(E8.parse(top.get("a").asText()), asks.firstKey());
        assertEquals(E8.parse(top.get("A").asText()), asks.firstEntry().getValue());
    }

    @Test
    void shouldNumberTradesConsecutivelyAndPrintThemInsideTheBook() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(5_000));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + STREAMS))
        {
            long previous = -1;
            int trades = 0;
            final Set<Boolean> sides = new HashSet<>();
            while (trades <= 100 || sides.size() < 2)
            {
                final JsonNode message = StreamClient.json(client.next());
                if (message.get("stream").asText().endsWith("@trade"))
                {
                    final JsonNode trade = message.get("data");
                    assertTrue(previous < 0 || trade.get("t").asLong() == previous + 1, "ids are consecutive");
                    previous = trade.get("t").asLong();
                    sides.add(trade.get("m").asBoolean());
                    trades++;
                }
            }
        }
    }

    @Test
    void shouldRepeatTheMarketWhenSeedAndEpochAreTheSame() throws Exception
    {
        final List<String> first = trades(7);

        assertEquals(first, trades(7));
        assertNotEquals(first, trades(8));
    }

    private static List<String> trades(final long seed) throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults()
            .withSymbols("ETHUSDT", "DOGEBTC").withSeed(seed, EPOCH_MS).withEventsPerSecond(1_000));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + "/ws/ethusdt@trade"))
        {
            final long firstLiveId = StreamClient.json(client.next()).get("t").asLong();
            long id = firstLiveId;
            while (id < firstLiveId + 100)
            {
                id = StreamClient.json(client.next()).get("t").asLong();
            }
            final List<String> trades = new ArrayList<>();
            long fromId = 0;
            while (trades.size() < ROWS_COMPARED)
            {
                final JsonNode rows = StreamClient.json(StreamClient.get(simulator.addresses().rest() +
                    "/api/v3/historicalTrades?symbol=ETHUSDT&limit=1000&fromId=" + fromId).body());
                for (final JsonNode row : rows)
                {
                    fromId = row.get("id").asLong() + 1;
                    if (row.get("time").asLong() >= EPOCH_MS)
                    {
                        trades.add(row.toString());
                    }
                }
            }
            return trades.subList(0, ROWS_COMPARED);
        }
    }
}
