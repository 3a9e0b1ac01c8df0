package org.lockstep.benchmarks.peers;

import java.io.PrintStream;
import java.util.function.Supplier;

import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;
import org.lockstep.benchmarks.report.Better;
import org.lockstep.benchmarks.report.ResultFile;
import org.ta4j.core.num.DecimalNum;
import org.ta4j.core.num.DoubleNum;

/**
 * A crossover of two moving averages on a year of minute bars, by the engine and by ta4j, with both kinds of number
 * that the latter has. All must trade at the same bars and make the same profit. Both begin with bars in memory; ta4j
 * with a finished series, the engine with plain arrays that it yet has to make frames of: of the closes, which is all
 * that the rule asks for, or of whole bars.
 */
public final class BacktestPeers
{
    private static final int YEAR_MINUTES = 525_600;
    private static final double TARGET = 20;

    private BacktestPeers()
    {
    }

    /**
     * Runs.
     *
     * @param args {@code bars=}, {@code fast=} and {@code slow=} periods, {@code rounds=} of each, {@code seed=},
     *             {@code json=}.
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
     * @return how many trades all of them made.
     */
    public static int run(final PrintStream out, final String... args)
    {
        final Options options = new Options(args);
        final int count = (int)options.number("bars", YEAR_MINUTES, 100, 50_000_000);
        final int fast = (int)options.number("fast", 20, 1, 9_999);
        final int slow = (int)options.number("slow", 50, fast + 1L, 10_000);
        final int rounds = (int)options.number("rounds", 3, 1, 1_000);
        final long seed = options.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        final ResultFile result = ResultFile.begin("backtest", options.text("json", ""));
        options.finish("bars, fast, slow, rounds, seed, json");

        out.println(Host.describe());
        result.setting("bars", count).setting("fast", fast).setting("slow", slow).setting("seed", seed);
        final MinuteBars bars = MinuteBars.random(count, seed);
        final Fills expected = new EngineBacktest(bars, fast, slow, true).run();
        final Measure measure = new Measure(out, result, bars, expected, rounds);
        final double closes = measure.best("engine, closes", new EngineBacktest(bars, fast, slow, false)::run);
        final double whole = measure.best("engine, whole bars", new EngineBacktest(bars, fast, slow, true)::run);
        final double doubles =
            measure.best("ta4j, DoubleNum", new Ta4jBacktest(bars, fast, slow, DoubleNum.class)::run);
        final double decimals =
            measure.best("ta4j, DecimalNum (its default)", new Ta4jBacktest(bars, fast, slow, DecimalNum.class)::run);
        out.printf("%,d trades at the same bars and a profit of %,d ticks in all of them%n",
            expected.count(), expected.profit());
        out.printf("engine / ta4j: closes x %.1f, whole bars x %.1f; of its faster numbers x %.1f, x %.1f%n",
            closes / decimals, whole / decimals, closes / doubles, whole / doubles);
        result.metric("engine, closes", "timesTa4jDoubleNum", closes / doubles);
        result.metric("engine, whole bars", "timesTa4jDoubleNum", whole / doubles);
        result.ratio("backtest on closes, engine / ta4j as it comes", closes / decimals, TARGET, Better.HIGHER);
        result.ratio("backtest on whole bars, engine / ta4j as it comes", whole / decimals, TARGET, Better.HIGHER);
        result.write();
        return expected.count();
    }

    private record Measure(PrintStream out, ResultFile result, MinuteBars bars, Fills expected, int rounds)
    {
        /** Bars a second of the best round, after one that does not count. */
        double best(final String label, final Supplier<Fills> backtest)
        {
            double bestSeconds = Double.MAX_VALUE;
            for (int round = 0; round <= rounds; round++)
            {
                result.probe();
                final long startNs = System.nanoTime();
                final Fills fills = backtest.get();
                final double seconds = (System.nanoTime() - startNs) / 1e9;
                if (!expected.difference(fills).isEmpty())
                {
                    throw new IllegalStateException(label + ": " + expected.difference(fills));
                }
                bestSeconds = 0 == round ? bestSeconds : Math.min(bestSeconds, seconds);
            }
            final double perSecond = bars.count() / bestSeconds;
            out.printf("  %-32s %,10d bars in %7.3f s: %,12.0f bars/s%n",
                label, bars.count(), bestSeconds, perSecond);
            result.metric(label, "perSecond", perSecond);
            return perSecond;
        }
    }
}
