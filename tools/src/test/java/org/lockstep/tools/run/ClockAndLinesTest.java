package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/** What the configuration says of NTP and of lines reaches the process: seen at a server of each kind. */
class ClockAndLinesTest
{
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long AHEAD_SECONDS = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheClockAndCarryEachSymbolTwiceWhenConfigured() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbols("BTCUSDT").withEventsPerSecond(50));
            DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            final AtomicInteger asked = new AtomicInteger();
            final Thread answering = new Thread(() -> answer(server, asked), "ntp-server");
            answering.setDaemon(true);
            answering.start();
            final LockstepConfig config = ConfigReader.parse("test.yaml", """
                journal: {directory: %s, preTouch: false}
                engine: {threads: backoff}
                venues:
                  binance: {symbols: [BTCUSDT], streams: [quote], lines: 2, rest: "%s", stream: "%s"}
                gateway: {enabled: false}
                ntp: {host: 127.0.0.1, port: %d, interval: 1s}
                """.formatted(directory, simulator.addresses().rest(), simulator.addresses().stream(),
                server.getLocalPort()), StrategyCheck.onClassPath());
            try (LockstepProcess process =
                LockstepProcess.open(config, "test", ReplayProgress.NONE, Throwable::printStackTrace))
            {
                process.start();
                // The first of the second four: by then what the first four came to has been published.
                await(() -> asked.get() >= 5);
                await(() -> null == process.awaitLive(10) && simulator.stats().connectionsTotal() >= 2);
            }
        }
        assertEquals(AHEAD_SECONDS, Math.round(offsetNs() / 1e9));
    }

    /** Offset of the first measurement of no venue in the journal. */
    private long offsetNs()
    {
        final long[] found = {Long.MIN_VALUE};
        final TimeSyncDecoder timeSync = new TimeSyncDecoder();
        try (JournalReader reader = new JournalReader(directory))
        {
            final long last = reader.lastSequence();
            long next = 0;
            while (next <= last)
            {
                next = reader.read(next, 1_000, (buffer, offset, length) ->
                {
                    if (TimeSyncDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
                    {
                        timeSync.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                            Frame.version(buffer, offset));
                        found[0] = 0 == timeSync.venueId() ? timeSync.offsetNs() : found[0];
                    }
                });
            }
        }
        return found[0];
    }

    /** A server of stratum 1 whose clock is ahead. */
    private static void answer(final DatagramSocket server, final AtomicInteger asked)
    {
        final DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        try
        {
            while (!server.isClosed())
            {
                server.receive(packet);
                final ByteBuffer question = ByteBuffer.wrap(packet.getData());
                final ByteBuffer reply = ByteBuffer.allocate(48);
                reply.put(0, (byte)(3 << 3 | 4)).put(1, (byte)1);
                reply.putLong(24, question.getLong(40));
                final long nowMs = System.currentTimeMillis() + AHEAD_SECONDS * 1_000;
                final long stamp = nowMs / 1_000 + SECONDS_1900_TO_1970 << 32 | (nowMs % 1_000 << 32) / 1_000;
                reply.putLong(32, stamp).putLong(40, stamp);
                server.send(new DatagramPacket(reply.array(), 48, packet.getSocketAddress()));
                asked.incrementAndGet();
            }
        }
        catch (final IOException ex)
        {
            assertTrue(server.isClosed(), ex::toString);
        }
    }

    private static void await(final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "it never came to it");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
