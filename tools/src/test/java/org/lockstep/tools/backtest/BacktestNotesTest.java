package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backtest says besides its figures, each only when it applies. */
class BacktestNotesTest
{
    private static final String ON_BARS = "source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1";
    private static final String LONG = ON_BARS + ", direction: long";

    @TempDir
    private Path directory;

    private BacktestFixture backtest;

    @BeforeEach
    void setUp()
    {
        backtest = new BacktestFixture(directory);
    }

    @Test
    void shouldNoteNothingWhenThereIsNothingToNote() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);

        final JsonNode json = backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars));

        assertEquals(List.of(), notes(json));
    }

    @Test
    void shouldSayInTextAndJsonThatProtectionLooksAtClosesOnly() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
        final Path config = config("", "protect: {stopLossBps: 100}, ", LONG);

        final JsonNode json = backtest.run(config, backtest.options("BTCUSDT=" + bars));
        final String text = backtest.output(config, backtest.options("BTCUSDT=" + bars), false, () -> false);

        final String note = only(json);
        assertTrue(note.startsWith("protect of a: ") && note.contains("close of each bar"), note);
        assertTrue(text.contains(note), text);
    }

    @Test
    void shouldSayThatABotWaitsForShorterBarsThanThereAre() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);

        final JsonNode json = backtest.run(config("", "", "source: bars, fast: 1, slow: 2"),
            backtest.options("BTCUSDT=" + bars));

        assertEquals("a ordered nothing: it waits for bars of 1m (barInterval), and the files have 1h", only(json));
    }

    @Test
    void shouldSayThatABotWaitsForQuotes() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);

        final JsonNode json = backtest.run(config("", "", "fast: 1, slow: 2"), backtest.options("BTCUSDT=" + bars));

        final String note = only(json);
        assertTrue(note.contains("a ordered nothing") && note.contains("source: bars"), note);
    }

    @Test
    void shouldSayThatWhatABotWantedWasTooSmall() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
        final BacktestOptions usual = backtest.options("BTCUSDT=" + bars);

        final JsonNode json = backtest.run(config("", "", LONG), new BacktestOptions(null, usual.bars(), null, null,
            null, List.of(), List.of(), List.of("BTCUSDT=500"), usual.directory(), null, null));

        final String note = only(json);
        assertTrue(note.startsWith("a gave 3 signals and ordered nothing"), note);
        assertTrue(note.contains("lot 0.01, value 500"), note);
    }

    @Test
    void shouldSayThatARuleNeverDecided() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102);

        final JsonNode json = backtest.run(config("", "", "source: bars, barInterval: 1h, fast: 1, slow: 9"),
            backtest.options("BTCUSDT=" + bars));

        final String note = only(json);
        assertTrue(note.startsWith("a ordered nothing: its rule gave no signal"), note);
    }

    /** Three decisions: all filled, half filled, nothing to be had. */
    @Test
    void shouldTellOfOrdersThatExpiredAndOfBarsWithoutVolume() throws IOException
    {
        final Path bars = backtest.file("bars.csv", """
            time,open,high,low,close,volume
            2024-01-01T00:00:00Z,100,100,100,100,10.0
            2024-01-01T01:00:00Z,100,110,100,110,10.0
            2024-01-01T02:00:00Z,110,110,100,100,0.5
            2024-01-01T03:00:00Z,100,100,90,90,0
            2024-01-01T04:00:00Z,90,90,80,80,10.0
            """);
        final Path config = config("", "", LONG);

        final JsonNode json = backtest.run(config, backtest.options("BTCUSDT=" + bars));
        final String text = backtest.output(config, backtest.options("BTCUSDT=" + bars), false, () -> false);

        final JsonNode bot = json.path("bots").path(0);
        assertEquals(4, bot.path("orders").asInt(), json::toString);
        assertEquals(3, bot.path("fills").asInt(), json::toString);
        assertEquals(2, bot.path("expired").asInt(), json::toString);
        assertEquals(1, bot.path("partlyFilled").asInt(), json::toString);
        assertEquals(2, json.path("total").path("expired").asInt());
        assertEquals(2, json.path("expirations").path(0).path("count").asInt(), json::toString);
        assertTrue(json.path("expirations").path(0).path("text").asText().contains("liquidity"), json::toString);
        assertTrue(only(json).startsWith("1 of 5 bars has no volume"), json::toString);
        assertTrue(text.contains("expired / partly filled") && text.contains("2 / 1"), text);
    }

    @Test
    void shouldSayThatABotWasShort() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);

        final JsonNode json = backtest.run(config("", "", ON_BARS), backtest.options("BTCUSDT=" + bars));

        final String note = only(json);
        assertTrue(note.startsWith("a was short at the close of 2 bars"), note);
        assertTrue(note.contains("allowShort: false"), note);
    }

    @Test
    void shouldSayThatABalanceFellBelowNothing() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 60, 61, 62);

        final JsonNode json = backtest.run(config(", leverage: 5", "", "source: bars, barInterval: 1h, fast: 1, " +
            "slow: 2, quantity: 40, direction: long"), backtest.options("BTCUSDT=" + bars));

        final String note = notes(json).get(0);
        assertTrue(note.startsWith("the balance of account main was below 0 at 2024-01-01T03:00:00Z"), json::toString);
    }

    @Test
    void shouldSayThatAPositionWasLeftOpenByABotThatWasKilled() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 110, 50, 60, 30, 40);

        final JsonNode json = backtest.run(config("", "limits: {maxDailyLoss: 10}, ", LONG),
            backtest.options("BTCUSDT=" + bars));

        final String note = only(json);
        assertTrue(note.startsWith("a did not run to the end: killed, daily loss"), note);
        assertTrue(note.endsWith("its position was left open since 2024-01-01T03:00:00Z"), note);
    }

    @Test
    void shouldCountStopLossesAndTakeProfitsByThemselves() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 110, 50, 60, 90, 95, 120, 90, 95, 70);

        final JsonNode json = backtest.run(config("", "protect: {stopLossBps: 100, takeProfitBps: 100}, ", LONG),
            backtest.options("BTCUSDT=" + bars));

        final List<String> texts = new ArrayList<>();
        json.path("alerts").path("texts").forEach(row ->
            texts.add(row.path("text").asText().split(" of ")[0] + " " + row.path("count").asInt()));
        assertEquals(List.of("a: stop-loss 2", "a: take-profit 1"), texts, json::toString);
    }

    private Path config(final String account, final String bot, final String parameters) throws IOException
    {
        return backtest.file("notes.yaml", """
            venues: {binance: {symbols: [BTCUSDT]}}
            accounts: [{name: main, balance: 1000%s}]
            bots: [{name: a, strategy: crossover, account: main, symbols: [BTCUSDT], %sparameters: {%s}}]
            """.formatted(account, bot, parameters));
    }

    private static String only(final JsonNode json)
    {
        final List<String> notes = notes(json);
        assertEquals(1, notes.size(), notes::toString);
        return notes.get(0);
    }

    private static List<String> notes(final JsonNode json)
    {
        assertTrue(json.path("notes").isArray(), json::toString);
        final List<String> notes = new ArrayList<>();
        json.path("notes").forEach(note -> notes.add(note.asText()));
        return notes;
    }
}
