package org.lockstep.tools.doctor;

import java.util.Locale;

import org.HdrHistogram.Histogram;

/** Latencies in words and numbers. */
final class Percentiles
{
    private static final double P99 = 99.0;
    private static final double P999 = 99.9;

    private Percentiles()
    {
    }

    /** Such as {@code p50 1.2 us, p99 4.5 us, p99.9 80 us, max 1.2 ms}. */
    static String text(final Histogram histogram)
    {
        return "p50 " + duration(histogram.getValueAtPercentile(50)) + ", p99 " +
            duration(histogram.getValueAtPercentile(P99)) + ", p99.9 " +
            duration(histogram.getValueAtPercentile(P999)) + ", max " + duration(histogram.getMaxValue());
    }

    /** The same for scripts, and how many were measured. */
    static Object[] values(final Histogram histogram)
    {
        return new Object[]{"samples", histogram.getTotalCount(),
            "p50Ns", histogram.getValueAtPercentile(50), "p99Ns", histogram.getValueAtPercentile(P99),
            "p999Ns", histogram.getValueAtPercentile(P999), "maxNs", histogram.getMaxValue()};
    }

    /** In the unit that fits. */
    static String duration(final long ns)
    {
        if (ns < 1_000)
        {
            return ns + " ns";
        }
        return ns < 1_000_000 ? String.format(Locale.ROOT, "%.1f us", ns / 1e3) :
            String.format(Locale.ROOT, "%.1f ms", ns / 1e6);
    }
}
