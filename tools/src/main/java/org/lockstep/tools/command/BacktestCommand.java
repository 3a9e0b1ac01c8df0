package org.lockstep.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.lockstep.tools.backtest.Backtest;
import org.lockstep.tools.backtest.BacktestExample;
import org.lockstep.tools.backtest.BacktestOptions;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.Interrupt;
import org.lockstep.tools.run.StartAhead;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backtest}: bots of a configuration on bars of the past. */
@Command(
    name = "backtest",
    description = "Runs the bots of a configuration on bars of the past, as fast as they go, and says how they did. " +
        "Their accounts must be on paper. Files are CSV, also gzipped or zipped: the exchange's own bars, or columns " +
        "named time, open, high, low, close, volume; times are those at which bars open. Positions that are open at " +
        "the end stay so, valued at the last close. All of it is in a journal, as of every run.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep backtest --example",
        "  lockstep backtest lockstep.yaml --bars BTCUSDT=BTCUSDT-1h-2024-01.zip,BTCUSDT-1h-2024-02.zip"})
public final class BacktestCommand implements Callable<Integer>
{
    @Parameters(index = "0", arity = "0..1", paramLabel = "CONFIG",
        description = "configuration; 'config init' writes one")
    private Path file;

    @Option(names = "--bars", paramLabel = "SYMBOL=FILE[,FILE...]",
        description = "bars of a symbol, or of one of a venue such as binance:BTCUSDT; once for each symbol")
    private List<String> bars = List.of();

    @Option(names = "--interval", paramLabel = "T",
        description = "length of a bar: 1m, 5m, 15m, 1h or 1d (default: the least distance between the first)")
    private String interval;

    @Option(names = "--from", paramLabel = "X", description = "ISO-8601 time or date before which no bar opens")
    private String from;

    @Option(names = "--to", paramLabel = "X", description = "ISO-8601 time or date after which no bar ends")
    private String to;

    @Option(names = "--tick", paramLabel = "SYMBOL=N",
        description = "price step (default: by the decimals of prices)")
    private List<String> ticks = List.of();

    @Option(names = "--lot", paramLabel = "SYMBOL=N",
        description = "quantity step (default: by the decimals of volumes, or finer)")
    private List<String> lots = List.of();

    @Option(names = "--min-notional", paramLabel = "SYMBOL=N",
        description = "what an order is worth at least (default: 0)")
    private List<String> minNotionals = List.of();

    @Option(names = "--dir", paramLabel = "DIR",
        description = "journal directory, empty or not there yet (default: a new one in backtest-data)")
    private Path directory;

    @Option(names = "--trades", paramLabel = "FILE", description = "write the round trips there, as CSV")
    private Path trades;

    @Option(names = "--equity", paramLabel = "FILE", description = "write the equity at each bar there, as CSV")
    private Path equity;

    @Option(names = "--example",
        description = "no CONFIG and no --bars: writes a configuration and made-up bars to backtest-example, runs them")
    private boolean isExample;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException
    {
        if (isExample && (null != file || !bars.isEmpty()))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "--example: found CONFIG or --bars beside it, allowed: it alone; it makes both");
        }
        if (!isExample && (null == file || bars.isEmpty()))
        {
            throw new CommandFailure(ExitCode.USAGE, "found no " + (null == file ? "CONFIG" : "--bars") +
                ", allowed: lockstep backtest CONFIG --bars SYMBOL=FILE; 'lockstep backtest --example' shows one");
        }
        // In a process that is asked to end while it reads, the journal's library could not be initialised any more.
        StartAhead.await();
        final Console console = Console.standard(json);
        final BacktestExample example = isExample ? BacktestExample.write(BacktestExample.DIRECTORY) : null;
        final Path config = isExample ? example.config() : file;
        if (isExample)
        {
            console.line("  example   " + example.command());
        }
        return run(
            new Backtest(console, BuildVersion.text(), ConfigReader.read(config, StrategyCheck.onClassPath()),
                new BacktestOptions(config, isExample ? List.of(example.bars()) : bars, interval, from, to, ticks,
                    lots, minNotionals, directory, trades, equity)));
    }

    private int run(final Backtest backtest) throws IOException
    {
        try (Interrupt interrupt = Interrupt.install())
        {
            try
            {
                return backtest.run(interrupt::isRequested);
            }
            catch (final CommandFailure ex)
            {
                if (!interrupt.isRequested())
                {
                    throw ex;
                }
                // Once the interrupt is let go the process ends, before anybody else could say why.
                final PrintWriter err = spec.commandLine().getErr();
                err.println("lockstep: " + ex.getMessage());
                err.flush();
                return ex.exitCode();
            }
        }
    }
}
