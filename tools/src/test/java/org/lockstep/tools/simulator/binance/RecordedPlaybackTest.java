package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.SimulatorStats;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.recording.ReferenceBook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class RecordedPlaybackTest
{
    private static final String FULL = "spot_btcusdt_20240808_full.jsonl.gz";
    private static final String FOUR = "spot_4symbols_20211012.jsonl";
    private static final String BTC = "btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade";

    /** The text between {@code "raw":} and the closing brace of each market line, found without a JSON parser. */
    static List<String> rawMessages(final Path file) throws IOException
    {
        final List<String> raw = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            file.toString().endsWith(".gz") ?
                new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file),
            StandardCharsets.UTF_8)))
        {
            for (String line = reader.readLine(); null != line; line = reader.readLine())
            {
                if (line.contains("\"src\":\"ws\""))
                {
                    raw.add(line.substring(line.indexOf("\"raw\":") + 6, line.length() - 1));
                }
            }
        }
        return raw;
    }

    @Test
    void shouldServeEveryMessageByteForByteWhenPlayedAtFullSpeed() throws Exception
    {
        final List<String> expected = rawMessages(Samples.binance(FULL));
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(Samples.binance(FULL), SimulatorConfig.MAX_SPEED));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + "/stream?streams=" + BTC))
        {
            for (int i = 0; i < expected.size(); i++)
            {
                assertEquals(expected.get(i), client.next(), "message " + i);
            }
            simulator.sourceEnded().toCompletableFuture().get(120, TimeUnit.SECONDS);

            final SimulatorStats stats = simulator.stats();
            assertEquals(0, client.pending());
            assertEquals(28_040, stats.served("bookTicker"));
            assertEquals(9_757, stats.served("trade"));
            assertEquals(3_451, stats.served("depth"));
            assertEquals(41_248, stats.served());
            assertEquals(0, stats.unclaimed() + stats.withheld());
        }
    }

    @Test
    void shouldServePayloadsBareWhenSocketIsNotCombined() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(Samples.binance("spot_ethusdt_20240808_head.jsonl"), 100));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + "/ws"))
        {
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"ethusdt@trade\"],\"id\":1}");

            assertEquals("{\"result\":null,\"id\":1}", client.next());
            assertTrue(client.next().startsWith("{\"e\":\"trade\",\"E\":"));
        }
    }

    @Test
    void shouldServeFinalBookOfRecordingWhenPlaybackHasEnded() throws Exception
    {
        final ReferenceBook expected = ReferenceBook.finalBook(Samples.binance(FULL), "BTCUSDT");
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(Samples.binance(FULL), SimulatorConfig.MAX_SPEED));
            StreamClient client = StreamClient.open(simulator.addresses().stream() + "/stream?streams=" + BTC))
        {
            simulator.sourceEnded().toCompletableFuture().get(120, TimeUnit.SECONDS);
            final JsonNode depth = StreamClient.json(StreamClient.get(
                simulator.addresses().rest() + "/api/v3/depth?symbol=BTCUSDT&limit=5000").body());

            assertEquals(0, expected.gaps());
            assertEquals(expected.lastUpdateId(), depth.get("lastUpdateId").asLong());
            assertEquals(new TreeMap<>(expected.side(true)), levels(depth.get("bids")));
            assertEquals(new TreeMap<>(expected.side(false)), levels(depth.get("asks")));
        }
    }

    private static Map<Long, Long> levels(final JsonNode side)
    {
        final Map<Long, Long> levels = new TreeMap<>();
        side.forEach(level -> levels.put(E8.parse(level.get(0).asText()), E8.parse(level.get(1).asText())));
        return levels;
    }

    @Test
    void shouldLetClientSynchroniseWheneverItAsksForTheBook() throws Exception
    {
        for (final double speed : new double[]{20, SimulatorConfig.MAX_SPEED})
        {
            for (final int messagesBeforeSnapshot : new int[]{0, 1, 5, 20})
            {
                try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults()
                    .withSource(Samples.binance("spot_ethusdt_20240808_head.jsonl"), speed));
                    StreamClient client = StreamClient.open(
                        simulator.addresses().stream() + "/ws/ethusdt@depth@100ms"))
                {
                    final List<JsonNode> buffered = new ArrayList<>();
                    for (int i = 0; i < messagesBeforeSnapshot; i++)
                    {
                        buffered.add(StreamClient.json(client.next()));
                    }
                    final JsonNode snapshot = StreamClient.json(StreamClient.get(
                        simulator.addresses().rest() + "/api/v3/depth?symbol=ETHUSDT&limit=1000").body());
                    final long lastUpdateId = snapshot.get("lastUpdateId").asLong();
                    String next = buffered.isEmpty() ? client.next() : "";
                    while (null != next && (buffered.isEmpty() ||
                        buffered.get(buffered.size() - 1).get("u").asLong() <= lastUpdateId))
                    {
                        next = next.isEmpty() ?
                            client.nextUnless(() -> simulator.sourceEnded().toCompletableFuture().isDone()) : next;
                        if (null != next)
                        {
                            buffered.add(StreamClient.json(next));
                            next = "";
                        }
                    }
                    final JsonNode first = buffered.stream()
                        .filter(diff -> diff.get("u").asLong() > lastUpdateId).findFirst().orElse(null);

                    final String where = "speed " + speed + ", after " + messagesBeforeSnapshot + " messages";
                    assertTrue(lastUpdateId >= buffered.get(0).get("U").asLong() - 1, where);
                    assertTrue(null == first || first.get("U").asLong() <= lastUpdateId + 1, where);
                }
            }
        }
    }

    @Test
    void shouldDescribeSymbolsOfRecordingWithStepsThatFitItsPrices() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(Samples.binance(FOUR), SimulatorConfig.MAX_SPEED)))
        {
            final JsonNode info = StreamClient.json(
                StreamClient.get(simulator.addresses().rest() + "/api/v3/exchangeInfo").body());

            assertEquals(4, info.get("symbols").size());
            final Map<String, String> steps = new TreeMap<>();
            info.get("symbols").forEach(symbol -> steps.put(
                symbol.get("baseAsset").asText() + '/' + symbol.get("quoteAsset").asText(),
                symbol.get("filters").get(0).get("tickSize").asText() + ' ' +
                    symbol.get("filters").get(1).get("stepSize").asText()));
            assertEquals(Map.of(
                "BLZ/ETH", "0.00000001 1.00000000",
                "LRC/BTC", "0.00000001 1.00000000",
                "NKN/USDT", "0.00001000 0.10000000",
                "RUNE/EUR", "0.00100000 0.10000000"), steps);
        }
    }

    @Test
    void shouldPlayAllStreamsOfManySymbolsInOrderWhenOnlySomeAreSubscribed() throws Exception
    {
        final List<String> expected = rawMessages(Samples.binance(FOUR)).stream()
            .filter(raw -> raw.startsWith("{\"stream\":\"nknusdt@bookTicker\"")).toList();
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSource(Samples.binance(FOUR), SimulatorConfig.MAX_SPEED));
            StreamClient client = StreamClient.open(
                simulator.addresses().stream() + "/stream?streams=nknusdt@bookTicker"))
        {
            for (final String message : expected)
            {
                assertEquals(message, client.next());
            }
            simulator.sourceEnded().toCompletableFuture().get(120, TimeUnit.SECONDS);

            assertEquals(expected.size(), simulator.stats().served());
            assertTrue(simulator.stats().unclaimed() > 100);
        }
    }
}
