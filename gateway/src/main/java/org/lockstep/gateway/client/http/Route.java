package org.lockstep.gateway.client.http;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that can be asked for over HTTP. What is not in {@link #ALL} is not served, and the OpenAPI document is
 * written from it, so that the two cannot differ.
 *
 * @param method      GET or POST.
 * @param path        without query.
 * @param access      who may ask.
 * @param summary     what it does.
 * @param contentType of the answer.
 * @param parameters  of the query, or of the JSON body of a POST.
 */
record Route(
    String method, String path, Access access, String summary, String contentType, List<Parameter> parameters)
{
    private static final String JSON = "application/json";
    private static final Parameter SYMBOLS = new Parameter(
        "symbols", "BTCUSDT or binance:BTCUSDT, comma-separated; all without it", false);
    private static final Parameter BOT = new Parameter("bot", "name of a bot", false);
    private static final Parameter THE_BOT = new Parameter("bot", "name of a bot", true);

    /** Everything that is served beside the page. */
    static final List<Route> ALL = List.of(
        get("/health", Access.OPEN, "Is the process alive", JSON),
        get("/ready", Access.OPEN, "Are feeds live, the journal writable and accounts reconciled; 503 if not", JSON),
        get("/metrics", Access.METRICS, "Figures for Prometheus", "text/plain"),
        get("/ws/stats", Access.METRICS, "Figures of the client server", JSON),
        get("/ws", Access.VIEWER, "The WebSocket, sub-protocol lockstep.v1", "application/octet-stream"),
        get("/api/version", Access.OPEN, "Version, protocol and epoch", JSON),
        get("/api/openapi.json", Access.OPEN, "This document", JSON),
        get("/api/market/snapshot", Access.VIEWER, "Newest market data", JSON, SYMBOLS),
        get("/api/klines", Access.VIEWER, "Newest bars, oldest first; the open one is the last", JSON, SYMBOLS,
            new Parameter("interval", "1m, 5m, 15m, 1h or 1d; 15m without it", false),
            new Parameter("limit", "how many a symbol at most, from 1 to 300; 96 without it", false)),
        get("/api/market-scanner", Access.VIEWER, "Instruments by rank", JSON, SYMBOLS,
            new Parameter("limit", "how many at most", false),
            new Parameter("refresh", "true computes anew; needs the role operator", false)),
        get("/api/strategy-performance", Access.VIEWER, "How own bots do", JSON, BOT,
            new Parameter("curve", "true adds the equity curve", false)),
        get("/api/bots", Access.VIEWER, "Own bots", JSON),
        get("/api/bot/status", Access.VIEWER, "One own bot, or all", JSON, BOT),
        get("/api/positions", Access.VIEWER, "Own positions", JSON),
        get("/api/orders", Access.VIEWER, "Own orders, newest first", JSON,
            new Parameter("status", "all adds those that are done", false)),
        get("/api/accounts", Access.VIEWER, "Own accounts: number, name, venue, mode, state", JSON),
        get("/api/balances", Access.VIEWER, "Own balances", JSON),
        get("/api/stream", Access.VIEWER, "Channels as server-sent events", "text/event-stream", SYMBOLS,
            new Parameter("channels", "comma-separated", false),
            new Parameter("since", "EPOCH/OFFSET of the last event seen", false)),
        post("/api/bot/start", "Starts a bot", THE_BOT),
        post("/api/bot/stop", "Stops a bot", THE_BOT),
        post("/api/bot/connect",
            "Starts a venue's session that does not run, also after a failure; one that runs is left alone",
            new Parameter("venue", "lower-case code", true)));

    /** Who may ask. */
    enum Access
    {
        /** Everybody. */
        OPEN,
        /** Everybody or whoever has a token, by configuration. */
        METRICS,
        /** Whoever has a token. */
        VIEWER,
        /** The role operator or admin. */
        OPERATOR
    }

    /**
     * What can be said in a query or body.
     *
     * @param name        of it.
     * @param description for people.
     * @param isRequired  whether it must be there.
     */
    record Parameter(String name, String description, boolean isRequired)
    {
    }

    private static Route get(
        final String path,
        final Access access,
        final String summary,
        final String contentType,
        final Parameter... parameters)
    {
        return new Route("GET", path, access, summary, contentType, List.of(parameters));
    }

    private static Route post(final String path, final String summary, final Parameter... parameters)
    {
        return new Route("POST", path, Access.OPERATOR, summary, JSON, List.of(parameters));
    }

    /** Methods a path takes; empty when there is nothing at it. */
    static List<String> methods(final String path)
    {
        final List<String> methods = new ArrayList<>();
        for (final Route route : ALL)
        {
            if (route.path.equals(path))
            {
                methods.add(route.method);
            }
        }
        return methods;
    }

    /** Names of what a route takes; empty when there is no such route. */
    static List<String> parameterNames(final String method, final String path)
    {
        final List<String> names = new ArrayList<>();
        for (final Route route : ALL)
        {
            if (route.method.equals(method) && route.path.equals(path))
            {
                route.parameters.forEach(parameter -> names.add(parameter.name()));
            }
        }
        return names;
    }
}
