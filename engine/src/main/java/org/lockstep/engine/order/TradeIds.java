package org.lockstep.engine.order;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/**
 * The executions one order has had, each counted once. Threading: the engine thread. Allocation: none, except when an
 * order collects more executions than any before it in the same slot.
 */
final class TradeIds
{
    private static final int INITIAL_CAPACITY = 8;

    private long[] ids = new long[INITIAL_CAPACITY];
    private int count;

    void clear()
    {
        count = 0;
    }

    /** The newest are looked at first: what is told twice is told soon after. */
    boolean contains(final long tradeId)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            if (ids[i] == tradeId)
            {
                return true;
            }
        }
        return false;
    }

    /** @return false when it was there before. */
    boolean add(final long tradeId)
    {
        if (contains(tradeId))
        {
            return false;
        }
        if (count == ids.length)
        {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count++] = tradeId;
        return true;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            out.field("trade", ids[i]);
        }
    }
}
