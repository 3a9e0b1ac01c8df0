package org.lockstep.tools.backtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.run.StrategyCheck;

/** Files of bars and configurations in a directory, and backtests on them. */
final class BacktestFixture
{
    static final long HOUR_MS = 3_600_000;
    /** 2024-01-01T00:00:00Z, a multiple of a day. */
    static final long START_MS = 1_704_067_200_000L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private int runs;

    BacktestFixture(final Path directory)
    {
        this.directory = directory;
    }

    /** Options with nothing but bars, to be given more. */
    BacktestOptions options(final String... bars)
    {
        return new BacktestOptions(null, List.of(bars), null, null, null, List.of(), List.of(), List.of(),
            directory.resolve("journal-" + ++runs), null, null);
    }

    Path file(final String name, final String text) throws IOException
    {
        return Files.writeString(directory.resolve(name), text);
    }

    /** Hourly bars as the exchange writes them, each opening where the one before closed. */
    Path closes(final String name, final double... closes) throws IOException
    {
        final StringBuilder text = new StringBuilder();
        double open = closes[0];
        for (int i = 0; i < closes.length; i++)
        {
            text.append(String.format(Locale.ROOT, "%d,%.2f,%.2f,%.2f,%.2f,1000.00000,%d,0,10,0,0,0%n",
                START_MS + i * HOUR_MS, open, Math.max(open, closes[i]), Math.min(open, closes[i]), closes[i],
                START_MS + (i + 1) * HOUR_MS - 1));
            open = closes[i];
        }
        return file(name, text.toString());
    }

    /** One crossover of one and two bars, which buys 1 BTC when the price has risen and sells it when it has fallen. */
    Path config() throws IOException
    {
        return config("paper", "cross", "BTCUSDT");
    }

    Path config(final String mode, final String bot, final String symbol) throws IOException
    {
        return file("lockstep-" + bot + ".yaml", """
            venues: {binance: {symbols: [BTCUSDT, ETHUSDT]}}
            accounts: [{name: main, mode: %s, keys: sim, balance: 1000, makerFeeBps: 10, takerFeeBps: 10}]
            bots:
              - name: %s
                strategy: crossover
                account: main
                symbols: [%s]
                parameters: {source: bars, barInterval: 1h, fast: 1, slow: 2, quantity: 1, direction: long}
            """.formatted(mode, bot, symbol));
    }

    JsonNode run(final Path config, final BacktestOptions options) throws IOException
    {
        return run(config, options, () -> false);
    }

    JsonNode run(final Path config, final BacktestOptions options, final BooleanSupplier isToEnd) throws IOException
    {
        return MAPPER.readTree(output(config, options, true, isToEnd));
    }

    String output(
        final Path config, final BacktestOptions options, final boolean isJson, final BooleanSupplier isToEnd)
        throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Backtest(new Console(new PrintStream(out), isJson, false), "test",
            ConfigReader.read(config, StrategyCheck.onClassPath()), options).run(isToEnd);
        return out.toString(StandardCharsets.UTF_8);
    }
}
