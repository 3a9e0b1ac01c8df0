package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Bollinger bands ("Bollinger on Bollinger Bands", 2001): the mean of the last N values, plus and minus K standard
 * deviations of the population (divided by N, as Bollinger and ta4j do). Ready with the Nth value. The deviation is
 * taken
 * from all N values at each update: N steps, and no error that stays behind after a jump.
 */
public final class Bollinger implements Indicator
{
    private final int period;
    private final double width;
    private final RollingSum window;
    private double middle;
    private double deviation;

    /**
     * Nothing seen yet.
     *
     * @param period N, [2, 10,000]; Bollinger's is 20.
     * @param width  K, from 0; Bollinger's is 2.
     */
    public Bollinger(final int period, final double width)
    {
        if (!(width >= 0 && width <= 100))
        {
            throw new IllegalArgumentException("width must be in [0, 100] deviations, found " + width);
        }
        this.period = Period.checked(period, 2);
        this.width = width;
        this.window = new RollingSum(period);
    }

    /**
     * Takes the next value, usually a bar's close.
     *
     * @param value finite.
     */
    public void update(final double value)
    {
        window.add(value);
        if (window.isFull())
        {
            middle = window.sum() / period;
            double squares = 0;
            for (int i = 0; i < period; i++)
            {
                final double distance = window.value(i) - middle;
                squares += distance * distance;
            }
            deviation = Math.sqrt(squares / period);
        }
    }

    @Override
    public boolean isReady()
    {
        return window.isFull();
    }

    /** @return the middle band. */
    @Override
    public double value()
    {
        return middle();
    }

    /** @return the mean of the window, NaN while not ready. */
    public double middle()
    {
        return isReady() ? middle : Double.NaN;
    }

    /** @return the upper band, NaN while not ready. */
    public double upper()
    {
        return isReady() ? middle + width * deviation : Double.NaN;
    }

    /** @return the lower band, NaN while not ready. */
    public double lower()
    {
        return isReady() ? middle - width * deviation : Double.NaN;
    }

    /** @return standard deviation of the window, NaN while not ready. */
    public double deviation()
    {
        return isReady() ? deviation : Double.NaN;
    }

    @Override
    public void reset()
    {
        window.reset();
        middle = 0;
        deviation = 0;
    }

    @Override
    public void describe(final StateWriter writer)
    {
        window.describe(writer);
        writer.field("middle", middle);
        writer.field("deviation", deviation);
    }
}
