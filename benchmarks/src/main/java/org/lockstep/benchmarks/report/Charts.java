package org.lockstep.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/** The kinds of plots of the page. */
final class Charts
{
    private static final double LEFT = 64;
    private static final double RIGHT = Chart.WIDTH - 16;
    private static final double TOP = 12;
    private static final double BOTTOM = 268;
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99, 99.999};
    private static final double MOST_NINES = 5;
    private static final int BAR = 18;
    private static final int GREY = 7;
    private static final List<String> OTHERS = List.of("library=", "raw", "bare", "Netty", "Node", "ccxt", "XChange",
        "ta4j", "exchange-core", "ArrayBlockingQueue", "method writer", "memcpy", "limit");
    private static final double BEFORE_LEFT = 470;

    private Charts()
    {
    }

    /** Latency by percentile, both logarithmic. */
    static String percentiles(final Map<String, Histogram> lanes, final Map<String, Integer> colours)
    {
        final long least = lanes.values().stream().mapToLong(h -> Math.max(10, h.getMinNonZeroValue())).min().orElse(1);
        final long most = lanes.values().stream().mapToLong(Histogram::getMaxValue).max().orElse(10);
        final Axis y = Axis.decades(Math.min(least, most), most, BOTTOM, TOP);
        final Chart chart = new Chart((int)BOTTOM + 30 + 18 * Chart.legendLines(lanes.keySet()),
            "latency by percentile: " + String.join(", ", lanes.keySet()));
        timeGrid(chart, y);
        for (final double percentile : PERCENTILES)
        {
            final double x = nines(percentile);
            chart.line(x, TOP, x, BOTTOM, "grid");
            chart.text(x, BOTTOM + 16, "middle", "lab", (percentile + " %").replace(".0 ", " "));
        }
        for (final Map.Entry<String, Histogram> lane : lanes.entrySet())
        {
            final Histogram histogram = lane.getValue();
            final StringBuilder points = new StringBuilder();
            final double last = Math.min(MOST_NINES, Math.log10(Math.max(10, histogram.getTotalCount())));
            for (double n = 0; n <= last; n += 0.05)
            {
                final double percentile = 100 - 100 / Math.pow(10, n);
                points.append(Chart.point(nines(percentile), y.at(histogram.getValueAtPercentile(percentile))));
            }
            chart.path(points, colours.get(lane.getKey()), false, lane.getKey() + ": p50 " +
                SummaryTable.time(histogram.getValueAtPercentile(50)) + ", p99 " +
                SummaryTable.time(histogram.getValueAtPercentile(99)) + ", p99.9 " +
                SummaryTable.time(histogram.getValueAtPercentile(99.9)));
        }
        return chart.legend(BOTTOM + 38, lanes.keySet(), colours).end();
    }

    /** Latency against rate: lines for p50, dashed ones for p99. */
    static String rates(final Map<String, TreeMap<Double, double[]>> lanes, final Map<String, Integer> colours)
    {
        final List<Double> rates = new ArrayList<>();
        double least = Double.MAX_VALUE;
        double most = 0;
        for (final TreeMap<Double, double[]> lane : lanes.values())
        {
            rates.addAll(lane.keySet());
            for (final double[] values : lane.values())
            {
                least = Math.min(least, values[0]);
                most = Math.max(most, values[1]);
            }
        }
        final Axis y = Axis.decades(Math.max(10, least), most, BOTTOM, TOP);
        final Axis x = new Axis(rates.stream().min(Double::compare).orElse(1D) / 1.3,
            rates.stream().max(Double::compare).orElse(10D) * 1.3, LEFT, RIGHT);
        final Chart chart = new Chart((int)BOTTOM + 30 + 18 * Chart.legendLines(lanes.keySet()),
            "latency against rate: " + String.join(", ", lanes.keySet()));
        timeGrid(chart, y);
        rates.stream().distinct().forEach(rate ->
        {
            chart.line(x.at(rate), TOP, x.at(rate), BOTTOM, "grid");
            chart.text(x.at(rate), BOTTOM + 16, "middle", "lab", SummaryTable.number(rate) + "/s");
        });
        for (final Map.Entry<String, TreeMap<Double, double[]>> lane : lanes.entrySet())
        {
            final int colour = colours.get(lane.getKey());
            for (int i = 0; i < 2; i++)
            {
                final StringBuilder points = new StringBuilder();
                for (final Map.Entry<Double, double[]> at : lane.getValue().entrySet())
                {
                    points.append(Chart.point(x.at(at.getKey()), y.at(at.getValue()[i])));
                    chart.dot(x.at(at.getKey()), y.at(at.getValue()[i]), "f" + colour % Chart.COLOURS,
                        lane.getKey() + " at " + SummaryTable.number(at.getKey()) + "/s: " +
                        (0 == i ? "p50 " : "p99 ") +
                        SummaryTable.time(at.getValue()[i]));
                }
                chart.path(points, colour, 1 == i, lane.getKey() + (0 == i ? ", p50" : ", p99"));
            }
        }
        return chart.legend(BOTTOM + 38, lanes.keySet(), colours).end();
    }

    /** Horizontal bars from zero; without colours, grey what is not ours. The unit is the heading of the caller. */
    static String bars(final Map<String, Double> values, final boolean isTime, final Map<String, Integer> colours)
    {
        final double most = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        final double left = Math.min(340, 12 + values.keySet().stream().mapToDouble(Chart::widthOf).max().orElse(0));
        final Chart chart = new Chart(8 + values.size() * (BAR + 6), String.join(", ", values.keySet()));
        double y = 4;
        for (final Map.Entry<String, Double> entry : values.entrySet())
        {
            final String value =
                isTime ? SummaryTable.time(entry.getValue()) : SummaryTable.number(entry.getValue());
            final double width = (RIGHT - left - 80) * entry.getValue() / most;
            chart.text(left - 8, y + 13, "end", "lab", entry.getKey());
            final int colour = colours.getOrDefault(entry.getKey(), isOurs(entry.getKey()) ? 0 : GREY);
            chart.bar(left, y, width, BAR, colour, entry.getKey() + ": " + value);
            chart.text(left + width + 6, y + 13, "start", "val", value);
            y += BAR + 6;
        }
        return chart.end();
    }

    /** How much of each target is reached, now and in the baseline. */
    static String targets(final List<Ratio> ratios)
    {
        final double bottom = 26 + ratios.size() * 20;
        final Chart chart = new Chart((int)bottom + 24, "how much of each target is reached");
        final Axis x = new Axis(0.1, 10, BEFORE_LEFT, RIGHT);
        for (final double tick : new double[]{0.1, 0.2, 0.5, 1, 2, 5, 10})
        {
            chart.line(x.at(tick), 16, x.at(tick), bottom, 1 == tick ? "target" : "grid");
            chart.text(x.at(tick), bottom + 16, "middle", "lab", 1 == tick ? "target" : tick + "x");
        }
        double y = 32;
        for (final Ratio ratio : ratios)
        {
            final String tip = ratio.name() + ": " + SummaryTable.number(ratio.value()) + ", target " +
                SummaryTable.number(ratio.target()) + ", " + ratio.verdict();
            chart.text(BEFORE_LEFT - 12, y + 4, "end", "lab", ratio.name());
            if (Double.isFinite(ratio.reachedBefore()))
            {
                chart.line(x.at(ratio.reachedBefore()), y, x.at(ratio.reached()), y, "moved");
                chart.dot(x.at(ratio.reachedBefore()), y, "before",
                    "baseline: " + SummaryTable.number(ratio.baseline()));
            }
            chart.dot(x.at(ratio.reached()), y,
                (ratio.isMet() ? "met" : "missed") + (ratio.isTrusted() ? "" : " pale"), tip);
            y += 20;
        }
        return chart.end();
    }

    private static boolean isOurs(final String lane)
    {
        return OTHERS.stream().noneMatch(lane::contains);
    }

    private static void timeGrid(final Chart chart, final Axis y)
    {
        for (double value = y.low(); value <= y.high() * 1.01; value *= 10)
        {
            chart.line(LEFT, y.at(value), RIGHT, y.at(value), "grid");
            chart.text(LEFT - 6, y.at(value) + 4, "end", "lab", SummaryTable.time(value));
        }
    }

    private static double nines(final double percentile)
    {
        return LEFT + (RIGHT - LEFT) * Math.log10(100 / (100 - percentile)) / MOST_NINES;
    }
}
