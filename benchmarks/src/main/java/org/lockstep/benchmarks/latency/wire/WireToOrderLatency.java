package org.lockstep.benchmarks.latency.wire;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.netty.channel.EventLoopGroup;
import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.lockstep.gateway.net.NetTransport;

/**
 * From tick to order over loopback: the time from when a tick was due at the venue to when the venue has read the order
 * it provoked, at a fixed rate, beside a bare Netty echo of the same sizes over the same kind of socket, in turns in
 * one run. What is in between: two reads, decoding, ring, journal, risk, order state, journal, signing, a write. Every
 * order is accepted and expires. A round in which the sender did not keep its pace counts for nobody, unless there are
 * too few others; then the figures are marked. A ratio is the median over rounds of what the two turns of one round
 * give, so that a burst of other work spoils one round alone.
 */
public final class WireToOrderLatency
{
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final int TRIES_PER_ROUND = 2;
    private static final long[] WARM_RATES = {1_000, 3_000, 10_000, 20_000};
    private static final double MAX_P50 = 1.25;
    private static final double MAX_P99 = 1.5;

    private final PrintStream out;
    private final ResultFile result;
    private final WireVenue venue;
    private final WireTrader trader;
    private final long durationNs;
    private final int rounds;
    private final boolean isStrict;

    private WireToOrderLatency(
        final PrintStream out,
        final ResultFile result,
        final WireVenue venue,
        final WireTrader trader,
        final long durationNs,
        final int rounds,
        final boolean isStrict)
    {
        this.out = out;
        this.result = result;
        this.venue = venue;
        this.trader = trader;
        this.durationNs = durationNs;
        this.rounds = rounds;
        this.isStrict = isStrict;
    }

    /**
     * Runs.
     *
     * @param args {@code rates=} ticks/s, with commas between; {@code orders=} how many ticks a second provoke an order
     *             at most; {@code millis=} of a turn, {@code rounds=} of both lanes, {@code warm=} ms at each rate,
     *             {@code strict=} 0 counts rounds also when the pace was not kept, {@code json=}.
     */
    public static void main(final String... args)
    {
        run(System.out, args);
    }

    /**
     * Runs.
     *
     * @param out  takes the report.
     * @param args see {@link #main}.
     * @return p50 over the echo's, at the last rate.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final List<Long> rates = new ArrayList<>();
        for (final String rate : options.text("rates", "1000,20000").split(","))
        {
            rates.add(new Options("rates=" + rate).number("rates", 0, 1, 1_000_000));
        }
        final long orders = options.number("orders", 20_000, 1, 1_000_000);
        final long durationNs = options.number("millis", 1_000, 1, 3_600_000) * 1_000_000;
        final int rounds = (int)options.number("rounds", 8, 1, 1_000);
        final long warmNs = options.number("warm", 2_000, 0, 3_600_000) * 1_000_000;
        final boolean isStrict = 1 == options.number("strict", 1, 0, 1);
        final String json = options.text("json", "");
        options.finish("rates, orders, millis, rounds, warm, strict, json");
        out.println(Host.describe());
        final ResultFile result = ResultFile.begin("wire-to-order", json).setting("millis", durationNs / 1_000_000)
            .setting("rounds", rounds).setting("maxOrdersPerSecond", orders).setting("strict", isStrict);
        final EventLoopGroup echoLoop = NetTransport.newGroup(1, "wire-echo");
        double ratio = Double.NaN;
        IllegalStateException failure = null;
        try (WireVenue venue = new WireVenue(); WireTrader trader = new WireTrader(venue.address(), venue::tick))
        {
            venue.measure(false, 1_000, 100_000_000, 1);
            try (EchoClient echo = new EchoClient(echoLoop, venue.address(), venue.orderLength()))
            {
                echo.awaitOpen();
                warmUp(venue, warmNs);
                for (final long rate : rates)
                {
                    try
                    {
                        ratio = new WireToOrderLatency(out, result, venue, trader, durationNs, rounds, isStrict)
                            .measure(rate, (int)Math.max(1, rate / orders));
                    }
                    catch (final IllegalStateException ex)
                    {
                        result.distrust("no figures @ " + rate + ": " + ex.getMessage());
                        failure = ex;
                    }
                }
            }
        }
        finally
        {
            echoLoop.shutdownGracefully();
        }
        result.write();
        if (null != failure)
        {
            throw failure;
        }
        return ratio;
    }

    /** Slow at first. */
    private static void warmUp(final WireVenue venue, final long durationNs)
    {
        for (int i = 0; durationNs > 0 && i < WARM_RATES.length; i++)
        {
            venue.measure(false, WARM_RATES[i], durationNs, 1);
            venue.measure(true, WARM_RATES[i], durationNs, 1);
        }
    }

