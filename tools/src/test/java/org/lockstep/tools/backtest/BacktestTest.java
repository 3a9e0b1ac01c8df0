package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.StrategyCheck;

/** Backtests on bars whose result is worked out by hand. */
class BacktestTest
{
    private static final String HEADER = "time,open,high,low,close,volume\n";

    @TempDir
    private Path directory;

    private BacktestFixture backtest;

    @BeforeEach
    void setUp()
    {
        backtest = new BacktestFixture(directory);
    }

    /**
     * Buys 1 at 102 (fee 0.102), sells it at 103 (0.103), buys 1 at 105 (0.105). Equity at the closes: 0, 0, 2 - 0.102,
     * 1 - 0.102, 1 - 0.205, 1 - 0.205, and 1 - 0.31 once the last order has filled.
     */
    @Test
    void shouldComeToTheFiguresWorkedOutByHand() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);

        final JsonNode json = backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars));

        final JsonNode bot = json.path("bots").path(0);
        assertEquals("cross", bot.path("bot").asText());
        assertEquals("RUNNING", bot.path("state").asText());
        assertEquals(3, bot.path("orders").asInt());
        assertEquals(3, bot.path("fills").asInt());
        assertEquals(0, bot.path("refused").asInt());
        assertEquals(1, bot.path("roundTrips").asInt());
        assertEquals(100, bot.path("winRatePercent").asDouble());
        assertTrue(bot.path("profitFactor").isNull());
        assertEquals("1.00000000", bot.path("realisedPnl").asText());
        assertEquals("0.00000000", bot.path("unrealisedPnl").asText());
        assertEquals("0.31000000", bot.path("fees").asText());
        assertEquals("0.69000000", bot.path("pnl").asText());
        assertEquals(0.069, bot.path("returnPercent").asDouble());
        assertEquals(5, bot.path("holdPercent").asDouble());
        assertEquals("1.20800000", bot.path("maxDrawdown").asText());
        assertEquals(0.1206, bot.path("maxDrawdownPercent").asDouble());
        assertEquals(33.3333, bot.path("inMarketPercent").asDouble());
        assertTrue(bot.path("sharpeDaily").isNull(), "less than two days");
        assertEquals("1.00", bot.path("positions").path(0).path("quantity").asText());
        assertEquals(6, json.path("bars").asInt());
        assertEquals(BacktestFixture.START_MS, json.path("from").asLong());
        assertEquals(BacktestFixture.START_MS + 6 * BacktestFixture.HOUR_MS, json.path("to").asLong());
        assertEquals("1h", json.path("interval").asText());
        assertEquals("0.69000000", json.path("total").path("pnl").asText());
        assertEquals("1000.00000000", json.path("total").path("capital").asText());
        assertEquals(0, json.path("barsLeftOut").asInt());
        assertEquals(0, json.path("refusals").size(), "bars are fresh when they end, however long they are");
    }

    @Test
    void shouldGiveTheSameStateTwiceAndReplayToIt() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105, 99, 98, 104);

        final JsonNode first = backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars));
        final JsonNode second = backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars));
        final ReplayResult replay = new Replayer(Path.of(first.path("journal").asText()), new Engine(),
            ReplayOptions.all().withVerify(true)).run();

        assertEquals(first.path("stateHash").asText(), second.path("stateHash").asText());
        assertNull(replay.divergence());
        assertTrue(replay.verified());
        assertEquals(first.path("stateHash").asText(), String.format("%016x", replay.stateHash()));
        assertEquals(first.path("inputs").asLong(), replay.inputs());
        assertEquals(first.path("outputs").asLong(), replay.outputs());
    }

    /** Else a bot that hears of one would find the other where the time before left it, by the order of options. */
    @Test
    void shouldSayOfEachBarWhetherAnotherOfItsTimeFollows() throws IOException
    {
        final BacktestPlan plan = BacktestPlan.of(ConfigReader.read(backtest.config(), StrategyCheck.onClassPath()),
            backtest.options("BTCUSDT=" + backtest.closes("btc.csv", 1, 2, 3), "ETHUSDT=" +
                backtest.closes("eth.csv", 3, 4)), () -> false);
        final List<String> bars = new ArrayList<>();

        try (BarMerge merge = new BarMerge(plan))
        {
            while (merge.hasNext())
            {
                merge.takeAll(merge.nextEndNs(), (bar, hasMore) ->
                    bars.add(bar.instrument().symbol() + " " + hasMore));
            }
        }

        assertEquals(List.of("BTCUSDT true", "ETHUSDT false", "BTCUSDT true", "ETHUSDT false", "BTCUSDT false"), bars);
    }

    @Test
    void shouldReadEveryFormatAlike() throws IOException
    {
        final double[] closes = {100, 102, 104, 103, 101, 105};
        final String exchange = Files.readString(backtest.closes("ms.csv", closes));
        final StringBuilder dates = new StringBuilder("Volume,CLOSE,\"low\",high,open,Date,comment\r\n");
        double open = closes[0];
        for (int i = 0; i < closes.length; i++)
        {
            dates.append("1e3,").append(closes[i]).append(',').append(Math.min(open, closes[i])).append(',')
                .append(Math.max(open, closes[i])).append(',').append(open).append(",2024-01-01 0").append(i)
                .append(":00,\"a, b\"\r\n\r\n");
            open = closes[i];
        }
        backtest.file("dates.csv", "\ufeff" + dates);
        backtest.file("micros.csv", "open_time,open,high,low,close,volume,close_time,a,count,b,c,ignore\n" +
            exchange.replaceAll("(?m)^(\\d+)", "$1000"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("bars.csv.gz"))))
        {
            out.write(exchange.getBytes(StandardCharsets.UTF_8));
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(directory.resolve("bars.zip"))))
        {
            out.putNextEntry(new ZipEntry("README.txt"));
            out.putNextEntry(new ZipEntry("bars.csv"));
            out.write(exchange.getBytes(StandardCharsets.UTF_8));
        }
        final String lines = exchange.replace("\r", "");
        final int half = lines.indexOf('\n', lines.length() / 2) + 1;
        backtest.file("first.csv", lines.substring(0, half));
        backtest.file("second.csv", lines.substring(half));

        for (final String files : List.of("ms.csv", "dates.csv", "micros.csv", "bars.csv.gz", "bars.zip",
            "first.csv," + directory.resolve("second.csv")))
        {
            final JsonNode json =
                backtest.run(backtest.config(), backtest.options("BTCUSDT=" + directory.resolve(files)));

            assertEquals(6, json.path("bars").asInt(), files);
            assertEquals("0.69000000", json.path("total").path("pnl").asText(), files);
        }
    }

    @Test
    void shouldMergeSymbolsByTimeAndTellEachBotsFigures() throws IOException
    {
        final Path config = backtest.file("two.yaml", """
            venues: {binance: {symbols: [BTCUSDT, ETHUSDT]}}
            accounts: [{name: main, balance: 1000, makerFeeBps: 0, takerFeeBps: 0}]
            bots:
              - {name: btc, strategy: crossover, account: main, symbols: [BTCUSDT],
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1, direction: long}}
              - {name: eth, strategy: crossover, account: main, symbols: [ETHUSDT],
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 2, direction: long}}
              - {name: idle, strategy: grid, account: main, symbols: [BTCUSDT], start: false}
            """);
        final Path btc = backtest.closes("btc.csv", 100, 102, 104, 103, 101, 105);
        final Path eth = backtest.closes("eth.csv", 10, 9, 10, 8);

        final JsonNode json = backtest.run(config, backtest.options("btcusdt=" + btc, "binance:ETHUSDT=" + eth));

        assertEquals(10, json.path("bars").asInt());
        assertEquals(2, json.path("bots").size());
        assertEquals("1.00000000", json.path("bots").path(0).path("pnl").asText());
        assertEquals("-4.00000000", json.path("bots").path(1).path("pnl").asText());
        assertEquals(-20, json.path("bots").path(1).path("holdPercent").asDouble());
        assertEquals("-3.00000000", json.path("total").path("pnl").asText());
        assertEquals("1000.00000000", json.path("total").path("capital").asText());
        assertEquals(50, json.path("total").path("winRatePercent").asDouble());
        assertEquals(0.25, json.path("total").path("profitFactor").asDouble());
    }

    @Test
    void shouldCountWhatIsMissingAndKeepToThePeriod() throws IOException
    {
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T00:00:00Z,100,100,100,100,1
            2024-01-01T01:00:00Z,100,100,100,100,1
            2024-01-01T04:00:00Z,100,100,100,100,1
            2024-01-01T05:00:00Z,100,100,100,100,1
            2024-01-01T08:00:00Z,100,100,100,100,1
            """);
        final BacktestOptions all = backtest.options("BTCUSDT=" + bars);

        final JsonNode json = backtest.run(backtest.config(), new BacktestOptions(null, all.bars(), "1h",
            "2024-01-01T01:00:00Z", "2024-01-01T06:00:00Z", List.of("BTCUSDT=0.5"), List.of("binance:btcusdt=0.001"),
            List.of("BTCUSDT=5"), all.directory(), null, null));

        final JsonNode symbol = json.path("symbols").path(0);
        assertEquals(3, json.path("bars").asInt());
        assertEquals(1, symbol.path("gaps").asInt());
        assertEquals(2, symbol.path("missing").asInt());
        assertEquals("0.5", symbol.path("tick").asText());
        assertEquals("0.001", symbol.path("lot").asText());
        assertEquals("5", symbol.path("minNotional").asText());
        assertFalse(symbol.path("assumed").asBoolean());
    }

    @Test
    void shouldTellWhatWasRefused() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 1000, 1020, 1040, 1030);

        final BacktestOptions options = backtest.options("BTCUSDT=" + bars);
        final JsonNode json = backtest.run(backtest.config(), options);
        final String text = backtest.output(backtest.config(), backtest.options("BTCUSDT=" + bars), false, () -> false);

        assertEquals(0, json.path("total").path("fills").asInt());
        assertEquals(2, json.path("total").path("refused").asInt());
        assertEquals(2, json.path("refusals").path(0).path("count").asInt());
        assertTrue(json.path("refusals").path(0).path("text").asText().contains("funds"), json::toString);
        assertTrue(text.contains("refused orders") && text.contains("funds"), text);
    }

    @Test
    void shouldTellOfABotThatWasKilledAndOfAlertsByKind() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 110, 50, 60, 30, 40);
        final Path config = backtest.file("limits.yaml", """
            venues: {binance: {symbols: [BTCUSDT]}}
            accounts: [{name: main, balance: 1000}]
            bots:
              - {name: killed, strategy: crossover, account: main, symbols: [BTCUSDT], limits: {maxDailyLoss: 10},
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1, direction: long}}
              - {name: stopped, strategy: crossover, account: main, symbols: [BTCUSDT], protect: {stopLossBps: 100},
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1, direction: long}}
            """);

        final JsonNode json = backtest.run(config, backtest.options("BTCUSDT=" + bars));
        final String text = backtest.output(config, backtest.options("BTCUSDT=" + bars), false, () -> false);

        assertEquals("KILLED", json.path("bots").path(0).path("state").asText());
        assertTrue(json.path("bots").path(0).path("reason").asText().contains("daily loss"), json::toString);
        assertEquals("RUNNING", json.path("bots").path(1).path("state").asText());
        assertEquals(2, json.path("alerts").path("texts").size(), json::toString);
        final JsonNode stops = json.path("alerts").path("texts").path(1);
        assertEquals(2, stops.path("count").asInt(), json::toString);
        assertTrue(stops.path("text").asText().contains("stop-loss of stopped"), json::toString);
        assertEquals(3, json.path("alerts").path("warning").asInt() + json.path("alerts").path("critical").asInt());
        assertTrue(text.contains("killed did not run to the end: killed, daily loss"), text);
    }

    @Test
    void shouldWriteRoundTripsAndEquity() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
        final BacktestOptions usual = backtest.options("BTCUSDT=" + bars);
        final Path trades = directory.resolve("trades.csv");
        final Path equity = directory.resolve("equity.csv");

        backtest.run(backtest.config(), new BacktestOptions(null, usual.bars(), null, null, null, List.of(),
            List.of(), List.of(), usual.directory(), trades, equity));

        assertEquals(List.of(
            "bot,symbol,side,entryTime,exitTime,quantity,entryPrice,exitPrice,fees,result",
            "cross,binance:BTCUSDT,long,2024-01-01T02:00:00.010Z,2024-01-01T04:00:00.010Z,1.00,102.00,103.00," +
            "0.20500000,0.79500000"), Files.readAllLines(trades));
        assertEquals(9, Files.readAllLines(equity).size(), "the names, the beginning, six bars, and the last fill");
    }

    @Test
    void shouldEndInOrderWhenItIsInterrupted() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
        final BacktestOptions options = backtest.options("BTCUSDT=" + bars);

        final JsonNode json = backtest.run(backtest.config(), options, BacktestFilesTest.begun(options));

        assertTrue(json.path("interrupted").asBoolean());
        assertEquals(1, json.path("bars").asInt());
        assertTrue(new Replayer(options.directory(), new Engine(), ReplayOptions.all().withVerify(true)).run()
            .verified());
    }

    @Test
    void shouldBeginNothingWhenItIsInterruptedWhileItReads() throws IOException
    {
        final double[] closes = new double[70_000];
        Arrays.fill(closes, 100);
        final Path bars = backtest.closes("bars.csv", closes);
        final BacktestOptions options = backtest.options("BTCUSDT=" + bars);

        final CommandFailure failure =
            assertThrows(CommandFailure.class, () -> backtest.run(backtest.config(), options, () -> true));

        assertEquals(ExitCode.INTERRUPTED, failure.exitCode());
        assertFalse(Files.exists(options.directory()));
    }

    @Test
    void shouldRunItsExampleAndLeaveItAloneTheNextTime() throws IOException
    {
        final BacktestExample example = BacktestExample.write(directory.resolve("example"));
        final JsonNode json = backtest.run(example.config(), backtest.options(example.bars()));
        Files.writeString(example.config(), Files.readString(example.config()).replace("24", "12"));

        assertEquals(example, BacktestExample.write(directory.resolve("example")));
        assertTrue(Files.readString(example.config()).contains("fast: 12"));
        assertEquals(8_760, json.path("bars").asInt());
        assertTrue(json.path("total").path("roundTrips").asInt() > 10, json::toString);
        assertEquals(0, json.path("refusals").size(), json::toString);
    }

    @Test
    void shouldSayWhatWasAssumedAndThatABotOrderedNothing() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104);
        final Path config = backtest.file("grid.yaml", """
            venues: {binance: {symbols: [BTCUSDT]}}
            accounts: [{name: main}]
            bots: [{name: grid, strategy: grid, account: main, symbols: [BTCUSDT]}]
            """);

        final String text = backtest.output(config, backtest.options("BTCUSDT=" + bars), false, () -> false);

        assertTrue(text.contains("tick 0.01, lot 0.01, "), text);
        assertTrue(text.contains("assumed"), text);
        assertTrue(text.contains("grid ordered nothing"), text);
        assertTrue(text.contains("--verify"), text);
    }
}
