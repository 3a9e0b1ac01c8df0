package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Relative strength index by Wilder ("New Concepts in Technical Trading Systems", 1978):
 * {@code 100 * gain / (gain + loss)} of the smoothed gains and losses between values, the first smoothed figure being
 * the
 * mean of N changes. Ready with value N + 1. From 0 to 100; 50 while nothing moved at all.
 */
public final class Rsi implements Indicator
{
    private static final double NEUTRAL = 50;

    private final WilderAverage gains;
    private final WilderAverage losses;
    private boolean hasPrevious;
    private double previous;

    /**
     * Nothing seen yet.
     *
     * @param period N, [1, 10,000]; Wilder's is 14.
     */
    public Rsi(final int period)
    {
        Period.checked(period, 1);
        this.gains = new WilderAverage(period);
        this.losses = new WilderAverage(period);
    }

    /**
     * Takes the next value, usually a bar's close.
     *
     * @param value finite.
     */
    public void update(final double value)
    {
        if (hasPrevious)
        {
            final double change = value - previous;
            gains.add(Math.max(change, 0.0));
            losses.add(Math.max(-change, 0.0));
        }
        hasPrevious = true;
        previous = value;
    }

    @Override
    public boolean isReady()
    {
        return gains.isReady();
    }

    @Override
    public double value()
    {
        if (!isReady())
        {
            return Double.NaN;
        }
        final double sum = gains.value() + losses.value();
        return 0 == sum ? NEUTRAL : 100 * gains.value() / sum;
    }

    @Override
    public void reset()
    {
        gains.reset();
        losses.reset();
        hasPrevious = false;
        previous = 0;
    }

    @Override
    public void describe(final StateWriter writer)
    {
        writer.field("hasPrevious", hasPrevious);
        writer.field("previous", previous);
        writer.begin("gains");
        gains.describe(writer);
        writer.end();
        writer.begin("losses");
        losses.describe(writer);
        writer.end();
    }
}
