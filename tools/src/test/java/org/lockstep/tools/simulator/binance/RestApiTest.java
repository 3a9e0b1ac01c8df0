package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.market.E8;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class RestApiTest
{
    private static BinanceSimulator simulator;

    @BeforeAll
    static void start() throws IOException
    {
        simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(60).withEventsPerSecond(5_000).withLimits(1_000_000, 1 << 24));
    }

    @AfterAll
    static void stop()
    {
        simulator.close();
    }

    private static HttpResponse<String> get(final String request) throws Exception
    {
        return StreamClient.get(simulator.addresses().rest() + "/api/v3/" + request);
    }

    @ParameterizedTest
    @CsvSource({
        "depth, -1102",
        "depth?symbol=, -1102",
        "depth?symbol=NOSUCH, -1121",
        "depth?symbol=btcusdt, -1100",
        "depth?symbol=BTCUSDT&limit=x, -1100",
        "depth?symbol=BTCUSDT&limit=0, -1130",
        "klines?symbol=BTCUSDT, -1102",
        "klines?symbol=BTCUSDT&interval=7m, -1120",
        "exchangeInfo?symbol=NOSUCH, -1121",
        "exchangeInfo?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D, -1128",
        "ticker/price?symbol=BTCUSDT&symbol=ETHUSDT, -1101"})
    void shouldRefuseWithTheVenuesCodeWhenParametersAreWrong(final String request, final int code) throws Exception
    {
        final HttpResponse<String> response = get(request);

        assertEquals(400, response.statusCode());
        assertEquals(code, StreamClient.json(response.body()).get("code").asInt());
    }

    @Test
    void shouldSayInvalidSymbolWordForWord() throws Exception
    {
        assertEquals("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", get("depth?symbol=NOSUCH").body());
    }

    @Test
    void shouldCountRequestWeight() throws Exception
    {
        try (BinanceSimulator fresh = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(1).withLimits(100, 1 << 24)))
        {
            final String url = fresh.addresses().rest() + "/api/v3/depth?symbol=BTCUSDT&limit=1000";
            final HttpResponse<String> first = StreamClient.get(url);
            StreamClient.get(url);
            HttpResponse<String> last = StreamClient.get(url);
            while (200 == last.statusCode())
            {
                last = StreamClient.get(url);
            }
            final int refused = last.statusCode();
            for (int i = 0; i < 40 && 418 != last.statusCode(); i++)
            {
                last = StreamClient.get(url);
            }

            assertEquals("50", first.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
            assertEquals(429, refused);
            assertEquals(418, last.statusCode());
            assertEquals(-1003, StreamClient.json(last.body()).get("code").asInt());
            assertTrue(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()) > 0);
        }
    }

    @Test
    void shouldDescribeEverySymbolOnce() throws Exception
    {
        final JsonNode symbols = StreamClient.json(get("exchangeInfo").body()).get("symbols");
        final Set<String> names = new HashSet<>();
        symbols.forEach(symbol -> names.add(symbol.get("symbol").asText()));

        assertEquals(60, names.size());
        assertEquals(60, StreamClient.json(get("ticker/24hr").body()).size());
        assertEquals(60, StreamClient.json(get("ticker/bookTicker").body()).size());
        assertEquals(2, StreamClient.json(
            get("ticker/price?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D").body()).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w"})
    void shouldGiveBarsWithoutHolesBackInTime(final String interval) throws Exception
    {
        final int limit = 100;
        final JsonNode bars =
            StreamClient.json(get("klines?symbol=ETHUSDT&limit=" + limit + "&interval=" + interval).body());

        assertEquals(limit, bars.size());
        for (int i = 0; i < limit; i++)
        {
            final JsonNode bar = bars.get(i);
            final long open = E8.parse(bar.get(1).asText());
            final long high = E8.parse(bar.get(2).asText());
            final long low = E8.parse(bar.get(3).asText());
            final long close = E8.parse(bar.get(4).asText());
            assertTrue(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close), bar.toString());
            assertTrue(high < low * 3, bar.toString());
            assertTrue(0 == i || bar.get(0).asLong() == bars.get(i - 1).get(6).asLong() + 1, bar.toString());
            assertTrue(E8.parse(bar.get(9).asText()) <= E8.parse(bar.get(5).asText()), bar.toString());
        }
    }

    @Test
    void shouldAgreeOnBarsWhenHoursAreMadeOfMinutes() throws Exception
    {
        final JsonNode hour = StreamClient.json(get("klines?symbol=ETHUSDT&limit=2&interval=1h").body()).get(0);
        final JsonNode minutes = StreamClient.json(get("klines?symbol=ETHUSDT&limit=60&interval=1m&startTime=" +
            hour.get(0).asLong()).body());
        long high = 0;
        long volume = 0;
        long trades = 0;
        for (final JsonNode minute : minutes)
        {
            high = Math.max(high, E8.parse(minute.get(2).asText()));
            volume += E8.parse(minute.get(5).asText());
            trades += minute.get(8).asLong();
        }

        assertEquals(60, minutes.size());
        assertEquals(hour.get(1), minutes.get(0).get(1));
        assertEquals(hour.get(4), minutes.get(59).get(4));
        assertEquals(E8.parse(hour.get(2).asText()), high);
        assertEquals(E8.parse(hour.get(5).asText()), volume);
        assertEquals(hour.get(8).asLong(), trades);
    }

    @Test
    void shouldAgreeOnCandleWhenStreamAndRestShowTheSameMinute() throws Exception
    {
        try (StreamClient client = StreamClient.open(simulator.addresses().stream() + "/ws/btcusdt@kline_1s"))
        {
            JsonNode closed = StreamClient.json(client.next()).get("k");
            while (!closed.get("x").asBoolean() || 0 == closed.get("n").asInt())
            {
                closed = StreamClient.json(client.next()).get("k");
            }
            final JsonNode row = StreamClient.json(get("klines?symbol=BTCUSDT&interval=1s&limit=1&startTime=" +
                closed.get("t").asLong()).body()).get(0);
            final JsonNode trade = StreamClient.json(get("historicalTrades?symbol=BTCUSDT&limit=1&fromId=" +
                closed.get("f").asLong()).body()).get(0);

            assertEquals(closed.get("o"), row.get(1));
            assertEquals(closed.get("h"), row.get(2));
            assertEquals(closed.get("c"), row.get(4));
            assertEquals(closed.get("v"), row.get(5));
            assertEquals(closed.get("n"), row.get(8));
            assertEquals(closed.get("L").asLong() - closed.get("f").asLong() + 1, closed.get("n").asLong());
            assertEquals(closed.get("o"), trade.get("price"));
        }
    }

    @Test
    void shouldContinueAggregateTradesFromTradesWhenListed() throws Exception
    {
        final JsonNode rows = StreamClient.json(get("aggTrades?symbol=BTCUSDT&limit=200").body());

        for (int i = 1; i < rows.size(); i++)
        {
            assertEquals(rows.get(i - 1).get("a").asLong() + 1, rows.get(i).get("a").asLong());
            assertEquals(rows.get(i - 1).get("l").asLong() + 1, rows.get(i).get("f").asLong());
        }
        assertEquals(200, rows.size());
    }
}
