package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.gateway.client.auth.Role;

/**
 * The cases of RFC 6455 that a server can be asked, written out in the order of the public conformance suite
 * (Autobahn's sections 1 to 7, 9 and 10; 12 and 13 are in {@link CompressionTest}): framing, pings, reserved bits,
 * opcodes, fragmentation, UTF-8, closing, limits, handshake. The suite itself is a Python program that neither Maven
 * Central nor npm nor Debian has, and it asks for servers that echo any message of up to 16 MiB.
 */
class Rfc6455Test
{
    private static final int FIN = 0x80;

    private GatewayFixture fixture;
    private RawWebSocket client;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
        client = RawWebSocket.open(fixture);
        client.await("connection");
    }

    @AfterEach
    void stop() throws Exception
    {
        client.close();
        fixture.client("bob", Role.VIEWER).send("{'type':'ping'}").await("pong");
        fixture.close();
    }

    // ---- framing: payloads of every length encoding

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70, 80, 125, 126, 127, 128, 1_000, 60_000})
    void shouldEchoPayloadsOfEveryLength(final int length) throws Exception
    {
        client.sendText("{'type':'echo','data':'" + "x".repeat(length) + "'}");

        assertEquals(length, client.await("echo").get("data").textValue().length());
    }

    @Test
    void shouldReadAFrameThatArrivesByteByByte() throws Exception
    {
        for (final byte next : RawWebSocket.frame(FIN | RawWebSocket.TEXT, text("{\"type\":\"ping\"}"), true))
        {
            client.write(new byte[] {next});
        }

        client.await("pong");
    }

    @Test
    void shouldReadManyFramesThatArriveAtOnce() throws Exception
    {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++)
        {
            all.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.TEXT,
                text("{\"type\":\"ping\",\"id\":\"" + i + "\"}"), true));
        }
        client.write(all.toByteArray());

        for (int i = 0; i < 20; i++)
        {
            assertEquals("" + i, client.await("pong").get("id").textValue());
        }
    }

    @Test
    void shouldCloseOnAFrameWithoutAMask() throws Exception
    {
        client.write(RawWebSocket.frame(FIN | RawWebSocket.TEXT, text("{}"), false));

        assertEquals(1002, client.awaitClose());
    }

    // ---- pings

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 125})
    void shouldAnswerAPingWithItsPayload(final int length) throws Exception
    {
        final byte[] payload = new byte[length];
        Arrays.fill(payload, (byte)0xFE);
        client.send(FIN | RawWebSocket.PING, payload);

        assertArrayEquals(payload, awaitPongFrame().payload());
    }

    @Test
    void shouldAnswerTenPingsInTheirOrder() throws Exception
    {
        final ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < 10; i++)
        {
            pings.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.PING, text("ping " + i), true));
        }
        client.write(pings.toByteArray());

        for (int i = 0; i < 10; i++)
        {
            assertEquals("ping " + i, awaitPong());
        }
    }

    @Test
    void shouldCloseOnAPingThatIsTooLong() throws Exception
    {
        assertEquals(1002, client.send(FIN | RawWebSocket.PING, new byte[126]).awaitClose());
    }

    @Test
    void shouldIgnoreAPongNobodyAskedFor() throws Exception
    {
        client.send(FIN | RawWebSocket.PONG, text("unsolicited"));
        client.sendText("{'type':'ping'}").await("pong");
    }

    // ---- reserved bits and opcodes

    @ParameterizedTest
    @ValueSource(ints = {0x91, 0xA1, 0xB1, 0xC1, 0xD1, 0xE1, 0xF1, 0xC9, 0xC8, 0x83, 0x84, 0x87, 0x8B, 0x8C, 0x8F})
    void shouldCloseOnReservedBitsAndOpcodes(final int first) throws Exception
    {
        assertEquals(1002, client.send(first, text("{}")).awaitClose());
    }

    @Test
    void shouldCloseOnABinaryMessage() throws Exception
    {
        assertEquals(1003, client.send(FIN | RawWebSocket.BINARY, text("{}")).awaitClose());
    }

    // ---- fragmentation

    @Test
    void shouldPutFragmentsTogetherWithPingsInBetween() throws Exception
    {
        client.send(RawWebSocket.TEXT, text("{\"type\":"));
        client.send(FIN | RawWebSocket.PING, text("now"));
        client.send(RawWebSocket.CONTINUATION, text("\"echo\",\"data\""));
        client.send(RawWebSocket.CONTINUATION, new byte[0]);
        client.send(FIN | RawWebSocket.CONTINUATION, text(":\"whole\"}"));

        assertEquals("whole", client.await("echo").get("data").textValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {RawWebSocket.PING, RawWebSocket.PONG})
    void shouldCloseOnAFragmentedControlFrame(final int first) throws Exception
    {
        assertEquals(1002, client.send(first, text("a")).awaitClose());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 256, 1_024, 4_096, 16_384})
    void shouldPutFragmentsOfEveryLengthTogether(final int length) throws Exception
    {
        final byte[] message = text("{\"type\":\"echo\",\"data\":\"" + "x".repeat(1 == length ? 200 : 60_000) + "\"}");
        for (int from = 0; from < message.length; from += length)
        {
            final int to = Math.min(message.length, from + length);
            client.send((0 == from ? RawWebSocket.TEXT : 0) | (to == message.length ? FIN : 0),
                Arrays.copyOfRange(message, from, to));
        }

        assertEquals(1 == length ? 200 : 60_000, client.await("echo").get("data").textValue().length());
    }

    @Test
    void shouldAnswerPingsBeforeAFragmentedMessageIsWhole() throws Exception
    {
        client.send(RawWebSocket.TEXT, text("{\"type\":"));
        client.send(FIN | RawWebSocket.PING, text("first"));
        assertEquals("first", awaitPong());
        client.send(RawWebSocket.CONTINUATION, text("\"echo\",\"data\":"));
        client.send(FIN | RawWebSocket.PING, text("second"));
        assertEquals("second", awaitPong());
        client.send(FIN, text("\"whole\"}"));

        assertEquals("whole", client.await("echo").get("data").textValue());
    }

    @Test
    void shouldAnswerACloseInTheMiddleOfAFragmentedMessage() throws Exception
    {
        client.send(RawWebSocket.TEXT, text("{\"type\":"));

        assertEquals(1000, client.send(FIN | RawWebSocket.CLOSE, code(1000, "")).awaitClose());
    }

    @ParameterizedTest
    @ValueSource(ints = {RawWebSocket.CONTINUATION, FIN | RawWebSocket.CONTINUATION})
    void shouldCloseOnAContinuationOfNothing(final int first) throws Exception
    {
        assertEquals(1002, client.send(first, text("a")).awaitClose());
    }

    @Test
    void shouldCloseOnANewMessageInsideAFragmentedOne() throws Exception
    {
        client.send(RawWebSocket.TEXT, text("{"));
        assertEquals(1002, client.send(FIN | RawWebSocket.TEXT, text("{}")).awaitClose());
    }

    @Test
    void shouldBoundAMessageHoweverManyFragmentsItHas() throws Exception
    {
        client.send(RawWebSocket.TEXT, new byte[0]);
        int code = -1;
        for (int i = 0; i < 70; i++)
        {
            try
            {
                client.send(RawWebSocket.CONTINUATION, text(" ".repeat(1_000)));
            }
            catch (final IOException ex)
            {
                break;
            }
        }
        code = client.awaitClose();
        assertTrue(1009 == code || 1006 == code, "closed with " + code);
    }

    // ---- UTF-8

    @ParameterizedTest
    @ValueSource(strings = {"Hello-\u00B5@\u00DF\u00F6\u00E4\u00FC\u00E0\u00E1-UTF-8!!", "\uD83D\uDE00 \u20AC",
        "\uFFFD\uFFFF", "\u00a1\u0800\ud800\udc00"})
    void shouldEchoEveryPlaneOfUnicode(final String words) throws Exception
    {
        client.sendText("{'type':'echo','data':'" + words + "'}");

        assertEquals(words, client.await("echo").get("data").textValue());
    }

    @Test
    void shouldTakeACharacterThatIsSplitBetweenFragments() throws Exception
    {
        final byte[] message = text("{\"type\":\"echo\",\"data\":\"\u20AC\uD83D\uDE00\"}");
        for (int i = 0; i < message.length; i++)
        {
            client.send(0 == i ? RawWebSocket.TEXT : i + 1 == message.length ? FIN : 0, new byte[] {message[i]});
        }

        assertEquals("\u20AC\uD83D\uDE00", client.await("echo").get("data").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C3", "C328", "E282", "F0908D", "EDA080", "C0AF", "E080AF", "F08080AF", "F4908080", "FE",
        "FF", "80", "BF", "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564", "F7BFBFBF", "FC8080808080"})
    void shouldCloseOnWhatIsNotUtf8(final String hex) throws Exception
    {
        assertEquals(1007, client.send(FIN | RawWebSocket.TEXT, java.util.HexFormat.of().parseHex(hex)).awaitClose());
    }

    @Test
    void shouldCloseOnWhatIsNotUtf8InALaterFragment() throws Exception
    {
        client.send(RawWebSocket.TEXT, text("{\"type\":\"echo\",\"data\":\"\u03BA"));
        client.send(0, java.util.HexFormat.of().parseHex("F4908080"));

        assertEquals(1007, client.send(FIN, text("\"}")).awaitClose());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0xFFFFF, 0x10FFFE,
        0x10FFFF})
    void shouldEchoCodePointsAtTheBorders(final int codePoint) throws Exception
    {
        final String words = Character.toString(codePoint);

        client.send(FIN | RawWebSocket.TEXT, text("{\"type\":\"echo\",\"data\":\"" + words + "\"}"));

        assertEquals(words, client.await("echo").get("data").textValue());
    }

    // ---- closing

    @Test
    void shouldTakeTheLongestReason() throws Exception
    {
        assertEquals(1000,
            client.send(FIN | RawWebSocket.CLOSE, code(1000, "\u20AC".repeat(41))).awaitClose());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void shouldAnswerACloseWithItsCode(final int code) throws Exception
    {
        assertEquals(code, client.send(FIN | RawWebSocket.CLOSE, code(code, "bye")).awaitClose());
        assertEquals(1006, client.awaitClose());
    }

    @Test
    void shouldAnswerACloseWithoutACode() throws Exception
    {
        final int code = client.send(FIN | RawWebSocket.CLOSE, new byte[0]).awaitClose();
        assertTrue(1000 == code || 1005 == code, "closed with " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535})
    void shouldRefuseCloseCodesThatMustNotBeSent(final int code) throws Exception
    {
        assertFailed(client.send(FIN | RawWebSocket.CLOSE, code(code, "")).awaitClose());
    }

    @Test
    void shouldRefuseMalformedCloses() throws Exception
    {
        assertFailed(client.send(FIN | RawWebSocket.CLOSE, new byte[] {3}).awaitClose());
        try (RawWebSocket other = RawWebSocket.open(fixture))
        {
            assertFailed(
                other.send(FIN | RawWebSocket.CLOSE, new byte[] {0x03, (byte)0xE8, (byte)0xFF}).awaitClose());
        }
        try (RawWebSocket other = RawWebSocket.open(fixture))
        {
            assertFailed(other.send(FIN | RawWebSocket.CLOSE, code(1000, "x".repeat(124))).awaitClose());
        }
    }

    @Test
    void shouldSendNothingMoreAfterTheClose() throws Exception
    {
        client.sendText("{'type':'subscribe','channel':'alerts'}").await("subscribed");
        client.send(FIN | RawWebSocket.CLOSE, code(1000, ""));
        fixture.world.append(frames -> frames.killSwitch("too late"));

        assertEquals(1000, client.awaitClose());
        assertEquals(1006, client.read().closeCode());
    }

    // ---- limits

    @Test
    void shouldCloseOnAMessageThatIsTooLong() throws Exception
    {
        final int code = client.send(FIN | RawWebSocket.TEXT, new byte[65_537]).awaitClose();
        assertTrue(1009 == code || 1006 == code, "closed with " + code);
    }

    @Test
    void shouldCloseOnALengthThatNoMessageCanHave() throws Exception
    {
        client.write(new byte[] {(byte)0x81, (byte)0xFF, (byte)0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
        final int code = client.awaitClose();
        assertTrue(1002 == code || 1009 == code, "closed with " + code);
    }

    @Test
    void shouldRefuseDeepJsonAndStay() throws Exception
    {
        client.sendText("{'type':'echo','data':" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        assertEquals("malformed", client.await("error").get("data").get("code").textValue());
        client.sendText("not json");
        assertEquals("malformed", client.await("error").get("data").get("code").textValue());
        client.sendText("{'type':'ping'}").await("pong");
    }

    // ---- handshake

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 0\r\n\r\n"})
    void shouldRefuseHandshakesThatAreNotOnes(final String request) throws Exception
    {
        try (Socket socket = new Socket("127.0.0.1", fixture.gateway.port()))
        {
            socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            final byte[] head = socket.getInputStream().readNBytes(12);
            final String status = new String(head, StandardCharsets.US_ASCII);
            assertTrue(status.isEmpty() || status.startsWith("HTTP/1.1 4"), status);
        }
    }

    @Test
    void shouldProveThatItReadTheKey() throws Exception
    {
        assertTrue(client.responseHead.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), client.responseHead);
    }

    private String awaitPong() throws IOException
    {
        return awaitPongFrame().text();
    }

    private RawWebSocket.Received awaitPongFrame() throws IOException
    {
        RawWebSocket.Received next = client.read();
        while (RawWebSocket.PONG != next.opcode())
        {
            assertTrue(RawWebSocket.CLOSE != next.opcode(), "closed with " + next.closeCode());
            next = client.read();
        }
        return next;
    }

    /** After a malformed close the connection may end at once, without a close of the server's own. */
    private static void assertFailed(final int code)
    {
        assertTrue(1002 == code || 1006 == code || 1007 == code, "closed with " + code);
    }

    private static byte[] text(final String words)
    {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] code(final int code, final String reason)
    {
        final ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(text(reason));
        return payload.toByteArray();
    }
}
