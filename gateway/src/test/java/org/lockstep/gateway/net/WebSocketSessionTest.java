package org.lockstep.gateway.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import com.sun.management.ThreadMXBean;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketSessionTest
{
    private static final WebSocketConfig CONFIG =
        new WebSocketConfig(20_000, 10_000_000_000L, 5_000_000_000L, 1 << 20, 3, 2);

    private final EventLoopGroup group = NetTransport.newGroup(1, "session-test");
    private final EventLoop loop = group.next();
    private final Listener listener = new Listener();

    @AfterEach
    void close()
    {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldTalkOverTlsWhenTheCertificateIsTrusted(@TempDir final Path directory) throws Exception
    {
        final KeyStore keys = keyStore(directory);
        try (ScriptedVenue venue = new ScriptedVenue(serverContext(keys)))
        {
            connect(venue.stream(), clientContext(keys));
            Await.until("open", () -> listener.isOpen);
            venue.connection(0).send("over TLS");
            Await.until("message", () -> listener.messages.contains("over TLS"));
            venue.connection(0).drop();
            Await.until("closed", () -> 1 == listener.closed.size());
        }
    }

    @Test
    void shouldMaskTextsOfEveryLengthSoThatTheServerReadsThem() throws Exception
    {
        final WebSocketConfig unlimited =
            new WebSocketConfig(20_000, 10_000_000_000L, 5_000_000_000L, 1 << 20, 1_000, 1_000);
        final int lengths = 150;
        try (ScriptedVenue venue = new ScriptedVenue())
        {
            loop.execute(() -> new WebSocketClient(loop, new OffsetEpochNanoClock(), unlimited, null)
                .connect(venue.stream(), new Listener()
                {
                    @Override
                    public void onOpen(final WebSocketSession session)
                    {
                        for (int length = 1; length <= lengths; length++)
                        {
                            final UnsafeBuffer text = new UnsafeBuffer(text(length).getBytes(StandardCharsets.UTF_8));
                            session.trySendText(text, 0, text.capacity());
                        }
                    }
                }));
            Await.until("all texts", () -> !venue.connections.isEmpty() &&
                lengths == venue.connection(0).texts.size());

            for (int length = 1; length <= lengths; length++)
            {
                assertEquals(text(length), venue.connection(0).texts.get(length - 1));
            }
        }
    }

    private static String text(final int length)
    {
        return "abcdefghijklmnopqrstuvwxyz0123456789".repeat(5).substring(0, length);
    }

    @Test
    void shouldRefuseToTalkOverTlsWhenTheCertificateIsNotTrusted(@TempDir final Path directory) throws Exception
    {
        try (ScriptedVenue venue = new ScriptedVenue(serverContext(keyStore(directory))))
        {
            connect(venue.stream(), null);
            Await.until("closed", () -> 1 == listener.closed.size());
        }

        assertTrue(listener.closed.get(0).contains("certif"), listener.closed.get(0));
    }

    @Test
    void shouldSayWhyWhenTheHandshakeIsRefused() throws Exception
    {
        assertClosed("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 17\r\n\r\n", "429", 429, 17);
        assertClosed("HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: wrong\r\n\r\n", "Sec-WebSocket-Accept", 0, 0);
        assertClosed("SSH-2.0-OpenSSH\r\n\r\n", "no HTTP response", 0, 0);
        assertClosed("x".repeat(20_000), "more than 16384 bytes", 0, 0);
        assertClosed("", "connection lost", 0, 0);
    }

    @Test
    void shouldSayWhyWhenNobodyListens() throws IOException
    {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = socket.getLocalPort();
        }

        connect(URI.create("ws://127.0.0.1:" + port), null);
        Await.until("closed", () -> 1 == listener.closed.size());

        assertTrue(listener.closed.get(0).contains("cannot connect"), listener.closed.get(0));
    }

    @Test
    void shouldSayOnTheLoopAndAfterConnectReturnedThatNoSocketCouldBeMade()
    {
        final WebSocketClient starved = new WebSocketClient(loop, new OffsetEpochNanoClock(), CONFIG, null, () ->
        {
            throw new ChannelException("Too many open files");
        });
        final List<String> order = new CopyOnWriteArrayList<>();

        loop.execute(() ->
        {
            starved.connect(URI.create("ws://127.0.0.1:1"), new Listener()
            {
                @Override
                public void onClosed(
                    final WebSocketSession session, final String reason, final int status, final long seconds)
                {
                    order.add("closed, on the loop: " + loop.inEventLoop() + ", " + reason);
                }
            });
            order.add("connect returned");
        });
        Await.until("closed", () -> 2 == order.size());

        assertEquals("connect returned", order.get(0));
        assertTrue(order.get(1).startsWith("closed, on the loop: true, cannot connect"), order.get(1));
        assertTrue(order.get(1).contains("Too many open files"), order.get(1));
    }

    /**
     * From the socket to the listener: what the loop's thread allocates while a million messages arrive, Netty's own
     * reading included. One object per read would be some 50 kB, one per message at least 16 MB; what remains is the
     * clock that samples itself anew now and then.
     */
    @Test
    void shouldAllocateNothingPerMessageFromTheSocketOn() throws Exception
    {
        final byte[] message = new byte[162];
        Arrays.fill(message, (byte)'m');
        message[0] = (byte)0x81;
        message[1] = 126;
        message[2] = 0;
        message[3] = (byte)158;
        final byte[] block = new byte[message.length * 100];
        for (int i = 0; i < 100; i++)
        {
            System.arraycopy(message, 0, block, i * message.length, message.length);
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            connect(URI.create("ws://127.0.0.1:" + server.getLocalPort()), null);
            try (Socket socket = server.accept())
            {
                answerHandshake(socket);
                Await.until("open", () -> listener.isOpen);
                pump(socket.getOutputStream(), block, 3000);
                long allocated = Long.MAX_VALUE;
                for (int round = 0; round < 20 && allocated > 1024; round++)
                {
                    final long before = allocatedByLoop();
                    pump(socket.getOutputStream(), block, 10_000);
                    allocated = Math.min(allocated, allocatedByLoop() - before);
                }
                assertTrue(allocated <= 16 * 1024, allocated + " bytes in a million messages");
            }
        }
    }

    private void pump(final OutputStream out, final byte[] block, final int blocks) throws IOException
    {
        final long target = listener.count + blocks * 100L;
        for (int i = 0; i < blocks; i++)
        {
            out.write(block);
        }
        Await.until("all messages", () -> listener.count >= target);
    }

    private long allocatedByLoop() throws Exception
    {
        final long threadId = listener.threadId;
        return ((ThreadMXBean)ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(threadId);
    }

    private void assertClosed(
        final String response, final String reason, final int status, final long retryAfterSeconds) throws Exception
    {
        final Listener own = new Listener();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            connect(URI.create("ws://127.0.0.1:" + server.getLocalPort()), null, own);
            try (Socket socket = server.accept())
            {
                readHead(socket.getInputStream());
                socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                Await.until("closed", () -> 1 == own.closed.size());
            }
        }
        assertTrue(own.closed.get(0).contains(reason), own.closed.get(0));
        assertEquals(status, own.status);
        assertEquals(retryAfterSeconds, own.retryAfterSeconds);
    }

    private void connect(final URI uri, final SslContext sslContext)
    {
        connect(uri, sslContext, listener);
    }

    private void connect(final URI uri, final SslContext sslContext, final Listener to)
    {
        loop.execute(() ->
            new WebSocketClient(loop, new OffsetEpochNanoClock(), CONFIG, sslContext).connect(uri, to));
    }

    private static void answerHandshake(final Socket socket) throws IOException
    {
        final String head = readHead(socket.getInputStream());
        final String key = head.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]+)\r.*", "$1");
        socket.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n" +
            "Connection: Upgrade\r\nSec-WebSocket-Accept: " + WebSocketHandshake.expectedAccept(key) + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    }

    private static String readHead(final InputStream in) throws IOException
    {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            head.append((char)in.read());
        }
        return head.toString();
    }

    private static KeyStore keyStore(final Path directory) throws Exception
    {
        final Path file = directory.resolve("server.p12");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
            "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-storetype",
            "PKCS12", "-storepass", "changeit", "-keystore", file.toString())
            .redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file))
        {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private static SslContext serverContext(final KeyStore keys) throws Exception
    {
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        return SslContextBuilder.forServer(factory).sslProvider(SslProvider.JDK).build();
    }

    private static SslContext clientContext(final KeyStore keys) throws Exception
    {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        final TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(factory).build();
    }

    /** Remembers what it is told. */
    private static class Listener implements WebSocketListener
    {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final List<String> closed = new CopyOnWriteArrayList<>();
        private volatile boolean isOpen;
        private volatile int status;
        private volatile long retryAfterSeconds;
        private volatile long count;
        private volatile long threadId;

        @Override
        public void onOpen(final WebSocketSession session)
        {
            threadId = Thread.currentThread().getId();
            isOpen = true;
        }

        @Override
        public void onMessage(
            final WebSocketSession session, final DirectBuffer buffer, final int offset, final int length,
            final long ingressTimeNs)
        {
            if ('m' != buffer.getByte(offset))
            {
                messages.add(buffer.getStringWithoutLengthUtf8(offset, length));
            }
            count++;
        }

        @Override
        public void onReadComplete(final WebSocketSession session)
        {
        }

        @Override
        public void onClosed(
            final WebSocketSession session, final String reason, final int httpStatus, final long retryAfter)
        {
            status = httpStatus;
            retryAfterSeconds = retryAfter;
            closed.add(reason);
        }
    }
}
