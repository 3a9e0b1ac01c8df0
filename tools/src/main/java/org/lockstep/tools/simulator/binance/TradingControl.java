package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.lockstep.tools.simulator.binance.api.ApiConnection;
import org.lockstep.tools.simulator.binance.api.ApiKey;
import org.lockstep.tools.simulator.binance.api.TradingApi;
import org.lockstep.tools.simulator.binance.api.TruthReplies;
import org.lockstep.tools.simulator.market.E8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The private side of the control interface: faults in JSON, and the exact books of accounts. Event loop only. */
final class TradingControl
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String AFTER = "after";
    private static final String STATE_FAULTS = "disconnect, close, mute, half-open, restart, refuse, rate-limit, " +
        "ban, clock-skew, terminate-streams, shutdown, garbage, gap, stale-depth, foreign-order, foreign-cancel, hurry";
    private static final long DURATION_MS_MAX = 3_600_000;

    private final TradingApi api;
    private final Hub hub;
    private final Faults faults;
    private final Listener listener;
    private final TradingHand hand;
    private final MarketFaults market;
    private final ScheduledExecutorService eventLoop;
    private final List<Object> putOff = new ArrayList<>();

    TradingControl(
        final TradingApi api,
        final Hub hub,
        final Faults faults,
        final Listener listener,
        final TradingHand hand,
        final MarketFaults market,
        final ScheduledExecutorService eventLoop)
    {
        this.hand = hand;
        this.market = market;
        this.eventLoop = eventLoop;
        this.api = api;
        this.hub = hub;
        this.faults = faults;
        this.listener = listener;
    }

    /** The account behind a key: everything that is true about it. */
    byte[] account(final String keyName)
    {
        return bytes(TruthReplies.account(api.exchange(), key(keyName)));
    }

    private ApiKey key(final String name)
    {
        return api.keys().stream().filter(key -> key.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("key must be one of " +
                api.keys().stream().map(ApiKey::name).toList() + ", found '" + name + "'"));
    }

    /** The first key unless one is named. */
    private ApiKey key(final JsonNode json)
    {
        return json.has("key") ? key(json.get("key").asText()) : api.keys().get(0);
    }

    /** All assets: paid in, with accounts, won by the market, taken by the house. */
    byte[] totals()
    {
        return bytes(TruthReplies.totals(api.exchange(), api.keys()));
    }

    byte[] faults()
    {
        final ObjectNode node = MAPPER.createObjectNode();
        node.put("clockSkewMs", faults.skewUs() / 1_000);
        node.put("orderRequests", api.orderRequests().count());
        node.put("refusedForLimits", api.limits().refused());
        node.put("refusedAsBanned", api.limits().banned());
        node.put("mostWeightPerMinute", api.limits().mostUsed());
        node.put("connects", api.limits().connects());
        node.set("rules", api.faults().json());
        return bytes(node);
    }

    /** Ends what would go on. */
    byte[] clear()
    {
        api.faults().clear();
        api.orderRequests().clear();
        api.limits().storm(false, 0);
        api.limits().storm(true, 0);
        faults.skewUs(0);
        faults.refuse(System.nanoTime(), 0);
        faults.mute(System.nanoTime(), 0);
        return faults();
    }

    /** Pays in or out, which accounts are told of. */
    byte[] transfer(final String body)
    {
        final JsonNode json = parse(body);
        final String asset = json.path("asset").asText();
        final ApiKey key = key(json.path("key").asText());
        if (asset.isEmpty())
        {
            throw new IllegalArgumentException("asset is missing");
        }
        try
        {
            api.exchange().transfer(key.account(), asset, E8.parse(json.path("amount").asText()));
        }
        catch (final NumberFormatException | IllegalStateException | ArithmeticException ex)
        {
            throw new IllegalArgumentException("amount: " + ex.getMessage(), ex);
        }
        return account(key.name());
    }

    /** One fault, or an array of them; answers with the ids of those that stay. */
    byte[] add(final String body)
    {
        final JsonNode json = parse(body);
        final List<Long> ids = new ArrayList<>();
        for (final JsonNode each : json.isArray() ? json : List.of(json))
        {
            if (!each.isObject())
            {
                throw new IllegalArgumentException("a fault must be an object, found " + each.getNodeType());
            }
            if (each.has(AFTER))
            {
                putOff((ObjectNode)each.deepCopy());
            }
            else if (!change(each))
            {
                ids.add(addRule(each));
            }
        }
        final ObjectNode node = MAPPER.createObjectNode();
        node.set("ids", MAPPER.valueToTree(ids));
        return bytes(node);
    }

    /** Lets a fault begin as the n-th request from now that changes orders arrives. */
    private void putOff(final ObjectNode json)
    {
        final long after = json.path(AFTER).asLong();
        if (after < 1 || after > Integer.MAX_VALUE)
        {
            throw new IllegalArgumentException("after must be in [1, 2147483647], found " + json.get(AFTER));
        }
        json.remove(AFTER);
        putOff.removeIf(due -> !api.orderRequests().isWaiting(due));
        putOff.add(api.orderRequests().after(after, () -> begin(json)));
    }

    /** What was put off begins after a time, if fewer requests come than it waits for. */
    private void hurry(final long durationMs)
    {
        final List<Object> dues = List.copyOf(putOff);
        eventLoop.schedule(() -> dues.forEach(api.orderRequests()::hurry), durationMs, TimeUnit.MILLISECONDS);
    }

    private void begin(final ObjectNode json)
    {
        try
        {
            if (!change(json))
            {
                addRule(json);
            }
        }
        catch (final IllegalArgumentException ex)
        {
            // Nobody waits for an answer any more; a foreign order, say, was refused.
            api.faults().note(json.put("refused", ex.getMessage()));
        }
    }

    private long addRule(final JsonNode json)
    {
        try
        {
            return api.faults().add(json);
        }
        catch (final IllegalArgumentException ex)
        {
            throw ex.getMessage().startsWith("no fault ") ?
                new IllegalArgumentException(ex.getMessage() + ", " + STATE_FAULTS, ex) : ex;
        }
    }

    /** Does at once what needs no rule; false when it does need one. */
    private boolean change(final JsonNode json)
    {
        final long nowNs = System.nanoTime();
        switch (json.path("fault").asText())
        {
            case "disconnect" -> each(json, StreamConnection::drop, ApiConnection::drop);
            case "close" -> each(json,
                connection -> connection.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "Internal error"),
                connection -> connection.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "Internal error"));
            case "shutdown" -> each(json, StreamConnection::announceShutdown, ApiConnection::announceShutdown);
            case "half-open" -> each(json, StreamConnection::die, ApiConnection::die);
            case "mute" ->
            {
                final long durationMs = durationMs(json);
                if (isFor(json, "stream"))
                {
                    faults.mute(nowNs, TimeUnit.MILLISECONDS.toNanos(durationMs));
                }
                if (isFor(json, "api"))
                {
                    api.connections().forEach(connection -> connection.mute(durationMs));
                }
            }
            case "restart" -> listener.restart(durationMs(json));
            case "refuse" -> faults.refuse(nowNs, TimeUnit.MILLISECONDS.toNanos(durationMs(json)));
            case "rate-limit" -> api.limits().storm(false, durationMs(json));
            case "ban" -> api.limits().storm(true, durationMs(json));
            case "clock-skew" -> faults.skewUs(1_000 * json.path("ms").asLong());
            case "terminate-streams" -> api.connections().forEach(ApiConnection::terminateStreams);
            case "hurry" -> hurry(durationMs(json));
            case "garbage" -> market.garbage(json.path("text").asText(MarketFaults.GARBAGE));
            case "gap" -> market.gap(json.path("symbol").asText(), json.path("count").asInt(1));
            case "stale-depth" -> market.staleDepth(json.path("symbol").asText(), json.path("count").asInt(1));
            case "foreign-order" -> hand.place(key(json), json);
            case "foreign-cancel" -> hand.cancel(key(json), json);
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void each(
        final JsonNode json,
        final Consumer<StreamConnection> stream,
        final Consumer<ApiConnection> trading)
    {
        if (isFor(json, "stream"))
        {
            hub.connections().forEach(stream);
        }
        if (isFor(json, "api"))
        {
            api.connections().forEach(trading);
        }
    }

    private static boolean isFor(final JsonNode json, final String target)
    {
        final String wanted = json.path("target").asText("all");
        return switch (wanted)
        {
            case "all" -> true;
            case "stream", "api" -> target.equals(wanted);
            default -> throw new IllegalArgumentException("target must be stream, api or all, found '" + wanted + "'");
        };
    }

    private static long durationMs(final JsonNode json)
    {
        final long durationMs = json.path("ms").asLong(1_000);
        if (durationMs < 0 || durationMs > DURATION_MS_MAX)
        {
            throw new IllegalArgumentException("ms must be in [0, " + DURATION_MS_MAX + "], found " + json.get("ms"));
        }
        return durationMs;
    }

    private static JsonNode parse(final String body)
    {
        try
        {
            return MAPPER.readTree(body);
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("body is not JSON: " + ex.getMessage(), ex);
        }
    }

    private static byte[] bytes(final JsonNode node)
    {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
