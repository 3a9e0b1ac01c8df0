package org.lockstep.tools.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** How long bars are: as an option says, or as the least distance between the first of a file. */
final class BarIntervals
{
    private static final int ROWS = 200;

    private BarIntervals()
    {
    }

    /** The interval an option names. */
    static BarInterval parse(final String text)
    {
        final BarInterval interval = Intervals.byCode(text);
        if (null == interval)
        {
            throw new CommandFailure(ExitCode.USAGE, "--interval: found '" + text + "', allowed: " + allowed());
        }
        return interval;
    }

    /** The interval of all sources, which must be one. */
    static BarInterval detect(final List<BarSource> sources) throws IOException
    {
        BarInterval interval = null;
        for (final BarSource source : sources)
        {
            final BarInterval found = detect(source);
            if (null != interval && found != interval)
            {
                throw BadBars.at(source.files().get(0), 0, "bars of " + Intervals.code(found),
                    "bars of one length for all symbols; those of " + sources.get(0).qualifiedSymbol() +
                    " are of " + Intervals.code(interval));
            }
            interval = found;
        }
        return interval;
    }

    static String code(final long intervalNs)
    {
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            if (Intervals.lengthNs(Intervals.at(i)) == intervalNs)
            {
                return Intervals.code(Intervals.at(i));
            }
        }
        return null;
    }

    /** A length in words: as an interval, or in seconds. */
    static String distance(final long distanceNs)
    {
        final String code = code(distanceNs);
        return null == code ? distanceNs / 1_000_000_000L + " s" : code;
    }

    private static BarInterval detect(final BarSource source) throws IOException
    {
        long leastNs = Long.MAX_VALUE;
        CommandFailure odd = null;
        try (BarFile file = BarFile.open(source.files().get(0)))
        {
            long lastNs = BarTimes.NONE;
            for (int i = 0; i < ROWS && file.next(); i++)
            {
                if (BarTimes.NONE != lastNs && file.openTimeNs() < lastNs)
                {
                    throw file.wrong("a bar of " + BarTimes.text(file.openTimeNs()) + " after one of " +
                        BarTimes.text(lastNs), "ascending times, the oldest bar first");
                }
                final long distanceNs = BarTimes.NONE == lastNs ? 0 : file.openTimeNs() - lastNs;
                if (distanceNs > 0 && distanceNs < leastNs)
                {
                    leastNs = distanceNs;
                    odd = null == code(leastNs) ? file.wrong("bars " + distance(leastNs) + " apart", allowed()) : null;
                }
                lastNs = file.openTimeNs();
            }
        }
        if (Long.MAX_VALUE == leastNs)
        {
            throw BadBars.at(source.files().get(0), 0, "too few bars to tell how long they are",
                "two at least, or --interval with " + allowed());
        }
        if (null != odd)
        {
            throw odd;
        }
        return Intervals.byCode(code(leastNs));
    }

    private static String allowed()
    {
        final List<String> codes = new ArrayList<>();
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            codes.add(Intervals.code(Intervals.at(i)));
        }
        return String.join(", ", codes);
    }
}
