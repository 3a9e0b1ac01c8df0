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
 * @param answer      what it looks like, see {@link Schemas}; types between commas are one of several.
 * @param parameters  of the query, or of the JSON body of a POST.
 */
record Route(
    String method,
    String path,
    Access access,
    String summary,
    String contentType,
    String answer,
    List<Parameter> parameters)
{
    private static final String JSON = "application/json";
    private static final List<String> YES_NO = List.of("true", "false");
    private static final Parameter SYMBOLS = new Parameter(
        "symbols", "BTCUSDT or binance:BTCUSDT, comma-separated; all without it", false, true, List.of());
    private static final Parameter SYMBOL = new Parameter("symbol", "the same as symbols", false, true, List.of());
    private static final Parameter BOT = optional("bot", "name of a bot");
    private static final Parameter THE_BOT = required("bot", "name of a bot");

    /** Everything that is served beside the page. */
    static final List<Route> ALL = List.of(
        get("/health", Access.OPEN, "Is the process alive", "Health"),
        get("/ready", Access.OPEN, "Are feeds live, the journal writable and accounts reconciled; 503 if not", "Ready"),
        get("/metrics", Access.METRICS, "Figures for Prometheus", "text"),
        get("/ws/stats", Access.METRICS, "Figures of the client server", "Stats"),
        get("/ws", Access.VIEWER, "The WebSocket, sub-protocol lockstep.v1", "text"),
        get("/api/version", Access.OPEN, "Version, protocol and epoch", "Version"),
        get("/api/openapi.json", Access.OPEN, "This document", "Document"),
        get("/api/market/snapshot", Access.VIEWER, "Newest market data", "MarketSnapshot", SYMBOLS, SYMBOL),
        get("/api/klines", Access.VIEWER, "Newest bars, oldest first; the open one is the last", "Klines",
            SYMBOLS, SYMBOL,
            optional("interval", "15m without it", "1m", "5m", "15m", "1h", "1d"),
            optional("limit", "how many a symbol at most, from 1 to 300; 96 without it")),
        get("/api/market-scanner", Access.VIEWER, "Instruments by rank", "MarketScanner", SYMBOLS, SYMBOL,
            optional("limit", "how many at most, from 1 to 10000"),
            new Parameter("refresh", "true computes anew; needs the role operator", false, false, YES_NO)),
        get("/api/strategy-performance", Access.VIEWER, "How own bots do", "StrategyPerformances", BOT,
            new Parameter("curve", "true adds the equity curve", false, false, YES_NO)),
        get("/api/bots", Access.VIEWER, "Own bots", "Bots"),
        get("/api/bot/status", Access.VIEWER, "One own bot, or all", "Bot,Bots", BOT),
        get("/api/positions", Access.VIEWER, "Own positions", "Positions"),
        get("/api/orders", Access.VIEWER, "Own orders, newest first", "Orders",
            optional("status", "open without it; all, or those that ended so", "open", "all", "filled", "canceled",
                "rejected", "expired")),
        get("/api/accounts", Access.VIEWER, "Own accounts: number, name, venue, mode, state", "Accounts"),
        get("/api/balances", Access.VIEWER, "Own balances", "Balances"),
        get("/api/stream", Access.VIEWER, "Channels as server-sent events", "text", SYMBOLS, SYMBOL,
            new Parameter("channels", "comma-separated", false, true, List.of()),
            optional("since", "EPOCH/OFFSET of the last event seen")),
        post("/api/bot/start", "Starts a bot", "BotCommandAnswer", THE_BOT),
        post("/api/bot/stop", "Stops a bot", "BotCommandAnswer", THE_BOT),
        post("/api/bot/connect",
            "Starts a venue's session that does not run, also after a failure; one that runs is left alone",
            "ConnectAnswer", required("venue", "lower-case code")));

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
     * @param isList      whether it may be there more than once.
     * @param values      that it can have; empty when there are others.
     */
    record Parameter(String name, String description, boolean isRequired, boolean isList, List<String> values)
    {
    }

    private static Parameter optional(final String name, final String description, final String... values)
    {
        return new Parameter(name, description, false, false, List.of(values));
    }

    private static Parameter required(final String name, final String description)
    {
        return new Parameter(name, description, true, false, List.of());
    }

    private static Route get(
        final String path,
        final Access access,
        final String summary,
        final String answer,
        final Parameter... parameters)
    {
        final String contentType = switch (path)
        {
            case "/metrics" -> "text/plain";
            case "/ws" -> "application/octet-stream";
            case "/api/stream" -> "text/event-stream";
            default -> JSON;
        };
        return new Route("GET", path, access, summary, contentType, answer, List.of(parameters));
    }

    private static Route post(
        final String path, final String summary, final String answer, final Parameter... parameters)
    {
        return new Route("POST", path, Access.OPERATOR, summary, JSON, answer, List.of(parameters));
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

    /** @return the route, which must be there. */
    static Route of(final String method, final String path)
    {
        return ALL.stream().filter(route -> route.method.equals(method) && route.path.equals(path))
            .findAny().orElseThrow();
    }
}
