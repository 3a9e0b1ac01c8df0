package org.lockstep.engine.execution;

import java.util.Arrays;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.state.StateWriter;

/**
 * Which executions of an account in one instrument have been applied, so that each counts once, however often and in
 * whatever order the stream and the reconciliations tell of it: everything up to a mark, and a sorted few beyond it.
 * Threading: the engine thread. Allocation: when more lie beyond the mark than ever before.
 */
final class TradeMarks
{
    /** No reconciliation yet. */
    static final long NO_MARK = -2;

    private static final int INITIAL_CAPACITY = 16;

    private long mark = NO_MARK;
    private long[] beyond = new long[INITIAL_CAPACITY];
    private int count;

    /**
     * Notes an execution. Both sides of a trade of the account with itself carry one id.
     *
     * @param tradeId of the venue, growing per instrument.
     * @param side    of the order.
     * @return true when it is new.
     */
    boolean apply(final long tradeId, final Side side)
    {
        if (tradeId <= mark)
        {
            return false;
        }
        final long key = tradeId << 1 | (Side.BUY == side ? 0 : 1);
        int index = count;
        while (index > 0 && beyond[index - 1] > key)
        {
            index--;
        }
        if (index > 0 && beyond[index - 1] == key)
        {
            return false;
        }
        if (count == beyond.length)
        {
            beyond = Arrays.copyOf(beyond, count * 2);
        }
        System.arraycopy(beyond, index, beyond, index + 1, count - index);
        beyond[index] = key;
        count++;
        return true;
    }

    /**
     * Everything up to an id has been told.
     *
     * @param tradeId of the venue, -1 = there is none yet; one below the mark is a late answer and changes nothing.
     */
    void reconciled(final long tradeId)
    {
        if (tradeId > mark)
        {
            mark = tradeId;
            int told = 0;
            while (told < count && beyond[told] >> 1 <= tradeId)
            {
                told++;
            }
            System.arraycopy(beyond, told, beyond, 0, count - told);
            count -= told;
        }
    }

    long mark()
    {
        return mark;
    }

    void describe(final StateWriter out)
    {
        out.field("reconciledTrade", mark);
        out.field("beyond", count);
        for (int i = 0; i < count; i++)
        {
            out.field(0 == (beyond[i] & 1) ? "bought" : "sold", beyond[i] >> 1);
        }
    }
}
