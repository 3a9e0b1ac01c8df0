package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** What is read of files of bars, and what is refused of them before anything begins. */
class BarReadingTest
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

    @Test
    void shouldRefuseAnIntervalThatNoTwoBarsAreApart() throws IOException
    {
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T00:00:00Z,100,100,100,100,1
            2024-01-01T02:00:00Z,100,100,100,100,1
            2024-01-01T03:00:00Z,100,100,100,100,1
            """);

        final CommandFailure failure = refused("5m", "BTCUSDT=" + bars);

        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertEquals(bars + ":4: found bars 1h apart and none nearer, allowed: bars of 5m, as " +
            "--interval or else the first file has it", failure.getMessage());
    }

    @Test
    void shouldRefuseALaterFileOfLongerBars() throws IOException
    {
        final Path first = backtest.file("first.csv", HEADER + """
            2024-01-01T00:00:00Z,100,100,100,100,1
            2024-01-01T00:05:00Z,100,100,100,100,1
            """);
        final Path second = backtest.file("second.csv", HEADER + """
            2024-01-01T01:00:00Z,100,100,100,100,1
            2024-01-01T05:00:00Z,100,100,100,100,1
            """);

        final CommandFailure failure = refused(null, "BTCUSDT=" + first + "," + second);

        assertEquals(second + ":3: found bars 14400 s apart and none nearer, allowed: bars of 5m, as --interval or " +
            "else the first file has it", failure.getMessage());
    }

    @Test
    void shouldRefuseAnIntervalThatTheCloseTimeContradicts() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104);
        final Path spaced = backtest.file("spaced.csv", Files.readAllLines(bars).get(0) + "\n" +
            Files.readAllLines(bars).get(0).replace("" + BacktestFixture.START_MS,
                "" + (BacktestFixture.START_MS + 300_000)) + "\n");

        final CommandFailure failure = refused("5m", "BTCUSDT=" + spaced);

        assertEquals(spaced + ":1: found a bar from 2024-01-01T00:00:00Z to 2024-01-01T01:00:00Z, " +
            "allowed: bars of 5m; --interval names another length", failure.getMessage());
    }

    @Test
    void shouldSayWhereTimesDescend() throws IOException
    {
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T02:00:00Z,100,100,100,100,1
            2024-01-01T01:00:00Z,100,100,100,100,1
            """);

        final CommandFailure failure = refused(null, "BTCUSDT=" + bars);

        assertEquals(bars + ":3: found a bar of 2024-01-01T01:00:00Z after one of 2024-01-01T02:00:00Z, allowed: " +
            "ascending times, the oldest bar first", failure.getMessage());
    }

    @Test
    void shouldSayWhereBarsLieADistanceApartThatNoneHave() throws IOException
    {
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T00:00:00Z,100,100,100,100,1
            2024-01-01T01:00:00Z,100,100,100,100,1
            2024-01-01T01:59:59Z,100,100,100,100,1
            2024-01-01T03:00:00Z,100,100,100,100,1
            """);

        final CommandFailure failure = refused(null, "BTCUSDT=" + bars);

        assertTrue(failure.getMessage().startsWith(bars + ":4: found bars 3599 s apart, allowed: 1m,"),
            failure::getMessage);
    }

    @Test
    void shouldTakeTheTickFromTheDecimalsAsWritten() throws IOException
    {
        final Path written = backtest.file("written.csv", HEADER + """
            2024-01-01T00:00:00Z,100.00,100.00,100.00,100.00,1
            2024-01-01T01:00:00Z,100.00,100.00,100.00,100.00,1
            """);
        final Path padded = backtest.file("padded.csv", HEADER + """
            2024-01-01T00:00:00Z,100.50000000,100.50000000,100.50000000,100.50000000,1
            2024-01-01T01:00:00Z,100.50000000,100.50000000,100.50000000,100.50000000,1
            """);

        assertEquals("0.01", tick(written));
        assertEquals("0.1", tick(padded), "an exchange writes 8 decimals of everything");
    }

    @Test
    void shouldTakeTheFilesOfASymbolInAnyOrder() throws IOException
    {
        final Path january = backtest.file("january.csv", HEADER + """
            2024-01-31T22:00:00Z,100,100,100,100,1
            2024-01-31T23:00:00Z,100,100,100,100,1
            """);
        final Path february = backtest.file("february.csv", HEADER + """
            2024-02-01T00:00:00Z,110,110,110,110,1
            2024-02-01T01:00:00Z,110,110,110,110,1
            """);

        final JsonNode json =
            backtest.run(backtest.config(), backtest.options("BTCUSDT=" + february + "," + january));

        assertEquals(4, json.path("bars").asInt());
        assertEquals(10, json.path("total").path("holdPercent").asDouble());
    }

    @Test
    void shouldTakeAFileWithACommaInItsName() throws IOException
    {
        final Path bars = Files.copy(backtest.closes("bars.csv", 100, 102), directory.resolve("a,b.csv"));

        assertEquals(2, backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars)).path("bars").asInt());
    }

    @Test
    void shouldRefuseAnArchiveWithSeveralTables() throws IOException
    {
        final String text = Files.readString(backtest.closes("bars.csv", 100, 102));
        final Path several = zip("several.zip", text, "__MACOSX/a.csv", "a.csv", "b.csv");
        final Path one = zip("one.zip", text, "x/._a.csv", "a.csv", "README.txt");

        assertEquals(several + ": found an archive with several CSV files, allowed: one in each; unpack it and name " +
            "them with commas between", refused(null, "BTCUSDT=" + several).getMessage());
        assertEquals(2, backtest.run(backtest.config(), backtest.options("BTCUSDT=" + one)).path("bars").asInt());
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102, 104, 103, 101, 105);
        final Path whole = directory.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole)))
        {
            Files.copy(bars, out);
        }
        final byte[] bytes = Files.readAllBytes(whole);
        final Path half = Files.write(directory.resolve("half.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        final Path binary =
            Files.write(directory.resolve("binary.csv"), (Files.readString(bars) + "\u00ff\u00ff,1,2")
                .getBytes(StandardCharsets.ISO_8859_1));

        for (final Path file : List.of(half, binary))
        {
            final CommandFailure failure = refused(null, "BTCUSDT=" + file);

            assertTrue(failure.getMessage().contains("found what cannot be read"), failure::getMessage);
            assertEquals(ExitCode.FAILED, failure.exitCode());
            assertTrue(failure.getMessage().startsWith(file.toString()), failure::getMessage);
        }
    }

    @Test
    void shouldRefuseNumbersThatTheRunCannotTake() throws IOException
    {
        for (final String wrong : List.of("104000000000000000000", "\u0661\u0660\u0660", "42000.100000000006"))
        {
            final Path bars = backtest.file("bars.csv", HEADER + """
                2024-01-01T00:00:00Z,100,100,100,100,1
                2024-01-01T01:00:00Z,PRICE,PRICE,PRICE,PRICE,1
                """.replace("PRICE", wrong));

            assertTrue(refused(null, "BTCUSDT=" + bars).getMessage().startsWith(bars + ":3: found "), wrong);
        }
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T00:00:00Z,100,100,100,100,1
            2024-01-01T01:00:00Z,100,100,100,100,1e30
            """);
        assertTrue(refused(null, "BTCUSDT=" + bars).getMessage().startsWith(bars + ":3: found a volume of 1e30"));
    }

    @Test
    void shouldRoundToTheTickWhatBinaryFractionsLeft() throws IOException
    {
        final Path bars = backtest.file("bars.csv", HEADER + """
            2024-01-01T00:00:00Z,40000.100000000006,40000.100000000006,40000.1,40000.1,1
            2024-01-01T01:00:00Z,40000.1,44000.11000000001,40000.1,44000.10999999999,1
            """);
        final BacktestOptions usual = backtest.options("BTCUSDT=" + bars);

        final JsonNode json = backtest.run(backtest.config(), new BacktestOptions(null, usual.bars(), null, null, null,
            List.of("BTCUSDT=0.01"), List.of(), List.of(), usual.directory(), null, null));

        assertEquals(2, json.path("bars").asInt());
        assertEquals(10, json.path("total").path("holdPercent").asDouble());
        assertEquals(0, json.path("barsLeftOut").asInt());
    }

    @Test
    void shouldNotAddUpCurrencies() throws IOException
    {
        final Path bars = backtest.closes("bars.csv", 100, 102);
        final Path config = backtest.file("two.yaml", """
            venues: {binance: {symbols: [BTCUSDT, BTCEUR]}}
            accounts: [{name: one, balance: 1000}, {name: two, balance: 1000, asset: EUR}]
            bots:
              - {name: a, strategy: crossover, account: one, symbols: [BTCUSDT],
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1}}
              - {name: b, strategy: crossover, account: two, symbols: [BTCEUR],
                 parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1}}
            """);

        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> backtest.run(config, backtest.options("BTCUSDT=" + bars, "BTCEUR=" + bars)));

        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("found accounts in USDT and EUR"), failure::getMessage);
    }

    private Path zip(final String name, final String text, final String... entries) throws IOException
    {
        final Path file = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file)))
        {
            for (final String entry : entries)
            {
                out.putNextEntry(new ZipEntry(entry));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private String tick(final Path bars) throws IOException
    {
        return backtest.run(backtest.config(), backtest.options("BTCUSDT=" + bars)).path("symbols").path(0)
            .path("tick").asText();
    }

    private CommandFailure refused(final String interval, final String bars) throws IOException
    {
        final BacktestOptions usual = backtest.options(bars);
        final Path config = backtest.config();
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> backtest.run(config,
            new BacktestOptions(null, usual.bars(), interval, null, null, List.of(), List.of(), List.of(),
                usual.directory(), null, null)));
        assertFalse(Files.exists(usual.directory()), "nothing was begun");
        return failure;
    }
}
