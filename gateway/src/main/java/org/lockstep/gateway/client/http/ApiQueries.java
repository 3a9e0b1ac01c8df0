package org.lockstep.gateway.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.agrona.collections.IntArrayList;
import org.lockstep.gateway.client.port.VenueSession;
import org.lockstep.gateway.client.stream.HubStats;
import org.lockstep.gateway.client.stream.StreamHub;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.Intervals;
import org.lockstep.gateway.client.view.JsonWriter;
import org.lockstep.gateway.client.view.Reader;

/** What can be read over HTTP. */
final class ApiQueries
{
    private static final int DEFAULT_BARS = 96;
    private static final int MAX_ORDERS = 1_000;

    private final ApiContext context;
    private final StreamHub hub;

    ApiQueries(final ApiContext context)
    {
        this.context = context;
        this.hub = context.sessions().hub();
    }

    /** @return false when there is no such path among those that need no token. */
    boolean open(final String path, final HttpReply reply)
    {
        switch (path)
        {
            case "/health" -> reply.json(HttpResponseStatus.OK, json -> json.beginObject()
                .field("status", "alive").field("time", context.sessions().clock().time()).endObject());
            case "/ready" -> ready(reply);
            case "/api/openapi.json" -> reply.json(
                HttpResponseStatus.OK, json -> OpenApi.write(json, context.sessions().version()));
            case "/api/version" -> reply.json(HttpResponseStatus.OK, json -> json.beginObject()
                .field("name", "lockstep")
                .field("version", context.sessions().version())
                .field("protocol", "lockstep.v1")
                .field("epoch", hub.epoch())
                .field("java", System.getProperty("java.version"))
                .field("time", context.sessions().clock().time())
                .endObject());
            default ->
            {
                return false;
            }
        }
        return true;
    }

