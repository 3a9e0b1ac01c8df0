package org.lockstep.tools.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.pipeline.PipelineStats;
import org.lockstep.tools.console.Console;

/**
 * What a run did, as its last words.
 *
 * @param seconds      it lasted.
 * @param inputs       frames that came in.
 * @param outputs      frames they caused.
 * @param lastSequence of the journal.
 * @param isResumed    whether the journal held an earlier run; then figures of bots are told of both.
 * @param stateHash    of the engine at the end.
 * @param journalBytes bytes of frames handed to the journal.
 * @param feeds        counts by venue code.
 * @param tally        orders and bots.
 * @param notices      alerts, and differences from the venues' books.
 * @param criticals    the last critical alerts.
 * @param undelivered  alerts that a target outside has not taken.
 * @param stats        latencies.
 */
record RunSummary(
    double seconds,
    long inputs,
    long outputs,
    long lastSequence,
    boolean isResumed,
    long stateHash,
    long journalBytes,
    Map<String, FeedCount> feeds,
    OutputTally tally,
    Notices notices,
    List<String> criticals,
    long undelivered,
    PipelineStats stats)
{
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};
    private static final String[] PERCENTILE_NAMES = {"p50", "p99", "p999", "max"};

    /** Messages of one venue; each received one is exactly one of decoded, control and rejected. */
    record FeedCount(long received, long decoded, long control, long rejected, long gaps, long reconnects)
    {
    }

    void print(final Console console)
    {
        console.event("summary", json());
        if (console.json())
        {
            return;
        }
        console.line("");
        console.line(console.bold(String.format(
            Locale.ROOT, "  %.1f s, %,d events in, %,d out, %s/s", seconds, inputs, outputs, rate())));
        console.line("");
        for (final Map.Entry<String, FeedCount> feed : feeds.entrySet())
        {
            final FeedCount count = feed.getValue();
            console.line(String.format(Locale.ROOT,
                "  %-9s %,d messages: %,d decoded, %,d control, %,d rejected; %,d gaps, %,d reconnects", feed.getKey(),
                count.received, count.decoded, count.control, count.rejected, count.gaps, count.reconnects));
        }
        console.line(String.format(Locale.ROOT, "  %-9s %,d requested: %,d filled, %,d canceled, %,d rejected%s%s",
            "orders", tally.requested(), tally.filled(), tally.canceled(), tally.rejected(),
            0 == tally.open() ? "" : String.format(Locale.ROOT, ", %,d not ended", tally.open()),
            0 == tally.replaced() ? "" : String.format(Locale.ROOT, "; %,d replaces", tally.replaced())));
        printNotices(console);
        console.line(String.format(Locale.ROOT, "  %-9s %s to sequence %,d, state %016x", "journal",
            bytes(journalBytes), lastSequence, stateHash));
        printBots(console);
        printLatency(console);
    }

    private void printNotices(final Console console)
    {
        if (notices.criticals() + notices.warnings() > 0)
        {
            console.line(String.format(Locale.ROOT, "  %-9s %,d critical, %,d warnings%s", "alerts",
                notices.criticals(), notices.warnings(), 0 == undelivered ? "" :
                String.format(Locale.ROOT, "; %,d did not reach their target (gateway.alerts)", undelivered)));
            criticals.forEach(text -> console.line(console.red("            " + text)));
        }
        if (notices.differences() > 0)
        {
            console.line(String.format(Locale.ROOT, "  %-9s %,d differences from the venues' found and taken over",
                "books", notices.differences()));
        }
    }

    private void printBots(final Console console)
    {
        if (!tally.bots().isEmpty())
        {
            console.line("");
            if (isResumed)
            {
                console.line(console.dim("  This run went on with a journal: above is this run alone, below the " +
                    "journal since it began, and at the right of it this run."));
            }
            console.line(console.dim(String.format("  %-18s %-14s %-9s %14s %12s %8s%s", "bot", "strategy", "state",
                "PnL after fees", "fees", "fills", isResumed ?
                String.format(" | %14s %12s %8s", "PnL this run", "fees", "fills") : "")));
            for (final OutputTally.Bot bot : tally.bots())
            {
                final String pnl = String.format("%14s", money(bot.pnl(), 2));
                console.line(String.format(Locale.ROOT, "  %-18s %-14s %-9s %s %12s %,8d%s", bot.name(), bot.strategy(),
                    bot.state().toLowerCase(Locale.ROOT), bot.pnl() < 0 ? console.red(pnl) : console.green(pnl),
                    money(bot.fees(), 2), bot.fills(), isResumed ? String.format(Locale.ROOT, " | %14s %12s %,8d",
                    money(bot.inThisRun().pnl(), 2), money(bot.inThisRun().fees(), 2), bot.inThisRun().fills()) : ""));
            }
        }
    }

    private void printLatency(final Console console)
    {
        console.line("");
        console.line(console.dim(String.format("  %-20s %10s %10s %10s %10s %12s", "latency", "p50", "p99", "p99.9",
            "max", "samples")));
        for (final PipelineStats.Hop hop : PipelineStats.Hop.values())
        {
            final Histogram histogram = stats.latency(hop);
            final StringBuilder row = new StringBuilder(String.format("  %-20s", words(hop)));
            for (final double percentile : PERCENTILES)
            {
                row.append(String.format(" %10s", histogram.getTotalCount() == 0 ? "-" :
                    time(histogram.getValueAtPercentile(percentile))));
            }
            console.line(row.append(String.format(Locale.ROOT, " %,12d", histogram.getTotalCount())).toString());
        }
        console.line("");
    }

    private Map<String, Object> json()
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("seconds", Math.round(seconds * 1000) / 1000.0);
        json.put("inputs", inputs);
        json.put("outputs", outputs);
        json.put("lastSequence", lastSequence);
        json.put("resumed", isResumed);
        json.put("stateHash", String.format("%016x", stateHash));
        json.put("journalBytes", journalBytes);
        json.put("feeds", feeds);
        json.put("orders", ordersJson());
        final Map<String, Object> alerts = new LinkedHashMap<>();
        alerts.put("critical", notices.criticals());
        alerts.put("warning", notices.warnings());
        alerts.put("info", notices.infos());
        alerts.put("undelivered", undelivered);
        json.put("alerts", alerts);
        json.put("differences", notices.differences());
        final List<Map<String, Object>> bots = new ArrayList<>();
        for (final OutputTally.Bot bot : tally.bots())
        {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("bot", bot.name());
            row.put("strategy", bot.strategy());
            row.put("pnl", money(bot.pnl(), Instrument.MONEY_SCALE));
            row.put("fees", money(bot.fees(), Instrument.MONEY_SCALE));
            row.put("fills", bot.fills());
            row.put("runPnl", money(bot.inThisRun().pnl(), Instrument.MONEY_SCALE));
            row.put("runFees", money(bot.inThisRun().fees(), Instrument.MONEY_SCALE));
            row.put("runFills", bot.inThisRun().fills());
            bots.add(row);
        }
        json.put("bots", bots);
        json.put("latencyNs", latencyJson());
        return json;
    }

    private Map<String, Object> ordersJson()
    {
        final Map<String, Object> orders = new LinkedHashMap<>();
        orders.put("requested", tally.requested());
        orders.put("filled", tally.filled());
        orders.put("canceled", tally.canceled());
        orders.put("rejected", tally.rejected());
        orders.put("open", tally.open());
        orders.put("replaced", tally.replaced());
        return orders;
    }

    private Map<String, Object> latencyJson()
    {
        final Map<String, Object> latency = new LinkedHashMap<>();
        for (final PipelineStats.Hop hop : PipelineStats.Hop.values())
        {
            final Histogram histogram = stats.latency(hop);
            final Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < PERCENTILES.length; i++)
            {
                row.put(PERCENTILE_NAMES[i], histogram.getValueAtPercentile(PERCENTILES[i]));
            }
            latency.put(hop.jsonName(), row);
        }
        return latency;
    }

    private String rate()
    {
        return String.format(Locale.ROOT, "%,d", seconds <= 0 ? 0 : Math.round(inputs / seconds));
    }

    private static String words(final PipelineStats.Hop hop)
    {
        return switch (hop)
        {
            case SOCKET_TO_JOURNAL -> "socket to journal";
            case SOCKET_TO_BOT -> "socket to bot";
            case BOT_TO_ORDER -> "bot to order";
        };
    }

    private static String money(final long amount, final int decimals)
    {
        final String text = Decimals.toString(amount, Instrument.MONEY_SCALE);
        return text.substring(0, text.length() - (Instrument.MONEY_SCALE - decimals));
    }

    private static String time(final long ns)
    {
        return ns < 10_000 ? ns + " ns" : ns < 10_000_000 ? String.format(Locale.ROOT, "%.1f µs", ns / 1e3) :
            String.format(Locale.ROOT, "%.1f ms", ns / 1e6);
    }

    private static String bytes(final long bytes)
    {
        return bytes < 10_000 ? bytes + " B" :
            bytes < 10_000_000 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3) :
            String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
