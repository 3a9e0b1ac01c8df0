package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.tools.simulator.binance.fault.Fault;
import org.lockstep.tools.simulator.binance.fault.FaultRule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers requests of the WebSocket API. Event loop only. */
final class ApiDispatcher
{
    private static final Map<String, String> PUBLIC_PATHS = Map.ofEntries(
        Map.entry("ping", "ping"), Map.entry("time", "time"), Map.entry("exchangeInfo", "exchangeInfo"),
        Map.entry("depth", "depth"), Map.entry("trades.recent", "trades"),
        Map.entry("trades.historical", "historicalTrades"), Map.entry("trades.aggregate", "aggTrades"),
        Map.entry("klines", "klines"), Map.entry("uiKlines", "uiKlines"), Map.entry("avgPrice", "avgPrice"),
        Map.entry("ticker.24hr", "ticker/24hr"), Map.entry("ticker.price", "ticker/price"),
        Map.entry("ticker.book", "ticker/bookTicker"));
    private static final Set<String> SIGNED_SESSION_METHODS =
        Set.of("session.logon", "userDataStream.subscribe.signature", "userDataStream.subscribe");
    private static final int SESSION_WEIGHT = 2;

    private final TradingApi api;
    private final PublicMethods publicMethods;

    ApiDispatcher(final TradingApi api, final PublicMethods publicMethods)
    {
        this.api = api;
        this.publicMethods = publicMethods;
    }

    /** Does what a request asks for and says how it went; one that was put off meets no fault before it is done. */
    ApiReply answer(
        final ApiSession session, final byte[] bytes, final boolean micros, final boolean wasPutOff)
    {
        ApiRequest request = new ApiRequest("null", "", Map.of());
        ApiKey key = null;
        boolean isBanned = false;
        boolean isOrder = false;
        FaultRule rule = null;
        String body;
        int status = 200;
        try
        {
            request = parse(bytes);
            api.limits.admit();
            final Parameters parameters = new Parameters(request.parameters());
            final ApiMethod method = ApiMethod.byName(request.method());
            isOrder = null != method && method.placesOrders();
            if (PUBLIC_PATHS.containsKey(request.method()))
            {
                final RestReply reply = publicMethods.handle(
                    "/api/v3/" + PUBLIC_PATHS.get(request.method()), query(request.parameters()), micros);
                api.limits.spend(reply.weight());
                status = reply.status();
                body = new String(reply.body(), StandardCharsets.UTF_8);
            }
            else
            {
                key = keyOf(session, request.method(), parameters);
                rule = null == method || wasPutOff ? null : api.beforeRequest(method, key);
                if (null != rule)
                {
                    return new ApiReply(
                        null, rule, false, Fault.DELAY_REQUEST == rule.fault() ? rule.delayMs() : 0);
                }
                rule = null == method ? null : api.beforeReply(method, key);
                body = (null == method ? session(session, key, request.method(), parameters, micros) :
                    trade(method, key, parameters, micros)).toString();
                if (null != rule && Fault.TIMEOUT == rule.fault())
                {
                    throw TradingApi.timeout();
                }
            }
        }
        catch (final ApiError error)
        {
            status = error.status();
            isBanned = 418 == status;
            body = error.json().toString();
        }
        final StringBuilder text = new StringBuilder(body.length() + 400)
            .append("{\"id\":").append(request.idJson()).append(",\"status\":").append(status)
            .append(200 == status ? ",\"result\":" : ",\"error\":").append(body);
        if (session.returnsRateLimits() && !"false".equals(request.parameters().get("returnRateLimits")))
        {
            text.append(",\"rateLimits\":").append(api.limits.json(isOrder && null != key ? key.account() : null));
        }
        return new ApiReply(text.append('}').toString(), rule, isBanned, 0);
    }

    private ApiRequest parse(final byte[] bytes) throws ApiError
    {
        try
        {
            final ApiRequest request = ApiRequest.parse(bytes);
            if (null == request.method())
            {
                throw ApiError.missing("method");
            }
            return request;
        }
        catch (final IOException ex)
        {
            api.limits.spend(1);
            throw new ApiError(-1135, "Invalid JSON Request");
        }
    }

    private static Map<String, List<String>> query(final Map<String, String> parameters)
    {
        final Map<String, List<String>> query = new HashMap<>();
        parameters.forEach((name, value) -> query.put(name, List.of(value)));
        return query;
    }

    /** The key that a request acts for; null for requests that need none. */
    private ApiKey keyOf(final ApiSession session, final String method, final Parameters parameters) throws ApiError
    {
        final boolean isSigned = !method.startsWith("session.") && !method.startsWith("userDataStream.") ||
            "session.logon".equals(method) || "userDataStream.subscribe.signature".equals(method);
        if (!parameters.has("apiKey") && !(isSigned && method.contains(".signature")))
        {
            return session.key();
        }
        final ApiKey key = api.authenticator.key(parameters.optional("apiKey"));
        if (isSigned)
        {
            api.authenticator.checkSorted(key, parameters);
        }
        return key;
    }

    private JsonNode trade(
        final ApiMethod method, final ApiKey key, final Parameters parameters, final boolean micros) throws ApiError
    {
        boolean isGood = false;
        try
        {
            if (null == key)
            {
                throw ApiError.missing("apiKey");
            }
            api.authenticator.checkTime(parameters);
            final JsonNode result = api.methods.call(method, key, parameters, micros);
            isGood = true;
            return result;
        }
        finally
        {
            api.limits.spend(method.weight(parameters, isGood));
        }
    }

    private JsonNode session(
        final ApiSession session,
        final ApiKey key,
        final String method,
        final Parameters parameters,
        final boolean micros) throws ApiError
    {
        api.limits.spend(SESSION_WEIGHT);
        switch (method)
        {
            case "session.status":
                return session.status(micros);
            case "session.logout":
                return session.logOut(micros);
            case "session.subscriptions":
                return session.subscriptions();
            case "userDataStream.unsubscribe":
                return session.unsubscribe(parameters.whole("subscriptionId", -1));
            default:
                break;
        }
        if (!SIGNED_SESSION_METHODS.contains(method))
        {
            throw new ApiError(-1020, "This operation is not supported.");
        }
        if (null == key)
        {
            throw ApiError.missing("apiKey");
        }
        switch (method)
        {
            case "session.logon":
                api.authenticator.checkTime(parameters);
                return session.logOn(key, micros);
            case "userDataStream.subscribe.signature":
                api.authenticator.checkTime(parameters);
                return session.subscribe(key);
            default:
                return session.subscribe(key);
        }
    }
}
