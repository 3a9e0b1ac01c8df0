package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server can be asked about permessage-deflate (RFC 7692): sizes, fragments, offers, and what breaks it. */
class CompressionTest
{
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldSendMessagesThatInflateByThemselves() throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            assertTrue(client.responseHead.toLowerCase(java.util.Locale.ROOT).contains(
                "sec-websocket-extensions: permessage-deflate; server_no_context_takeover"), client.responseHead);
            final RawWebSocket.Received connection = client.read();
            assertEquals(4, connection.rsv());
            assertEquals("connection", GatewayFixture.json(new String(
                RawWebSocket.inflate(connection.payload()), StandardCharsets.UTF_8)).get("type").textValue());
            assertTrue(connection.payload().length < RawWebSocket.inflate(connection.payload()).length * 3 / 4);
            client.sendText("{'type':'subscribe','channel':'alerts'}").await("subscribed");
            for (int i = 0; i < 20; i++)
            {
                final String text = "alert " + i + " " + "x".repeat(10 * i);
                fixture.world.append(frames -> frames.alert(0, text));
            }
            int seen = 0;
            while (seen < 20)
            {
                final JsonNode alert = client.await("data").get("data");
                if (alert.get("text").textValue().startsWith("alert " + seen + " "))
                {
                    seen++;
                }
            }
        }
    }

    @Test
    void shouldReadCompressedMessages() throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            final String echo = "{\"type\":\"echo\",\"id\":\"e\",\"data\":{\"text\":\"" + "lock".repeat(2_000) + "\"}}";
            for (int i = 0; i < 3; i++)
            {
                client.sendCompressed(echo.getBytes(StandardCharsets.UTF_8));
                assertEquals(8_000, client.await("echo").get("data").get("text").textValue().length());
            }
            client.sendText("{'type':'ping'}").await("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 64, 256, 1_024, 4_096, 8_192, 16_384, 32_768, 60_000})
    void shouldReadCompressedMessagesOfEveryLength(final int length) throws Exception
    {
        final StringBuilder words = new StringBuilder(length);
        final Random random = new Random(length);
        for (int i = 0; i < length; i++)
        {
            words.append((char)('a' + random.nextInt(26)));
        }
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            for (int i = 0; i < 3; i++)
            {
                client.sendCompressed(echo(words));
                assertEquals(words.toString(), client.await("echo").get("data").textValue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1_000})
    void shouldPutCompressedFragmentsTogetherWithPingsInBetween(final int length) throws Exception
    {
        final String words = "lock ".repeat(50) + "step";
        final byte[] message = RawWebSocket.deflate(echo(words));
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            for (int from = 0; from < message.length; from += length)
            {
                client.send(0 == from ? 0x40 | RawWebSocket.TEXT : RawWebSocket.CONTINUATION,
                    Arrays.copyOfRange(message, from, Math.min(message.length, from + length)));
            }
            client.send(0x80 | RawWebSocket.PING, new byte[3]);
            client.send(0x80 | RawWebSocket.CONTINUATION, new byte[0]);

            assertEquals(words, client.await("echo").get("data").textValue());
            client.send(0x80 | RawWebSocket.TEXT, echo("plain"));
            assertEquals("plain", client.await("echo").get("data").textValue());
        }
    }

    @Test
    void shouldCloseOnAContinuationThatSaysItIsCompressed() throws Exception
    {
        final byte[] message = RawWebSocket.deflate(echo("a"));
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            client.send(0x40 | RawWebSocket.TEXT, Arrays.copyOf(message, 5));

            assertEquals(1002, client.send(0xC0, Arrays.copyOfRange(message, 5, message.length)).awaitClose());
        }
    }

    private static byte[] echo(final CharSequence words)
    {
        return ("{\"type\":\"echo\",\"data\":\"" + words + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldServePlainAndCompressedClientsTheSame() throws Exception
    {
        try (RawWebSocket plain = RawWebSocket.open(fixture);
            RawWebSocket compressed = RawWebSocket.open(fixture, OFFER))
        {
            assertFalse(plain.responseHead.toLowerCase(java.util.Locale.ROOT).contains("extensions"));
            plain.sendText("{'type':'subscribe','channel':'trades'}").await("subscribed");
            compressed.sendText("{'type':'subscribe','channel':'trades'}").await("subscribed");

            fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 1, 1));

            final JsonNode one = plain.await("data");
            assertEquals(one.toString(), compressed.await("data").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate; server_max_window_bits=10", "x-webkit-deflate-frame",
        "permessage-deflate; unknown", "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover"})
    void shouldDeclineOffersItCannotKeep(final String offer) throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, "Sec-WebSocket-Extensions: " + offer + "\r\n"))
        {
            assertFalse(client.responseHead.toLowerCase(java.util.Locale.ROOT).contains("extensions"));
            assertEquals(0, client.read().rsv());
            assertEquals(1002, client.sendCompressed("{}".getBytes(StandardCharsets.UTF_8)).awaitClose());
        }
    }

    @Test
    void shouldTakeTheOfferItCanKeep() throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, "Sec-WebSocket-Extensions: permessage-deflate; " +
            "server_max_window_bits=10, permessage-deflate\r\n"))
        {
            assertEquals(4, client.read().rsv());
        }
    }

    @Test
    void shouldCloseOnABombAndOnGarbage() throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            assertEquals(1009, client.sendCompressed(new byte[20_000_000]).awaitClose());
        }
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            final int code = client.send(0xC1, new byte[] {(byte)0xFF, (byte)0xFE, 1, 2, 3}).awaitClose();
            assertTrue(1002 == code || 1007 == code || 1009 == code || 1006 == code, "closed with " + code);
        }
        try (RawWebSocket client = RawWebSocket.open(fixture))
        {
            client.sendText("{'type':'ping'}").await("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x91, 0xA1, 0xC9, 0xC0, 0xD1})
    void shouldRefuseReservedBitsWhereTheyMeanNothing(final int first) throws Exception
    {
        try (RawWebSocket client = RawWebSocket.open(fixture, OFFER))
        {
            assertEquals(1002, client.send(first, "{}".getBytes(StandardCharsets.UTF_8)).awaitClose());
        }
    }

    @Test
    void shouldNotCompressWhenTurnedOff() throws Exception
    {
        try (GatewayFixture plain = GatewayFixture.start(GatewayFixture.aWorld(), config ->
            config.withOptions(GatewayOptions.DEFAULT.withCompression(false)));
            RawWebSocket client = RawWebSocket.open(plain, OFFER))
        {
            assertFalse(client.responseHead.toLowerCase(java.util.Locale.ROOT).contains("extensions"));
            assertEquals(0, client.read().rsv());
        }
    }
}
