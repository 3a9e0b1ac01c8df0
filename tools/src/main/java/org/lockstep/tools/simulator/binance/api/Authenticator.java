package org.lockstep.tools.simulator.binance.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** Checks keys, signatures and times of requests. Event loop only. */
final class Authenticator
{
    private static final BigDecimal WINDOW_MAX_MS = BigDecimal.valueOf(60_000);
    private static final long WINDOW_MS = 5_000;
    private static final long AHEAD_MS = 1_000;
    private static final long MICROS_FROM = 1_000_000_000_000_000L;

    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private final LongSupplier clockUs;
    private final LongPredicate otherClock;

    /**
     * Other clock: a recording has its own time; there a request may also be stamped by the wall clock.
     */
    Authenticator(final Iterable<ApiKey> keys, final LongSupplier clockUs, final LongPredicate otherClock)
    {
        keys.forEach(key -> this.keys.put(key.name(), key));
        this.clockUs = clockUs;
        this.otherClock = otherClock;
    }

    ApiKey key(final String name) throws ApiError
    {
        if (null == name || name.isEmpty())
        {
            throw new ApiError(401, -2014, "API-key format invalid.");
        }
        final ApiKey key = keys.get(name);
        if (null == key)
        {
            throw new ApiError(401, -2015, "Invalid API-key, IP, or permissions for action.");
        }
        return key;
    }

    /** Null when there is no such key. */
    ApiKey find(final String name)
    {
        return keys.get(name);
    }

    Iterable<ApiKey> keys()
    {
        return keys.values();
    }

    /** Checks a request whose parameters, all but the signature, are signed in the order of their names. */
    void checkSorted(final ApiKey key, final Parameters parameters) throws ApiError
    {
        final StringBuilder payload = new StringBuilder(256);
        for (final Map.Entry<String, String> parameter : new TreeMap<>(parameters.values()).entrySet())
        {
            if (!"signature".equals(parameter.getKey()))
            {
                payload.append(payload.length() > 0 ? "&" : "")
                    .append(parameter.getKey()).append('=').append(parameter.getValue());
            }
        }
        check(key, payload.toString(), parameters.required("signature"));
    }

    void check(final ApiKey key, final String payload, final String signature) throws ApiError
    {
        if (!key.verifies(payload.getBytes(StandardCharsets.UTF_8), signature))
        {
            throw new ApiError(-1022, "Signature for this request is not valid.");
        }
    }

    /** Checks that a request is neither from the future nor too old. */
    void checkTime(final Parameters parameters) throws ApiError
    {
        parameters.required("timestamp");
        final long sent = parameters.whole("timestamp", 0);
        final long sentUs = sent >= MICROS_FROM ? sent : sent * 1_000;
        final long windowUs = windowUs(parameters.optional("recvWindow"));
        final long nowUs = clockUs.getAsLong();
        if (otherClock.test(sentUs))
        {
            return;
        }
        if (sentUs >= nowUs + AHEAD_MS * 1_000)
        {
            throw new ApiError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }
        if (nowUs - sentUs > windowUs)
        {
            throw new ApiError(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
    }

    private static long windowUs(final String text) throws ApiError
    {
        if (null == text)
        {
            return WINDOW_MS * 1_000;
        }
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,3})?"))
        {
            throw new ApiError(-1100, "Illegal characters found in parameter 'recvWindow'; " +
                "legal range is '^[0-9]{1,20}$'.");
        }
        final BigDecimal windowMs = new BigDecimal(text);
        if (windowMs.compareTo(WINDOW_MAX_MS) > 0)
        {
            throw new ApiError(-1131, "recvWindow must be less than 60000.");
        }
        return windowMs.movePointRight(3).longValueExact();
    }
}
