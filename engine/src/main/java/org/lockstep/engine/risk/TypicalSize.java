package org.lockstep.engine.risk;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/**
 * The usual order quantity per instrument: the mean of the first {@link #WARM_UP_COUNT} orders, from then on a moving
 * average in which each order weighs 1/16. Threading: the engine thread. Allocation: at an instrument's first order.
 */
final class TypicalSize
{
    /** Orders before anything is called usual. */
    static final int WARM_UP_COUNT = 10;

    private static final int WEIGHT = 16;

    private long[] quantities = new long[4];
    private int[] counts = new int[4];

    void onOrder(final int instrumentId, final long quantity)
    {
        if (instrumentId >= counts.length)
        {
            final int length = Math.max(instrumentId + 1, counts.length * 2);
            quantities = Arrays.copyOf(quantities, length);
            counts = Arrays.copyOf(counts, length);
        }
        final int weight = counts[instrumentId] < WARM_UP_COUNT ? ++counts[instrumentId] : WEIGHT;
        quantities[instrumentId] += (quantity - quantities[instrumentId]) / weight;
    }

    /** Is a quantity more than so many times the usual one? Never before there is a usual one. */
    boolean isExceeded(final int instrumentId, final long quantity, final int multiple)
    {
        return RiskLimits.NO_COUNT != multiple && instrumentId < counts.length &&
            counts[instrumentId] >= WARM_UP_COUNT && Math.max(1, quantities[instrumentId]) <= (quantity - 1) / multiple;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < counts.length; i++)
        {
            if (counts[i] > 0)
            {
                out.begin("typical", i);
                out.field("quantity", quantities[i]);
                out.field("orders", counts[i]);
                out.end();
            }
        }
    }
}
