package org.lockstep.gateway.client.view;

import java.util.Arrays;

/**
 * Executions of one order, each once. Their sum is what the order is filled by: a venue counts from zero after each
 * replace, and tells no sum of an execution it is asked for.
 */
final class Executions
{
    private static final int STRIDE = 3;
    private static final int WHOLE = 1;

    /** Trade id, sum with it, and whether it completed the order. */
    private long[] rows = new long[STRIDE];
    private int length;

    /** @return false when it was known already. */
    boolean add(final long tradeId, final long sum, final boolean isLast)
    {
        if (indexOf(tradeId) >= 0)
        {
            return false;
        }
        if (length == rows.length)
        {
            rows = Arrays.copyOf(rows, 2 * length);
        }
        rows[length] = tradeId;
        rows[length + 1] = sum;
        rows[length + 2] = isLast ? WHOLE : 0;
        length += STRIDE;
        return true;
    }

    int count()
    {
        return length / STRIDE;
    }

    boolean has(final long tradeId)
    {
        return indexOf(tradeId) >= 0;
    }

    /** @return the order's sum right after an execution that it has. */
    long sumWith(final long tradeId)
    {
        return rows[indexOf(tradeId) + 1];
    }

    /** @return whether an execution that it has completed the order. */
    boolean isLast(final long tradeId)
    {
        return WHOLE == rows[indexOf(tradeId) + 2];
    }

    private int indexOf(final long tradeId)
    {
        for (int i = length - STRIDE; i >= 0; i -= STRIDE)
        {
            if (rows[i] == tradeId)
            {
                return i;
            }
        }
        return -1;
    }
}
