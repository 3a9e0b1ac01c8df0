package org.lockstep.engine.risk;

import org.lockstep.engine.state.StateWriter;

/**
 * Counts orders in a sliding second of engine time: remembers the times of the last {@code limit} orders, and the next
 * one passes only if the oldest of them is a second old. Threading: the engine thread. Allocation: at a new limit only.
 */
final class OrderRate
{
    private static final long WINDOW_NS = 1_000_000_000L;

    private long[] timesNs = new long[0];
    private int next;
    private boolean limited;

    void limit(final int ordersPerSecond)
    {
        limited = RiskLimits.NO_COUNT != ordersPerSecond;
        final int length = limited ? ordersPerSecond : 0;
        if (length != timesNs.length)
        {
            timesNs = new long[length];
            next = 0;
        }
    }

    boolean isExceededAt(final long nowNs)
    {
        return limited && (0 == timesNs.length || 0 != timesNs[next] && nowNs - timesNs[next] < WINDOW_NS);
    }

    void onOrder(final long nowNs)
    {
        if (timesNs.length > 0)
        {
            timesNs[next] = nowNs;
            next = next + 1 == timesNs.length ? 0 : next + 1;
        }
    }

    void describe(final StateWriter out)
    {
        out.field("rateNext", next);
        for (final long timeNs : timesNs)
        {
            out.field("orderTimeNs", timeNs);
        }
    }
}
