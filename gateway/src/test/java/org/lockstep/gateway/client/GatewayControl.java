package org.lockstep.gateway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.gateway.client.auth.Role;

/** Lets tests in another language have gateways, let things happen behind them, and stop and start them. */
final class GatewayControl implements AutoCloseable
{
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Map<Integer, TestWorld> worlds = new HashMap<>();
    private final Map<Integer, GatewayFixture> gateways = new HashMap<>();

    GatewayControl() throws IOException
    {
        server.createContext("/", this::serve);
        server.start();     // one thread: commands come one after the other
    }

    String url()
    {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close()
    {
        server.stop(0);
        gateways.values().forEach(GatewayFixture::close);
    }

    private void serve(final HttpExchange exchange) throws IOException
    {
        int status = 200;
        String answer;
        try
        {
            answer = run(exchange.getRequestURI());
        }
        catch (final RuntimeException | IOException | AssertionError ex)
        {
            status = 500;
            answer = ex.toString();
        }
        final byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String run(final URI target) throws IOException
    {
        final Map<String, String> query = null == target.getQuery() ? Map.of() :
            Arrays.stream(target.getQuery().split("&")).map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1]));
        if ("/token".equals(target.getPath()))
        {
            return GatewayFixture.MINTER.mint(query.get("user"), Role.byCode(query.get("role")),
                Duration.ofMillis(number(query, "ms")), null, null);
        }
        if ("/open".equals(target.getPath()))
        {
            return Integer.toString(open());
        }
        final int port = (int)number(query, "port");
        final TestWorld world = worlds.get(port);
        return switch (target.getPath())
        {
            case "/stop" ->
            {
                gateways.remove(port).close();
                yield "";
            }
            case "/start" ->
            {
                gateways.put(port, start(world, port));
                yield "";
            }
            case "/restart-process" ->      // the same journal, the next session
            {
                world.append(frames -> frames.sessionStarted(number(query, "epoch")));
                gateways.put(port, start(world, port));
                yield "";
            }
            case "/new-journal" ->
            {
                worlds.put(port, GatewayFixture.aWorld());
                gateways.put(port, start(worlds.get(port), port));
                yield "";
            }
            case "/drop-history" ->
            {
                world.dropBefore(world.lastSequence());
                yield "";
            }
            case "/actions" -> String.join("\n", world.actions());
            case "/mute" ->
            {
                world.mute("yes".equals(query.get("on")));
                yield "";
            }
            default -> Long.toString(append(world, target.getPath(), query));
        };
    }

    /** Never on the port of one that was stopped: clients try to come back to that one, and it may be started again. */
    private int open() throws IOException
    {
        final TestWorld world = GatewayFixture.aWorld();
        final GatewayFixture opened = start(world, 0);
        final int port = opened.gateway.port();
        if (worlds.containsKey(port))
        {
            final int other = open();
            opened.close();
            return other;
        }
        worlds.put(port, world);
        gateways.put(port, opened);
        return port;
    }

    private static long append(final TestWorld world, final String what, final Map<String, String> query)
    {
        final int instrument = (int)number(query, "instrument");
        return switch (what)
        {
            case "/quote" -> world.append(frames -> frames.aged(number(query, "ageMs"))
                .quote(instrument, number(query, "bid"), number(query, "bid") + 10));
            case "/fill" ->
            {
                long last = -1;
                for (long id = number(query, "from"); id <= number(query, "to"); id++)
                {
                    final long tradeId = id;
                    last = world.append(frames -> frames.fill(tradeId, 0, instrument, tradeId, 100_000));
                }
                yield last;
            }
            case "/book" -> world.append(frames ->
                frames.bookSnapshot(instrument, number(query, "bid"), number(query, "bid") + 10));
            case "/level" -> world.append(frames -> frames.bookDelta(instrument, number(query, "price"),
                number(query, "quantity"), Side.BUY));
            case "/bar" -> world.append(frames -> frames.bar(instrument,
                BarInterval.valueOf(query.getOrDefault("interval", "M1")), number(query, "time"),
                number(query, "close"), "yes".equals(query.get("closed"))));
            default -> throw new IllegalArgumentException("there is no command " + what);
        };
    }

    private static GatewayFixture start(final TestWorld world, final int port) throws IOException
    {
        return GatewayFixture.start(world, config -> config.withPort(port));
    }

    private static long number(final Map<String, String> query, final String name)
    {
        return Long.parseLong(query.getOrDefault(name, "0"));
    }
}