    private double measure(final long rate, final int every)
    {
        final WireRounds of = new WireRounds(rounds, isStrict);
        while (!of.isDone() && of.size() < TRIES_PER_ROUND * rounds)
        {
            result.probe();
            trader.pause();
            final WireRun echo = venue.measure(true, rate, durationNs, every);
            trader.resume();
            final long before = trader.allocatedBytes();
            final WireRun order = venue.measure(false, rate, durationNs, every);
            of.add(echo, order, trader.allocatedBytes() - before);
            trader.check();
        }
        if (0 == of.counted())
        {
            throw new IllegalStateException(of.problem());
        }
        report(rate, every, of.echoes(), of.orders());
        final List<Double> p50s = of.ratios(50);
        final double p50 = median(p50s);
        final double p99 = median(of.ratios(99));
        out.printf(Locale.ROOT, "tick to order / echo, median of rounds: p50 %.2f (at most %.2f), p99 %.2f (at most " +
            "%.2f); p50 of each round %s%n", p50, MAX_P50, p99, MAX_P99, texts(p50s));
        result.ratio("tick to order / bare echo, p50 @ " + rate, p50, MAX_P50, Better.LOWER)
            .ratio("tick to order / bare echo, p99 @ " + rate, p99, MAX_P99, Better.LOWER);
        reportSender(rate, every, of);
        return p50;
    }

    private void reportSender(final long rate, final int every, final WireRounds of)
    {
        final Histogram lateness = of.lateness();
        out.printf(Locale.ROOT, "sender: %.2f %% of the rate at least, late p50 %.1f us, p99 %.1f us, max %.1f us; " +
            "%d rounds of %d counted, in all of them %.2f %% of ticks were late%n", 100 * of.achieved(),
            lateness.getValueAtPercentile(50) / 1e3, lateness.getValueAtPercentile(99) / 1e3,
            lateness.getMaxValue() / 1e3, of.counted(), of.size(), 100 * of.lateShare());
        final String problem = of.problem();
        if (null != problem)
        {
            out.println("not to be trusted: " + problem);
            result.distrust("@ " + rate + " " + problem);
        }
        final double bytesPerTick = of.bytes() / every;
        out.printf(Locale.ROOT, "order of %d bytes; %.2f bytes allocated a tick on the loop, answers included%n%n",
            venue.orderLength(), bytesPerTick);
        result.latency("sender lateness @ " + rate, lateness)
            .metric("tick to order @ " + rate, "bytesPerTick", bytesPerTick)
            .metric("sender lateness @ " + rate, "achievedPercent", 100 * of.achieved())
            .metric("sender lateness @ " + rate, "latePercent", 100 * of.lateShare())
            .metric("sender lateness @ " + rate, "roundsDiscarded", of.size() - of.counted())
            .metric("tick to order @ " + rate, "roundsWithMissingOrders", of.missing());
    }

    private static double median(final List<Double> values)
    {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static String texts(final List<Double> values)
    {
        return values.stream().map(value -> String.format(Locale.ROOT, "%.2f", value))
            .collect(Collectors.joining(" "));
    }

    private void report(final long rate, final int every, final Histogram echoes, final Histogram orders)
    {
        out.println(rate + " ticks/s, " + rate / every + " orders/s");
        out.printf("%-24s%10s%10s%10s%10s%10s%10s%n", "us", "count", "p50", "p90", "p99", "p99.9", "max");
        print("bare echo", rate, echoes);
        print("tick to order", rate, orders);
        out.printf(Locale.ROOT, "tick to order / echo, all rounds: p50 %.2f, p99 %.2f, p99.9 %.2f%n",
            WireRounds.ratio(orders, echoes, 50), WireRounds.ratio(orders, echoes, 99),
            WireRounds.ratio(orders, echoes, 99.9));
    }

    private void print(final String lane, final long rate, final Histogram histogram)
    {
        result.latency(lane + " @ " + rate, histogram).metric(lane + " @ " + rate, "ratePerSecond", rate);
        out.printf(Locale.ROOT, "%-24s%10d", lane, histogram.getTotalCount());
        for (final double percentile : PERCENTILES)
        {
            out.printf(Locale.ROOT, "%10.1f", histogram.getValueAtPercentile(percentile) / 1e3);
        }
        out.printf(Locale.ROOT, "%10.1f%n", histogram.getMaxValue() / 1e3);
    }
}
