package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** Files that a backtest writes, and what it leaves when it is interrupted. */
class BacktestFilesTest
{
    @TempDir
    private Path directory;

    private BacktestFixture backtest;
    private Path bars;

    @BeforeEach
    void setUp() throws IOException
    {
        backtest = new BacktestFixture(directory);
        bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
    }

    @Test
    void shouldNotWriteOverItsBars() throws IOException
    {
        final String before = Files.readString(bars);
        final Path link = Files.createSymbolicLink(directory.resolve("link.csv"), bars);

        for (final Path same : List.of(bars, directory.resolve(".").resolve("bars.csv"), link))
        {
            final CommandFailure failure = refused(same, null);

            assertEquals(ExitCode.USAGE, failure.exitCode());
            assertEquals("--trades: found " + same + ", which is a file of --bars, allowed: another file",
                failure.getMessage());
            assertEquals(before, Files.readString(bars));
        }
    }

    @Test
    void shouldNotWriteOverItsConfiguration() throws IOException
    {
        final CommandFailure failure = refused(null, backtest.config());

        assertTrue(failure.getMessage().contains("which is the configuration"), failure::getMessage);
        assertTrue(Files.readString(backtest.config()).contains("crossover"));
    }

    @Test
    void shouldRefuseOneFileForTradesAndEquity() throws IOException
    {
        final CommandFailure failure =
            refused(directory.resolve("out.csv"), directory.resolve(".").resolve("out.csv"));

        assertTrue(failure.getMessage().contains("which --trades names too"), failure::getMessage);
        assertFalse(Files.exists(directory.resolve("out.csv")));
    }

    /** Equity of the account: from its balance on, and at last what the report says, after an order's fill. */
    @Test
    void shouldWriteEquityFromTheBalanceToTheReport() throws IOException
    {
        final Path equity = directory.resolve("equity.csv");

        final JsonNode json = backtest.run(backtest.config(), options(null, equity));

        assertEquals("0.69000000", json.path("total").path("pnl").asText());
        assertEquals(List.of(
            "time,total,cross",
            "2024-01-01T00:00:00Z,1000.00000000,1000.00000000",
            "2024-01-01T01:00:00Z,1000.00000000,1000.00000000",
            "2024-01-01T02:00:00Z,1000.00000000,1000.00000000",
            "2024-01-01T03:00:00Z,1001.89800000,1001.89800000",
            "2024-01-01T04:00:00Z,1000.89800000,1000.89800000",
            "2024-01-01T05:00:00Z,1000.79500000,1000.79500000",
            "2024-01-01T06:00:00Z,1000.79500000,1000.79500000",
            "2024-01-01T06:00:00Z,1000.69000000,1000.69000000"), Files.readAllLines(equity));
    }

    @Test
    void shouldTellOfBarsAsFarAsItRanWhenItIsInterrupted() throws IOException
    {
        final BacktestOptions options = options(null, null);

        final JsonNode json = backtest.run(backtest.config(), options, begun(options));

        assertTrue(json.path("interrupted").asBoolean());
        final JsonNode symbol = json.path("symbols").path(0);
        assertEquals(json.path("bars").asLong(), symbol.path("bars").asLong());
        assertEquals(json.path("to").asLong(), symbol.path("to").asLong());
        assertEquals(0, symbol.path("holdPercent").asDouble(), "one bar ran, which opened and closed at 100");
        assertEquals(0, json.path("total").path("holdPercent").asDouble());
        assertEquals(0, json.path("bots").path(0).path("holdPercent").asDouble());
    }

    @Test
    void shouldBeginNothingWhenItIsInterruptedWhileItReadsFewBars() throws IOException
    {
        final BacktestOptions options = options(directory.resolve("trades.csv"), null);

        final CommandFailure failure =
            assertThrows(CommandFailure.class, () -> backtest.run(backtest.config(), options, () -> true));

        assertEquals(ExitCode.INTERRUPTED, failure.exitCode());
        assertTrue(failure.getMessage().contains("interrupted while reading"), failure::getMessage);
        assertFalse(Files.exists(options.directory()));
        assertFalse(Files.exists(options.trades()));
    }

