package org.lockstep.engine.position;

import org.lockstep.engine.state.StateWriter;

/**
 * Adds up the positions of a bot or an account: profit, fees, the peak of its equity and the equity its day began with.
 * Equity here is realised + unrealised profit - fees, from 0. Days are UTC days of engine time. Amounts are summed as
 * they are; whoever trades in several quote currencies gets a sum of unlike things, which is why a bot may not.
 * Threading: the engine thread. Allocation: none.
 */
public final class Ledger
{
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private long realisedPnl;
    private long unrealisedPnl;
    private long fees;
    private long fillCount;
    private long peakEquity;
    private long dayStartEquity;
    private long day = -1;

    /**
     * Takes the change of one of its positions.
     *
     * @param realisedDelta   change of realised profit.
     * @param unrealisedDelta change of unrealised profit.
     * @param feesDelta       change of fees.
     * @param fillsDelta      change of the number of executions.
     * @param timeNs          engine time.
     * @throws ArithmeticException when an amount does not fit; then no amount has changed.
     */
    public void onChange(
        final long realisedDelta,
        final long unrealisedDelta,
        final long feesDelta,
        final long fillsDelta,
        final long timeNs)
    {
        onTime(timeNs);
        final long newRealised = Math.addExact(realisedPnl, realisedDelta);
        final long newUnrealised = Math.addExact(unrealisedPnl, unrealisedDelta);
        final long newFees = Math.addExact(fees, feesDelta);
        final long newEquity = Math.subtractExact(Math.addExact(newRealised, newUnrealised), newFees);
        realisedPnl = newRealised;
        unrealisedPnl = newUnrealised;
        fees = newFees;
        fillCount += fillsDelta;
        peakEquity = Math.max(peakEquity, newEquity);
    }

    /**
     * Begins a new day when it is time.
     *
     * @param timeNs engine time.
     */
    public void onTime(final long timeNs)
    {
        final long today = timeNs / NANOS_PER_DAY;
        if (today > day)
        {
            day = today;
            dayStartEquity = equity();
        }
    }

    /** @return realised + unrealised profit - fees. */
    public long equity()
    {
        return Math.subtractExact(Math.addExact(realisedPnl, unrealisedPnl), fees);
    }

    /** @return how far equity is below where the day began, 0 when it is not. */
    public long dailyLoss()
    {
        return Math.max(0, Math.subtractExact(dayStartEquity, equity()));
    }

    /** @return how far equity is below its peak. */
    public long drawdown()
    {
        return Math.subtractExact(peakEquity, equity());
    }

    /** @return realised profit, fees not included. */
    public long realisedPnl()
    {
        return realisedPnl;
    }

    /** @return unrealised profit. */
    public long unrealisedPnl()
    {
        return unrealisedPnl;
    }

    /** @return fees paid. */
    public long fees()
    {
        return fees;
    }

    /** @return executions so far. */
    public long fillCount()
    {
        return fillCount;
    }

    /**
     * Describes itself.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("ledger");
        out.field("realisedPnl", realisedPnl);
        out.field("unrealisedPnl", unrealisedPnl);
        out.field("fees", fees);
        out.field("fills", fillCount);
        out.field("peakEquity", peakEquity);
        out.field("dayStartEquity", dayStartEquity);
        out.field("day", day);
        out.end();
    }
}
