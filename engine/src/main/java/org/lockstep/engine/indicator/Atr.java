package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Average true range by Wilder ("New Concepts in Technical Trading Systems", 1978): the true range is the largest of
 * high less low, high less the previous close, and the previous close less low; smoothed, the first smoothed figure
 * being the mean of N ranges. The first bar, without a previous close, counts with high less low. Ready with bar N.
 */
public final class Atr implements Indicator
{
    private final WilderAverage ranges;
    private boolean hasPrevious;
    private double previousClose;

    /**
     * Nothing seen yet.
     *
     * @param period N, [1, 10,000]; Wilder's is 14.
     */
    public Atr(final int period)
    {
        this.ranges = new WilderAverage(Period.checked(period, 1));
    }

    /**
     * Takes the next bar.
     *
     * @param high  its highest price.
     * @param low   its lowest price.
     * @param close its last price.
     */
    public void update(final double high, final double low, final double close)
    {
        double range = high - low;
        if (hasPrevious)
        {
            range = Math.max(range, Math.max(Math.abs(high - previousClose), Math.abs(low - previousClose)));
        }
        ranges.add(range);
        hasPrevious = true;
        previousClose = close;
    }

    @Override
    public boolean isReady()
    {
        return ranges.isReady();
    }

    @Override
    public double value()
    {
        return isReady() ? ranges.value() : Double.NaN;
    }

    @Override
    public void reset()
    {
        ranges.reset();
        hasPrevious = false;
        previousClose = 0;
    }

    @Override
    public void describe(final StateWriter writer)
    {
        writer.field("hasPrevious", hasPrevious);
        writer.field("previousClose", previousClose);
        ranges.describe(writer);
    }
}
