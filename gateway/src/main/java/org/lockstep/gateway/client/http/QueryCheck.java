package org.lockstep.gateway.client.http;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Refuses what a route's query does not take: ignored, it would look as if it had been heard. */
final class QueryCheck
{
    private static final String TOKEN = "token";
    private static final int MAX_SHOWN = 40;

    private QueryCheck()
    {
    }

    /** Checks names, values where there are only some, and that nothing but symbols and channels comes twice. */
    static void require(final Route route, final Map<String, List<String>> query) throws Problem
    {
        for (final Map.Entry<String, List<String>> entry : query.entrySet())
        {
            if (!TOKEN.equals(entry.getKey()))
            {
                final List<Route.Parameter> known = "GET".equals(route.method()) ? route.parameters() : List.of();
                require(entry.getKey(), entry.getValue(), known);
            }
        }
    }

    private static void require(
        final String name, final List<String> values, final List<Route.Parameter> known) throws Problem
    {
        final Route.Parameter parameter =
            known.stream().filter(candidate -> candidate.name().equals(name)).findAny().orElse(null);
        if (null == parameter)
        {
            final List<String> names = known.stream().map(Route.Parameter::name).toList();
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "unknown_parameter", "there is no parameter '" +
                shown(name) + "' here; " + (names.isEmpty() ? "there are none" : "there are " + names), shown(name), 0);
        }
        if (values.size() > 1 && !parameter.isList())
        {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "invalid", name + " is there twice", name, 0);
        }
        for (final String value : values)
        {
            if (!parameter.values().isEmpty() && !parameter.values().contains(value))
            {
                throw new Problem(HttpResponseStatus.BAD_REQUEST, "unknown_" + name, "there is no " + name + " '" +
                    shown(value) + "'; there are " + parameter.values(), name, 0);
            }
        }
    }

    private static String shown(final String text)
    {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }
}
