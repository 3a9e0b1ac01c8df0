package org.lockstep.tools.simulator.binance;

import java.nio.charset.StandardCharsets;

/**
 * The request weight of a minute by the wall clock; beyond it requests are refused with 429, and who does not stop is
 * banned with 418. Event loop only.
 */
final class WeightLimit
{
    private static final long MINUTE_MS = 60_000;
    private static final long BAN_MS = 120_000;
    private static final int REFUSALS_BEFORE_BAN = 20;

    private final int perMinute;
    private long minute;
    private int used;
    private int refusals;
    private long bannedUntilMs;

    WeightLimit(final int perMinute)
    {
        this.perMinute = perMinute;
    }

    int used()
    {
        return used;
    }

    /** Null when a request may go on, otherwise the refusal. */
    RestReply tryAdmit(final long nowMs)
    {
        if (nowMs / MINUTE_MS != minute)
        {
            minute = nowMs / MINUTE_MS;
            used = 0;
            refusals = 0;
        }
        if (nowMs < bannedUntilMs)
        {
            return refusal(418, bannedUntilMs, nowMs);
        }
        if (used < perMinute)
        {
            return null;
        }
        if (++refusals > REFUSALS_BEFORE_BAN)
        {
            bannedUntilMs = nowMs + BAN_MS;
            return refusal(418, bannedUntilMs, nowMs);
        }
        return refusal(429, (minute + 1) * MINUTE_MS, nowMs);
    }

    void spend(final int weight)
    {
        used += weight;
    }

    private RestReply refusal(final int status, final long untilMs, final long nowMs)
    {
        final String message = 418 == status ?
            "Way too much request weight used; IP banned until " + untilMs +
                ". Please use WebSocket Streams for live updates to avoid bans." :
            "Too much request weight used; current limit is " + perMinute +
                " request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.";
        final String body = "{\"code\":-1003,\"msg\":\"" + message + "\"}";
        return new RestReply(
            status, body.getBytes(StandardCharsets.UTF_8), 0, Math.max(1, (untilMs - nowMs + 999) / 1_000));
    }
}
