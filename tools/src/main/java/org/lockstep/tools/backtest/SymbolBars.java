package org.lockstep.tools.backtest;

import java.io.IOException;

import org.lockstep.tools.console.CommandFailure;

/**
 * The bars of one symbol within a period, file after file, with their times checked: aligned to the interval and
 * ascending. One thread.
 */
final class SymbolBars implements AutoCloseable
{
    private final BarSource source;
    private final long intervalNs;
    private final BarPeriod period;
    private BarFile file;
    private int nextFile;
    private long lastOpenTimeNs = Long.MIN_VALUE;
    private long inFile;
    private long leastNs;
    private CommandFailure sparse;

    SymbolBars(final BarSource source, final long intervalNs, final BarPeriod period)
    {
        this.source = source;
        this.intervalNs = intervalNs;
        this.period = period;
    }

    /** Goes to the next bar of the period; false when there is none. */
    boolean next() throws IOException
    {
        while (nextInFiles())
        {
            checkTime();
            noteDistance();
            lastOpenTimeNs = file.openTimeNs();
            if (period.has(lastOpenTimeNs, intervalNs))
            {
                return true;
            }
        }
        return false;
    }

    /** Texts of the bar it is at. */
    BarFile bar()
    {
        return file;
    }

    @Override
    public void close()
    {
        if (null != file)
        {
            file.close();
        }
    }

    private boolean nextInFiles() throws IOException
    {
        while (null == file || !file.next())
        {
            if (null != sparse)
            {
                throw sparse;
            }
            if (nextFile == source.files().size())
            {
                return false;
            }
            close();
            file = BarFile.open(source.files().get(nextFile++));
            inFile = 0;
            leastNs = Long.MAX_VALUE;
        }
        return true;
    }

    /** Bars of another length look as if most were missing: some of each file must follow one another. */
    private void noteDistance()
    {
        final long distanceNs = file.openTimeNs() - lastOpenTimeNs;
        if (inFile++ > 0 && distanceNs < leastNs)
        {
            leastNs = distanceNs;
            sparse = leastNs <= intervalNs ? null :
                file.wrong("bars " + BarIntervals.distance(leastNs) + " apart and none nearer", "bars of " +
                BarIntervals.code(intervalNs) + ", as --interval or else the first file has it");
        }
    }

    private void checkTime()
    {
        final long timeNs = file.openTimeNs();
        if (0 != Math.floorMod(timeNs, intervalNs))
        {
            throw file.wrong("a bar that opens at " + BarTimes.text(timeNs),
                "multiples of " + BarIntervals.code(intervalNs) + " (UTC); --interval names another length");
        }
        if (timeNs == lastOpenTimeNs)
        {
            throw file.wrong("a second bar of " + BarTimes.text(timeNs), "one bar a time");
        }
        if (timeNs < lastOpenTimeNs)
        {
            throw file.wrong("a bar of " + BarTimes.text(timeNs) + " after one of " + BarTimes.text(lastOpenTimeNs),
                "ascending times, also from one file to the next");
        }
    }
}
