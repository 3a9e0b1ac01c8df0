package org.lockstep.benchmarks.latency.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.HdrHistogram.Histogram;

/**
 * The rounds of both lanes at one rate. Latencies count from when a tick was due, so those of a late sender are too
 * long, in both lanes: such rounds count only when there are too few others, and then the figures are not to be
 * trusted. A round in which an order is missing, since an engine that was held up refused it, is left out: no answer
 * can be told from another's then. It would have been among the slowest, so the rest is not to be trusted either. One
 * thread.
 */
final class WireRounds
{
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final double PERCENT = 100;

    private final List<Round> rounds = new ArrayList<>();
    private final int wanted;
    private final boolean isStrict;

    /**
     * None yet.
     *
     * @param wanted   rounds in which the pace was kept.
     * @param isStrict false counts all alike.
     */
    WireRounds(final int wanted, final boolean isStrict)
    {
        this.wanted = wanted;
        this.isStrict = isStrict;
    }

    void add(final WireRun echo, final WireRun order, final long bytes)
    {
        rounds.add(new Round(echo, order, bytes));
    }

    /** Whether there are as many as were wanted. */
    boolean isDone()
    {
        return good().size() >= wanted;
    }

    int size()
    {
        return rounds.size();
    }

    /** Why the figures are not to be trusted, or null. */
    String problem()
    {
        final String pace = paceProblem();
        final long missing = missing();
        if (0 == missing)
        {
            return pace;
        }
        final String left = missing + " of " + rounds.size() + " rounds are left out, in which orders were missing";
        return null == pace ? left : pace + "; " + left;
    }

    /** Rounds in which ticks provoked no order. */
    long missing()
    {
        return rounds.stream().filter(round -> !round.isWhole()).count();
    }

    private String paceProblem()
    {
        final List<Round> good = good();
        if (2 * good.size() >= wanted)
        {
            return null;
        }
        final String last = rounds.stream().filter(round -> !round.isPaced()).reduce((first, second) -> second)
            .map(Round::problem).orElse("");
        return String.format(Locale.ROOT, "%d of %d rounds were whole and sent at their pace; %.2f %% of all ticks " +
            "were late, p99 by %.1f us, at last %s", good.size(), rounds.size(), PERCENT * lateShare(),
            lateness(rounds).getValueAtPercentile(99) / 1e3, last);
    }

    /** Part of all ticks, of discarded rounds too, that left later than is allowed. */
    double lateShare()
    {
        return rounds.stream().mapToDouble(round -> (round.echo.late() + round.order.late()) / 2).average().orElse(0);
    }

    int counted()
    {
        return figures().size();
    }

    Histogram echoes()
    {
        return sum(figures(), round -> round.echo.answers());
    }

    Histogram orders()
    {
        return sum(figures(), round -> round.order.answers());
    }

    /** Of the rounds that count, both lanes. */
    Histogram lateness()
    {
        return lateness(figures());
    }

    /** The least part of the rate that was reached in a round that counts. */
    double achieved()
    {
        return figures().stream().mapToDouble(round -> Math.min(round.echo.achieved(), round.order.achieved()))
            .min().orElse(0);
    }

    /** Bytes allocated an order. */
    double bytes()
    {
        return figures().stream().mapToLong(round -> round.bytes).sum() / (double)orders().getTotalCount();
    }

    /** Order over echo, of each round that counts. */
    List<Double> ratios(final double percentile)
    {
        return figures().stream().map(round -> ratio(round.order.answers(), round.echo.answers(), percentile)).toList();
    }

    static double ratio(final Histogram orders, final Histogram echoes, final double percentile)
    {
        return orders.getValueAtPercentile(percentile) / (double)echoes.getValueAtPercentile(percentile);
    }

    private List<Round> good()
    {
        return rounds.stream().filter(round -> round.isWhole() && (!isStrict || round.isPaced())).toList();
    }

    private List<Round> figures()
    {
        return null == paceProblem() ? good() : rounds.stream().filter(Round::isWhole).toList();
    }

    private static Histogram lateness(final List<Round> of)
    {
        final Histogram sum = sum(of, round -> round.echo.lateness());
        sum.add(sum(of, round -> round.order.lateness()));
        return sum;
    }

    private static Histogram sum(final List<Round> of, final Function<Round, Histogram> which)
    {
        final Histogram sum = new Histogram(HIGHEST_NS, 3);
        of.forEach(round -> sum.add(which.apply(round)));
        return sum;
    }

    private record Round(WireRun echo, WireRun order, long bytes)
    {
        boolean isWhole()
        {
            return echo.isWhole() && order.isWhole();
        }

        boolean isPaced()
        {
            return null == problem();
        }

        String problem()
        {
            return null == echo.problem() ? order.problem() : echo.problem();
        }
    }
}
