package org.lockstep.engine.indicator;

/** Range of periods. */
final class Period
{
    static final int MAX = 10_000;

    private Period()
    {
    }

    static int checked(final int period, final int min)
    {
        if (period < min || period > MAX)
        {
            throw new IllegalArgumentException("period must be in [" + min + ", " + MAX + "], found " + period);
        }
        return period;
    }
}
