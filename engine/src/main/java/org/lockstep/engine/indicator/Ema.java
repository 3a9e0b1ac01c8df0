package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Exponential moving average: {@code ema += (value - ema) * 2 / (N + 1)}, begun with the first value (as ta4j's
 * {@code EMAIndicator} does). Ready with the Nth value.
 */
public final class Ema implements Indicator
{
    private final int period;
    private final double multiplier;
    private long count;
    private double average;

    /**
     * Nothing seen yet.
     *
     * @param period N, [1, 10,000].
     */
    public Ema(final int period)
    {
        this.period = Period.checked(period, 1);
        this.multiplier = 2.0 / (period + 1);
    }

    /**
     * Takes the next value.
     *
     * @param value finite.
     */
    public void update(final double value)
    {
        average = 0 == count ? value : average + (value - average) * multiplier;
        count++;
    }

    @Override
    public boolean isReady()
    {
        return count >= period;
    }

    @Override
    public double value()
    {
        return isReady() ? average : Double.NaN;
    }

    @Override
    public void reset()
    {
        count = 0;
        average = 0;
    }

    @Override
    public void describe(final StateWriter writer)
    {
        writer.field("count", count);
        writer.field("average", average);
    }
}
