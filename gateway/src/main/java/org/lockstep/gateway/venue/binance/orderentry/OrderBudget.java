package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.OrderCounts;

/**
 * What an account may still ask for: the weight of the machine's address, shared with everything else that speaks to
 * the venue, and the account's own order counts. New orders stop at four fifths of the weight; cancels and queries may
 * use the rest of it. After a 429 or 418 nothing goes.
 * Threading: the session's loop. Allocation: none.
 */
final class OrderBudget
{
    private static final int TOO_MANY = 429;
    private static final int BANNED = 418;
    private static final int TOO_MANY_ORDERS = -1015;

    /** The class that may use 80 percent. */
    private static final RequestPriority PLACE_PRIORITY = RequestPriority.COLD;

    private final BinanceLimits limits;
    private final OrderCounts counts;
    private final EpochNanoClock clock;

    OrderBudget(final BinanceLimits limits, final OrderCounts counts, final EpochNanoClock clock)
    {
        this.limits = limits;
        this.counts = counts;
        this.clock = clock;
    }

    /** A new order weighs 1 if it fails, nothing if it succeeds: 1 is on the safe side. */
    boolean tryPlace(final int orders)
    {
        final long nowNs = clock.nanoTime();
        if (0 != limits.tryAcquire(1, PLACE_PRIORITY, nowNs))
        {
            return false;
        }
        for (int i = 0; i < orders; i++)
        {
            if (0 != counts.tryAcquire(nowNs))
            {
                return false;
            }
        }
        return true;
    }

    /** @return 0 when the weight was taken, else how long to wait, nanoseconds. */
    long tryRequest(final int weight)
    {
        return limits.tryAcquire(weight, RequestPriority.ORDER, clock.nanoTime());
    }

    /** @return how long no socket may be opened, nanoseconds. */
    long bannedForNs()
    {
        return Math.max(0, limits.bannedUntilNs() - clock.nanoTime());
    }

    /** Learns from a reply; @return true when it said too many requests. */
    boolean onReply(final ApiMessage reply)
    {
        final long nowNs = clock.nanoTime();
        limits.onUsedWeight(reply.usedWeight(), nowNs);
        counts.onReported(reply.ordersIn10s(), reply.ordersInDay(), nowNs);
        final int status = reply.status();
        if (TOO_MANY != status && BANNED != status)
        {
            return false;
        }
        if (TOO_MANY_ORDERS != reply.code())
        {
            final long retryAfterNs = reply.retryAfterNs();
            final long seconds = retryAfterNs > nowNs ? (retryAfterNs - nowNs) / 1_000_000_000L + 1 : 0;
            limits.onStatus(status, seconds, nowNs);
        }
        return true;
    }

    /** Learns from a refused handshake. */
    void onRefusedSocket(final int status, final long retryAfterSeconds)
    {
        limits.onStatus(status, retryAfterSeconds, clock.nanoTime());
    }
}
