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
    private static final int FOREIGN_CAPACITY = 256;
    private static final long NOTHING = -1;

    private long mark = NO_MARK;
    private long[] beyond = new long[INITIAL_CAPACITY];
    private int count;
    private long[] foreign = {};
    private int nextForeign;

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
        final long key = key(tradeId, side);
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

    /**
     * Remembers an execution that was counted as one of somebody else's order, the last {@value #FOREIGN_CAPACITY}.
     * Allocates the first time.
     *
     * @param tradeId of the venue.
     * @param side    of the order.
     */
    void foreign(final long tradeId, final Side side)
    {
        if (0 == foreign.length)
        {
            foreign = new long[FOREIGN_CAPACITY];
            Arrays.fill(foreign, NOTHING);
        }
        foreign[nextForeign] = key(tradeId, side);
        nextForeign = (nextForeign + 1) % FOREIGN_CAPACITY;
    }

    /**
     * An execution turns out to be one of an order of ours.
     *
     * @param tradeId of the venue.
     * @param side    of the order.
     * @return true when it was counted as somebody else's; that is forgotten now.
     */
    boolean takeForeign(final long tradeId, final Side side)
    {
        final long key = key(tradeId, side);
        for (int i = 0; i < foreign.length; i++)
        {
            if (foreign[i] == key)
            {
                foreign[i] = NOTHING;
                return true;
            }
        }
        return false;
    }

    private static long key(final long tradeId, final Side side)
    {
        return tradeId << 1 | (Side.BUY == side ? 0 : 1);
    }

    long mark()
    {
        return mark;
    }

    void describe(final StateWriter out)
    {
        out.field("reconciledTrade", mark);
        out.field("beyond", count);
        if (foreign.length > 0)
        {
            out.field("nextForeign", nextForeign);
        }
        for (int i = 0; i < foreign.length; i++)
        {
            if (NOTHING != foreign[i])
            {
                out.field("foreignSlot", i);
                out.field("foreign", foreign[i]);
            }
        }
        for (int i = 0; i < count; i++)
        {
            out.field(0 == (beyond[i] & 1) ? "bought" : "sold", beyond[i] >> 1);
        }
    }
}
