package org.lockstep.gateway.venue.binance.orderentry;

import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Configuration of one account's session. Immutable; holds no secrets.
 *
 * @param accountId      dense id, from 0.
 * @param webSocketApi   ws or wss, with its path.
 * @param rest           http or https, host and port.
 * @param recvWindowMs   how old a request may be when the venue takes it, [100, 60000].
 * @param ordersPer10s   own ceiling on new orders in ten seconds, from 1.
 * @param ordersPerDay   own ceiling on new orders in a day, from 1.
 * @param placesOverRest whether new orders, too, leave over REST while the socket is down.
 * @param allowsWithdrawalKeys whether a key that may withdraw is taken nevertheless.
 * @param times          time-outs and intervals.
 */
public record BinanceOrderConfig(
    int accountId,
    URI webSocketApi,
    URI rest,
    int recvWindowMs,
    int ordersPer10s,
    int ordersPerDay,
    boolean placesOverRest,
    boolean allowsWithdrawalKeys,
    Times times)
{
    /** The live exchange's WebSocket API. */
    public static final URI LIVE_API = URI.create("wss://ws-api.binance.com:443/ws-api/v3");

    /** The test network's WebSocket API. */
    public static final URI TESTNET_API = URI.create("wss://ws-api.testnet.binance.vision/ws-api/v3");

    private static final int DEFAULT_RECV_WINDOW_MS = 5000;

    /** For the differences of clocks. */
    private static final long CLOCK_MARGIN_MS = 1_000;

    private static final int DEFAULT_ORDERS_PER_10S = 40;
    private static final int DEFAULT_ORDERS_PER_DAY = 128_000;

    /** Checks every range. */
    public BinanceOrderConfig
    {
        check("accountId", accountId, 0, Integer.MAX_VALUE);
        check("recvWindowMs", recvWindowMs, 100, 60_000);
        check("ordersPer10s", ordersPer10s, 1, 1_000_000);
        check("ordersPerDay", ordersPerDay, 1, 1_000_000_000);
        checkUri("webSocketApi", webSocketApi, "ws", "wss");
        checkUri("rest", rest, "http", "https");
    }

    /**
     * The defaults: four fifths of the order counts that Binance allows every account.
     *
     * @param accountId    dense id.
     * @param webSocketApi ws or wss, with its path.
     * @param rest         http or https.
     * @return the configuration.
     */
    public static BinanceOrderConfig of(final int accountId, final URI webSocketApi, final URI rest)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, DEFAULT_RECV_WINDOW_MS, DEFAULT_ORDERS_PER_10S,
            DEFAULT_ORDERS_PER_DAY, false, false, Times.defaults());
    }

    /** @return age, in nanoseconds, from which a request of ours cannot be carried out by the venue any more. */
    long maxArrivalNs()
    {
        final long queueMs = placesOverRest ? RestOrders.MAX_QUEUE_NS / 1_000_000L : 0;
        return (recvWindowMs + times.maxRequestAgeMs + queueMs + CLOCK_MARGIN_MS) * 1_000_000L;
    }

    /**
     * Changes times.
     *
     * @param newTimes time-outs and intervals.
     * @return the changed copy.
     */
    public BinanceOrderConfig with(final Times newTimes)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, recvWindowMs, ordersPer10s, ordersPerDay,
            placesOverRest, allowsWithdrawalKeys, newTimes);
    }

    /**
     * Changes the own ceilings on new orders.
     *
     * @param per10s in ten seconds.
     * @param perDay in a day.
     * @return the changed copy.
     */
    public BinanceOrderConfig withOrderLimits(final int per10s, final int perDay)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, recvWindowMs, per10s, perDay, placesOverRest,
            allowsWithdrawalKeys, times);
    }

    /**
     * Changes how old a request may be.
     *
     * @param newRecvWindowMs [100, 60000].
     * @return the changed copy.
     */
    public BinanceOrderConfig withRecvWindowMs(final int newRecvWindowMs)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, newRecvWindowMs, ordersPer10s, ordersPerDay,
            placesOverRest, allowsWithdrawalKeys, times);
    }

    /**
     * Changes whether keys that may withdraw are taken.
     *
     * @param isAllowed true = they are.
     * @return the changed copy.
     */
    public BinanceOrderConfig allowingWithdrawalKeys(final boolean isAllowed)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, recvWindowMs, ordersPer10s, ordersPerDay,
            placesOverRest, isAllowed, times);
    }

    /**
     * Changes whether new orders leave over REST while the socket is down.
     *
     * @param isOverRest true = they do.
     * @return the changed copy.
     */
    public BinanceOrderConfig placingOverRest(final boolean isOverRest)
    {
        return new BinanceOrderConfig(accountId, webSocketApi, rest, recvWindowMs, ordersPer10s, ordersPerDay,
            isOverRest, allowsWithdrawalKeys, times);
    }

    /**
     * Time-outs and intervals, in milliseconds.
     *
     * @param dutyCycleMs         between two rounds of housekeeping.
     * @param connectTimeoutMs    to a TCP connection.
     * @param idleTimeoutMs       without a byte before a connection is given up; half of it before it is pinged.
     * @param requestTimeoutMs    without an answer before the outcome of a request is unknown.
     * @param maxRequestAgeMs     a new order that is older when it could leave does not leave.
     * @param backoffMinMs        first delay of a reconnect.
     * @param backoffMaxMs        longest delay of a reconnect.
     * @param healthyAfterMs      age of a live connection from which the next loss starts with the first delay again.
     * @param reconcileIntervalMs between two reconciliations.
     * @param reconcileTimeoutMs  for a whole reconciliation.
     * @param plannedReconnectMs  age at which a connection is replaced; the venue cuts at 24 h.
     * @param clockIntervalMs     between two measurements of the venue's clock.
     */
    public record Times(
        long dutyCycleMs,
        int connectTimeoutMs,
        long idleTimeoutMs,
        long requestTimeoutMs,
        long maxRequestAgeMs,
        long backoffMinMs,
        long backoffMaxMs,
        long healthyAfterMs,
        long reconcileIntervalMs,
        long reconcileTimeoutMs,
        long plannedReconnectMs,
        long clockIntervalMs)
    {
        /** Checks every range. */
        public Times
        {
            check("dutyCycleMs", dutyCycleMs, 1, 1000);
            check("connectTimeoutMs", connectTimeoutMs, 1, 60_000);
            check("idleTimeoutMs", idleTimeoutMs, 100, 600_000);
            check("requestTimeoutMs", requestTimeoutMs, 10, 600_000);
            check("maxRequestAgeMs", maxRequestAgeMs, 10, 60_000);
            check("backoffMinMs", backoffMinMs, 1, 60_000);
            check("backoffMaxMs", backoffMaxMs, backoffMinMs, 600_000);
            check("healthyAfterMs", healthyAfterMs, 0, 600_000);
            check("reconcileIntervalMs", reconcileIntervalMs, 10, TimeUnit.DAYS.toMillis(1));
            check("reconcileTimeoutMs", reconcileTimeoutMs, 10, 600_000);
            check("plannedReconnectMs", plannedReconnectMs, 100, TimeUnit.DAYS.toMillis(1));
            check("clockIntervalMs", clockIntervalMs, 10, TimeUnit.DAYS.toMillis(1));
        }

        /** @return what suits the live exchange. */
        public static Times defaults()
        {
            return new Times(2, 5_000, 15_000, 5_000, 2_000, 100, 60_000, 10_000, 60_000, 30_000,
                TimeUnit.HOURS.toMillis(23), TimeUnit.MINUTES.toMillis(5));
        }
    }

    static void check(final String name, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "], found " + value);
        }
    }

    private static void checkUri(final String name, final URI uri, final String plain, final String secure)
    {
        if (null == uri || null == uri.getHost() || !plain.equals(uri.getScheme()) && !secure.equals(uri.getScheme()))
        {
            throw new IllegalArgumentException(
                name + " must be " + plain + "://host[:port] or " + secure + "://host[:port], found " + uri);
        }
    }
}
