package org.lockstep.benchmarks.report;

/** A logarithmic scale from values to pixels. */
record Axis(double low, double high, double from, double to)
{
    /** Whole decades around the values. */
    static Axis decades(final double least, final double most, final double from, final double to)
    {
        final double low = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-3))));
        final double high = Math.pow(10, Math.ceil(Math.log10(Math.max(most, low * 1.01))));
        return new Axis(low, high <= low ? low * 10 : high, from, to);
    }

    double at(final double value)
    {
        final double bounded = Math.max(low, Math.min(high, value));
        return from + (to - from) * Math.log10(bounded / low) / Math.log10(high / low);
    }
}
