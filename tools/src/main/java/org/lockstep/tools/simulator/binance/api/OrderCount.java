package org.lockstep.tools.simulator.binance.api;

/** Unfilled orders of one account in the current ten seconds and the current day of UTC. Event loop only. */
final class OrderCount
{
    private static final long SHORT_MS = 10_000;
    private static final long LONG_MS = 86_400_000;

    private long shortWindow;
    private long longWindow;
    private int shortCount;
    private int longCount;

    OrderCount at(final long nowMs)
    {
        if (shortWindow != nowMs / SHORT_MS)
        {
            shortWindow = nowMs / SHORT_MS;
            shortCount = 0;
        }
        if (longWindow != nowMs / LONG_MS)
        {
            longWindow = nowMs / LONG_MS;
            longCount = 0;
        }
        return this;
    }

    void add(final int orders)
    {
        shortCount = Math.max(0, shortCount + orders);
        longCount = Math.max(0, longCount + orders);
    }

    int perTenSeconds()
    {
        return shortCount;
    }

    int perDay()
    {
        return longCount;
    }
}
