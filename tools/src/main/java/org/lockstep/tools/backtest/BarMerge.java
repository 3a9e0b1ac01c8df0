package org.lockstep.tools.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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

    /** Hands over the bars that end at a time. */
    void takeAll(final long endNs, final Consumer<BarCursor> target) throws IOException
    {
        for (int i = 0; i < open.size(); i++)
        {
            final BarCursor cursor = open.get(i);
            if (cursor.endTimeNs() == endNs)
            {
                target.accept(cursor);
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
