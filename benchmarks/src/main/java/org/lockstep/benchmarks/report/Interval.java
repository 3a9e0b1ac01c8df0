package org.lockstep.benchmarks.report;

/**
 * Where a figure lies with its error; NaN where the error is not known.
 *
 * @param low  least.
 * @param high most.
 */
record Interval(double low, double high)
{
    /** Around a score. */
    static Interval around(final double score, final double error)
    {
        return new Interval(Math.max(0, score - Math.abs(error)), score + Math.abs(error));
    }

    Interval plus(final Interval other)
    {
        return new Interval(low + other.low, high + other.high);
    }

    /** A quotient of what is not negative. */
    Interval over(final Interval divisor)
    {
        return new Interval(low / divisor.high, high / divisor.low);
    }

    boolean isKnown()
    {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    boolean holds(final double value)
    {
        return low <= value && value <= high;
    }
}
