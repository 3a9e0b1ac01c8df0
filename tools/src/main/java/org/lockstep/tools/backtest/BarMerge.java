package org.lockstep.tools.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bars of all instruments by the time at which they end; those of one time in the order of the instruments. */
final class BarMerge implements AutoCloseable
{
    private final List<BarCursor> cursors = new ArrayList<>();
    private final List<BarCursor> open = new ArrayList<>();
    private long taken;

    BarMerge(final BacktestPlan plan) throws IOException
    {
        for (final BacktestInstrument wanted : plan.instruments())
        {
            final BarCursor cursor = new BarCursor(wanted, plan.intervalNs(), plan.period());
            cursors.add(cursor);
            if (cursor.next())
            {
                open.add(cursor);
            }
        }
    }

    boolean hasNext()
    {
        return !open.isEmpty();
    }

    /** Epoch ns of the next end of bars. */
    long nextEndNs()
    {
        long endNs = Long.MAX_VALUE;
        for (final BarCursor cursor : open)
        {
            endNs = Math.min(endNs, cursor.endTimeNs());
        }
        return endNs;
    }

    /** Takes a bar, and whether another one that ends at the same time follows. */
    interface Target
    {
        void onBar(BarCursor bar, boolean hasMore);
    }

    /** Hands over the bars that end at a time. */
    void takeAll(final long endNs, final Target target) throws IOException
    {
        int left = 0;
        for (final BarCursor cursor : open)
        {
            left += cursor.endTimeNs() == endNs ? 1 : 0;
        }
        for (int i = 0; left > 0; i++)
        {
            final BarCursor cursor = open.get(i);
            if (cursor.endTimeNs() == endNs)
            {
                target.onBar(cursor, --left > 0);
                taken++;
                if (!cursor.next())
                {
                    open.remove(i--);
                }
            }
        }
    }

    /** Bars handed over so far. */
    long taken()
    {
        return taken;
    }

    @Override
    public void close()
    {
        cursors.forEach(BarCursor::close);
    }
}
