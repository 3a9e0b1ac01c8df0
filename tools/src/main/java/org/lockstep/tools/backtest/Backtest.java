package org.lockstep.tools.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.console.Progress;
import org.lockstep.tools.run.Interrupt;
import org.lockstep.tools.run.MarketOrigin;

/**
 * One backtest as a person or a script experiences it: files are read and checked first, so that nothing is begun on
 * bad ones, then run, then told. Threading: the main thread.
 */
public final class Backtest
{
    private static final Path PARENT = Path.of("backtest-data");
    private static final String MARKET = "bars of the past";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT)
        .withZone(ZoneOffset.UTC);
    private static final int LOOK_EVERY = 1_024;
    /** How long after the last bar what it caused may still happen: an account's latency both ways, at its longest. */
    private static final long GRACE_NS = 130_000_000_000L;

    private final Console console;
    private final String build;
    private final LockstepConfig config;
    private final BacktestOptions options;
    private BacktestFigures total;
    private ResultFile trades;
    private ResultFile equity;

    /**
     * A backtest to be run.
     *
     * @param console where it reports.
     * @param build   version of the software.
     * @param config  validated.
     * @param options besides.
     */
    public Backtest(
        final Console console, final String build, final LockstepConfig config, final BacktestOptions options)
    {
        this.console = console;
        this.build = build;
        this.config = config;
        this.options = options;
    }

    /**
     * Runs it.
     *
     * @return the exit code.
     * @throws IOException    when a file cannot be read or written.
     * @throws CommandFailure with one line that says what failed and what to try.
     */
    public int run() throws IOException
    {
        try (Interrupt interrupt = Interrupt.install())
        {
            return run(interrupt::isRequested);
        }
    }

    /** Runs until something asks it to end. */
    int run(final BooleanSupplier isToEnd) throws IOException
    {
        final BacktestResult result = run(BacktestPlan.of(config, options, isToEnd), isToEnd);
        new BacktestReport(console, result).print();
        return result.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private BacktestResult run(final BacktestPlan plan, final BooleanSupplier isToEnd) throws IOException
    {
        final Path directory = directory();
        Files.createDirectories(directory);
        MarketOrigin.claim(directory, true, () -> false, config.venues().stream()
            .map(venue -> new LockstepConfig.VenueFeed(
                venue.venue(), venue.symbols(), venue.streams(), null, null, MARKET)).toList());
        final List<BotRecord> records = new ArrayList<>();
        for (final LockstepConfig.Bot bot : plan.bots())
        {
            records.add(new BotRecord(bot, BotRecord.capital(BacktestPlan.account(config, bot)), plan.instruments(),
                trip -> onTrip(bot.name(), trip)));
        }
        try (ResultFile tradesFile = ResultFile.trades(options.trades());
            ResultFile equityFile = ResultFile.equity(options.equity(), records))
        {
            trades = tradesFile;
            equity = equityFile;
            return run(plan, directory, records, isToEnd);
        }
    }

    private BacktestResult run(
        final BacktestPlan plan,
        final Path directory,
        final List<BotRecord> records,
        final BooleanSupplier isToEnd) throws IOException
    {
        final long capital = config.accounts().stream()
            .filter(account -> plan.bots().stream().anyMatch(bot -> bot.account().equals(account.name())))
            .mapToLong(BotRecord::capital).sum();
        total = new BacktestFigures(capital);
        final BacktestRecorder recorder = new BacktestRecorder(records);
        try (BacktestEngine engine = BacktestEngine.open(directory, plan.interval(), plan.startNs(), recorder);
            BarMerge merge = new BarMerge(plan);
            Progress progress = console.progress("backtesting"))
        {
            recorder.bots(engine.engine().bots());
            final long startNs = System.nanoTime();
            engine.begin(config, build, plan.instruments(), plan.bots());
            records.forEach(record -> record.bind(engine.engine().bots().byName(record.config().name()),
                engine.engine().accounts().byName(record.config().account())));
            long endNs = plan.startNs();
            long steps = 0;
            boolean isInterrupted = false;
            while (!isInterrupted && merge.hasNext())
            {
                endNs = merge.nextEndNs();
                engine.passTo(endNs);
                merge.takeAll(endNs, engine::onBar);
                onBar(endNs, records);
                if (0 == steps++ % LOOK_EVERY)
                {
                    isInterrupted = isToEnd.getAsBoolean();
                    progress.update(merge.taken(), plan.bars(), String.format(Locale.ROOT, "%,d bars", merge.taken()));
                }
            }
            engine.passTo(endNs + GRACE_NS);
            onEnd(endNs, records);
            engine.end(isInterrupted ? "interrupted" : "end of the bars", GRACE_NS);
            return new BacktestResult(plan, records, total, capital, recorder, merge.taken(), endNs,
                (System.nanoTime() - startNs) / 1e9, engine.meter().inputs(), engine.meter().outputs(),
                engine.meter().lastSequence(), engine.engine().stateHash(), directory, engine.journalBytes(),
                engine.barsLeftOut(), engine.crowdedBars(), engine.emptyBars(),
                isInterrupted);
        }
    }

    private void onBar(final long timeNs, final List<BotRecord> records)
    {
        boolean isInMarket = false;
        for (final BotRecord record : records)
        {
            record.onBar(timeNs);
            isInMarket |= record.isInMarket();
        }
        final long sum = sum(records);
        total.onBar(timeNs, sum, isInMarket);
        if (null != equity)
        {
            equity.equity(timeNs, sum, records);
        }
    }

    private void onEnd(final long timeNs, final List<BotRecord> records)
    {
        records.forEach(record -> record.onEnd(timeNs));
        total.onEnd(timeNs, sum(records));
    }

    private void onTrip(final String bot, final RoundTrip trip)
    {
        total.onTrip(trip);
        if (null != trades)
        {
            trades.trip(bot, trip);
        }
    }

    private static long sum(final List<BotRecord> records)
    {
        long sum = 0;
        for (final BotRecord record : records)
        {
            sum = Math.addExact(sum, record.ledger().equity());
        }
        return sum;
    }

    private Path directory() throws IOException
    {
        if (null == options.directory())
        {
            final String name = NAME.format(Instant.now());
            Path directory = PARENT.resolve(name);
            for (int i = 2; Files.exists(directory); i++)
            {
                directory = PARENT.resolve(name + "-" + i);
            }
            return directory;
        }
        if (Files.isDirectory(options.directory()))
        {
            try (Stream<Path> files = Files.list(options.directory()))
            {
                if (files.findAny().isPresent())
                {
                    throw new CommandFailure(ExitCode.USAGE, "--dir: found " + options.directory() +
                        ", which is not empty, allowed: a directory that is empty or not there yet");
                }
            }
        }
        return options.directory();
    }
}
