package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Wilder's smoothing ("New Concepts in Technical Trading Systems", 1978): the mean of the first N values, then
 * {@code average = (average * (N - 1) + value) / N}.
 */
final class WilderAverage
{
    private final int period;
    private long count;
    private double average;

    WilderAverage(final int period)
    {
        this.period = period;
    }

    void add(final double value)
    {
        count++;
        if (count < period)
        {
            average += value;
        }
        else if (count == period)
        {
            average = (average + value) / period;
        }
        else
        {
            average = (average * (period - 1) + value) / period;
        }
    }

    boolean isReady()
    {
        return count >= period;
    }

    double value()
    {
        return average;
    }

    void reset()
    {
        count = 0;
        average = 0;
    }

    void describe(final StateWriter writer)
    {
        writer.field("count", count);
        writer.field("average", average);
    }
}
