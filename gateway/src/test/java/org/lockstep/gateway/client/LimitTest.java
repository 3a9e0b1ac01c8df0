package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.client.auth.Role;

class LimitTest
{
    private GatewayFixture fixture;

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldRefuseMessagesBeyondTheRateAndCloseWhenItGoesOn() throws Exception
    {
        start(v ->
        {
            v[1] = 20;
            v[2] = 500;
            return v;
        });
        final WsClient client = fixture.client("ann", Role.VIEWER);

        final JsonNode error = pingUntilRefused(client);
        assertEquals("rate_limited", error.get("code").textValue());
        assertTrue(error.get("retryAfterMs").longValue() > 0);
        GatewayFixture.awaitTrue("the client is closed", () ->
        {
            try
            {
                client.send("{'type':'ping'}");
                return false;
            }
            catch (final RuntimeException ex)
            {
                return true;
            }
        });
        assertEquals(4029, client.awaitClose());
    }

    @Test
    void shouldTellWhyToAClientThatNeverStopsSending() throws Exception
    {
        start(v ->
        {
            v[1] = 20;
            v[2] = 1;
            return v;
        });
        try (RawWebSocket client = RawWebSocket.open(fixture))
        {
            for (int i = 0; i < 1_000; i++)
            {
                client.sendText("{'type':'ping'}");
            }
            assertEquals(4029, client.awaitClose());
        }
    }

    @Test
    void shouldServeAgainWhenTheClientSlowsDown() throws Exception
    {
        start(v ->
        {
            v[1] = 20;
            return v;
        });
        final WsClient client = fixture.client("ann", Role.VIEWER);
        pingUntilRefused(client);

        GatewayFixture.awaitTrue("a ping is answered again", () ->
        {
            client.send("{'type':'ping','id':'later'}");
            return client.await("any answer", message -> "later".equals(message.path("id").asText()) ||
                "error".equals(message.path("type").asText())).has("id");
        });
    }

    @Test
    void shouldCloseOnTooLongAMessage() throws Exception
    {
        start(UnaryOperator.identity());
        final WsClient client = fixture.client("ann", Role.VIEWER);

        client.send("{'type':'echo','data':'" + "x".repeat(70 * 1024) + "'}");

        assertEquals(1009, client.awaitClose());
        fixture.client("ann", Role.VIEWER);
    }

    @Test
    void shouldPingAndCloseAPeerThatDoesNotAnswer() throws Exception
    {
        start(v ->
        {
            v[6] = 150;
            v[7] = 200;
            return v;
        });

        try (Socket socket = rawWebSocket())
        {
            assertEquals(1001, readUntilClose(socket));
        }
    }

    @Test
    void shouldKeepAPeerThatAnswersPings() throws Exception
    {
        start(v ->
        {
            v[6] = 100;
            v[7] = 60_000;
            return v;
        });
        final WsClient client = fixture.client("ann", Role.VIEWER);

        for (int i = 0; i < 5; i++)
        {
            client.await("ping");
        }
        client.send("{'type':'echo'}").await("echo");
    }

    @Test
    void shouldCloseWithoutAnyTraffic() throws Exception
    {
        start(v ->
        {
            v[5] = 300;
            return v;
        });

        try (Socket socket = rawWebSocket())
        {
            assertEquals(1001, readUntilClose(socket));
        }
    }

    @Test
    void shouldTellAndCloseASlowClientAndLetItResume() throws Exception
    {
        start(v ->
        {
            v[3] = 64 * 1024;
            return v;
        });
        final WsClient slow = fixture.client("ann", Role.VIEWER);
        final WsClient quick = fixture.client("ann", Role.VIEWER);
        for (final WsClient client : new WsClient[] {slow, quick})
        {
            client.send("{'type':'subscribe','channel':'alerts'}").await("subscribed");
        }
        slow.stopReading();

        // The quick one is never owed more than may wait for it, so that it stays however late it reads.
        final String text = "a".repeat(900);
        long last = 0;
        while (0 == slowClosed())
        {
            for (int i = 0; i < 40; i++)
            {
                last = fixture.world.append(frames -> frames.alert(0, text));
            }
            fixture.awaitOffset(last);
            final long expected = last;
            quick.await("the newest alert", message -> expected == message.path("data").path("offset").asLong());
        }
        slow.resumeReading();

        assertEquals(4008, slow.awaitClose());
        assertEquals("slow_consumer",
            slow.await("an explanation", message -> "error".equals(message.path("type").asText()))
                .get("data").get("code").textValue());
        final long seen = slow.receivedData("alerts").stream()
            .mapToLong(message -> message.get("data").get("offset").longValue()).max().orElseThrow();
        fixture.awaitOffset(fixture.world.append(frames -> frames.alert(0, "while away")));
        final WsClient again = fixture.client("ann", Role.VIEWER);
        again.send("{'type':'subscribe','channel':'alerts','data':{'since':{'epoch':'" + fixture.gateway.epoch() +
            "','offset':" + seen + "}}}");
        assertTrue(again.await("subscribed").get("data").get("recovered").booleanValue());
        assertEquals(seen + 1, again.awaitData("alerts").get("data").get("offset").longValue());
    }

