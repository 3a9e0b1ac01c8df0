package org.lockstep.gateway.client.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** Finds the token of a request: header first, then sub-protocol, then (if allowed) the query. */
final class BearerTokens
{
    private static final String BEARER = "bearer ";
    private static final String SUB_PROTOCOL_PREFIX = "bearer.";

    private BearerTokens()
    {
    }

    /** @return the token, or null when the request carries none. */
    static String find(
        final HttpHeaders headers, final Map<String, List<String>> query, final boolean allowsQueryToken)
    {
        final String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (null != authorization)
        {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER) ?
                authorization.substring(BEARER.length()).strip() : "";
        }
        for (final String value : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
        {
            for (final String part : value.split(","))
            {
                if (part.strip().startsWith(SUB_PROTOCOL_PREFIX))
                {
                    return part.strip().substring(SUB_PROTOCOL_PREFIX.length());
                }
            }
        }
        final List<String> tokens = query.get("token");
        return allowsQueryToken && null != tokens && !tokens.isEmpty() ? tokens.get(0) : null;
    }
}
