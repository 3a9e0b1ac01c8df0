package org.lockstep.tools.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * What is about to be run, every line of every file read and found good.
 *
 * @param config      validated.
 * @param bots        those that start.
 * @param interval    of all bars.
 * @param period      that counts.
 * @param instruments with their bars, in the order given.
 */
record BacktestPlan(
    LockstepConfig config,
    List<LockstepConfig.Bot> bots,
    BarInterval interval,
    BarPeriod period,
    List<BacktestInstrument> instruments)
{
    static BacktestPlan of(
        final LockstepConfig config, final BacktestOptions options, final BooleanSupplier isToEnd) throws IOException
    {
        final List<BarSource> named = BarSource.parse(options.bars(), usualVenue(config));
        final InstrumentTerms terms =
            InstrumentTerms.parse(options.ticks(), options.lots(), options.minNotionals(), named);
        final BarPeriod period = BarPeriod.of(options.from(), options.to());
        final BarInterval given = null == options.interval() ? null : BarIntervals.parse(options.interval());
        BacktestDirectory.check(options.directory());
        ResultPaths.check(options, named);
        final List<LockstepConfig.Bot> bots = bots(config, named);
        checkAssets(config, bots);
        final List<BarSource> sources = new ArrayList<>();
        for (final BarSource source : named)
        {
            sources.add(source.sorted());
        }
        final BarInterval interval = null == given ? BarIntervals.detect(sources) : given;
        final String asset = account(config, bots.get(0)).parameters().getOrDefault("asset", "USDT");
        final List<BacktestInstrument> instruments = new ArrayList<>();
        for (final BarSource source : sources)
        {
            final BarFacts facts = BarFacts.read(source, Intervals.lengthNs(interval), period,
                terms.ticks().get(source.qualifiedSymbol()), isToEnd);
            if (0 == facts.bars())
            {
                throw new CommandFailure(ExitCode.FAILED, "no bar of " + source.qualifiedSymbol() + " in " +
                    source.files().get(0) + (options.from() == null && options.to() == null ? "" :
                    " lies between --from and --to") + "; name other files or another period");
            }
            instruments.add(BacktestInstrument.of(instruments.size(), source, facts, terms, asset));
        }
        return new BacktestPlan(config, bots, interval, period, instruments);
    }

    long intervalNs()
    {
        return Intervals.lengthNs(interval);
    }

    /** Epoch ns, when the first bar opens. */
    long startNs()
    {
        return instruments.stream().mapToLong(wanted -> wanted.facts().firstOpenNs()).min().orElseThrow();
    }

    /** The same with other bars of its instruments. */
    BacktestPlan with(final List<BacktestInstrument> others)
    {
        return new BacktestPlan(config, bots, interval, period, others);
    }

    /** Bars of all instruments. */
    long bars()
    {
        return instruments.stream().mapToLong(wanted -> wanted.facts().bars()).sum();
    }

    static LockstepConfig.Account account(final LockstepConfig config, final LockstepConfig.Bot bot)
    {
        return config.accounts().stream().filter(account -> account.name().equals(bot.account())).findFirst()
            .orElseThrow();
    }

    private static Venue usualVenue(final LockstepConfig config)
    {
        final Venue first = config.venues().isEmpty() ? null : Venue.byCode(config.venues().get(0).venue());
        return null == first ? Venue.BINANCE : first;
    }

    /** Balances and profits are added up. */
    private static void checkAssets(final LockstepConfig config, final List<LockstepConfig.Bot> bots)
    {
        final List<String> assets = bots.stream()
            .map(bot -> account(config, bot).parameters().getOrDefault("asset", "USDT")).distinct().toList();
        if (assets.size() > 1)
        {
            throw new CommandFailure(ExitCode.USAGE, "found accounts in " + String.join(" and ", assets) +
                ", allowed: bots whose accounts are in one currency; set start: false for the others");
        }
    }

    private static List<LockstepConfig.Bot> bots(final LockstepConfig config, final List<BarSource> sources)
    {
        final List<LockstepConfig.Bot> bots = config.bots().stream().filter(LockstepConfig.Bot::start).toList();
        if (bots.isEmpty())
        {
            throw new CommandFailure(ExitCode.USAGE, "found no bot that starts, allowed: a configuration with one at " +
                "least (bots, start: true)");
        }
        for (final LockstepConfig.Bot bot : bots)
        {
            final LockstepConfig.Account account = account(config, bot);
            if (account.hasSession())
            {
                throw new CommandFailure(ExitCode.USAGE, "account '" + account.name() + "' of bot '" + bot.name() +
                    "' has mode: " + account.mode() + ", allowed: paper, since nobody but the engine can fill orders " +
                    "of the past; set mode: paper in a copy of the configuration (all else may stay)");
            }
            for (final String symbol : bot.symbols())
            {
                if (sources.stream().noneMatch(source -> source.qualifiedSymbol().equals(symbol)))
                {
                    throw new CommandFailure(ExitCode.USAGE, "bot '" + bot.name() + "' trades " + symbol +
                        ", and nothing gives its prices: add --bars " + symbol + "=FILE, or set start: false for it");
                }
            }
        }
        return bots;
    }
}
