package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Sum of the last N values. The running sum carries its rounding error along (Neumaier, "Rundungsfehleranalyse einiger
 * Verfahren zur Summation endlicher Summen", 1974) and is taken afresh each N values, so that it cannot drift.
 */
final class RollingSum
{
    private final double[] values;
    private int next;
    private int count;
    private double sum;
    private double error;

    RollingSum(final int period)
    {
        this.values = new double[period];
    }

    void add(final double value)
    {
        if (count == values.length)
        {
            accumulate(-values[next]);
        }
        else
        {
            count++;
        }
        values[next] = value;
        accumulate(value);
        next++;
        if (next == values.length)
        {
            next = 0;
            sumAfresh();
        }
    }

    double sum()
    {
        return sum + error;
    }

    int count()
    {
        return count;
    }

    boolean isFull()
    {
        return count == values.length;
    }

    /** A value of the window, in no particular order. */
    double value(final int index)
    {
        return values[index];
    }

    void reset()
    {
        next = 0;
        count = 0;
        sum = 0;
        error = 0;
    }

    void describe(final StateWriter writer)
    {
        writer.field("next", next);
        writer.field("sum", sum);
        writer.field("error", error);
        writer.field("values", values, count);
    }

    private void sumAfresh()
    {
        sum = 0;
        error = 0;
        for (int i = 0; i < count; i++)
        {
            accumulate(values[i]);
        }
    }

    private void accumulate(final double value)
    {
        final double total = sum + value;
        error += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
        sum = total;
    }
}
