package org.lockstep.gateway.net;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.netty.handler.codec.http.HttpMethod;

/**
 * A REST request without a body. Immutable; never shows its target or headers, which may hold signatures and keys.
 *
 * @param method     of HTTP; only GET is ever sent twice.
 * @param target     path and query, encoded; asked for when the request is sent, so that a signed one bears the time
 *                   of its sending.
 * @param headers    beyond those every request has.
 * @param weight     by the venue's rules, from 0.
 * @param priority   among those that wait.
 * @param key        of those of which one waiting is enough: a newer one takes the place of it; null = all are wanted.
 * @param maxQueueNs how long it may wait to be sent before it fails, 0 = as long as it takes.
 */
public record RestRequest(
    HttpMethod method,
    Supplier<String> target,
    Map<String, String> headers,
    int weight,
    RequestPriority priority,
    String key,
    long maxQueueNs)
{
    /** Copies and checks. */
    public RestRequest
    {
        headers = Map.copyOf(headers);
        if (weight < 0 || maxQueueNs < 0)
        {
            throw new IllegalArgumentException(
                "request needs weight and queue time from 0, found " + weight + " and " + maxQueueNs + " ns");
        }
    }

    /**
     * A GET request that waits as long as it takes.
     *
     * @param target   path and query, encoded.
     * @param weight   by the venue's rules.
     * @param priority among those that wait.
     * @return the request.
     */
    public static RestRequest get(final String target, final int weight, final RequestPriority priority)
    {
        return of(HttpMethod.GET, () -> target, weight, priority);
    }

    /**
     * A request whose target is made when it is sent.
     *
     * @param method   of HTTP.
     * @param target   gives path and query, encoded.
     * @param weight   by the venue's rules.
     * @param priority among those that wait.
     * @return the request.
     */
    public static RestRequest of(
        final HttpMethod method, final Supplier<String> target, final int weight, final RequestPriority priority)
    {
        return new RestRequest(method, target, Map.of(), weight, priority, null, 0);
    }

    /**
     * Says that one waiting request of its kind is enough.
     *
     * @param newKey of the kind.
     * @return the changed copy.
     */
    public RestRequest withKey(final String newKey)
    {
        return new RestRequest(method, target, headers, weight, priority, newKey, maxQueueNs);
    }

    /**
     * Adds a header.
     *
     * @param name  of it.
     * @param value of it.
     * @return the changed copy.
     */
    public RestRequest withHeader(final String name, final String value)
    {
        final Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return new RestRequest(method, target, all, weight, priority, key, maxQueueNs);
    }

    /**
     * Limits how long it may wait to be sent.
     *
     * @param newMaxQueueNs from 1; 0 = as long as it takes.
     * @return the changed copy.
     */
    public RestRequest withMaxQueueNs(final long newMaxQueueNs)
    {
        return new RestRequest(method, target, headers, weight, priority, key, newMaxQueueNs);
    }

    @Override
    public String toString()
    {
        return method + " of " + priority + ", weight " + weight;
    }
}
