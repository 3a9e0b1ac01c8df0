package org.lockstep.gateway.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.gateway.client.auth.Role;

/** A WebSocket client that sends whatever bytes a test wants. */
final class RawWebSocket implements AutoCloseable
{
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    final String responseHead;
    private final Socket socket;

    /** A frame of the server's. */
    record Received(boolean isFinal, int rsv, int opcode, byte[] payload)
    {
        String text()
        {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode()
        {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    RawWebSocket(final Socket socket, final String extraHeaders) throws IOException
    {
        this.socket = socket;
        socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
        write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + extraHeaders +
            "Authorization: Bearer " + GatewayFixture.token("ann", Role.VIEWER) + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            final int next = socket.getInputStream().read();
            if (next < 0)
            {
                throw new EOFException("no answer to the handshake: " + head);
            }
            head.append((char)next);
        }
        responseHead = head.toString();
    }

    static RawWebSocket open(final GatewayFixture fixture) throws IOException
    {
        return open(fixture, "");
    }

    static RawWebSocket open(final GatewayFixture fixture, final String extraHeaders) throws IOException
    {
        return new RawWebSocket(new Socket("127.0.0.1", fixture.gateway.port()), extraHeaders);
    }

    void write(final byte[] bytes) throws IOException
    {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    RawWebSocket send(final int first, final byte[] payload) throws IOException
    {
        write(frame(first, payload, true));
        return this;
    }

    RawWebSocket sendText(final String json) throws IOException
    {
        return send(0x80 | TEXT, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    RawWebSocket sendCompressed(final byte[] payload) throws IOException
    {
        return send(0xC0 | TEXT, deflate(payload));
    }

    /** The next frame; a connection that ends is a close with code 1006. */
    Received read() throws IOException
    {
        final InputStream input = socket.getInputStream();
        try
        {
            final int first = input.read();
            if (first < 0)
            {
                return new Received(true, 0, CLOSE, new byte[] {0x03, (byte)0xEE});
            }
            int length = input.read();
            if (0 != (length & 0x80))
            {
                throw new AssertionError("a server must not mask");
            }
            if (126 == length)
            {
                length = input.read() << 8 | input.read();
            }
            else if (127 == length)
            {
                input.readNBytes(4);
                length = input.read() << 24 | input.read() << 16 | input.read() << 8 | input.read();
            }
            return new Received(
                0 != (first & 0x80), first >> 4 & 7, first & 15, input.readNBytes(length));
        }
        catch (final SocketException ex)
        {
            return new Received(true, 0, CLOSE, new byte[] {0x03, (byte)0xEE});
        }
    }

    /** The next message of a type, inflated where need be; other messages in between are passed over. */
    JsonNode await(final String type) throws IOException
    {
        while (true)
        {
            final Received next = read();
            if (CLOSE == next.opcode())
            {
                throw new AssertionError("closed with " + next.closeCode() + " while waiting for " + type);
            }
            if (TEXT == next.opcode())
            {
                final JsonNode message = GatewayFixture.json(new String(
                    0 == next.rsv() ? next.payload() : inflate(next.payload()), StandardCharsets.UTF_8));
                if (type.equals(message.get("type").textValue()))
                {
                    return message;
                }
            }
        }
    }

    /** The code the server closes with; everything before is passed over. */
    int awaitClose() throws IOException
    {
        Received next = read();
        while (CLOSE != next.opcode())
        {
            next = read();
        }
        return next.closeCode();
    }

    static byte[] frame(final int first, final byte[] payload, final boolean isMasked)
    {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        final int mask = isMasked ? 0x80 : 0;
        frame.write(first);
        if (payload.length < 126)
        {
            frame.write(mask | payload.length);
        }
        else if (payload.length < 65_536)
        {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        else
        {
            frame.write(mask | 127);
            frame.writeBytes(new byte[4]);
            frame.write(payload.length >> 24);
            frame.write(payload.length >> 16);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        final byte[] key = {0x11, 0x22, 0x33, 0x44};
        if (isMasked)
        {
            frame.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++)
        {
            frame.write(isMasked ? payload[i] ^ key[i & 3] : payload[i]);
        }
        return frame.toByteArray();
    }

    static byte[] deflate(final byte[] payload)
    {
        final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(payload);
        final byte[] output = new byte[payload.length + 1_024];
        final int length = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(output, length - 4);
    }

    static byte[] inflate(final byte[] payload)
    {
        final Inflater inflater = new Inflater(true);
        try
        {
            final byte[] input = java.util.Arrays.copyOf(payload, payload.length + 4);
            input[payload.length + 2] = (byte)0xFF;
            input[payload.length + 3] = (byte)0xFF;
            inflater.setInput(input);
            final ByteArrayOutputStream output = new ByteArrayOutputStream();
            final byte[] chunk = new byte[4_096];
            int count = inflater.inflate(chunk);
            while (count > 0)
            {
                output.write(chunk, 0, count);
                count = inflater.inflate(chunk);
            }
            return output.toByteArray();
        }
        catch (final DataFormatException ex)
        {
            throw new AssertionError("not a message by itself: " + ex.getMessage());
        }
        finally
        {
            inflater.end();
        }
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }
}
