package org.lockstep.tools.simulator.market;

import java.util.Arrays;

/**
 * Consecutive bars of one fixed length, the oldest dropped beyond a capacity. Steps without a trade repeat the close.
 * One thread.
 */
final class BarSeries
{
    private final long stepMs;
    private final int capacity;
    private Bar[] bars = new Bar[16];
    private long firstStep = -1;
    private long nextStep;

    BarSeries(final long stepMs, final int capacity)
    {
        this.stepMs = stepMs;
        this.capacity = capacity;
    }

    boolean isEmpty()
    {
        return firstStep < 0;
    }

    long firstMs()
    {
        return firstStep * stepMs;
    }

    /** The bar of a time, created along with all before it when time has moved on; null for what is dropped. */
    Bar at(final long timeMs)
    {
        final long step = timeMs / stepMs;
        if (firstStep < 0)
        {
            firstStep = step;
            nextStep = step;
        }
        while (nextStep <= step)
        {
            append();
        }
        return step < firstStep ? null : bars[(int)(step % bars.length)];
    }

    private void append()
    {
        if (nextStep - firstStep == bars.length)
        {
            if (bars.length < capacity)
            {
                grow();
            }
            else
            {
                firstStep++;
            }
        }
        final int index = (int)(nextStep % bars.length);
        final Bar previous = nextStep == firstStep ? null : bars[(int)((nextStep - 1) % bars.length)];
        final Bar bar = null == bars[index] ? new Bar() : bars[index];
        bar.reset(nextStep * stepMs);
        if (null != previous)
        {
            bar.open = previous.close;
            bar.high = previous.close;
            bar.low = previous.close;
            bar.close = previous.close;
        }
        bars[index] = bar;
        nextStep++;
    }

    private void grow()
    {
        final Bar[] larger = new Bar[Math.min(capacity, bars.length * 2)];
        for (long step = firstStep; step < nextStep; step++)
        {
            larger[(int)(step % larger.length)] = bars[(int)(step % bars.length)];
        }
        bars = larger;
    }

    @Override
    public String toString()
    {
        return "BarSeries{stepMs=" + stepMs + ", first=" + firstStep + ", next=" + nextStep + ", bars=" +
            Arrays.stream(bars).filter(bar -> null != bar).count() + '}';
    }
}
