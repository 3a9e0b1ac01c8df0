package org.lockstep.tools.backtest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/**
 * A backtest to try without any data: a configuration, and a year of made-up bars as an exchange writes them. They are
 * the same each time; what is there already is left as it is, to be changed and run again.
 *
 * @param config configuration.
 * @param file   of bars.
 */
public record BacktestExample(Path config, Path file)
{
    /** Where it is put. */
    public static final Path DIRECTORY = Path.of("backtest-example");

    /** How this command was called, to be called so again. */
    static final String COMMAND = System.getenv().getOrDefault("LOCKSTEP_COMMAND", "lockstep");

    private static final long SEED = 7;
    private static final int BARS = 365 * 24;
    private static final int REGIME_BARS = 24 * 20;
    private static final double DRIFT = 0.0005;
    private static final double VOLATILITY = 0.005;
    private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
    private static final long HOUR_MS = 3_600_000;
    private static final String CONFIG = """
        # Bots for 'lockstep backtest --example'. Change them and run it again; 'lockstep config init' shows every key.
        venues:
          binance:
            symbols: [BTCUSDT]
        accounts:
          - name: paper
            balance: 10000
            makerFeeBps: 10
            takerFeeBps: 10
        bots:
          - name: cross-btc
            strategy: crossover
            account: paper
            symbols: [BTCUSDT]
            parameters:
              source: bars            # decide at the close of each bar
              barInterval: 1h
              fast: 24
              slow: 120
              notional: 5000
              direction: long
        gateway:
          enabled: false
        """;

    /**
     * Writes what is not there yet.
     *
     * @param directory for both files.
     * @return where they are.
     * @throws IOException if they cannot be written.
     */
    public static BacktestExample write(final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        final BacktestExample example =
            new BacktestExample(directory.resolve("lockstep.yaml"), directory.resolve("BTCUSDT-1h.csv"));
        if (!Files.exists(example.config))
        {
            Files.writeString(example.config, CONFIG);
        }
        if (!Files.exists(example.file))
        {
            writeBars(example.file);
        }
        return example;
    }

    /** @return the option that names the bars. */
    public String bars()
    {
        return "BTCUSDT=" + file;
    }

    /** @return what to type for the same. */
    public String command()
    {
        return COMMAND + " backtest " + config + " --bars " + bars();
    }

    private static void writeBars(final Path file) throws IOException
    {
        final Random random = new Random(SEED);
        double price = 20_000;
        double drift = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(file))
        {
            for (int i = 0; i < BARS; i++)
            {
                if (0 == i % REGIME_BARS)
                {
                    drift = DRIFT * (random.nextInt(3) - 1);
                }
                final double open = price;
                price *= Math.exp(drift + VOLATILITY * random.nextGaussian());
                final double high = Math.max(open, price) * (1 + VOLATILITY / 2 * random.nextDouble());
                final double low = Math.min(open, price) * (1 - VOLATILITY / 2 * random.nextDouble());
                final double volume = 200 + 600 * random.nextDouble();
                final long openMs = START.toEpochMilli() + i * HOUR_MS;
                writer.write(String.format(Locale.ROOT, "%d,%.2f,%.2f,%.2f,%.2f,%.5f,%d,%.2f,%d,0,0,0%n",
                    openMs, open, high, low, price, volume, openMs + HOUR_MS - 1, volume * (open + price) / 2,
                    (int)(volume * 50)));
            }
        }
    }
}
