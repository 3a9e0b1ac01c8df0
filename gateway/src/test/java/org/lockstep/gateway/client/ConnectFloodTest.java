package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

/** Thousands of connects as fast as this machine makes them, from many addresses, none of them with good intentions. */
class ConnectFloodTest
{
    private static final int THREADS = 8;
    private static final int QUESTIONS = 20;
    private static final int ADDRESSES = 40;
    private static final long ALLOWED_GROWTH_BYTES = 24L << 20;
    private static final byte[] HALF_A_REQUEST = "GET /ws HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_TOKEN = ("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n" +
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldServeOthersInFlatMemoryWhenAThousandConnectAtOnce() throws Exception
    {
        run(1_000);
    }

    @Test
    @Tag("slow")
    void shouldServeOthersInFlatMemoryWhenTenThousandConnectAtOnce() throws Exception
    {
        run(10_000);
    }

    private static void run(final int count) throws Exception
    {
        try (GatewayFixture fixture = GatewayFixture.start())
        {
            final WsClient client = fixture.client("ann", Role.VIEWER);
            flood(fixture.gateway.port(), count / 10, client);
            final long before = usedBytes();

            final long startNs = System.nanoTime();
            final int made = flood(fixture.gateway.port(), count, client);
            final long tookMs = (System.nanoTime() - startNs) / 1_000_000;

            assertEquals(count, made, "connects attempted");
            final String token = GatewayFixture.token("ann", Role.VIEWER);
            GatewayFixture.awaitTrue("all of them are gone", () -> 1 == connections(fixture, token));
            final long after = usedBytes();
            assertTrue(after - before < ALLOWED_GROWTH_BYTES, () -> "memory grew by " + (after - before) + " bytes");
            System.out.println(made + " connects in " + tookMs + " ms, memory " + (after - before) + " bytes more");
            assertEquals(200, fixture.get("/api/market/snapshot", token).statusCode());
        }
    }

    /** Half of them say something, some say half of it; each goes without a word. The client asks all the while. */
    private static int flood(final int port, final int count, final WsClient client) throws Exception
    {
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger attempted = new AtomicInteger();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++)
        {
            final Thread thread = new Thread(() ->
            {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement())
                {
                    connect(port, n);
                    attempted.incrementAndGet();
                }
            }, "flood");
            threads.add(thread);
            thread.start();
        }
        int asked = 0;
        do
        {
            client.send("{'type':'echo','id':'e" + asked + "','data':{'n':" + asked + "}}");
            assertEquals("e" + asked, client.await("echo").get("id").textValue());
            asked++;
            final int mark = Math.min(count, attempted.get() + count / QUESTIONS);
            GatewayFixture.awaitTrue("connects go on", () -> attempted.get() >= mark);
        }
        while (attempted.get() < count);
        for (final Thread thread : threads)
        {
            thread.join();
        }
        return attempted.get();
    }

    private static void connect(final int port, final int n)
    {
        try (Socket socket = new Socket())
        {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.1." + (1 + n % ADDRESSES)), 0));
            socket.setSoLinger(true, 0);
            socket.connect(new InetSocketAddress("127.0.0.1", port), GatewayFixture.TIMEOUT_MS);
            if (0 == n % 2)
            {
                socket.getOutputStream().write(0 == n % 4 ? NO_TOKEN : HALF_A_REQUEST);
            }
        }
        catch (final IOException ex)
        {
            // Refused is an answer too.
            assertTrue(null != ex);
        }
    }

    private static int connections(final GatewayFixture fixture, final String token)
    {
        try
        {
            return GatewayFixture.json(fixture.get("/ws/stats", token).body()).get("connections").intValue();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static long usedBytes()
    {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() +
            PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
