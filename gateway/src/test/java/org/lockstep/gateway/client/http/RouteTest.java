package org.lockstep.gateway.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.view.JsonWriter;

/** The table of routes, the document that is written from it, and what the protocol promises. */
class RouteTest
{
    private static final List<String> PROMISED = List.of("GET /health", "GET /ready", "GET /metrics", "GET /ws/stats",
        "GET /ws", "GET /api/version", "GET /api/openapi.json", "GET /api/market/snapshot", "GET /api/klines",
        "GET /api/market-scanner", "GET /api/strategy-performance", "GET /api/bots", "GET /api/bot/status",
        "GET /api/positions", "GET /api/orders", "GET /api/balances", "GET /api/stream", "POST /api/bot/connect",
        "POST /api/bot/start", "POST /api/bot/stop");
    /** What is served beyond the protocol. */
    private static final List<String> ADDED = List.of("GET /api/accounts");

    @Test
    void shouldServeWhatTheProtocolPromises()
    {
        final Set<String> served =
            Route.ALL.stream().map(route -> route.method() + " " + route.path()).collect(Collectors.toSet());

        final Set<String> expected = new TreeSet<>(PROMISED);
        expected.addAll(ADDED);
        assertEquals(expected, new TreeSet<>(served));
    }

    @Test
    void shouldDescribeEveryRouteWithItsParameters() throws Exception
    {
        final JsonWriter json = new JsonWriter();
        OpenApi.write(json.reset(), "1.0");
        final JsonNode document = new ObjectMapper().readTree(json.toByteArray());

        final Set<String> described = new TreeSet<>();
        document.get("paths").properties().forEach(path ->
            path.getValue().fieldNames().forEachRemaining(method ->
                described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        final Set<String> expected = new TreeSet<>(PROMISED);
        expected.addAll(ADDED);
        assertEquals(expected, described);
        for (final Route route : Route.ALL)
        {
            final JsonNode operation = document.get("paths").get(route.path())
                .get(route.method().toLowerCase(Locale.ROOT));
            final Set<String> names = new TreeSet<>();
            if ("POST".equals(route.method()))
            {
                operation.get("requestBody").get("content").get("application/json").get("schema").get("properties")
                    .fieldNames().forEachRemaining(names::add);
            }
            else
            {
                operation.path("parameters").forEach(parameter -> names.add(parameter.get("name").textValue()));
            }
            assertEquals(route.parameters().stream().map(Route.Parameter::name)
                .collect(Collectors.toCollection(TreeSet::new)), names, route.path());
            assertTrue(operation.get("responses").has("default"), route.path());
        }
    }
}
