package org.lockstep.tools.backtest;

import java.math.RoundingMode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.tools.console.Console;

/** Tells what a backtest came to: a table for people, or one JSON object. */
final class BacktestReport
{
    private static final int BOTS_A_TABLE = 4;
    private static final int LABEL_WIDTH = 24;
    private static final int MIN_WIDTH = 14;
    private static final long KB = 1_000;

    private final Console console;
    private final BacktestResult result;

    BacktestReport(final Console console, final BacktestResult result)
    {
        this.console = console;
        this.result = result;
    }

    void print()
    {
        console.event("backtest", new BacktestJson(result).fields());
        if (!console.json())
        {
            console.line("");
            printBars();
            printTables();
            printHeard();
            printRun();
        }
    }

    private void printBars()
    {
        for (final BacktestInstrument wanted : result.plan().instruments())
        {
            final BarFacts facts = wanted.facts();
            console.line(String.format(Locale.ROOT, "  %s  %,d bars of %s, %s to %s%s",
                console.bold(wanted.instrument().qualifiedSymbol()), facts.bars(),
                Intervals.code(result.plan().interval()), BarTimes.text(facts.firstOpenNs()),
                BarTimes.text(facts.lastOpenNs() + result.plan().intervalNs()), 0 == facts.gaps() ? ", no gaps" :
                console.red(String.format(Locale.ROOT, "; %,d bars are missing in %,d gaps", facts.missing(),
                    facts.gaps()))));
            console.line(console.dim("    tick " + wanted.tickText() + ", lot " + wanted.lotText() +
                ", least value of an order " + wanted.minNotionalText() + (wanted.isAssumed() ?
                "; assumed by its decimals (--tick, --lot and --min-notional say otherwise)" : "")));
        }
        if (result.isInterrupted())
        {
            console.line(console.red("  interrupted after " + result.bars() + " of " + result.wantedBars() +
                " bars, at " + BarTimes.text(result.endNs())));
        }
    }

    private void printTables()
    {
        final List<BotRecord> records = result.records();
        for (int first = 0; first < records.size(); first += BOTS_A_TABLE)
        {
            final int end = Math.min(records.size(), first + BOTS_A_TABLE);
            final List<BacktestColumn> columns = new ArrayList<>();
            records.subList(first, end).forEach(record -> columns.add(BacktestColumn.of(record)));
            if (end == records.size() && records.size() > 1)
            {
                columns.add(BacktestColumn.total(result));
            }
            console.line("");
            printTable(columns);
        }
        console.line("");
    }

    private void printTable(final List<BacktestColumn> columns)
    {
        row(columns, "", column -> column.name());
        row(columns, "strategy", column -> column.strategy());
        row(columns, "state at the end", column -> column.state());
        row(columns, "orders / refused", column ->
            String.format(Locale.ROOT, "%,d / %,d", column.orders(), column.refusals()));
        row(columns, "expired / partly filled", column ->
            String.format(Locale.ROOT, "%,d / %,d", column.expired(), column.partly()));
        row(columns, "fills", column -> String.format(Locale.ROOT, "%,d", column.fills()));
        row(columns, "round trips", column -> String.format(Locale.ROOT, "%,d", column.figures().trips()));
        row(columns, "won", column -> percent(column.figures().performance().winRatePercent()));
        row(columns, "profit factor", column -> number(column.figures().performance().profitFactor()));
        row(columns, "realised PnL", column -> money(column.realised()));
        row(columns, "unrealised PnL", column -> money(column.unrealised()));
        row(columns, "fees", column -> money(column.fees()));
        row(columns, "PnL after fees", column -> money(column.net()));
        row(columns, "balance", column -> money(column.capital()) + " to " + money(column.capital() + column.net()));
        row(columns, "return", column -> percent(column.figures().performance().returnPercent()));
        row(columns, "buy and hold", column -> percent(column.holdPercent()));
        row(columns, "deepest drawdown", column -> money(column.figures().performance().maxDrawdown()) + " / " +
            percent(column.figures().performance().maxDrawdownPercent()));
        row(columns, "Sharpe, daily", column -> number(column.figures().sharpe()));
        row(columns, "time in market", column -> percent(column.figures().inMarketPercent()));
        row(columns, "held at the end", column -> column.held());
    }

    private void row(
        final List<BacktestColumn> columns, final String label, final Function<BacktestColumn, String> cell)
    {
        final StringBuilder line = new StringBuilder(String.format("  %-" + LABEL_WIDTH + "s", label));
        for (final BacktestColumn column : columns)
        {
            line.append(String.format(" %" + width(column) + "s", cell.apply(column)));
        }
        console.line(label.isEmpty() ? console.bold(line.toString()) : line.toString());
    }

    private static int width(final BacktestColumn column)
    {
        final int balance = money(column.capital()).length() + money(column.capital() + column.net()).length() + 4;
        return Math.max(Math.max(MIN_WIDTH, balance), Math.max(column.name().length(), column.held().length()));
    }

    private void printHeard()
    {
        counts("refused orders", result.heard().refusals());
        counts("orders that expired", result.heard().expirations());
        counts("alerts, the last of each kind", result.heard().alerts());
        final List<String> notes = BacktestNotes.of(result);
        if (!notes.isEmpty())
        {
            console.line("  notes");
            notes.forEach(note -> console.line("    " + note));
        }
    }

    private void counts(final String what, final Map<String, Long> counts)
    {
        if (!counts.isEmpty())
        {
            console.line("  " + what);
            counts.forEach((text, count) ->
                console.line(console.red(String.format(Locale.ROOT, "    %,8d  %s", count, text))));
        }
    }

    private void printRun()
    {
        console.line(String.format(Locale.ROOT, "  %,d bars in %.2f s: %,d events in, %,d out, %,d/s", result.bars(),
            result.seconds(), result.inputs(), result.outputs(), result.eventsPerSecond()));
        console.line(String.format(Locale.ROOT, "  journal %s, %,d kB, to sequence %,d, state %016x",
            result.directory(), (result.journalBytes() + KB - 1) / KB, result.lastSequence(), result.stateHash()));
        console.line(console.dim("  " + BacktestExample.COMMAND + " replay " + result.directory() +
            " --verify runs it again and compares"));
    }

    private static String money(final long amount)
    {
        return BigDecimal.valueOf(amount, Instrument.MONEY_SCALE).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String percent(final double percent)
    {
        return Double.isNaN(percent) || Double.isInfinite(percent) ? "-" :
            String.format(Locale.ROOT, "%.2f %%", percent);
    }

    private static String number(final double number)
    {
        return Double.isNaN(number) || Double.isInfinite(number) ? "-" : String.format(Locale.ROOT, "%.2f", number);
    }
}
