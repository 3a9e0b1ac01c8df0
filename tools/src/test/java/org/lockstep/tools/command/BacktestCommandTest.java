package org.lockstep.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.tools.run.ChildProcess;
import picocli.CommandLine;

/** The command as scripts see it, and what it says of bad files and options. */
class BacktestCommandTest
{
    private static final String GOOD = """
        time,open,high,low,close,volume
        2024-01-01T00:00:00Z,100,102,99,101.5,10
        2024-01-01T01:00:00Z,101,103,100,102,10
        2024-01-01T02:00:00Z,102,103,100,101,10
        """;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private Path config;
    private Path bars;

    @BeforeEach
    void setUp() throws IOException
    {
        config = directory.resolve("lockstep.yaml");
        write("paper");
        bars = directory.resolve("bars.csv");
        Files.writeString(bars, GOOD);
    }

    @Test
    void shouldPrintOneObjectThatAReplayConfirms() throws Exception
    {
        final Path journal = directory.resolve("journal");
        try (ChildProcess backtest = ChildProcess.start("backtest", config.toString(), "--bars", "BTCUSDT=" + bars,
            "--dir", journal.toString(), "--json");
            ChildProcess dump = wait(backtest, 0, "dump", journal.toString(), "--type", "HistoricalBar",
                "--format", "json");
            ChildProcess replay = ChildProcess.start("replay", journal.toString(), "--verify", "--json"))
        {
            final JsonNode result = backtest.json();
            assertEquals("backtest", result.path("event").asText());
            assertEquals(3, result.path("bars").asInt());
            assertEquals(journal.toString(), result.path("journal").asText());
            final JsonNode replayed = replay.json();
            assertTrue(replayed.path("verified").asBoolean(), replayed::toString);
            assertEquals(result.path("stateHash").asText(), replayed.path("stateHash").asText());
            assertTrue(dump.line().contains("\"closePrice\":\"101.5\""), "the first bar");
        }
        try (ChildProcess run = ChildProcess.start("run", config.toString(), "--json"))
        {
            assertEquals(2, run.exitCode(), "a journal of bars is no live one");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        101.5,10                  | 101.5x,10                 | 2: found '101.5x' as close
        101.5,10                  | ,10                       | 2: found nothing as close
        101.5,10                  | 1e99,10                   | 2: found '1e99' as close
        101.5,10                  | 101.5                     | 2: found 5 columns, allowed: 6
        101.5,10                  | 101.5,10,7                | 2: found 7 columns, allowed: 6
        101.5,10                  | 101.5,-1                  | 2: found a volume of -1, allowed: from 0
        101.5,10                  | 102.5,10                  | 2: found a close of 102.5, allowed: from the low of 99
        100,102,99                | 98,102,99                 | 2: found an open of 98, allowed: from the low of 99
        100,102,99                | 100,102,103               | 2: found a high of 102 below the low of 103
        100,102,99                | 100,102,0                 | 2: found a low of 0, allowed: above 0
        100,102,99                | 100.01,102,99             | 2: found an open of 100.01, allowed: multiples of
        2024-01-01T00:00:00Z      | yesterday                 | 2: found the time 'yesterday', allowed: seconds
        2024-01-01T01:00:00Z      | 2024-01-01T00:30:00Z      | 3: found a bar that opens at 2024-01-01T00:30:00Z
        2024-01-01T01:00:00Z      | 2024-01-01T00:00:00Z      | 3: found a second bar of 2024-01-01T00:00:00Z
        2024-01-01T02:00:00Z      | 2023-12-31T02:00:00Z      | 4: found a bar of 2023-12-31T02:00:00Z after one of
        time,open                 | time,first                | 1: found no column 'open', allowed: a line that names
        time,open                 | when,open                 | 1: found no column of times
        """)
    void shouldNameFileLineFoundAndAllowedWhenABarIsBad(final String good, final String bad, final String told)
        throws IOException
    {
        Files.writeString(bars, GOOD.replace(good, null == bad ? "" : bad));

        final int exitCode = backtest("--bars", "BTCUSDT=" + bars, "--interval", "1h", "--tick", "BTCUSDT=0.5");

        assertEquals(1, exitCode, err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(bars + ":" + told), err::toString);
        assertFalse(Files.exists(directory.resolve("data")), "nothing is begun on bad files");
    }

    @Test
    void shouldNameTheFileWhenItHoldsNoBars() throws IOException
    {
        final Path empty = Files.createFile(directory.resolve("empty.csv"));
        final Path header = Files.writeString(directory.resolve("header.csv"), "time,open,high,low,close,volume\n");
        final Path one =
            Files.writeString(directory.resolve("one.csv"), GOOD.substring(0, GOOD.indexOf("2024-01-01T01")));
        final Path apart =
            Files.writeString(directory.resolve("apart.csv"), GOOD.replace("T02", "T04").replace("T01", "T02"));
        final Path narrow = Files.writeString(directory.resolve("narrow.csv"), "1704067200,1,1\n");
        final Path text = Files.writeString(directory.resolve("text.zip"), "PK\u0003\u0004no archive");

        assertFails(1, "no-such.csv: found no such file", "--bars", "BTCUSDT=" + directory.resolve("no-such.csv"));
        assertFails(1, "found a directory", "--bars", "BTCUSDT=" + directory);
        assertFails(1, empty + ": found an empty file", "--bars", "BTCUSDT=" + empty);
        assertFails(1, "no bar of binance:BTCUSDT", "--bars", "BTCUSDT=" + header, "--interval", "1h");
        assertFails(1, "or --interval with 1m, 5m, 15m, 1h, 1d", "--bars", "BTCUSDT=" + one);
        assertFails(1, apart + ":3: found bars 7200 s apart, allowed: 1m", "--bars", "BTCUSDT=" + apart);
        assertFails(1, narrow + ":1: found 3 columns and no names", "--bars", "BTCUSDT=" + narrow);
        assertFails(1, "lies between --from and --to", "--bars", "BTCUSDT=" + bars, "--from", "2025-01-01");
        assertFails(1, text + ": found ", "--bars", "BTCUSDT=" + text);
    }

    @Test
    void shouldNameFoundAndAllowedWhenUsageIsWrong() throws IOException
    {
        final String good = "BTCUSDT=" + bars;
        assertFails(2, "--bars: found 'BTCUSDT', allowed: SYMBOL=FILE", "--bars", "BTCUSDT");
        assertFails(2, "--bars: found 'nyse:BTCUSDT'", "--bars", "nyse:" + good);
        assertFails(2, "found binance:BTCUSDT twice", "--bars", good, "--bars", "binance:" + good);
        assertFails(2, "bot 'cross' trades binance:BTCUSDT", "--bars", "ETHUSDT=" + bars);
        assertFails(2, "--interval: found '2h', allowed: 1m, 5m, 15m, 1h, 1d", "--bars", good, "--interval", "2h");
        assertFails(2, "--from: found 'soon'", "--bars", good, "--from", "soon");
        assertFails(2, "does not come before", "--bars", good, "--from", "2024-01-02", "--to", "2024-01-01");
        assertFails(2, "--tick: found 'BTCUSDT=0'", "--bars", good, "--tick", "BTCUSDT=0");
        assertFails(2, "--lot: found 'ETHUSDT=1'", "--bars", good, "--lot", "ETHUSDT=1");
        assertFails(2, "--dir: found " + directory, "--bars", good, "--dir", directory.toString());
        assertFails(2, "--trades: found " + directory, "--bars", good, "--trades", directory.toString());
        assertFails(2, "--equity: found ", "--bars", good, "--equity", directory.resolve("no/equity.csv").toString());
        assertEquals(2, execute("backtest"), err::toString);
        assertTrue(err.toString().contains("--example"), err::toString);
        assertEquals(2, execute("backtest", config.toString(), "--example"), err::toString);
        assertEquals(2, execute("backtest", config.toString()), err::toString);
        assertEquals(2, execute("backtest", directory.resolve("none.yaml").toString(), "--bars", good), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"live", "simulator"})
    void shouldRefuseAccountsThatAreNotOnPaperAndSayWhatToDo(final String mode) throws IOException
    {
        write(mode);

        assertFails(2, "account 'main' of bot 'cross' has mode: " + mode + ", allowed: paper", "--bars",
            "BTCUSDT=" + bars);
        assertTrue(err.toString().contains("set mode: paper in a copy"), err::toString);
    }

    private void assertFails(final int exitCode, final String told, final String... options)
    {
        assertEquals(exitCode, backtest(options), () -> String.join(" ", options) + ": " + err);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(told), err::toString);
    }

    private int backtest(final String... options)
    {
        final List<String> all = new ArrayList<>(List.of("backtest", config.toString()));
        all.addAll(List.of(options));
        if (!all.contains("--dir"))
        {
            all.addAll(List.of("--dir", directory.resolve("data").toString()));
        }
        return execute(all.toArray(String[]::new));
    }

    private int execute(final String... args)
    {
        err.getBuffer().setLength(0);
        final CommandLine commandLine = LockstepCommand.commandLine(args);
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    private static ChildProcess wait(final ChildProcess first, final int exitCode, final String... next)
        throws Exception
    {
        assertEquals(exitCode, first.exitCode(), first::toString);
        return ChildProcess.start(next);
    }

    private void write(final String mode) throws IOException
    {
        Files.writeString(config, """
            journal: {directory: %s}
            venues: {binance: {symbols: [BTCUSDT, ETHUSDT]}}
            accounts: [{name: main, mode: %s, keys: sim}]
            bots:
              - name: cross
                strategy: crossover
                account: main
                symbols: [BTCUSDT]
                parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1}
            gateway: {enabled: false}
            """.formatted(directory.resolve("journal"), mode));
    }
}
