package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.gateway.client.auth.AuthKeys;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenMinter;
import org.lockstep.gateway.client.auth.TokenVerifier;

class StartTest
{
    @Test
    void shouldSayThatThePortIsTakenAndCloseTheJournal() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")))
        {
            final ClientGateway gateway = new ClientGateway(
                ClientGatewayConfig.of(GatewayFixture.MINTER.keys(), taken.getLocalPort()), world.ports(), group);

            final IOException refusal = assertThrows(IOException.class, gateway::start);

            assertEquals("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": another program has that port",
                refusal.getMessage());
            assertEquals(0, world.openLogs());
        }
        finally
        {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void shouldCloseTheJournalWhenItCloses() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        try (GatewayFixture fixture = GatewayFixture.start(world, config -> config))
        {
            assertTrue(fixture.world.openLogs() > 0);
        }
        assertEquals(0, world.openLogs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "::", "0.0.0.0", "127.0.0.1", "localhost"})
    void shouldListenOnAnyKindOfAddressAndTellAUrlThatOpens(final String host) throws Exception
    {
        assumeTrue(!host.contains("::") || hasIpv6(), "skipped: this machine has no IPv6");
        try (GatewayFixture fixture = GatewayFixture.start(
            GatewayFixture.aWorld(), config -> config.withHost(host).withOptions(
                GatewayOptions.DEFAULT.withMetrics(MetricsAccess.OPEN))))
        {
            final String url = fixture.gateway.url();

            assertEquals(200, status(url + "/health", null, null));
            // What a page loaded from that URL sends.
            assertEquals(200, status(url + "/api/bots", GatewayFixture.token("ann", Role.VIEWER), url));
            assertEquals(403, status(url + "/api/bots", GatewayFixture.token("ann", Role.VIEWER), "http://evil.test"));
        }
    }

    private static boolean hasIpv6()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1")))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    @Test
    void shouldWriteUrlsThatBrowsersUnderstand()
    {
        assertEquals("http://[::1]:8080", BindAddress.url("::", 8080, false));
        assertEquals("http://127.0.0.1:8080", BindAddress.url("0.0.0.0", 8080, false));
        assertEquals("https://[fe80::1%25eth0]:1", BindAddress.url("fe80::1%eth0", 1, true));
        assertEquals("http://desk.example.com:80", BindAddress.url("desk.example.com", 80, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my_host", "a b", "http://x", "host:80", "-a", "a..b", "::g", "[", "1:2", "*"})
    void shouldRefuseHostsThatNoBrowserCouldOpen(final String host)
    {
        assertFalse(BindAddress.isHost(host));
        assertThrows(IllegalArgumentException.class,
            () -> ClientGatewayConfig.of(GatewayFixture.MINTER.keys(), 0).withHost(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "desk.example.com", "https://desk.example.com/", "https://*.example.com",
        "ftp://desk.example.com", "https://me@desk.example.com", "https://desk_1.example.com", "https://desk:99999"})
    void shouldRefuseOriginsThatNoBrowserSends(final String origin)
    {
        assertThrows(IllegalArgumentException.class, () -> ClientGatewayConfig.of(GatewayFixture.MINTER.keys(), 0)
            .withAllowedOrigins(List.of(origin)));
    }

    @Test
    void shouldAllowAnOriginHoweverItsDefaultPortIsWritten() throws Exception
    {
        try (GatewayFixture fixture = GatewayFixture.start(GatewayFixture.aWorld(),
            config -> config.withAllowedOrigins(List.of("https://Desk.example.com:443"))))
        {
            final String token = GatewayFixture.token("ann", Role.VIEWER);
            assertEquals(200, status(fixture.url("/api/bots"), token, "https://desk.example.com"));
            assertEquals(403, status(fixture.url("/api/bots"), token, "http://desk.example.com"));
        }
    }

    @Test
    void shouldShowFiguresWithoutATokenOnLoopbackOnly() throws Exception
    {
        for (final MetricsAccess access : MetricsAccess.values())
        {
            for (final String host : List.of("127.0.0.1", "0.0.0.0"))
            {
                try (GatewayFixture fixture = GatewayFixture.start(GatewayFixture.aWorld(), config ->
                    config.withHost(host).withOptions(GatewayOptions.DEFAULT.withMetrics(access))))
                {
                    final boolean isOpen = MetricsAccess.OPEN == access ||
                        MetricsAccess.AUTO == access && "127.0.0.1".equals(host);
                    for (final String path : List.of("/metrics", "/ws/stats"))
                    {
                        assertEquals(isOpen ? 200 : 401, fixture.get(path, null).statusCode(), access + host);
                        assertEquals(200,
                            fixture.get(path, GatewayFixture.token("ann", Role.VIEWER)).statusCode());
                    }
                    assertEquals(200, fixture.get("/health", null).statusCode());
                }
            }
        }
    }

    @Test
    void shouldMakeOneKeyHoweverManyProcessesStartAtOnce(@TempDir final Path directory) throws Exception
    {
        final int threads = 8;
        final ExecutorService pool = Executors.newFixedThreadPool(threads);
        try
        {
            for (int round = 0; round < 50; round++)
            {
                final Path file = directory.resolve(round + "/gateway.key");
                final CyclicBarrier barrier = new CyclicBarrier(threads);
                final List<Future<String>> tokens = new ArrayList<>();
                for (int i = 0; i < threads; i++)
                {
                    tokens.add(pool.submit(() ->
                    {
                        barrier.await();
                        return TokenMinter.openOrCreate(file)
                            .mint("ann", Role.VIEWER, Duration.ofHours(1), null, null);
                    }));
                }
                final TokenVerifier verifier = new TokenVerifier(
                    AuthKeys.load(tokens.isEmpty() ? file : awaitFile(file, tokens)), null, null,
                    System::currentTimeMillis);
                for (final Future<String> token : tokens)
                {
                    assertEquals("ann", verifier.verify(token.get()).user());
                }
                try (var files = Files.list(file.getParent()))
                {
                    assertEquals(Set.of(file), new HashSet<>(files.toList()));
                }
            }
        }
        finally
        {
            pool.shutdownNow();
        }
    }

    private static Path awaitFile(final Path file, final List<Future<String>> tokens) throws Exception
    {
        for (final Future<String> token : tokens)
        {
            token.get();
        }
        return file;
    }

    private static int status(final String url, final String token, final String origin) throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (null != token)
        {
            request.header("Authorization", "Bearer " + token);
        }
        if (null != origin)
        {
            request.header("Origin", origin);
        }
        return GatewayFixture.HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
