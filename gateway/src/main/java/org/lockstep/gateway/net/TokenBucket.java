package org.lockstep.gateway.net;

/**
 * Limits a rate: at most {@code capacity + ratePerSecond} tokens leave in any one second. Threading: one thread.
 */
public final class TokenBucket
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final long capacity;
    private final long intervalNs;
    private long tokens;
    private long refilledNs;

    /**
     * Constructs a full bucket.
     *
     * @param capacity      largest burst, from 1.
     * @param ratePerSecond refill, from 1.
     * @param nowNs         monotonic time.
     */
    public TokenBucket(final int capacity, final int ratePerSecond, final long nowNs)
    {
        if (capacity < 1 || ratePerSecond < 1)
        {
            throw new IllegalArgumentException("bucket needs capacity and rate from 1");
        }
        this.capacity = capacity;
        this.intervalNs = SECOND_NS / ratePerSecond;
        this.tokens = capacity;
        this.refilledNs = nowNs;
    }

    /**
     * Takes a token if there is one.
     *
     * @param nowNs monotonic time.
     * @return true when taken.
     */
    public boolean tryAcquire(final long nowNs)
    {
        final long refill = (nowNs - refilledNs) / intervalNs;
        if (refill > 0)
        {
            tokens = Math.min(capacity, tokens + refill);
            refilledNs += refill * intervalNs;
        }
        if (tokens > 0)
        {
            tokens--;
            return true;
        }
        return false;
    }

    /**
     * Says when the next token comes.
     *
     * @param nowNs monotonic time.
     * @return nanoseconds until one can be taken, 0 = now.
     */
    public long waitNs(final long nowNs)
    {
        return tokens > 0 ? 0 : Math.max(0, refilledNs + intervalNs - nowNs);
    }
}
