package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.InstrumentView;

/** A copy of the best levels of one side of the visible book. Reused; event loop only. */
final class VisibleSide implements InstrumentView.LevelConsumer
{
    private static final int LEVELS_MAX = 512;

    private final long[] pricesE8 = new long[LEVELS_MAX];
    private final long[] quantitiesE8 = new long[LEVELS_MAX];
    private int count;

    VisibleSide load(final InstrumentView instrument, final boolean buy, final int limit)
    {
        count = 0;
        instrument.forEachLevel(buy, Math.min(LEVELS_MAX, limit), this);
        return this;
    }

    @Override
    public void onLevel(final long priceE8, final long quantityE8)
    {
        pricesE8[count] = priceE8;
        quantitiesE8[count++] = quantityE8;
    }

    int count()
    {
        return count;
    }

    long priceE8(final int level)
    {
        return pricesE8[level];
    }

    long quantityE8(final int level)
    {
        return quantitiesE8[level];
    }
}
