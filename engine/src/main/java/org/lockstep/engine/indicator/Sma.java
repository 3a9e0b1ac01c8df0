package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/** Simple moving average: the mean of the last N values. Ready with the Nth. */
public final class Sma implements Indicator
{
    private final int period;
    private final RollingSum window;

    /**
     * Nothing seen yet.
     *
     * @param period values averaged, [1, 10,000].
     */
    public Sma(final int period)
    {
        this.period = Period.checked(period, 1);
        this.window = new RollingSum(period);
    }

    /**
     * Takes the next value.
     *
     * @param value finite.
     */
    public void update(final double value)
    {
        window.add(value);
    }

    @Override
    public boolean isReady()
    {
        return window.isFull();
    }

    @Override
    public double value()
    {
        return isReady() ? window.sum() / period : Double.NaN;
    }

    @Override
    public void reset()
    {
        window.reset();
    }

    @Override
    public void describe(final StateWriter writer)
    {
        window.describe(writer);
    }
}
