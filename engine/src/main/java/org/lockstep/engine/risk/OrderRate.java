package org.lockstep.engine.risk;

import org.lockstep.engine.state.StateWriter;

/**
 * Counts orders in a sliding second of engine time: remembers the times of the last orders, and the next one passes
 * only if the order that came as many before it as are allowed is a second old. A new limit forgets none of them: room
 * grows with the largest limit there was and never shrinks. Threading: the engine thread. Allocation: at a new limit.
 */
final class OrderRate
{
    private static final long WINDOW_NS = 1_000_000_000L;

    private long[] timesNs = new long[1];
    private int next;
    private int limit = RiskLimits.NO_COUNT;

    void limit(final int ordersPerSecond)
    {
        limit = ordersPerSecond;
        if (RiskLimits.NO_COUNT != ordersPerSecond && ordersPerSecond > timesNs.length)
        {
            final long[] longer = new long[ordersPerSecond];
            for (int i = 0; i < timesNs.length; i++)
            {
                longer[i] = timesNs[(next + i) % timesNs.length];
            }
            next = timesNs.length;
            timesNs = longer;
        }
    }

    boolean isExceededAt(final long nowNs)
    {
        if (RiskLimits.NO_COUNT == limit || 0 == limit)
        {
            return 0 == limit;
        }
        final int index = next - limit;
        final long timeNs = timesNs[index < 0 ? index + timesNs.length : index];
        return 0 != timeNs && nowNs - timeNs < WINDOW_NS;
    }

    void onOrder(final long nowNs)
    {
        timesNs[next] = nowNs;
        next = next + 1 == timesNs.length ? 0 : next + 1;
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
