package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Account;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The request weight of a minute, for all connections together since they share one address, and the unfilled orders of
 * each account. Beyond the weight requests are refused with 429; who does not stop is banned with 418. Runs by the wall
 * clock. Event loop only.
 */
public final class RequestLimits
{
    private static final long MINUTE_MS = 60_000;
    private static final long BAN_MS = 120_000;
    private static final int REFUSALS_BEFORE_BAN = 20;

    private final int weightPerMinute;
    private final int ordersPerTenSeconds;
    private final int ordersPerDay;
    private final LongSupplier clockMs;
    private final Map<Account, OrderCount> orderCounts = new HashMap<>();
    private long minute;
    private int used;
    private int refusals;
    private int refusedTotal;
    private int bannedTotal;
    private int mostUsed;
    private int connects;
    private long limitedUntilMs;
    private long bannedUntilMs;

    /**
     * Fresh limits.
     *
     * @param weightPerMinute     request weight allowed.
     * @param ordersPerTenSeconds unfilled orders allowed per account.
     * @param ordersPerDay        unfilled orders allowed per account.
     * @param clockMs             epoch milliseconds.
     */
    public RequestLimits(
        final int weightPerMinute, final int ordersPerTenSeconds, final int ordersPerDay, final LongSupplier clockMs)
    {
        this.weightPerMinute = weightPerMinute;
        this.ordersPerTenSeconds = ordersPerTenSeconds;
        this.ordersPerDay = ordersPerDay;
        this.clockMs = clockMs;
    }

    private void roll(final long nowMs)
    {
        if (nowMs / MINUTE_MS != minute)
        {
            minute = nowMs / MINUTE_MS;
            used = 0;
            refusals = 0;
        }
    }

    /** @return the time they go by, epoch milliseconds. */
    public long nowMs()
    {
        return clockMs.getAsLong();
    }

    /** @return weight used in this minute. */
    public int used()
    {
        roll(clockMs.getAsLong());
        return used;
    }

    /** @return requests refused with 429 or 418 so far. */
    public int refused()
    {
        return refusedTotal;
    }

    /** @return of those, how many were refused with 418. */
    public int banned()
    {
        return bannedTotal;
    }

    /** @return the most weight that one minute has seen. */
    public int mostUsed()
    {
        return mostUsed;
    }

    /** @return WebSocket connections asked for, of market streams and of the trading interface. */
    public int connects()
    {
        return connects;
    }

    /** Counts a WebSocket connection asked for. */
    public void connecting()
    {
        connects++;
    }

    /**
     * Lets a request in.
     *
     * @throws ApiError with 429 or 418 when it may not.
     */
    public void admit() throws ApiError
    {
        final long nowMs = clockMs.getAsLong();
        roll(nowMs);
        if (nowMs < bannedUntilMs)
        {
            throw refusal(418, bannedUntilMs, nowMs);
        }
        final boolean isStorm = nowMs < limitedUntilMs;
        if (used < weightPerMinute && !isStorm)
        {
            return;
        }
        if (++refusals > REFUSALS_BEFORE_BAN)
        {
            bannedUntilMs = nowMs + BAN_MS;
            throw refusal(418, bannedUntilMs, nowMs);
        }
        throw refusal(429, isStorm ? limitedUntilMs : (minute + 1) * MINUTE_MS, nowMs);
    }

    private ApiError refusal(final int status, final long untilMs, final long nowMs)
    {
        refusedTotal++;
        bannedTotal += 418 == status ? 1 : 0;
        final String message = 418 == status ?
            "Way too much request weight used; IP banned until " + untilMs +
                ". Please use WebSocket Streams for live updates to avoid bans." :
            "Too much request weight used; current limit is " + weightPerMinute +
                " request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.";
        final ObjectNode data = JsonNodeFactory.instance.objectNode()
            .put("serverTime", nowMs).put("retryAfter", untilMs);
        return new ApiError(status, -1003, message, data, untilMs);
    }

    /**
     * Counts what a request costs.
     *
     * @param weight from 0.
     */
    public void spend(final int weight)
    {
        roll(clockMs.getAsLong());
        used += weight;
        mostUsed = Math.max(mostUsed, used);
    }

    /**
     * Refuses everything with 429, or 418, for a while.
     *
     * @param isBan      418 instead of 429.
     * @param durationMs from now; 0 ends it.
     */
    public void storm(final boolean isBan, final long durationMs)
    {
        if (isBan)
        {
            bannedUntilMs = clockMs.getAsLong() + durationMs;
        }
        else
        {
            limitedUntilMs = clockMs.getAsLong() + durationMs;
        }
        refusals = 0;
    }

    OrderCount orders(final Account account)
    {
        return orderCounts.computeIfAbsent(account, key -> new OrderCount()).at(clockMs.getAsLong());
    }

    /** Refuses when the account has too many unfilled orders. */
    void admitOrder(final Account account) throws ApiError
    {
        final OrderCount count = orders(account);
        final boolean isShort = count.perTenSeconds() >= ordersPerTenSeconds;
        if (isShort || count.perDay() >= ordersPerDay)
        {
            throw new ApiError(429, -1015, "Too many new orders; current limit is " +
                (isShort ? ordersPerTenSeconds : ordersPerDay) + " orders per " + (isShort ? "10 SECOND." : "1 DAY."));
        }
    }

    ArrayNode json(final Account orders)
    {
        final ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (null != orders)
        {
            orders(orders, all);
        }
        limit(all, "REQUEST_WEIGHT", "MINUTE", 1, weightPerMinute, used());
        return all;
    }

    void orders(final Account account, final ArrayNode all)
    {
        final OrderCount count = orders(account);
        limit(all, "ORDERS", "SECOND", 10, ordersPerTenSeconds, count.perTenSeconds());
        limit(all, "ORDERS", "DAY", 1, ordersPerDay, count.perDay());
    }

    private static void limit(
        final ArrayNode all,
        final String type,
        final String interval,
        final int intervals,
        final int limit,
        final int count)
    {
        all.addObject().put("rateLimitType", type).put("interval", interval).put("intervalNum", intervals)
            .put("limit", limit).put("count", count);
    }
}
