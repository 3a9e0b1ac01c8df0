package org.lockstep.benchmarks.peers;

import java.util.Arrays;

/** What a backtest traded: the bar of each execution, entries and exits in turn, and what the closed ones made. */
final class Fills
{
    private int[] bars = new int[256];
    private int count;
    private long profit;

    void add(final int bar)
    {
        if (count == bars.length)
        {
            bars = Arrays.copyOf(bars, count * 2);
        }
        bars[count++] = bar;
    }

    int count()
    {
        return count;
    }

    /** Sets what all closed positions made together, in ticks for a quantity of one. */
    void profit(final long newProfit)
    {
        profit = newProfit;
    }

    long profit()
    {
        return profit;
    }

    /** Says where two differ first, or nothing. */
    String difference(final Fills other)
    {
        for (int i = 0; i < Math.max(count, other.count); i++)
        {
            if (i >= count || i >= other.count || bars[i] != other.bars[i])
            {
                return "trade " + i + " is at " + text(i) + " and at " + other.text(i);
            }
        }
        return profit == other.profit ? "" : "profits are " + profit + " and " + other.profit + " ticks";
    }

    private String text(final int index)
    {
        return index < count ? "bar " + bars[index] : "none";
    }
}
