package org.lockstep.tools.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** What somebody who reads the figures of a backtest has to know besides, each said once and only when it applies. */
final class BacktestNotes
{
    private final BacktestResult result;
    private final List<String> notes = new ArrayList<>();

    private BacktestNotes(final BacktestResult result)
    {
        this.result = result;
    }

    static List<String> of(final BacktestResult result)
    {
        final BacktestNotes notes = new BacktestNotes(result);
        notes.ofBots();
        notes.ofBars();
        return List.copyOf(notes.notes);
    }

    private void ofBots()
    {
        result.records().forEach(this::ofState);
        result.records().forEach(this::ofBalance);
        result.records().stream().filter(record -> 0 == record.orders() + record.refusals()).forEach(record ->
            notes.add(ofSilence(record)));
        result.plan().config().bots().stream().filter(bot -> !bot.start()).forEach(bot ->
            notes.add(bot.name() + " was not run: start: false"));
        final String isProtected = names(record ->
            isAbove0(record, "protect.stopLossBps") || isAbove0(record, "protect.takeProfitBps"));
        if (!isProtected.isEmpty())
        {
            notes.add("protect of " + isProtected + ": stop-loss and take-profit look at the close of each bar only, " +
                "and execute there; live they act within a bar, at other prices, so that these results may be better " +
                "than live ones");
        }
        result.records().stream().filter(record -> record.watch().shortBars() > 0).forEach(record ->
            notes.add(record.config().name() + " was short at the close of " + bars(record.watch().shortBars()) +
                ", which a spot account cannot be (allowShort: false of the account refuses it)"));
    }

    private void ofState(final BotRecord record)
    {
        if (!"RUNNING".equals(record.state()))
        {
            final boolean isLeftOpen = BotWatch.NEVER != record.watch().stoppedNs() && record.isInMarket();
            notes.add(record.config().name() + " did not run to the end: " +
                record.state().toLowerCase(Locale.ROOT) + (record.reason().isEmpty() ? "" : ", " + record.reason()) +
                (isLeftOpen ? "; its position was left open since " + BarTimes.text(record.watch().stoppedNs()) : ""));
        }
    }

    private void ofBalance(final BotRecord record)
    {
        final String account = record.config().account();
        final boolean isFirst = record == result.records().stream()
            .filter(other -> other.config().account().equals(account)).findFirst().orElseThrow();
        if (isFirst && BotWatch.NEVER != record.watch().brokeNs())
        {
            notes.add("the balance of account " + account + " was below 0 at " +
                BarTimes.text(record.watch().brokeNs()) + ": a venue would have closed its positions before that; " +
                "here nothing is liquidated, and what follows could not have been traded");
        }
    }

    private String ofSilence(final BotRecord record)
    {
        final String name = record.config().name();
        if (record.watch().signals() > 0)
        {
            return String.format(Locale.ROOT, "%s gave %,d signals and ordered nothing: what it wanted was less than " +
                "an order may be (%s), or it held nothing to sell", name, record.watch().signals(), least(record));
        }
        final String source = parameter(record, "source");
        if (!"bars".equals(source))
        {
            return name + " ordered nothing: " + (null == source ? "bars of the past have no quotes and trades, so " +
                "a strategy has to decide on bars (crossover does with source: bars)" :
                "it decides on " + source + ", which bars of the past have not; source: bars with barInterval: " +
                Intervals.code(result.plan().interval()) + " lets it decide on these");
        }
        final String interval = parameter(record, "barInterval");
        return name + " ordered nothing: " +
            (null != interval && StrategyParameters.parseDurationNs(interval) < result.plan().intervalNs() ?
            "it waits for bars of " + interval + " (barInterval), and the files have " +
            Intervals.code(result.plan().interval()) :
            "its rule gave no signal in these bars; averages need as many of them as they are long");
    }

    private void ofBars()
    {
        if (result.emptyBars() > 0)
        {
            notes.add(String.format(Locale.ROOT, "%,d of %s no volume: nothing executes in them",
                result.emptyBars(), bars(result.bars()) + (1 == result.emptyBars() ? " has" : " have")));
        }
        if (result.barsLeftOut() > 0)
        {
            notes.add("the engine left out " + bars(result.barsLeftOut()) + ": the alerts say why");
        }
        if (result.crowdedBars() > 0)
        {
            notes.add("before " + bars(result.crowdedBars()) + " more timers fell due than time is stopped for (" +
                BacktestEngine.MAX_STOPS + "): the rest fired with the bar");
        }
    }

    private String names(final Predicate<BotRecord> isMeant)
    {
        return result.records().stream().filter(isMeant).map(record -> record.config().name())
            .collect(Collectors.joining(", "));
    }

    private static boolean isAbove0(final BotRecord record, final String name)
    {
        return !record.config().parameters().getOrDefault(name, "0").matches("0*");
    }

    private static String least(final BotRecord record)
    {
        return record.instruments().stream().map(wanted -> wanted.instrument().symbol() + ": lot " + wanted.lotText() +
            ", value " + wanted.minNotionalText()).collect(Collectors.joining("; "));
    }

    /** As configured, or what holds unless configured; null when the strategy knows no such parameter. */
    private static String parameter(final BotRecord record, final String name)
    {
        final String usual = Strategies.load().all().stream()
            .filter(factory -> factory.name().equals(record.config().strategy()))
            .flatMap(factory -> factory.parameters().stream()).filter(known -> known.name().equals(name))
            .map(StrategyFactory.ParameterDescription::defaultValue).findFirst().orElse(null);
        return record.config().parameters().getOrDefault(name, usual);
    }

    private static String bars(final long count)
    {
        return String.format(Locale.ROOT, "%,d %s", count, 1 == count ? "bar" : "bars");
    }
}
