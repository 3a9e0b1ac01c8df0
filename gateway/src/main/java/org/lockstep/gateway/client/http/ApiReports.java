package org.lockstep.gateway.client.http;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.lockstep.gateway.client.analysis.MarketScanner;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.stream.StreamHub;

/** The market scanner, kept for a moment since all users see the same, and how bots do. Client event loop only. */
final class ApiReports
{
    private static final long SCAN_VALID_MS = 2_000;
    private static final int MAX_LIMIT = 10_000;
    private static final long NS_PER_MS = 1_000_000;

    private final ApiContext context;
    private final StreamHub hub;
    private List<MarketScanner.Ranked> scan = List.of();
    private long scannedMs;

    ApiReports(final ApiContext context)
    {
        this.context = context;
        this.hub = context.sessions().hub();
    }

    void scanner(final Map<String, List<String>> query, final Identity user, final HttpReply reply) throws Problem
    {
        final long nowMs = context.sessions().clock().time();
        final boolean isRefresh = "true".equals(HttpApi.first(query, "refresh"));
        if (isRefresh && !user.role().allows(Role.OPERATOR))
        {
            throw new Problem(HttpResponseStatus.FORBIDDEN, "forbidden",
                "refresh needs the role operator, yours is " + user.role().code());
        }
        if (isRefresh || nowMs - scannedMs >= SCAN_VALID_MS)
        {
            scan = hub.reports().scan();
            scannedMs = nowMs;
        }
        final int limit = limit(HttpApi.first(query, "limit"));
        final Set<Integer> ids = new HashSet<>(ApiQueries.instruments(hub, query));
        reply.json(HttpResponseStatus.OK, json ->
        {
            json.beginObject()
                .field("epoch", hub.view().epoch())
                .field("offset", hub.view().sequence())
                .field("timestamp", nowMs)
                .field("scannedAt", scannedMs)
                .field("count", scan.size())
                .name("instruments").beginArray();
            scan.stream().filter(ranked -> ids.contains(ranked.candidate().instrumentId())).limit(limit)
                .forEach(ranked -> hub.reports().ranked(ranked, json));
            json.endArray().endObject();
        });
    }

    void performance(final Map<String, List<String>> query, final Identity user, final HttpReply reply) throws Problem
    {
        final String bot = HttpApi.first(query, "bot");
        final boolean withCurve = "true".equals(HttpApi.first(query, "curve"));
        final List<String> known = hub.view().botNames(user.reader());
        if (null != bot && !known.contains(bot))
        {
            throw ApiQueries.unknownBot(known);
        }
        final long nowMs = context.sessions().clock().time();
        reply.json(HttpResponseStatus.OK, json ->
        {
            json.beginObject()
                .field("epoch", hub.view().epoch())
                .field("offset", hub.view().sequence())
                .field("timestamp", nowMs)
                .name("strategies").beginArray();
            (null == bot ? known : List.of(bot)).forEach(
                name -> hub.reports().performance(name, nowMs * NS_PER_MS, withCurve, json));
            json.endArray().endObject();
        });
    }

    private static int limit(final String text) throws Problem
    {
        if (null == text)
        {
            return MAX_LIMIT;
        }
        try
        {
            final int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT)
            {
                return limit;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Told below, together with a number out of range.
        }
        throw new Problem(HttpResponseStatus.BAD_REQUEST, "invalid",
            "limit must be a whole number in [1, " + MAX_LIMIT + "]", "limit", 0);
    }
}