    @Test
    void shouldLeaveADirectoryAsItWasWhenNothingBegan() throws IOException
    {
        final Path there = Files.createDirectory(directory.resolve("there"));
        for (final Path path : List.of(there, directory.resolve("new")))
        {
            final BacktestDirectory made = BacktestDirectory.make(path);
            Files.createDirectories(made.path().resolve("a/b"));
            Files.writeString(made.path().resolve("a/b/file"), "text");

            made.discard();
        }

        assertFalse(Files.exists(there.resolve("a")));
        assertTrue(Files.exists(there));
        assertFalse(Files.exists(directory.resolve("new")));
    }

    @Test
    void shouldRefuseADirectoryThatIsNotEmptyBeforeItReadsBars() throws IOException
    {
        final BacktestOptions options = options(null, null);
        Files.createDirectories(options.directory());
        Files.writeString(options.directory().resolve("notes.txt"), "mine");
        Files.writeString(bars, "no bars");

        final CommandFailure failure =
            assertThrows(CommandFailure.class, () -> backtest.run(backtest.config(), options));

        assertTrue(failure.getMessage().startsWith("--dir:"), failure::getMessage);
        assertEquals("mine", Files.readString(options.directory().resolve("notes.txt")));
    }

    @Test
    void shouldFailWhenBarsVanishWhileTheyRun() throws IOException
    {
        final double[] closes = new double[5_000];
        Arrays.fill(closes, 100);
        bars = backtest.closes("bars.csv", closes);
        final BacktestOptions options = options(null, null);

        final CommandFailure failure =
            assertThrows(CommandFailure.class, () -> backtest.run(backtest.config(), options, () ->
            {
                shorten(options);
                return false;
            }));

        assertTrue(failure.getMessage().contains("changed while they were read: found 5,000"), failure::getMessage);
    }

    @Test
    void shouldCompareTheTotalWithTheSymbolsThatBotsTrade() throws IOException
    {
        final Path eth = backtest.closes("eth.csv", 10, 20);

        final JsonNode json = backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars, "ETHUSDT=" + eth));

        assertEquals(5, json.path("total").path("holdPercent").asDouble());
    }

    @Test
    void shouldTellAFaultOfTheJournalFromOneOfTheEngine()
    {
        final UncheckedIOException journal =
            assertThrows(UncheckedIOException.class, () -> Journal.open(JournalConfig.of(bars)));
        final BacktestRecorder unbound = new BacktestRecorder(List.of());

        assertTrue(BacktestEngine.isOfJournal(journal));
        assertFalse(BacktestEngine.isOfJournal(
            assertThrows(NullPointerException.class, () -> unbound.onFrame(null, 0, 0))));
    }

    private void shorten(final BacktestOptions options)
    {
        if (Files.exists(options.directory()))
        {
            try
            {
                final List<String> lines = Files.readAllLines(bars);
                Files.write(bars, lines.subList(0, Math.min(lines.size(), 3_000)));
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /** Asks for an end once bars run: when the journal has begun. */
    static BooleanSupplier begun(final BacktestOptions options)
    {
        return () -> Files.exists(options.directory());
    }

    private CommandFailure refused(final Path trades, final Path equity) throws IOException
    {
        final Path config = backtest.config();
        final BacktestOptions options = options(trades, equity);
        final CommandFailure failure =
            assertThrows(CommandFailure.class, () -> backtest.run(config, options));
        assertFalse(Files.exists(options.directory()), "nothing was begun");
        return failure;
    }

    private BacktestOptions options(final Path trades, final Path equity) throws IOException
    {
        final BacktestOptions usual = backtest.options("BTCUSDT=" + bars);
        return new BacktestOptions(backtest.config(), usual.bars(), null, null, null, List.of(), List.of(), List.of(),
            usual.directory(), trades, equity);
    }
}
