package org.lockstep.gateway.venue.binance.common;

import org.lockstep.gateway.net.AttemptBudget;
import org.lockstep.gateway.net.RateGate;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.net.WeightBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request weight and connection attempts of this machine's address, which Binance counts over REST and WebSocket
 * together: one object for all of a process's sessions with one Binance environment. After a 429 or 418, from whichever
 * session, all of them are silent for as long as the venue says. Threading: any thread.
 */
public final class BinanceLimits implements RateGate
{
    private static final Logger LOG = LoggerFactory.getLogger(BinanceLimits.class);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final int TOO_MANY = 429;
    private static final int BANNED = 418;
    private static final int DEFAULT_CONNECTS = 150;
    private static final long MIN_SILENCE_NS = SECOND_NS;
    private static final long DEFAULT_BAN_NS = 120 * SECOND_NS;

    private final WeightBudget weight;
    private final AttemptBudget connects;
    private volatile long bannedUntilNs;

    /**
     * Constructs untouched limits with half of the connection attempts the venue allows.
     *
     * @param weightPerMinute own ceiling on request weight; the venue allows 6000 per address.
     */
    public BinanceLimits(final int weightPerMinute)
    {
        this(weightPerMinute, DEFAULT_CONNECTS);
    }

    /**
     * Constructs untouched limits.
     *
     * @param weightPerMinute     own ceiling on request weight; the venue allows 6000 per address.
     * @param connectsPer5Minutes own ceiling on WebSocket connection attempts; the venue allows 300 per address.
     */
    public BinanceLimits(final int weightPerMinute, final int connectsPer5Minutes)
    {
        this.weight = new WeightBudget(weightPerMinute, MINUTE_NS);
        this.connects = new AttemptBudget(connectsPer5Minutes, 5 * MINUTE_NS);
    }

    /**
     * The same limits for the requests of one account, whose order counts are learned from the responses too.
     *
     * @param counts of the account.
     * @return a gate for the account's REST client.
     */
    public RateGate forAccount(final OrderCounts counts)
    {
        return new RateGate()
        {
            @Override
            public long tryAcquire(final int requestWeight, final RequestPriority priority, final long nowNs)
            {
                return BinanceLimits.this.tryAcquire(requestWeight, priority, nowNs);
            }

            @Override
            public void onResponse(final RestResponse response, final long nowNs)
            {
                BinanceLimits.this.onResponse(response, nowNs);
                counts.onResponse(response, nowNs);
            }
        };
    }

    @Override
    public long tryAcquire(final int requestWeight, final RequestPriority priority, final long nowNs)
    {
        return weight.tryAcquire(requestWeight, priority, nowNs);
    }

    @Override
    public void onResponse(final RestResponse response, final long nowNs)
    {
        onUsedWeight(response.number("X-MBX-USED-WEIGHT-1M"), nowNs);
        onStatus(response.status(), response.number("Retry-After"), nowNs);
    }

    /**
     * Takes over what the venue counted, as headers or the WebSocket API's {@code rateLimits} say it.
     *
     * @param used  request weight used in the current minute, below 0 = not said.
     * @param nowNs epoch ns.
     */
    public void onUsedWeight(final long used, final long nowNs)
    {
        if (used >= 0)
        {
            weight.onReported(used, nowNs);
        }
    }

    /**
     * Takes over the status of any answer, a refused WebSocket handshake included: 429 and 418 close the gate. Where
     * the venue does not say for how long, it is to the end of the minute after a 429 and two minutes after a 418.
     *
     * @param status            HTTP status.
     * @param retryAfterSeconds silence the venue asks for, 0 or below = not said.
     * @param nowNs             epoch ns.
     */
    public void onStatus(final int status, final long retryAfterSeconds, final long nowNs)
    {
        if (TOO_MANY == status || BANNED == status)
        {
            final long delayNs = retryAfterSeconds > 0 ? retryAfterSeconds * SECOND_NS :
                BANNED == status ? DEFAULT_BAN_NS : MINUTE_NS - Math.floorMod(nowNs, MINUTE_NS);
            final long untilNs = nowNs + Math.max(MIN_SILENCE_NS, delayNs);
            closeUntil(untilNs);
            if (BANNED == status)
            {
                bannedUntilNs = untilNs;
            }
            LOG.warn("binance: HTTP {}, no requests for {} ms", status, (closedUntilNs() - nowNs) / 1_000_000);
        }
    }

    /**
     * Closes the gate.
     *
     * @param epochNs end of the silence the venue wants, such as the WebSocket API's {@code retryAfter}.
     */
    public void closeUntil(final long epochNs)
    {
        weight.closeUntil(epochNs);
    }

    /** @return end of the silence the venue wants, epoch ns; long ago when it wants none. */
    public long closedUntilNs()
    {
        return weight.closedUntilNs();
    }

    /** @return WebSocket connection attempts of this address, streams and WebSocket API together. */
    public AttemptBudget connects()
    {
        return connects;
    }

    /** @return end of the last ban of this address, during which no socket is opened either, epoch ns; 0 = none. */
    public long bannedUntilNs()
    {
        return bannedUntilNs;
    }

    /**
     * Says what is used.
     *
     * @param nowNs epoch ns.
     * @return request weight of the current minute.
     */
    public long usedWeight(final long nowNs)
    {
        return weight.used(nowNs);
    }
}
