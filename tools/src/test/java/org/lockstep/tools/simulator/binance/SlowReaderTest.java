package org.lockstep.tools.simulator.binance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class SlowReaderTest
{
    private static final long MESSAGES = 41_248;
    private static final long QUIET_NS = 300_000_000L;

    /** A plain socket with little room, upgraded to a stream; nothing is read unless the test does. */
    private static Socket connect(final BinanceSimulator simulator, final String path) throws IOException
    {
        final URI address = URI.create(simulator.addresses().rest());
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 18);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n" +
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            "Sec-WebSocket-Version: 13\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void shouldCloseConnectionThatFallsBehindASyntheticMarket() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults()
            .withSymbolCount(2).withEventsPerSecond(200_000).withLimits(6_000, 65_536));
            Socket socket = connect(simulator, "/ws/btcusdt@bookTicker/btcusdt@trade"))
        {
            while (0 == simulator.stats().slowDisconnects())
            {
                Thread.onSpinWait();
            }

            while (0 != simulator.stats().connections())
            {
                Thread.onSpinWait();
            }
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void shouldWaitForSlowReaderAndLoseNothingWhenPlayingARecording() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSource(
            Samples.binance("spot_btcusdt_20240808_full.jsonl.gz"), SimulatorConfig.MAX_SPEED));
            Socket socket = connect(simulator,
                "/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade"))
        {
            final long stalledAt = awaitStall(simulator);
            assertFalse(simulator.sourceEnded().toCompletableFuture().isDone());

            final InputStream input = socket.getInputStream();
            final int headerBytes = skipHeader(input);
            final byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            while (simulator.stats().served() < MESSAGES || bytes < simulator.stats().bytesSent())
            {
                bytes += input.read(buffer);
            }
            simulator.sourceEnded().toCompletableFuture().get(120, TimeUnit.SECONDS);
            while (bytes < simulator.stats().bytesSent())
            {
                bytes += input.read(buffer);
            }

            assertTrue(stalledAt < MESSAGES, "stalled after " + stalledAt);
            assertTrue(headerBytes > 0);
            assertEquals(MESSAGES, simulator.stats().served());
            assertEquals(simulator.stats().bytesSent(), bytes);
        }
    }

    /** Returns how many messages had been served when no more were for a while. */
    private static long awaitStall(final BinanceSimulator simulator)
    {
        long served = 0;
        long sinceNs = System.nanoTime();
        while (0 == served || System.nanoTime() - sinceNs < QUIET_NS)
        {
            final long now = simulator.stats().served();
            sinceNs = now == served ? sinceNs : System.nanoTime();
            served = now;
        }
        return served;
    }

    private static int skipHeader(final InputStream input) throws IOException
    {
        int last = 0;
        int count = 0;
        while (0x0D0A0D0A != last)
        {
            last = last << 8 | input.read();
            count++;
        }
        return count;
    }
}
