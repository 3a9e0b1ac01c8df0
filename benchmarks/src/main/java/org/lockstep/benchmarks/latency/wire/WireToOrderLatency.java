package org.lockstep.benchmarks.latency.wire;

import java.io.PrintStream;

import org.HdrHistogram.Histogram;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;

/**
 * From tick to order over loopback: the time from when a tick was due at the venue to when the venue has read the order
 * it provoked, at a fixed rate, beside a bare Netty echo of the same sizes over the same kind of socket, in turns in
 * one run. What is in between: two reads, decoding, ring, journal, risk, order state, journal, signing, a write.
 */
public final class WireToOrderLatency
{
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private WireToOrderLatency()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code rate=} ticks/s, {@code every=} which tick provokes an order, {@code millis=} of a round,
     *             {@code rounds=}.
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
     * @return p50 over the echo's.
     */
    public static double run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final long rate = options.number("rate", 1_000, 1, 1_000_000);
        final int every = (int)options.number("every", 1, 1, 1_000_000);
        final long durationNs = options.number("millis", 3_000, 1, 3_600_000) * 1_000_000;
        final int rounds = (int)options.number("rounds", 5, 1, 1_000);
        options.finish("rate, every, millis, rounds");
        out.println(Host.describe());
        out.println("run:  " + rate + " ticks/s, one in " + every + " provokes an order, " + rounds + " rounds of " +
            durationNs / 1_000_000 + " ms a lane, two more warm up");
        try (WireVenue venue = new WireVenue(); WireTrader trader = new WireTrader(venue.address(), venue::tick))
        {
            venue.measure(false, rate, durationNs, every);
            final EchoClient echo = new EchoClient(trader.group(), venue.address(), venue.orderLength());
            try
            {
                return measure(out, venue, trader, new long[]{rate, every, durationNs, rounds});
            }
            finally
            {
                echo.close();
            }
        }
    }

    private static double measure(
        final PrintStream out, final WireVenue venue, final WireTrader trader, final long[] run)
    {
        venue.measure(true, run[0], run[2], (int)run[1]);
        venue.measure(false, run[0], run[2], (int)run[1]);
        final Histogram echoes = new Histogram(10_000_000_000L, 3);
        final Histogram orders = new Histogram(10_000_000_000L, 3);
        long bytes = 0;
        for (int round = 0; round < run[3]; round++)
        {
            echoes.add(venue.measure(true, run[0], run[2], (int)run[1]));
            final long before = trader.allocatedBytes();
            orders.add(venue.measure(false, run[0], run[2], (int)run[1]));
            bytes += trader.allocatedBytes() - before;
            trader.check();
        }
        out.printf("%-24s%10s%10s%10s%10s%10s%10s%n", "us", "count", "p50", "p90", "p99", "p99.9", "max");
        print(out, "bare echo", echoes);
        print(out, "tick to order", orders);
        out.printf("order of %d bytes; tick to order / echo: p50 %.2f, p99 %.2f, p99.9 %.2f; %.1f bytes allocated a " +
            "tick on the loop%n", venue.orderLength(), ratio(orders, echoes, 50), ratio(orders, echoes, 99),
            ratio(orders, echoes, 99.9), bytes / (double)(orders.getTotalCount() * run[1]));
        return ratio(orders, echoes, 50);
    }

    private static double ratio(final Histogram orders, final Histogram echoes, final double percentile)
    {
        return orders.getValueAtPercentile(percentile) / (double)echoes.getValueAtPercentile(percentile);
    }

    private static void print(final PrintStream out, final String label, final Histogram histogram)
    {
        out.printf("%-24s%10d", label, histogram.getTotalCount());
        for (final double percentile : PERCENTILES)
        {
            out.printf("%10.1f", histogram.getValueAtPercentile(percentile) / 1e3);
        }
        out.printf("%10.1f%n", histogram.getMaxValue() / 1e3);
    }
}
