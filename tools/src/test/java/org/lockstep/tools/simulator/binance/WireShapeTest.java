package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Field names, their order and their types, against the examples of the venue's documentation and a real reply. */
@Timeout(300)
class WireShapeTest
{
    private static BinanceSimulator simulator;

    @BeforeAll
    static void start() throws IOException
    {
        simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(3_000).withLimits(1_000_000, 1 << 24));
    }

    @AfterAll
    static void stop()
    {
        simulator.close();
    }

    /** Names in order with types; arrays by their first element, empty arrays of the example as "any". */
    static String shape(final JsonNode node)
    {
        if (node.isObject())
        {
            final StringBuilder text = new StringBuilder("{");
            for (final Map.Entry<String, JsonNode> field : node.properties())
            {
                text.append(field.getKey()).append(':').append(shape(field.getValue())).append(' ');
            }
            return text.append('}').toString();
        }
        if (node.isArray())
        {
            return node.isEmpty() ? "[]" : '[' + shape(node.get(0)) + ']';
        }
        return node.isTextual() ? "string" : node.isBoolean() ? "boolean" : node.isIntegralNumber() ? "integer" :
            node.getNodeType().toString();
    }

    private static JsonNode example(final String file, final String key, final String value, final String variant)
        throws IOException
    {
        for (final String line : Files.readAllLines(Samples.binance(file)))
        {
            final JsonNode row = StreamClient.json(line);
            if (row.path(key).asText().equals(value) && row.path("variant").asText().startsWith(variant))
            {
                return row.get("msg");
            }
        }
        throw new AssertionError("no example of " + value + " in " + file);
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt@trade, Trade Streams",
        "btcusdt@aggTrade, Aggregate Trade Streams",
        "btcusdt@bookTicker, Individual Symbol Book Ticker Streams",
        "btcusdt@depth, Diff. Depth Stream",
        "btcusdt@depth@100ms, Diff. Depth Stream",
        "btcusdt@depth5, Partial Book Depth Streams",
        "btcusdt@depth20@100ms, Partial Book Depth Streams",
        "btcusdt@kline_1s, Kline/Candlestick Streams for UTC",
        "btcusdt@kline_1m, Kline/Candlestick Streams for UTC",
        "btcusdt@ticker, Individual Symbol Ticker Streams",
        "btcusdt@miniTicker, Individual Symbol Mini Ticker Stream",
        "btcusdt@avgPrice, Average Price"})
    void shouldSendStreamPayloadsInTheDocumentedShape(final String stream, final String section) throws Exception
    {
        final JsonNode expected = example("docs_streams_and_user_data.jsonl", "section", section, "");
        try (StreamClient client = StreamClient.open(simulator.addresses().stream() + "/ws/" + stream))
        {
            final String text = client.next();

            assertEquals(shape(expected), shape(StreamClient.json(text)));
            assertTrue(text.matches(".*\"\\d+\\.\\d{8}\".*"), "eight decimals: " + text);
        }
    }

    @Test
    void shouldWrapPayloadsWhenSocketIsCombined() throws Exception
    {
        try (StreamClient client = StreamClient.open(
            simulator.addresses().stream() + "/stream?streams=!miniTicker@arr/ethusdt@depth10@100ms"))
        {
            final JsonNode partial = StreamClient.json(client.nextWith("ethusdt@depth10@100ms"));
            final JsonNode tickers = StreamClient.json(client.nextWith("!miniTicker@arr"));

            assertEquals(10, partial.get("data").get("bids").size());
            assertEquals("24hrMiniTicker", tickers.get("data").get(0).get("e").asText());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "time | GET /api/v3/time | Response",
        "depth?symbol=BTCUSDT&limit=5 | GET /api/v3/depth | Response",
        "trades?symbol=BTCUSDT | GET /api/v3/trades | Response",
        "historicalTrades?symbol=BTCUSDT&limit=3 | GET /api/v3/trades | Response",
        "aggTrades?symbol=BTCUSDT | GET /api/v3/aggTrades | Response",
        "avgPrice?symbol=BTCUSDT | GET /api/v3/avgPrice | Response",
        "ticker/24hr?symbol=BTCUSDT | GET /api/v3/ticker/24hr | Response - FULL",
        "ticker/24hr?symbol=BTCUSDT&type=MINI | GET /api/v3/ticker/24hr | Response - MINI",
        "ticker/price?symbol=BTCUSDT | GET /api/v3/ticker/price | Response",
        "ticker/bookTicker?symbol=BTCUSDT | GET /api/v3/ticker/bookTicker | Response"})
    void shouldAnswerRestInTheDocumentedShape(final String request, final String endpoint, final String variant)
        throws Exception
    {
        final JsonNode expected = example("docs_rest.jsonl", "endpoint", endpoint, variant);

        final String body = StreamClient.get(simulator.addresses().rest() + "/api/v3/" + request).body();

        assertEquals(shape(expected), shape(StreamClient.json(body)));
    }

    @Test
    void shouldAnswerKlinesAsRowsOfTheDocumentedTypes() throws Exception
    {
        final JsonNode expected = example("docs_rest.jsonl", "endpoint", "GET /api/v3/klines", "").get(0);
        final JsonNode row = StreamClient.json(StreamClient.get(
            simulator.addresses().rest() + "/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=2").body()).get(1);

        assertEquals(expected.size(), row.size());
        for (int i = 0; i < expected.size(); i++)
        {
            assertEquals(shape(expected.get(i)), shape(row.get(i)), "column " + i);
        }
    }

    @Test
    void shouldDescribeSymbolsAsTheExchangeDoes() throws Exception
    {
        final JsonNode expected = StreamClient.json(
            Files.readString(Samples.binance("testnet_exchangeInfo_BTCUSDT_20260913.json")));
        final JsonNode actual = StreamClient.json(StreamClient.get(
            simulator.addresses().rest() + "/api/v3/exchangeInfo?symbol=BTCUSDT").body());

        assertEquals(shape(expected), shape(actual));
        assertEquals(1, actual.get("symbols").size());
        final JsonNode filters = expected.get("symbols").get(0).get("filters");
        for (int i = 0; i < filters.size(); i++)
        {
            assertEquals(shape(filters.get(i)), shape(actual.get("symbols").get(0).get("filters").get(i)));
        }
    }

    @Test
    void shouldGiveMicrosecondsWhenAskedFor() throws Exception
    {
        try (StreamClient client = StreamClient.open(
            simulator.addresses().stream() + "/ws/btcusdt@trade?timeUnit=MICROSECOND"))
        {
            final JsonNode trade = StreamClient.json(client.next());

            assertTrue(trade.get("E").asLong() > 1_000_000_000_000_000L, trade.toString());
            assertTrue(trade.get("T").asLong() > 1_000_000_000_000_000L, trade.toString());
        }
    }
}
