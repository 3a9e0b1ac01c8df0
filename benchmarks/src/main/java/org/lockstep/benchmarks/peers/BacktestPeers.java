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
 * that the latter has. All must trade at the same bars and make the same profit. Bars lie in plain arrays. Once both
 * begin there: ta4j makes its series, the engine its frames, one a bar. And once they begin with what each works on,
 * made before: a series, and frames as a journal has them.
 * Every lane has the same time, so that the compiler knows each as well.
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
     * @param args {@code bars=}, {@code fast=} and {@code slow=} periods, {@code rounds=} of each lane at least, and
     *             for {@code millis=} at least, {@code seed=}, {@code json=}.
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
        final long millis = options.number("millis", 3_000, 0, 600_000);
        final ResultFile result = ResultFile.begin("backtest", options.text("json", ""));
        options.finish("bars, fast, slow, rounds, millis, seed, json");

        out.println(Host.describe());
        result.setting("bars", count).setting("fast", fast).setting("slow", slow).setting("seed", seed);
        final MinuteBars bars = MinuteBars.random(count, seed);
        final EngineBacktest backtest = new EngineBacktest(bars, fast, slow);
        final FrameTape tape = backtest.tape();
        final Fills expected = backtest.run();
        final Measure measure = new Measure(out, result, bars, expected, rounds, millis);
        final double arrays = measure.best("engine", backtest::run);
        final double frames = measure.best("engine, frames", () -> backtest.run(tape));
        final double doubles =
            measure.best("ta4j, series of DoubleNum", new Ta4jBacktest(bars, fast, slow, DoubleNum.class)::run);
        final double decimals =
            measure.best("ta4j, series of DecimalNum", new Ta4jBacktest(bars, fast, slow, DecimalNum.class)::run);
        final double madeDoubles =
            measure.best("ta4j, DoubleNum", () -> new Ta4jBacktest(bars, fast, slow, DoubleNum.class).run());
        final double madeDecimals = measure.best("ta4j, DecimalNum (its default)",
            () -> new Ta4jBacktest(bars, fast, slow, DecimalNum.class).run());
        out.printf("%,d trades at the same bars and a profit of %,d ticks in all of them%n",
            expected.count(), expected.profit());
        out.printf("engine / ta4j, both from arrays: x %.1f, of its faster numbers x %.1f%n",
            arrays / madeDecimals, arrays / madeDoubles);
        out.printf("engine / ta4j, frames and series made before: x %.1f, of its faster numbers x %.1f%n",
            frames / decimals, frames / doubles);
        result.metric("engine", "timesTa4jDoubleNum", arrays / madeDoubles);
        result.metric("engine, frames", "timesTa4jDoubleNum", frames / doubles);
        result.ratio("backtest of arrays, engine / ta4j as it comes", arrays / madeDecimals, TARGET, Better.HIGHER);
        result.ratio("backtest, engine / ta4j as it comes, frames and series made before", frames / decimals, TARGET,
            Better.HIGHER);
        result.write();
        return expected.count();
    }

    private record Measure(
        PrintStream out, ResultFile result, MinuteBars bars, Fills expected, int rounds, long millis)
    {
        /** Bars a second of the best round, after one that does not count. */
        double best(final String label, final Supplier<Fills> backtest)
        {
            double bestSeconds = Double.MAX_VALUE;
            final long endNs = System.nanoTime() + millis * 1_000_000;
            for (int round = 0; round <= rounds || System.nanoTime() - endNs < 0; round++)
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
