package org.lockstep.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ShiftedClock;

class NtpSyncTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long SERVER_AHEAD_NS = 3 * SECOND + 250_000_000L;

    private final ShiftedClock clock = new ShiftedClock();
    private final MemoryPublisher frames = new MemoryPublisher(true);
    private final AtomicInteger asked = new AtomicInteger();
    private DatagramSocket server;
    private NtpSync sync;

    @AfterEach
    void close()
    {
        if (null != sync)
        {
            sync.close();
        }
        server.close();
    }

    @Test
    void shouldMeasureAndPublishHowFarTheServerIsAhead() throws IOException
    {
        start(answer -> answer, 86_400_000, 20_000);
        Await.until("measured", () -> 1 == frames.frames(TimeSyncDecoder.TEMPLATE_ID).size());

        final TimeSyncDecoder frame = new TimeSyncDecoder().wrapAndApplyHeader(
            frames.frames(TimeSyncDecoder.TEMPLATE_ID).get(0), 0, new FrameHeaderDecoder());
        assertEquals(0, frame.venueId());
        assertTrue(frame.roundTripNs() > 0);
        assertTrue(Math.abs(frame.offsetNs() - SERVER_AHEAD_NS) <= frame.roundTripNs() / 2 + 10,
            frame.offsetNs() + " with a round trip of " + frame.roundTripNs());
        assertEquals(frame.offsetNs(), sync.offsetNs());
        assertEquals(frame.roundTripNs(), sync.roundTripNs());
        assertTrue(sync.isMeasured());
        assertEquals(4, asked.get());
    }

    @Test
    void shouldMeasureAgainWhenTheIntervalIsOverAndWhenAsked() throws IOException
    {
        start(answer -> answer, 20, 2000);
        Await.until("measured", () -> frames.frames(TimeSyncDecoder.TEMPLATE_ID).size() >= 3);
        sync.close();
        final long before = sync.measuredAtNs();

        sync = new NtpSync(config(86_400_000, 20_000), frames, clock);
        sync.start();
        Await.until("measured", sync::isMeasured);
        final long first = sync.measuredAtNs();
        sync.measureNow();
        Await.until("measured again", () -> sync.measuredAtNs() > first);

        assertTrue(first > before);
    }

    @Test
    void shouldBelieveNoServerThatKnowsNoTime() throws IOException
    {
        assertRefused(answer -> answer.put(1, (byte)0));
        assertRefused(answer -> answer.put(1, (byte)16));
        assertRefused(answer -> answer.put(0, (byte)0b11_011_100));
        assertRefused(answer -> answer.putLong(40, 0));
    }

    @Test
    void shouldTakeNoDatagramThatIsNotTheAnswer() throws IOException
    {
        assertRefused(answer -> answer.put(0, (byte)0b00_011_011));
        assertRefused(answer -> answer.putLong(24, answer.getLong(24) - (100L << 32)));
        assertRefused(answer -> ByteBuffer.allocate(3));
        assertRefused(answer -> null);
    }

    @Test
    void shouldComeBackWhenTheServerDoes() throws IOException
    {
        final AtomicInteger answers = new AtomicInteger();
        start(answer -> answers.incrementAndGet() < 3 ? null : answer, 20, 50);

        Await.until("measured", sync::isMeasured);

        assertTrue(answers.get() >= 3);
    }

    @Test
    void shouldEndWhenThePipelineHalts() throws IOException
    {
        start(answer -> answer, 20, 2000);
        Await.until("measured", sync::isMeasured);

        frames.halt("disk full");

        Await.until("ended", () -> Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> "lockstep-ntp".equals(thread.getName())));
    }

    @Test
    void shouldRefuseAConfigurationOutOfRange() throws IOException
    {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());

        assertThrows(IllegalArgumentException.class, () -> new NtpConfig(" ", 123, 1000, 1000));
        assertThrows(IllegalArgumentException.class, () -> new NtpConfig("host", 0, 1000, 1000));
        assertThrows(IllegalArgumentException.class, () -> new NtpConfig("host", 123, 1, 1000));
        assertThrows(IllegalArgumentException.class, () -> new NtpConfig("host", 123, 1000, 0));
        assertEquals(123, NtpConfig.of("host").port());
    }

    private void assertRefused(final UnaryOperator<ByteBuffer> spoil) throws IOException
    {
        asked.set(0);
        start(spoil, 10, 30);
        Await.until("asked in vain", () -> asked.get() >= 2);

        assertFalse(sync.isMeasured());
        assertEquals(0, frames.frames().size());
        close();
    }

    private void start(final UnaryOperator<ByteBuffer> change, final long intervalMs, final int timeoutMs)
        throws IOException
    {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        final DatagramSocket socket = server;
        final Thread responder = new Thread(() -> respond(socket, change), "ntp-responder");
        responder.setDaemon(true);
        responder.start();
        sync = new NtpSync(config(intervalMs, timeoutMs), frames, clock);
        sync.start();
    }

    private NtpConfig config(final long intervalMs, final int timeoutMs)
    {
        return new NtpConfig("127.0.0.1", server.getLocalPort(), intervalMs, timeoutMs);
    }

    /** Answers by RFC 5905, as a server of stratum 1 whose clock is ahead. */
    private void respond(final DatagramSocket socket, final UnaryOperator<ByteBuffer> change)
    {
        final DatagramPacket packet = new DatagramPacket(new byte[48], 48);
        try
        {
            while (true)
            {
                socket.receive(packet);
                final long nowNs = clock.nanoTime() + SERVER_AHEAD_NS;
                asked.incrementAndGet();
                final ByteBuffer request = ByteBuffer.wrap(packet.getData().clone());
                final ByteBuffer answer = ByteBuffer.allocate(48);
                answer.put(0, (byte)0b00_011_100).put(1, (byte)1).put(2, (byte)6).put(3, (byte)-20);
                answer.putLong(16, timeStamp(nowNs)).putLong(24, request.getLong(40));
                answer.putLong(32, timeStamp(nowNs)).putLong(40, timeStamp(clock.nanoTime() + SERVER_AHEAD_NS));
                final ByteBuffer sent = change.apply(answer);
                if (null != sent)
                {
                    socket.send(new DatagramPacket(
                        sent.array(), sent.capacity(), packet.getSocketAddress()));
                }
            }
        }
        catch (final IOException ex)
        {
            assertTrue(socket.isClosed(), ex.toString());
        }
    }

    private static long timeStamp(final long epochNs)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[8]);
        bytes.putInt(0, (int)(epochNs / SECOND + 2_208_988_800L), ByteOrder.BIG_ENDIAN);
        bytes.putInt(4, (int)(((epochNs % SECOND) << 32) / SECOND), ByteOrder.BIG_ENDIAN);
        return bytes.getLong(0, ByteOrder.BIG_ENDIAN);
    }
}
