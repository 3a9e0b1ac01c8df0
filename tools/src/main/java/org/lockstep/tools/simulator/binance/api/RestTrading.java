package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.lockstep.tools.simulator.binance.fault.Fault;
import org.lockstep.tools.simulator.binance.fault.FaultRule;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The private REST interface. Event loop only. */
public final class RestTrading
{
    private final TradingApi api;

    /**
     * Puts REST before the private side.
     *
     * @param api what answers.
     */
    public RestTrading(final TradingApi api)
    {
        this.api = api;
    }

    /**
     * Whether a path belongs to the private interface.
     *
     * @param verb GET, POST, PUT or DELETE.
     * @param path such as {@code /api/v3/order}.
     * @return false when the public interface should answer.
     */
    public static boolean isPrivate(final String verb, final String path)
    {
        return null != ApiMethod.byPath(verb + ' ' + path) || "/api/v3/userDataStream".equals(path);
    }

    /**
     * Answers a request that {@link #isPrivate}.
     *
     * @param verb      GET, POST, PUT or DELETE.
     * @param uri       as sent.
     * @param body      as sent.
     * @param apiKey    of the header, or null.
     * @param micros    whether times are wanted in microseconds.
     * @param wasPutOff whether this request has been put off before; then no fault meets it before it is done.
     * @return what becomes of it.
     */
    public RestOutcome handle(
        final String verb,
        final String uri,
        final String body,
        final String apiKey,
        final boolean micros,
        final boolean wasPutOff)
    {
        final QueryStringDecoder query = new QueryStringDecoder(uri);
        if ("/api/v3/userDataStream".equals(query.path()))
        {
            return new RestOutcome(RestReply.error(410, -1020, "This operation is not supported."), 0, 0);
        }
        final ApiMethod method = ApiMethod.byPath(verb + ' ' + query.path());
        Parameters parameters = new Parameters(Map.of());
        ApiKey key = null;
        FaultRule rule = null;
        RestReply reply;
        try
        {
            key = api.authenticator.key(apiKey);
            final int question = uri.indexOf('?');
            final String rawQuery = question < 0 ? "" : uri.substring(question + 1);
            parameters = parameters(rawQuery, body);
            final String signature = parameters.required("signature");
            api.authenticator.check(key, withoutSignature(rawQuery) + withoutSignature(body), signature);
            rule = wasPutOff ? null : api.beforeRequest(method, key);
            if (null != rule)
            {
                return new RestOutcome(null, 0, Fault.DELAY_REQUEST == rule.fault() ? rule.delayMs() : 0);
            }
            api.authenticator.checkTime(parameters);
            rule = api.beforeReply(method, key);
            final JsonNode result = api.methods.call(method, key, parameters, micros);
            reply = new RestReply(200, bytes(result), method.weight(parameters, true), 0, Map.of());
            if (null != rule && Fault.TIMEOUT == rule.fault())
            {
                throw TradingApi.timeout();
            }
        }
        catch (final ApiError error)
        {
            reply = error(error, method.weight(parameters, false), api.limits.nowMs());
        }
        return outcome(rule, null == key || !method.placesOrders() ? reply : withCounts(reply, key));
    }

    private static RestOutcome outcome(final FaultRule rule, final RestReply reply)
    {
        if (null == rule)
        {
            return new RestOutcome(reply, 0, 0);
        }
        return switch (rule.fault())
        {
            case DROP_ACK -> new RestOutcome(null, 0, 0);
            case DELAY_ACK, REORDER_ACK -> new RestOutcome(reply, rule.delayMs(), 0);
            default -> new RestOutcome(reply, 0, 0);
        };
    }

    private RestReply withCounts(final RestReply reply, final ApiKey key)
    {
        final OrderCount count = api.limits.orders(key.account());
        return new RestReply(reply.status(), reply.body(), reply.weight(), reply.retryAfterSec(), Map.of(
            "x-mbx-order-count-10s", Integer.toString(count.perTenSeconds()),
            "x-mbx-order-count-1d", Integer.toString(count.perDay())));
    }

    /**
     * A refusal as REST has it.
     *
     * @param error  the refusal.
     * @param weight what it costs.
     * @param nowMs  epoch milliseconds.
     * @return with Retry-After where one is due.
     */
    public static RestReply error(final ApiError error, final int weight, final long nowMs)
    {
        final var body = error.json();
        if (-1003 == error.code())
        {
            body.remove("data");
        }
        final long retryAfterSec = 0 == error.retryAtMs() ? 0 : Math.max(1, (error.retryAtMs() - nowMs + 999) / 1_000);
        return new RestReply(error.status(), bytes(body), weight, retryAfterSec, Map.of());
    }

    private static byte[] bytes(final JsonNode node)
    {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Parameters parameters(final String rawQuery, final String body) throws ApiError
    {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String part : new String[]{rawQuery, body})
        {
            for (final Map.Entry<String, List<String>> entry :
                new QueryStringDecoder(part, StandardCharsets.UTF_8, false).parameters().entrySet())
            {
                if (entry.getValue().size() > 1)
                {
                    throw new ApiError(-1101, "Duplicate values for parameter '" + entry.getKey() + "'.");
                }
                values.putIfAbsent(entry.getKey(), entry.getValue().get(0));
            }
        }
        return new Parameters(values);
    }

    /** What was signed: everything as sent, but for the signature. */
    private static String withoutSignature(final String part)
    {
        final StringBuilder kept = new StringBuilder(part.length());
        for (final String piece : part.split("&"))
        {
            if (!piece.isEmpty() && !piece.startsWith("signature="))
            {
                kept.append(kept.length() > 0 ? "&" : "").append(piece);
            }
        }
        return kept.toString();
    }
}
