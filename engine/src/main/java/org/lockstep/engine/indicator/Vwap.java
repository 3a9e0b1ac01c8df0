package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Volume-weighted average price over the last N bars: the sum of price times volume, divided by the sum of volumes. The
 * price of a bar is its own average, or, where that is not known, the typical price (high + low + close) / 3. Ready
 * with
 * the Nth bar, provided something was traded in them.
 */
public final class Vwap implements Indicator
{
    private final RollingSum amounts;
    private final RollingSum volumes;

    /**
     * Nothing seen yet.
     *
     * @param period bars averaged, [1, 10,000].
     */
    public Vwap(final int period)
    {
        Period.checked(period, 1);
        this.amounts = new RollingSum(period);
        this.volumes = new RollingSum(period);
    }

    /**
     * Takes the next bar or trade.
     *
     * @param price  its average price.
     * @param volume not negative.
     */
    public void update(final double price, final double volume)
    {
        amounts.add(price * volume);
        volumes.add(volume);
    }

    /**
     * Takes the next bar by its typical price.
     *
     * @param high   its highest price.
     * @param low    its lowest price.
     * @param close  its last price.
     * @param volume not negative.
     */
    public void update(final double high, final double low, final double close, final double volume)
    {
        update((high + low + close) / 3, volume);
    }

    @Override
    public boolean isReady()
    {
        return volumes.isFull() && volumes.sum() > 0;
    }

    @Override
    public double value()
    {
        return isReady() ? amounts.sum() / volumes.sum() : Double.NaN;
    }

    @Override
    public void reset()
    {
        amounts.reset();
        volumes.reset();
    }

    @Override
    public void describe(final StateWriter writer)
    {
        writer.begin("amounts");
        amounts.describe(writer);
        writer.end();
        writer.begin("volumes");
        volumes.describe(writer);
        writer.end();
    }
}
