package org.lockstep.benchmarks.latency.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * The server's end of one connection without a framework: HTTP requests until one upgrades it, WebSocket text frames
 * from then on. It never waits to read; one thread. No allocation once it is a WebSocket.
 */
public final class ServerConnection
{
    /** Takes what comes in. */
    public interface Listener
    {
        /**
         * A plain request.
         *
         * @param path with its query.
         * @return the answer's JSON, ASCII.
         */
        String onRequest(String path);

        /**
         * A request that made a connection a WebSocket.
         *
         * @param connection which.
         */
        default void onUpgrade(ServerConnection connection)
        {
        }

        /**
         * A text frame, unmasked.
         *
         * @param connection it came over.
         * @param text       holds it, until this method returns.
         * @param length     bytes.
         */
        void onText(ServerConnection connection, byte[] text, int length);
    }

    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int LONG_FRAME = 126;
    private static final int MASK_LENGTH = 4;
    private static final int CLOSE = 8;
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SocketChannel channel;
    private final Listener listener;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final byte[] text = new byte[BUFFER_LENGTH];
    private String path = "";
    private boolean isUpgraded;
    private long readNs;

    /**
     * Takes over a connection.
     *
     * @param channel  accepted.
     * @param listener takes what comes in.
     * @throws IOException if it is gone already.
     */
    public ServerConnection(final SocketChannel channel, final Listener listener) throws IOException
    {
        this.channel = channel;
        this.listener = listener;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    }

    /** @return path that it was upgraded with, or empty. */
    public String path()
    {
        return path;
    }

    /** @return when the bytes that are being handled had been read, monotonic ns. */
    public long readNs()
    {
        return readNs;
    }

    /**
     * Reads what is there and hands it over.
     *
     * @return false once the connection is gone.
     */
    public boolean poll()
    {
        try
        {
            final int length = channel.read(in);
            if (length <= 0)
            {
                return 0 == length;
            }
            readNs = System.nanoTime();
            in.flip();
            boolean goesOn = true;
            while (goesOn && in.hasRemaining())
            {
                goesOn = isUpgraded ? onFrame() : onRequest();
            }
            in.compact();
            return channel.isOpen();
        }
        catch (final IOException ex)
        {
            close();
            return false;
        }
    }

    /**
     * Puts a text frame into the buffer of what leaves with the next {@link #flush()}.
     *
     * @param payload holds it.
     * @param offset  of its first byte.
     * @param length  bytes, to 65535.
     * @return bytes that wait in the buffer.
     */
    public int text(final byte[] payload, final int offset, final int length)
    {
        out.put((byte)0x81);
        if (length < LONG_FRAME)
        {
            out.put((byte)length);
        }
        else
        {
            out.put((byte)LONG_FRAME).putShort((short)length);
        }
        return out.put(payload, offset, length).position();
    }

    /** Writes all there is; a peer that does not read is waited for. */
    public void flush()
    {
        out.flip();
        try
        {
            while (out.hasRemaining())
            {
                channel.write(out);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            out.clear();
        }
    }

    /** Closes the socket. */
    public void close()
    {
        try
        {
            channel.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private boolean onRequest()
    {
        final String head = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        final int end = head.indexOf("\r\n\r\n");
        if (end < 0)
        {
            return false;
        }
        in.position(in.position() + end + 4);
        final String target = head.split(" ", 3)[1];
        final Matcher key = KEY.matcher(head);
        if (key.find())
        {
            path = target;
            isUpgraded = true;
            write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n");
            listener.onUpgrade(this);
        }
        else
        {
            final String body = listener.onRequest(target);
            write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() +
                "\r\n\r\n" + body);
        }
        return true;
    }

    private boolean onFrame()
    {
        final int start = in.position();
        final int available = in.remaining();
        final int shortLength = available < 2 ? 0 : in.get(start + 1) & 0x7F;
        final int header = (LONG_FRAME == shortLength ? 4 : 2) + MASK_LENGTH;
        if (available < header)
        {
            return false;
        }
        final int length = LONG_FRAME == shortLength ? in.getShort(start + 2) & 0xFFFF : shortLength;
        if (available < header + length)
        {
            return false;
        }
        final int mask = in.getInt(start + header - MASK_LENGTH);
        in.position(start + header);
        in.get(text, 0, length);
        for (int i = 0; i < length; i++)
        {
            text[i] ^= (byte)(mask >> (24 - ((i & 3) << 3)));
        }
        final int opcode = in.get(start) & 0xF;
        if (1 == opcode)
        {
            listener.onText(this, text, length);
        }
        else if (CLOSE == opcode)
        {
            close();
            return false;
        }
        return true;
    }

    private void write(final String ascii)
    {
        out.put(ascii.getBytes(StandardCharsets.ISO_8859_1));
        flush();
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
