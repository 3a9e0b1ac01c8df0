package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** What a connection to the WebSocket API is: who is logged on, and whose events it takes. Event loop only. */
final class ApiSession
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SUBSCRIPTIONS_MAX = 1_000;

    private final ApiConnection connection;
    private final TradingApi api;
    private final boolean returnRateLimits;
    private final long connectedSinceUs;
    private final List<UserStreams.Subscription> subscriptions = new ArrayList<>();
    private ApiKey key;
    private long authorizedSinceUs;
    private int nextSubscriptionId;

    ApiSession(final ApiConnection connection, final TradingApi api, final boolean returnRateLimits)
    {
        this.connection = connection;
        this.api = api;
        this.returnRateLimits = returnRateLimits;
        this.connectedSinceUs = api.clockUs.getAsLong();
    }

    boolean returnsRateLimits()
    {
        return returnRateLimits;
    }

    /** The key logged on with, or null. */
    ApiKey key()
    {
        return key;
    }

    JsonNode logOn(final ApiKey newKey, final boolean micros) throws ApiError
    {
        if (!newKey.isEd25519())
        {
            throw new ApiError(-4056, "HMAC_SHA256 API key is not supported.");
        }
        key = newKey;
        authorizedSinceUs = api.clockUs.getAsLong();
        return status(micros);
    }

    JsonNode logOut(final boolean micros)
    {
        key = null;
        return status(micros);
    }

    JsonNode status(final boolean micros)
    {
        final ObjectNode status = JSON.objectNode();
        if (null == key)
        {
            status.putNull("apiKey").putNull("authorizedSince");
        }
        else
        {
            status.put("apiKey", key.name()).put("authorizedSince", Text.time(authorizedSinceUs, micros));
        }
        return status.put("connectedSince", Text.time(connectedSinceUs, micros))
            .put("returnRateLimits", returnRateLimits)
            .put("serverTime", Text.time(api.clockUs.getAsLong(), micros))
            .put("userDataStream", !subscriptions.isEmpty());
    }

    JsonNode subscribe(final ApiKey toKey) throws ApiError
    {
        for (final UserStreams.Subscription subscription : subscriptions)
        {
            if (subscription.account() == toKey.account())
            {
                throw new ApiError(-2035, "User Data Stream subscription already active.");
            }
        }
        if (subscriptions.size() >= SUBSCRIPTIONS_MAX || nextSubscriptionId > 65_535)
        {
            throw new ApiError(-2042, "User Data Stream subscription ids exhausted.");
        }
        final UserStreams.Subscription added =
            new UserStreams.Subscription(connection, nextSubscriptionId++, toKey.account(), toKey);
        subscriptions.add(added);
        api.streams.add(added);
        return JSON.objectNode().put("subscriptionId", added.id());
    }

    JsonNode unsubscribe(final long id) throws ApiError
    {
        final List<UserStreams.Subscription> ended = new ArrayList<>(subscriptions);
        ended.removeIf(subscription -> id >= 0 && subscription.id() != id);
        if (ended.isEmpty())
        {
            throw new ApiError(-2036, "User Data Stream subscription not active.");
        }
        subscriptions.removeAll(ended);
        ended.forEach(api.streams::remove);
        return JSON.objectNode();
    }

    JsonNode subscriptions()
    {
        final ArrayNode all = JSON.arrayNode();
        subscriptions.forEach(subscription -> all.addObject().put("subscriptionId", subscription.id()));
        return all;
    }

    void terminateStreams()
    {
        for (final UserStreams.Subscription subscription : subscriptions)
        {
            connection.event(subscription,
                UserEvents.terminated(api.clockUs.getAsLong(), connection.isMicros()), "");
        }
        close();
    }

    void close()
    {
        subscriptions.forEach(api.streams::remove);
        subscriptions.clear();
    }
}
