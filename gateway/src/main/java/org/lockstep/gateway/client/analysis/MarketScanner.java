package org.lockstep.gateway.client.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Ranks instruments. Of each figure an instrument gets its percentile among all, {@code (below + (equal - 1) / 2) /
 * (count - 1)}, from 0 for the least to 1 for the most, ties sharing the middle; 1 when it is alone. The score is 100
 * times the weighted mean of the percentiles of volatility (0.20), momentum (0.20, whichever way), spread (0.15, narrow
 * is more), volume (0.15), trend strength (0.15, whichever way) and agreement (0.15). A figure an instrument does not
 * have counts 0.
 */
public final class MarketScanner
{
    private static final double PERCENT = 100;
    private static final List<Factor> FACTORS = List.of(
        new Factor(0.20, Candidate::volatility),
        new Factor(0.20, candidate -> Math.abs(candidate.momentum())),
        new Factor(0.15, candidate -> -candidate.spreadBps()),
        new Factor(0.15, Candidate::quoteVolume),
        new Factor(0.15, candidate -> Math.abs(candidate.trend())),
        new Factor(0.15, Candidate::agreement));

    private record Factor(double weight, ToDoubleFunction<Candidate> figure)
    {
    }

    /**
     * One instrument to rank. Figures it does not have are NaN.
     *
     * @param instrumentId dense id.
     * @param spreadBps    {@code 10,000 * (ask - bid) / mid}.
     * @param quoteVolume  of 24 hours, quote currency.
     * @param timeframes   that have bars.
     */
    public record Candidate(int instrumentId, double spreadBps, double quoteVolume, List<Timeframe> timeframes)
    {
        /** Copies the list. */
        public Candidate
        {
            timeframes = List.copyOf(timeframes);
        }

        /** @return mean of the timeframes' momentum, per cent. */
        public double momentum()
        {
            return mean(Timeframe::momentum);
        }

        /** @return mean of the timeframes' volatility, per cent a bar. */
        public double volatility()
        {
            return mean(Timeframe::volatility);
        }

        /** @return mean of the timeframes' trend strength, -1 to 1. */
        public double trend()
        {
            return mean(Timeframe::trend);
        }

        /** @return {@code |sum of directions| / timeframes}: 1 = all agree, 0 = as many rise as fall. */
        public double agreement()
        {
            return Math.abs(mean(Timeframe::direction));
        }

        /** @return 1 = more timeframes rise than fall, -1 = more fall, 0 = as many. */
        public int direction()
        {
            final double mean = mean(Timeframe::direction);
            return Double.isNaN(mean) ? 0 : (int)Math.signum(mean);
        }

        private double mean(final ToDoubleFunction<Timeframe> figure)
        {
            return timeframes.stream().mapToDouble(figure).average().orElse(Double.NaN);
        }
    }

    /**
     * A ranked instrument.
     *
     * @param rank      1 = highest score.
     * @param score     0 to 100.
     * @param candidate that was ranked.
     */
    public record Ranked(int rank, double score, Candidate candidate)
    {
    }

    private MarketScanner()
    {
    }

    /**
     * Computes the spread of a market.
     *
     * @param bid best bid, above zero.
     * @param ask best ask, above zero.
     * @return {@code 10,000 * (ask - bid) / mid}.
     */
    public static double spreadBps(final double bid, final double ask)
    {
        return 10_000 * (ask - bid) / ((ask + bid) / 2);
    }

    /**
     * Ranks.
     *
     * @param candidates in any order.
     * @return highest score first; equal scores in order of their ids.
     */
    public static List<Ranked> rank(final List<Candidate> candidates)
    {
        final double[] scores = new double[candidates.size()];
        for (final Factor factor : FACTORS)
        {
            final double[] figures = candidates.stream().mapToDouble(factor.figure()).toArray();
            for (int i = 0; i < figures.length; i++)
            {
                scores[i] += PERCENT * factor.weight() * percentile(figures, figures[i]);
            }
        }
        final List<Ranked> unranked = new ArrayList<>();
        for (int i = 0; i < scores.length; i++)
        {
            unranked.add(new Ranked(0, scores[i], candidates.get(i)));
        }
        unranked.sort(Comparator.comparingDouble(Ranked::score).reversed()
            .thenComparingInt(ranked -> ranked.candidate().instrumentId()));
        final List<Ranked> ranked = new ArrayList<>();
        for (final Ranked next : unranked)
        {
            ranked.add(new Ranked(ranked.size() + 1, next.score(), next.candidate()));
        }
        return ranked;
    }

    /** Percentile of one value among all; NaN values count for nothing. */
    static double percentile(final double[] values, final double value)
    {
        if (Double.isNaN(value))
        {
            return 0;
        }
        int below = 0;
        int equal = 0;
        int count = 0;
        for (final double other : values)
        {
            below += other < value ? 1 : 0;
            equal += other == value ? 1 : 0;
            count += Double.isNaN(other) ? 0 : 1;
        }
        return 1 == count ? 1 : (below + (equal - 1) / 2.0) / (count - 1);
    }
}
