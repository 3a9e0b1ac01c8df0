package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.binance.api.RestReply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The control interface: counters out, faults in. Not part of the venue. Event loop only. */
final class ControlApi
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FAULTS = "disconnect, close, shutdown, garbage?text=, gap?symbol=&count=, pause?ms=, " +
        "refuse?ms=, stale-depth?symbol=&count=";
    private static final long DURATION_MS_MAX = 3_600_000;

    private final Hub hub;
    private final Faults faults;
    private final MarketFaults market;
    private final TradingControl trading;

    ControlApi(
        final Hub hub,
        final Faults faults,
        final MarketFaults market,
        final TradingControl trading)
    {
        this.trading = trading;
        this.hub = hub;
        this.faults = faults;
        this.market = market;
    }

    RestReply handle(
        final HttpMethod method, final String path, final Map<String, List<String>> query, final String body)
    {
        try
        {
            if (HttpMethod.GET.equals(method) && "/stats".equals(path))
            {
                return RestReply.ok(MAPPER.writeValueAsBytes(hub.counters().snapshot()), 0);
            }
            if (HttpMethod.POST.equals(method) && path.startsWith("/fault/"))
            {
                return fault(path.substring(7), query);
            }
            final byte[] answer = switch (method + " " + path)
            {
                case "GET /account" -> trading.account(query.getOrDefault("key", List.of("")).get(0));
                case "GET /accounts" -> trading.totals();
                case "GET /faults" -> trading.faults();
                case "POST /faults" -> trading.add(body);
                case "DELETE /faults" -> trading.clear();
                case "POST /transfer" -> trading.transfer(body);
                default -> null;
            };
            if (null != answer)
            {
                return RestReply.ok(answer, 0);
            }
            return error(404, "GET /stats, /account?key=, /accounts or /faults, POST or DELETE /faults, " +
                "POST /transfer or POST /fault/{" + FAULTS + "}, found " + method + " " + path);
        }
        catch (final IllegalArgumentException ex)
        {
            return error(400, ex.getMessage());
        }
        catch (final JsonProcessingException ex)
        {
            return error(500, ex.getMessage());
        }
    }

    private RestReply fault(final String name, final Map<String, List<String>> query)
    {
        final long nowNs = System.nanoTime();
        switch (name)
        {
            case "disconnect" -> hub.connections().forEach(StreamConnection::drop);
            case "close" -> hub.connections().forEach(connection ->
                connection.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "Internal error"));
            case "shutdown" -> hub.connections().forEach(StreamConnection::announceShutdown);
            case "garbage" -> market.garbage(query.getOrDefault("text", List.of(MarketFaults.GARBAGE)).get(0));
            case "gap" -> market.gap(symbol(query), (int)number(query, "count", 1, 1_000_000));
            case "pause" -> faults.mute(nowNs, durationNs(query));
            case "refuse" -> faults.refuse(nowNs, durationNs(query));
            case "stale-depth" -> market.staleDepth(symbol(query), (int)number(query, "count", 1, 1_000_000));
            default -> throw new IllegalArgumentException("no fault '" + name + "', there are: " + FAULTS);
        }
        return RestReply.ok("{}".getBytes(StandardCharsets.US_ASCII), 0);
    }

    private static String symbol(final Map<String, List<String>> query)
    {
        return query.getOrDefault("symbol", List.of("")).get(0);
    }

    private static long durationNs(final Map<String, List<String>> query)
    {
        return TimeUnit.MILLISECONDS.toNanos(number(query, "ms", 1_000, DURATION_MS_MAX));
    }

    private static long number(
        final Map<String, List<String>> query, final String name, final long standard, final long highest)
    {
        final List<String> values = query.get(name);
        if (null == values)
        {
            return standard;
        }
        final String text = values.get(0);
        if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) < 1 || Long.parseLong(text) > highest)
        {
            throw new IllegalArgumentException(name + " must be in [1, " + highest + "], found '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static RestReply error(final int status, final String message)
    {
        final String body = MAPPER.createObjectNode().put("error", message).toString();
        return new RestReply(status, body.getBytes(StandardCharsets.UTF_8), 0, 0, Map.of());
    }
}