    @Test
    void shouldTellClientsWhenToComeBackOnShutdown() throws Exception
    {
        start(UnaryOperator.identity());
        final WsClient client = fixture.client("ann", Role.VIEWER);

        fixture.gateway.close();

        assertEquals(1001, client.awaitClose());
        assertEquals("{\"reconnectAfterMs\":2000}", client.closeReason());
    }

    @Test
    void shouldRefuseMalformedFramesAndServeOthers() throws Exception
    {
        start(UnaryOperator.identity());
        final byte[][] bad =
        {
            {(byte)0x81, 0x03, 'a', 'b', 'c'},                                  // not masked
            {(byte)0x81, (byte)0x82, 0, 0, 0, 0, (byte)0xC3, (byte)0x28},       // not UTF-8
            {(byte)0xC1, (byte)0x80, 0, 0, 0, 0},                               // reserved bit
            {(byte)0x8B, (byte)0x80, 0, 0, 0, 0},                               // reserved opcode
            {0x09, (byte)0x80, 0, 0, 0, 0},                                     // fragmented control frame
        };
        for (final byte[] frame : bad)
        {
            try (Socket socket = rawWebSocket())
            {
                socket.getOutputStream().write(frame);
                final int code = readUntilClose(socket);
                assertTrue(code >= 1002 && code <= 1007, "closed with " + code);
            }
        }
        try (Socket half = rawWebSocket())
        {
            half.getOutputStream().write(new byte[] {(byte)0x81, (byte)0xFE, 0x10});
        }
        fixture.client("ann", Role.VIEWER).send("{'type':'ping'}").await("pong");
    }

    @Test
    void shouldDeferStateForAFullClientAndEndWithTheNewest() throws Exception
    {
        start(v ->
        {
            v[3] = 1024 * 1024;
            return v;
        });
        final WsClient client = fixture.client("ann", Role.VIEWER);
        client.send("{'type':'subscribe','channel':'market-data','data':{'symbol':'BTCUSDT','conflateMs':0}}");
        client.awaitData("market-data");
        client.stopReading();

        int bid = 0;
        while (0 == stat("valuesDeferred"))
        {
            long last = 0;
            for (int i = 0; i < 2_000; i++)
            {
                final int price = ++bid;
                last = fixture.world.append(frames -> frames.quote(Frames.BTC, price, 900_000_000));
            }
            fixture.awaitOffset(last);
        }
        client.resumeReading();

        final long newest = bid;
        client.await("the newest quote", message ->
            newest == Math.round(message.path("data").path("bid").asDouble() * 100));
        assertEquals(0, slowClosed());
    }

    /** Faster than is allowed, however slow this machine is. */
    private static JsonNode pingUntilRefused(final WsClient client)
    {
        GatewayFixture.awaitTrue("a ping is refused", () ->
        {
            client.send("{'type':'ping'}");
            return client.received().stream().anyMatch(message -> "error".equals(message.path("type").asText()));
        });
        return client.await("error").get("data");
    }

    private void start(final UnaryOperator<int[]> change) throws IOException
    {
        fixture = GatewayFixture.start(
            GatewayFixture.aWorld(), config -> config.withLimits(GatewayFixture.limits(change)));
    }

    private long slowClosed()
    {
        return stat("slowClosed");
    }

    private long stat(final String name)
    {
        try
        {
            return GatewayFixture.json(fixture.get("/ws/stats", null).body()).get(name).longValue();
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    private Socket rawWebSocket() throws IOException
    {
        final Socket socket = new Socket("127.0.0.1", fixture.gateway.port());
        socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
        socket.getOutputStream().write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n" +
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            "Authorization: Bearer " + GatewayFixture.token("raw", Role.VIEWER) + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        final OutputStream flush = socket.getOutputStream();
        flush.flush();
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            head.append((char)socket.getInputStream().read());
        }
        assertTrue(head.toString().startsWith("HTTP/1.1 101"), head.toString());
        return socket;
    }

    /** Reads server frames and answers nothing. */
    private static int readUntilClose(final Socket socket) throws IOException
    {
        final InputStream input = socket.getInputStream();
        while (true)
        {
            final int opcode = input.read() & 0x0F;
            int length = input.read();
            if (126 == length)
            {
                length = input.read() << 8 | input.read();
            }
            final byte[] payload = input.readNBytes(length);
            if (8 == opcode)
            {
                return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
            }
            if (15 == opcode)
            {
                throw new AssertionError("the connection ended without a close frame");
            }
        }
    }
}
