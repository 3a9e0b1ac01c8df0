package org.lockstep.gateway.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenMinter;
import org.lockstep.gateway.client.stream.ClientLimits;

/** A gateway on a free port before a {@link TestWorld} with two instruments and two bots. */
final class GatewayFixture implements AutoCloseable
{
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final TokenMinter MINTER =
        TokenMinter.ofSecret("a-secret-of-at-least-32-bytes-for-tests".getBytes(StandardCharsets.US_ASCII));
    static final HttpClient HTTP = HttpClient.newHttpClient();
    /** For whatever a test waits for: only a machine that stands still, or a defect, takes as long. */
    static final int TIMEOUT_MS = 60_000;
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);

    final TestWorld world;
    final ClientGateway gateway;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<WsClient> clients = new ArrayList<>();

    private GatewayFixture(final TestWorld world, final UnaryOperator<ClientGatewayConfig> change) throws IOException
    {
        this.world = world;
        gateway = open(change.apply(ClientGatewayConfig.of(MINTER.keys(), 0)));
    }

    /** On the port of an earlier gateway it may have to wait: a passing connection of anybody's may have taken it. */
    private ClientGateway open(final ClientGatewayConfig config) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (true)
        {
            try
            {
                return new ClientGateway(config, world.ports(), group).start();
            }
            catch (final IOException ex)
            {
                if (0 == config.port() || System.nanoTime() - deadlineNs > 0 ||
                    !ex.getMessage().contains("another program has that port"))
                {
                    throw ex;
                }
                Thread.yield();
            }
        }
    }

    static TestWorld aWorld()
    {
        final TestWorld world = new TestWorld();
        world.append(frames -> frames.sessionStarted(1));
        world.append(frames -> frames.instrument(Frames.BTC, "BTCUSDT"));
        world.append(frames -> frames.instrument(Frames.ETH, "ETHUSDT"));
        world.append(frames -> frames.feed(-1, FeedState.CONNECTED, ""));
        world.append(frames -> frames.defineAccount("paper", "ann"));
        world.defineBot(0, "maker-btc", BotState.RUNNING);
        world.defineBot(1, "grid-eth", BotState.STOPPED);
        return world;
    }

    static GatewayFixture start() throws IOException
    {
        return start(aWorld(), UnaryOperator.identity());
    }

    static GatewayFixture start(final TestWorld world, final UnaryOperator<ClientGatewayConfig> change)
        throws IOException
    {
        final GatewayFixture fixture = startReading(world, change);
        awaitTrue("the gateway has read the journal",
            () -> "0".equals(fixture.gateway.epoch()) == (world.lastSequence() < 0));
        return fixture;
    }

    /** One that may still be reading the journal. */
    static GatewayFixture startReading(final TestWorld world, final UnaryOperator<ClientGatewayConfig> change)
        throws IOException
    {
        return new GatewayFixture(world, change);
    }

    /** The protocol's limits with some of them changed. */
    static ClientLimits limits(final UnaryOperator<int[]> change)
    {
        final ClientLimits d = ClientLimits.DEFAULT;
        final int[] v = change.apply(new int[] {d.connectionsPerUser(), d.messagesPerSecond(), d.rateGraceMs(),
            d.maxQueuedBytes(), d.authTimeoutMs(), d.idleTimeoutMs(), d.pingIntervalMs(), d.pongTimeoutMs()});
        return new ClientLimits(v[0], d.connections(), v[1], v[2], d.maxMessageLength(), v[3], v[4], v[5], v[6], v[7],
            d.conflateMs(), d.connectionsPerAddress(), d.requestTimeoutMs(),
            d.bridgedInstruments(), d.bridgeGraceMs());
    }

    /** The protocol's limits with a deadline for requests and a bound on connections from one address. */
    static ClientLimits requestLimits(final int connectionsPerAddress, final int requestTimeoutMs)
    {
        final ClientLimits d = ClientLimits.DEFAULT;
        return new ClientLimits(d.connectionsPerUser(), d.connections(), d.messagesPerSecond(), d.rateGraceMs(),
            d.maxMessageLength(), d.maxQueuedBytes(), d.authTimeoutMs(), d.idleTimeoutMs(), d.pingIntervalMs(),
            d.pongTimeoutMs(), d.conflateMs(), connectionsPerAddress, requestTimeoutMs,
            d.bridgedInstruments(), d.bridgeGraceMs());
    }

    /** The protocol's limits, with instruments beyond the configured ones kept briefly. */
    static ClientLimits bridgeLimits(final int bridgedInstruments, final int bridgeGraceMs)
    {
        final ClientLimits d = ClientLimits.DEFAULT;
        return new ClientLimits(d.connectionsPerUser(), d.connections(), d.messagesPerSecond(), d.rateGraceMs(),
            d.maxMessageLength(), d.maxQueuedBytes(), d.authTimeoutMs(), d.idleTimeoutMs(), d.pingIntervalMs(),
            d.pongTimeoutMs(), d.conflateMs(), d.connectionsPerAddress(), d.requestTimeoutMs(), bridgedInstruments,
            bridgeGraceMs);
    }

    static String token(final String user, final Role role)
    {
        return MINTER.mint(user, role, Duration.ofHours(1), null, null);
    }

    String url(final String path)
    {
        return "http://127.0.0.1:" + gateway.port() + path;
    }

    /** A signed-in client that has been told so. */
    WsClient client(final String user, final Role role)
    {
        final WsClient client = connect(builder -> builder.header("Authorization", "Bearer " + token(user, role)));
        client.await("connection");
        return client;
    }

    WsClient connect(final UnaryOperator<java.net.http.WebSocket.Builder> change)
    {
        return connect("/ws", change);
    }

    WsClient connect(final String path, final UnaryOperator<java.net.http.WebSocket.Builder> change)
    {
        final WsClient client = new WsClient();
        change.apply(HTTP.newWebSocketBuilder())
            .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + path), client).join();
        clients.add(client);
        return client;
    }

    /** An event stream that has been accepted. */
    SseClient stream(final String path, final String token) throws IOException
    {
        return new SseClient(gateway.port(), path, token, null);
    }

    HttpResponse<String> get(final String path, final String token) throws IOException, InterruptedException
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        if (null != token)
        {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(final String path, final String token, final String id, final String body)
        throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
            .POST(HttpRequest.BodyPublishers.ofString(body));
        if (null != token)
        {
            request.header("Authorization", "Bearer " + token);
        }
        if (null != id)
        {
            request.header("Idempotency-Key", id);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the gateway has taken in a frame. */
    void awaitOffset(final long offset)
    {
        awaitTrue("the gateway has come to " + offset, () ->
        {
            try
            {
                return json(get("/ws/stats", null).body()).get("offset").longValue() >= offset;
            }
            catch (final Exception ex)
            {
                throw new AssertionError(ex);
            }
        });
    }

    static JsonNode json(final String text)
    {
        try
        {
            return MAPPER.readTree(text);
        }
        catch (final IOException ex)
        {
            throw new AssertionError("not JSON: " + text, ex);
        }
    }

    static void awaitTrue(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("in vain waited until " + what);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Override
    public void close()
    {
        clients.forEach(WsClient::abort);
        gateway.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
