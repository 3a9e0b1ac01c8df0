package org.lockstep.tools.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.console.Progress;
import org.lockstep.tools.run.MarketOrigin;

/**
 * One backtest as a person or a script experiences it: files are read and checked first, so that nothing is begun on
 * bad ones, then run, then told. Threading: the main thread.
 */
public final class Backtest
{
    private static final String MARKET = "bars of the past";
    private static final int LOOK_EVERY = 1_024;
    /** How long after the last bar what it caused may still happen: an account's latency both ways, at its longest. */
    private static final long GRACE_NS = 130_000_000_000L;

    private final Console console;
    private final String build;
    private final LockstepConfig config;
    private final BacktestOptions options;
    private final List<BotRecord> records = new ArrayList<>();
    private BacktestFigures total;
    private ResultFile trades;
    private ResultFile equity;
    private boolean isBegun;

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
     * Runs until something asks it to end.
     *
     * @param isToEnd asked again and again.
     * @return the exit code.
     * @throws IOException    when a file cannot be read or written.
     * @throws CommandFailure with one line that says what failed and what to try.
     */
    public int run(final BooleanSupplier isToEnd) throws IOException
    {
        final BacktestPlan plan = BacktestPlan.of(config, options, isToEnd);
        if (isToEnd.getAsBoolean())
        {
            throw interrupted();
        }
        final BacktestResult result = run(plan, isToEnd);
        new BacktestReport(console, result).print();
        return result.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private BacktestResult run(final BacktestPlan plan, final BooleanSupplier isToEnd) throws IOException
    {
        final BacktestDirectory directory = BacktestDirectory.make(options.directory());
        try
        {
            MarketOrigin.claim(directory.path(), true, () -> false, config.venues().stream()
                .map(venue -> new LockstepConfig.VenueFeed(
                    venue.venue(), venue.symbols(), venue.streams(), null, null, MARKET)).toList());
            return run(plan, directory.path(), isToEnd);
        }
        catch (final RuntimeException | Error ex)
        {
            if (!isBegun)
            {
                directory.discard();
                if (isToEnd.getAsBoolean())
                {
                    // The journal cannot be begun in a process that is ending.
                    throw interrupted();
                }
            }
            throw ex;
        }
    }

    private BacktestResult run(final BacktestPlan plan, final Path directory, final BooleanSupplier isToEnd)
        throws IOException
    {
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
            return runBars(plan, directory, isToEnd);
        }
    }

    private BacktestResult runBars(final BacktestPlan plan, final Path directory, final BooleanSupplier isToEnd)
        throws IOException
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
            isBegun = true;
            writeEquity(plan.startNs());
            final BarsRun bars = new BarsRun(plan.instruments(), plan.intervalNs());
            long endNs = plan.startNs();
            long steps = 0;
            boolean isInterrupted = false;
            while (!isInterrupted && merge.hasNext())
            {
                endNs = merge.nextEndNs();
                engine.passTo(endNs);
                merge.takeAll(endNs, (bar, hasMore) ->
                {
                    engine.onBar(bar, hasMore);
                    bars.onBar(bar);
                });
                onBar(endNs);
                if (0 == steps++ % LOOK_EVERY)
                {
                    isInterrupted = isToEnd.getAsBoolean();
                    progress.update(merge.taken(), plan.bars(), String.format(Locale.ROOT, "%,d bars", merge.taken()));
                }
            }
            if (!isInterrupted && merge.taken() != plan.bars())
            {
                throw new CommandFailure(ExitCode.FAILED, String.format(Locale.ROOT, "the files of bars changed " +
                    "while they were read: found %,d bars first and %,d when they ran", plan.bars(), merge.taken()));
            }
            engine.passTo(endNs + GRACE_NS);
            onEnd(endNs);
            recorder.onEnd();
            engine.end(isInterrupted ? "interrupted" : "end of the bars", GRACE_NS);
            final BacktestPlan ran = isInterrupted ? plan.with(bars.instruments()) : plan;
            records.forEach(record -> record.instruments(ran.instruments()));
            return new BacktestResult(ran, plan.bars(), records, total, capital, recorder, merge.taken(), endNs,
                (System.nanoTime() - startNs) / 1e9, engine.meter().inputs(), engine.meter().outputs(),
                engine.meter().lastSequence(), engine.engine().stateHash(), directory, engine.journalBytes(),
                engine.barsLeftOut(), engine.crowdedBars(), engine.emptyBars(),
                isInterrupted);
        }
    }

    private void onBar(final long timeNs)
    {
        boolean isInMarket = false;
        for (final BotRecord record : records)
        {
            record.onBar(timeNs);
            isInMarket |= record.isInMarket();
        }
        total.onBar(timeNs, sum(), isInMarket);
        writeEquity(timeNs);
    }

    private void onEnd(final long timeNs)
    {
        records.forEach(record -> record.onEnd(timeNs));
        total.onEnd(timeNs, sum());
        writeEquity(timeNs);
    }

    private void writeEquity(final long timeNs)
    {
        if (null != equity)
        {
            equity.equity(timeNs, total.performance().capital() + sum(), records);
        }
    }

    private void onTrip(final String bot, final RoundTrip trip)
    {
        total.onTrip(trip);
        if (null != trades)
        {
            trades.trip(bot, trip);
        }
    }

    private long sum()
    {
        long sum = 0;
        for (final BotRecord record : records)
        {
            sum = Math.addExact(sum, record.ledger().equity());
        }
        return sum;
    }

    private static CommandFailure interrupted()
    {
        return new CommandFailure(ExitCode.INTERRUPTED, "interrupted while reading; nothing was begun");
    }
}
