package org.lockstep.gateway.client.stream;

/** Lets a number of messages a second through, with as many saved up. One thread. */
final class TokenBucket
{
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long capacityNs;
    private final long costNs;
    private long availableNs;
    private long lastNs;

    TokenBucket(final int perSecond, final long nowNs)
    {
        costNs = NS_PER_SECOND / perSecond;
        capacityNs = costNs * perSecond;
        availableNs = capacityNs;
        lastNs = nowNs;
    }

    boolean tryTake(final long nowNs)
    {
        availableNs = Math.min(capacityNs, availableNs + (nowNs - lastNs));
        lastNs = nowNs;
        if (availableNs < costNs)
        {
            return false;
        }
        availableNs -= costNs;
        return true;
    }

    /** @return until one message may pass. */
    long waitNs()
    {
        return Math.max(0, costNs - availableNs);
    }
}
