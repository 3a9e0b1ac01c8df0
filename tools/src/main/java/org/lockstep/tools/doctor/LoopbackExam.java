package org.lockstep.tools.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

/** The round trip of 64 bytes over loopback between two threads: two wake-ups and the kernel's TCP, no network. */
final class LoopbackExam
{
    private static final int MESSAGE_BYTES = 64;
    private static final int WARM_UP = 2_000;
    private static final long LONGEST_NS = 10_000_000_000L;
    private static final long SLOW_NS = 200_000;
    private static final long JOIN_MS = 2_000;

    private final long lengthNs;

    LoopbackExam(final long lengthNs)
    {
        this.lengthNs = lengthNs;
    }

    void run(final Consumer<Finding> sink)
    {
        try
        {
            final Histogram trips = measure();
            final String found = "64 bytes there and back between two sleeping threads: " + Percentiles.text(trips);
            sink.accept(trips.getValueAtPercentile(50) < SLOW_NS ?
                Finding.ok("network", "loopback", found, Percentiles.values(trips)) :
                Finding.warn("network", "loopback", found, "waking a thread is slow here: every read of a socket " +
                "pays " +
                "half of it", "see idle-states, quota and virtual", Percentiles.values(trips)));
        }
        catch (final IOException ex)
        {
            sink.accept(Finding.fail("network", "loopback", "cannot be used: " + ex.getMessage(),
                "gateway and simulator listen there", "bring up the loopback interface: ip link set lo up"));
        }
    }

    private Histogram measure() throws IOException
    {
        final Histogram trips = new Histogram(LONGEST_NS, 2);
        try (ServerSocketChannel server = ServerSocketChannel.open())
        {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel peer = server.accept())
            {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
                final Thread echo = new Thread(() -> echo(peer), "doctor-echo");
                echo.setDaemon(true);
                echo.start();
                final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
                for (int i = 0; i < WARM_UP; i++)
                {
                    trip(client, message);
                }
                final long endNs = System.nanoTime() + lengthNs;
                long startNs = System.nanoTime();
                while (startNs - endNs < 0)
                {
                    trip(client, message);
                    final long nowNs = System.nanoTime();
                    trips.recordValue(Math.min(LONGEST_NS, nowNs - startNs));
                    startNs = nowNs;
                }
                client.shutdownOutput();
                echo.join(JOIN_MS);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
        return trips;
    }

    private static void trip(final SocketChannel channel, final ByteBuffer message) throws IOException
    {
        message.clear();
        while (message.hasRemaining())
        {
            channel.write(message);
        }
        message.clear();
        while (message.hasRemaining())
        {
            if (channel.read(message) < 0)
            {
                throw new IOException("the connection was closed");
            }
        }
    }

    private static void echo(final SocketChannel channel)
    {
        final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        try
        {
            while (channel.read(message) >= 0)
            {
                message.flip();
                while (message.hasRemaining())
                {
                    channel.write(message);
                }
                message.clear();
            }
        }
        catch (final IOException ex)
        {
            // The other side has seen it too, and says so.
        }
    }
}