    /** @return false when there is no such path. */
    boolean signedIn(
        final String path, final Map<String, List<String>> query, final Reader reader, final HttpReply reply)
        throws Problem
    {
        switch (path)
        {
            case "/api/market/snapshot" -> snapshot(query, reply);
            case "/api/klines" -> klines(query, reply);
            case "/api/bots" -> reply.json(HttpResponseStatus.OK, json -> list(reader, json, "bots"));
            case "/api/bot/status" -> botStatus(query, reader, reply);
            case "/api/positions" -> reply.json(HttpResponseStatus.OK, json -> list(reader, json, "positions"));
            case "/api/orders" -> orders(query, reader, reply);
            case "/api/accounts" -> reply.json(HttpResponseStatus.OK, json -> list(reader, json, "accounts"));
            case "/api/balances" -> reply.json(HttpResponseStatus.OK, json -> list(reader, json, "balances"));
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void ready(final HttpReply reply)
    {
        final List<String> obstacles = context.health().obstacles(
            hub.isCaughtUp(), hub.view().unreconciledAccounts());
        final HttpResponseStatus status =
            obstacles.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        reply.json(status, json ->
        {
            json.beginObject().field("ready", obstacles.isEmpty()).name("obstacles").beginArray();
            obstacles.forEach(json::value);
            json.endArray().name("feeds").beginArray();
            for (final VenueSession session : context.ports().venues().sessions())
            {
                json.beginObject()
                    .field("venue", session.venue())
                    .field("name", session.name())
                    .field("state", session.state())
                    .endObject();
            }
            json.endArray().field("journal", context.ports().stats().isHalted() ? "halted" : "writable").endObject();
        });
    }

    void stats(final HttpReply reply)
    {
        reply.json(HttpResponseStatus.OK, this::stats);
    }

    private void stats(final JsonWriter json)
    {
        final HubStats stats = hub.stats();
        json.beginObject()
            .field("connections", context.sessions().connections().count())
            .field("users", context.sessions().connections().userCount())
            .field("sessions", hub.sessions().size())
            .field("sessionsOpened", stats.sessionsOpened())
            .field("messagesReceived", stats.messagesReceived())
            .field("messagesSent", stats.messagesSent())
            .field("messagesEncoded", stats.messagesEncoded())
            .field("queuedBytes", hub.queuedBytes())
            .field("valuesDeferred", stats.valuesDeferred())
            .field("publicTradesSkipped", stats.publicTradesSkipped())
            .field("eventsRecovered", stats.eventsRecovered())
            .field("eventsFromJournal", stats.eventsFromJournal())
            .field("errorsSent", stats.errorsSent())
            .field("rateLimited", stats.rateLimited())
            .field("slowClosed", stats.slowClosed())
            .field("broadcastGaps", hub.gaps())
            .field("offset", hub.view().sequence())
            .name("subscriptions").beginObject();
        for (final DataChannel channel : DataChannel.values())
        {
            json.field(channel.code(), hub.subscriptionCount(channel));
        }
        json.endObject().endObject();
    }

    private void list(final Reader reader, final JsonWriter json, final String name)
    {
        head(json).name(name);
        switch (name)
        {
            case "bots" -> hub.states().bots(reader, json);
            case "positions" -> hub.states().positions(reader, json);
            case "accounts" -> hub.states().accounts(reader, json);
            default -> hub.states().balances(reader, json);
        }
        json.endObject();
    }

    private void orders(final Map<String, List<String>> query, final Reader reader, final HttpReply reply)
    {
        final String status = HttpApi.first(query, "status");
        reply.json(HttpResponseStatus.OK, json ->
        {
            hub.states().orders(reader, null == status ? "open" : status, MAX_ORDERS, head(json).name("orders"));
            json.endObject();
        });
    }

    private void botStatus(final Map<String, List<String>> query, final Reader reader, final HttpReply reply)
        throws Problem
    {
        final String bot = HttpApi.first(query, "bot");
        if (null == bot)
        {
            reply.json(HttpResponseStatus.OK, json -> list(reader, json, "bots"));
            return;
        }
        if (!hub.view().hasBot(reader, bot))
        {
            throw unknownBot(hub.view().botNames(reader));
        }
        reply.json(HttpResponseStatus.OK, json -> hub.states().bot(bot, json));
    }

    private void snapshot(final Map<String, List<String>> query, final HttpReply reply) throws Problem
    {
        final IntArrayList ids = new IntArrayList();
        instruments(hub, query).forEach(ids::addInt);
        reply.json(HttpResponseStatus.OK, json ->
        {
            hub.states().market(ids, context.sessions().clock().time(), head(json).name("symbols"));
            json.endObject();
        });
    }

    private void klines(final Map<String, List<String>> query, final HttpReply reply) throws Problem
    {
        final String name = HttpApi.first(query, "interval");
        final int interval = Intervals.NAMES.indexOf(null == name ? "15m" : name);
        final String limit = HttpApi.first(query, "limit");
        if (null != limit && !limit.matches("[1-9][0-9]{0,2}"))
        {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "bad_limit",
                "'" + limit + "' is no number from 1 to 300", "limit", 0);
        }
        final IntArrayList ids = new IntArrayList();
        instruments(hub, query).forEach(ids::addInt);
        reply.json(HttpResponseStatus.OK, json ->
        {
            head(json).field("interval", Intervals.NAMES.get(interval));
            hub.states().klines(ids, interval, null == limit ? DEFAULT_BARS : Integer.parseInt(limit),
                json.name("symbols"));
            json.endObject();
        });
    }

    static Problem unknownBot(final List<String> known)
    {
        return new Problem(HttpResponseStatus.NOT_FOUND, "unknown_bot",
            "there is no bot of that name; there are " + known, "bot", 0);
    }

    /** @return ids that {@code symbols=} names, all without it. */
    static List<Integer> instruments(final StreamHub hub, final Map<String, List<String>> query) throws Problem
    {
        final List<Integer> ids = new ArrayList<>();
        for (final String symbol : symbols(query))
        {
            final IntArrayList some = hub.view().resolve(symbol);
            if (some.isEmpty() && !"*".equals(symbol))
            {
                throw new Problem(HttpResponseStatus.BAD_REQUEST, "unknown_symbol",
                    "there is no symbol '" + symbol + "'", query.containsKey("symbols") ? "symbols" : "symbol", 0);
            }
            some.forEachInt(ids::add);
        }
        return ids;
    }

    static List<String> symbols(final Map<String, List<String>> query)
    {
        final List<String> symbols = new ArrayList<>();
        final List<String> values = new ArrayList<>(query.getOrDefault("symbols", List.of()));
        values.addAll(query.getOrDefault("symbol", List.of()));
        for (final String value : values)
        {
            for (final String symbol : value.split(","))
            {
                if (!symbol.isBlank())
                {
                    symbols.add(symbol.strip());
                }
            }
        }
        if (symbols.isEmpty())
        {
            symbols.add("*");
        }
        return symbols;
    }

    private JsonWriter head(final JsonWriter json)
    {
        return json.beginObject()
            .field("epoch", hub.view().epoch())
            .field("offset", hub.view().sequence())
            .field("timestamp", context.sessions().clock().time());
    }
}
