package org.lockstep.engine.paper;

import org.lockstep.engine.state.StateWriter;

/**
 * What takers have already eaten of one visible side since it last changed, so that the same quantity is not sold
 * twice. Bounded: beyond {@link #CAPACITY} prices nothing more can be taken until the market moves.
 */
final class TakenLiquidity
{
    static final int CAPACITY = 256;

    private final long[] prices = new long[CAPACITY];
    private final long[] quantities = new long[CAPACITY];
    private int count;

    void clear()
    {
        count = 0;
    }

    boolean isFull()
    {
        return CAPACITY == count;
    }

    long at(final long price)
    {
        for (int i = 0; i < count; i++)
        {
            if (prices[i] == price)
            {
                return quantities[i];
            }
        }
        return 0;
    }

    void add(final long price, final long quantity)
    {
        for (int i = 0; i < count; i++)
        {
            if (prices[i] == price)
            {
                quantities[i] += quantity;
                return;
            }
        }
        prices[count] = price;
        quantities[count++] = quantity;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            out.field("takenPrice", prices[i]);
            out.field("takenQuantity", quantities[i]);
        }
    }
}
