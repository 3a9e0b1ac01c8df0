package org.lockstep.tools.warm;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The made-up venue's end of one connection: HTTP requests until one upgrades it, WebSocket text frames from then on.
 * It knows what this process's own clients send and no more. One thread.
 */
final class WarmConnection
{
    /** Answers requests. */
    interface Responder
    {
        /** The body of the answer to a plain request. */
        String onRequest(String path);

        /** What comes back over the WebSocket, a text each. */
        String[] onText(WarmConnection connection, String text);
    }

    private static final int BUFFER_BYTES = 1 << 17;
    private static final int LONG_FRAME = 126;
    private static final int MASK_BYTES = 4;
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SocketChannel channel;
    private final Responder responder;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean isUpgraded;

    WarmConnection(final SocketChannel channel, final Responder responder) throws IOException
    {
        this.channel = channel;
        this.responder = responder;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    }

    /** Reads and answers; false once the connection is gone. */
    boolean poll() throws IOException
    {
        final int length = channel.read(in);
        if (length > 0)
        {
            in.flip();
            boolean goesOn = true;
            while (goesOn && in.hasRemaining())
            {
                goesOn = isUpgraded ? onFrame() : onRequest();
            }
            in.compact();
        }
        flush();
        return length >= 0 && channel.isOpen();
    }

    /** Whether what was sent so far has left. */
    boolean isIdle()
    {
        return 0 == out.position();
    }

    /** Queues a text frame; it leaves with the next poll. */
    void send(final byte[] text)
    {
        if (out.remaining() < text.length + 4)
        {
            throw new IllegalStateException("the client does not read");
        }
        out.put((byte)0x81);
        if (text.length < LONG_FRAME)
        {
            out.put((byte)text.length);
        }
        else
        {
            out.put((byte)LONG_FRAME).putShort((short)text.length);
        }
        out.put(text);
    }

    void flush() throws IOException
    {
        if (out.position() > 0)
        {
            out.flip();
            channel.write(out);
            out.compact();
        }
    }

    void close() throws IOException
    {
        channel.close();
    }

    private boolean onRequest() throws IOException
    {
        final String head = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        final int end = head.indexOf("\r\n\r\n");
        if (end < 0)
        {
            return false;
        }
        in.position(in.position() + end + 4);
        final Matcher key = KEY.matcher(head);
        final String answer;
        if (key.find())
        {
            isUpgraded = true;
            answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
        }
        else
        {
            final String body = responder.onRequest(head.split(" ", 3)[1]);
            answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() +
                "\r\n\r\n" + body;
        }
        out.put(answer.getBytes(StandardCharsets.ISO_8859_1));
        return true;
    }

    private boolean onFrame() throws IOException
    {
        final int start = in.position();
        final int available = in.remaining();
        final int shortLength = available < 2 ? 0 : in.get(start + 1) & 0x7F;
        final int header = (LONG_FRAME == shortLength ? 4 : 2) + MASK_BYTES;
        if (available < header)
        {
            return false;
        }
        final int length = LONG_FRAME == shortLength ? in.getShort(start + 2) & 0xFFFF : shortLength;
        if (available < header + length)
        {
            return false;
        }
        final int mask = in.getInt(start + header - MASK_BYTES);
        final byte[] text = new byte[length];
        in.position(start + header);
        in.get(text);
        for (int i = 0; i < length; i++)
        {
            text[i] ^= (byte)(mask >> (24 - ((i & 3) << 3)));
        }
        final int opcode = in.get(start) & 0xF;
        if (1 == opcode)
        {
            for (final String answer : responder.onText(this, new String(text, StandardCharsets.US_ASCII)))
            {
                send(answer.getBytes(StandardCharsets.US_ASCII));
            }
        }
        else if (8 == opcode)
        {
            close();
            return false;
        }
        return true;
    }

    private static String accept(final String key)
    {
        try
        {
            return Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
