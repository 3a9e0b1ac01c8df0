package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** Bad guests of a server, some hundred a second: nonsense, half requests, forged frames, headers without end. */
final class Nuisance implements AutoCloseable
{
    private static final long INTERVAL_NS = 5_000_000;
    private static final int MAX_OPEN = 50;
    private static final byte[][] ATTACKS =
    {
        ascii("\u0000\u0001\u0002 not a request at all\r\n\r\n"),
        ascii("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: webso"),
        ascii("GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        ascii("GET / HTTP/1.1\r\n" + "X-Padding: ".concat("y".repeat(4_000)).concat("\r\n").repeat(20)),
        ascii("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n\r\n\u0081\u007f\u007f\u007f\u007f\u007f")
    };

    private final Thread thread;
    private final int port;
    private volatile boolean isClosed;
    private volatile long attacks;

    Nuisance(final int port)
    {
        this.port = port;
        thread = new Thread(this::run, "nuisance");
        thread.start();
    }

    long attacks()
    {
        return attacks;
    }

    private void run()
    {
        final Deque<Socket> open = new ArrayDeque<>();
        while (!isClosed)
        {
            try
            {
                final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                final OutputStream out = socket.getOutputStream();
                out.write(ATTACKS[(int)(attacks % ATTACKS.length)]);
                out.flush();
            }
            catch (final IOException ex)
            {
                // Refused or closed already: that is what a gateway is to do.
            }
            attacks = attacks + 1;
            if (open.size() > MAX_OPEN)
            {
                close(open.poll());
            }
            LockSupport.parkNanos(INTERVAL_NS);
        }
        open.forEach(Nuisance::close);
    }

    @Override
    public void close()
    {
        isClosed = true;
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(final Socket socket)
    {
        try
        {
            socket.close();
        }
        catch (final IOException ex)
        {
            // It is gone in any case.
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
