package org.lockstep.tools.backtest;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * Which bars count.
 *
 * @param fromNs epoch ns, the first time at which one may open.
 * @param toNs   epoch ns, the last time at which one may end.
 */
record BarPeriod(long fromNs, long toNs)
{
    static BarPeriod of(final String from, final String to)
    {
        final long fromNs = null == from ? Long.MIN_VALUE : time("--from", from);
        final long toNs = null == to ? Long.MAX_VALUE : time("--to", to);
        if (toNs <= fromNs)
        {
            throw new CommandFailure(ExitCode.USAGE, "--from " + from + " does not come before --to " + to);
        }
        return new BarPeriod(fromNs, toNs);
    }

    boolean has(final long openTimeNs, final long intervalNs)
    {
        return openTimeNs >= fromNs && openTimeNs <= toNs - intervalNs;
    }

    private static long time(final String option, final String text)
    {
        final long timeNs = BarTimes.parseNs(text);
        if (BarTimes.NONE == timeNs)
        {
            throw new CommandFailure(ExitCode.USAGE,
                option + ": found '" + text + "', allowed: " + BarTimes.ALLOWED);
        }
        return timeNs;
    }
}
