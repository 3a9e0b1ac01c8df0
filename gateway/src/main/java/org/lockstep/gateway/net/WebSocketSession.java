package org.lockstep.gateway.net;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client end of one WebSocket: handshake, frames, heartbeats and the limit on own frames. Its handler stands last
 * in the pipeline (behind TLS, where used) and works on the bytes of the socket read themselves: Netty's own frame
 * objects never come into being, and a message costs no allocation.
 * <p>
 * Threading: the event loop of the channel, for every method. The owner calls {@link #poll(long)} on a timer.
 */
public final class WebSocketSession extends ChannelInboundHandlerAdapter
{
    private static final int MAX_QUEUED_FRAMES = 1024;
    private static final int MAX_CONTROL_LENGTH = 125;
    private static final int MAX_HEADER_LENGTH = 14;
    private static final int NORMAL_CLOSURE = 1000;

    private final URI uri;
    private final WebSocketListener listener;
    private final EpochNanoClock clock;
    private final WebSocketConfig config;
    private final TokenBucket frames;
    private final WebSocketHandshake handshake = new WebSocketHandshake();
    private final WebSocketFrameDecoder decoder;
    private final WebSocketFrameDecoder.Sink sink = new FrameSink();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final ArrayDeque<byte[]> outbox = new ArrayDeque<>();
    private final byte[] pongPayload = new byte[MAX_CONTROL_LENGTH];

    private Channel channel;
    private byte[] responseHead = new byte[0];
    private int pongLength = -1;
    private boolean isOpen;
    private boolean isClosed;
    private boolean hasRead;
    private boolean isPinged;
    private long ingressTimeNs;
    private long lastReadNs;
    private long openedNs;

    WebSocketSession(
        final URI uri, final WebSocketListener listener, final EpochNanoClock clock, final WebSocketConfig config)
    {
        this.uri = uri;
        this.listener = listener;
        this.clock = clock;
        this.config = config;
        final long nowNs = System.nanoTime();
        this.lastReadNs = nowNs;
        this.openedNs = nowNs;
        this.decoder = new WebSocketFrameDecoder(config.maxMessageLengthBytes());
        this.frames = new TokenBucket(config.frameBurst(), config.framesPerSecond(), nowNs);
    }

    // --------------------------------------------------------------------------------------------------- lifecycle

    /**
     * Queues a text frame; it leaves as soon as the frame limit allows.
     *
     * @param text of the frame.
     * @throws IllegalStateException if too many frames wait.
     */
    public void sendText(final String text)
    {
        if (outbox.size() >= MAX_QUEUED_FRAMES)
        {
            throw new IllegalStateException("more than " + MAX_QUEUED_FRAMES + " frames wait to be sent");
        }
        outbox.add(text.getBytes(StandardCharsets.UTF_8));
        drain(System.nanoTime());
    }

    /**
     * Sends a text frame at once or not at all: what may be told as not sent must not wait here. Allocates nothing.
     *
     * @param text   holds UTF-8; copied.
     * @param offset of the first byte.
     * @param length bytes, to 65535.
     * @return false when it was not sent: not open, frames waiting, the frame limit or the socket's buffer full.
     */
    public boolean trySendText(final DirectBuffer text, final int offset, final int length)
    {
        if (!isOpen || !outbox.isEmpty() || !channel.isWritable() || !frames.tryAcquire(System.nanoTime()))
        {
            return false;
        }
        final ByteBuf frame = channel.alloc().buffer(length + MAX_HEADER_LENGTH);
        frame.writeByte(0x80 | WebSocketFrameDecoder.OPCODE_TEXT);
        if (length <= MAX_CONTROL_LENGTH)
        {
            frame.writeByte(0x80 | length);
        }
        else
        {
            frame.writeByte(0x80 | 126).writeShort(length);
        }
        final int mask = ThreadLocalRandom.current().nextInt();
        frame.writeInt(mask);
        writeMasked(frame, text, offset, length, mask);
        channel.writeAndFlush(frame, channel.voidPromise());
        return true;
    }

    /**
     * Does what is due: frames that waited for the limit, heartbeats, the idle time-out.
     *
     * @param nowNs monotonic time.
     * @return how much was done, 0 = nothing.
     */
    public int poll(final long nowNs)
    {
        if (isClosed)
        {
            return 0;
        }
        if (hasRead)
        {
            hasRead = false;
            isPinged = false;
            lastReadNs = nowNs;
        }
        final long idleNs = nowNs - lastReadNs;
        if (idleNs > config.idleTimeoutNs())
        {
            fail((isOpen ? "nothing heard for " : "no handshake within ") + idleNs / 1_000_000 + " ms");
            return 1;
        }
        if (isOpen && !isPinged && idleNs > config.pingAfterNs() && frames.tryAcquire(nowNs))
        {
            isPinged = true;
            write(WebSocketFrameDecoder.OPCODE_PING, new byte[0]);
        }
        return drain(nowNs);
    }

    /** Closes with a close frame. The listener is told as always. */
    public void close()
    {
        if (isOpen)
        {
            write(WebSocketFrameDecoder.OPCODE_CLOSE, closePayload(NORMAL_CLOSURE));
        }
        fail("closed by us");
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        channel = ctx.channel();
        final byte[] request = handshake.request(uri);
        channel.writeAndFlush(channel.alloc().buffer(request.length).writeBytes(request), channel.voidPromise());
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        final ByteBuf bytes = (ByteBuf)message;
        try
        {
            hasRead = true;
            if (!isClosed && bytes.isReadable())
            {
                ingressTimeNs = clock.nanoTime();
                wrap(bytes);
                onBytes(view.capacity());
            }
        }
        finally
        {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx)
    {
        if (isOpen)
        {
            listener.onReadComplete(this);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        fail("connection lost");
    }

    /** With TLS the peer says good-bye first; what follows it, or not, carries no more data. */
    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
    {
        if (event instanceof SslCloseCompletionEvent)
        {
            fail("TLS closed by the venue");
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        fail(String.valueOf(cause));
    }

    /**
     * Ends the session for a reason that lies outside of it, such as a refused connect.
     *
     * @param reason for people.
     */
    void fail(final String reason)
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        isOpen = false;
        outbox.clear();
        if (null != channel)
        {
            channel.close();
        }
        listener.onClosed(this, reason, handshake.status() == WebSocketHandshake.SWITCHING_PROTOCOLS ?
            0 : handshake.status(), handshake.retryAfterSeconds());
    }

    void onConnected(final Channel connected)
    {
        channel = connected;
        if (isClosed)
        {
            connected.close();
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return true between the handshake and the end. */
    public boolean isOpen()
    {
        return isOpen;
    }

    /** @return monotonic time of the handshake's end. */
    public long openedNs()
    {
        return openedNs;
    }

    /** @return frames that wait for the limit. */
    public int queuedFrames()
    {
        return outbox.size();
    }

    // ----------------------------------------------------------------------------------------------------- private

    private void wrap(final ByteBuf bytes)
    {
        final int length = bytes.readableBytes();
        if (bytes.hasMemoryAddress())
        {
            view.wrap(bytes.memoryAddress() + bytes.readerIndex(), length);
        }
        else if (bytes.hasArray())
        {
            view.wrap(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
        }
        else
        {
            final ByteBuffer nio = bytes.nioBuffer();
            view.wrap(nio, nio.position(), length);
        }
    }

    private void onBytes(final int length)
    {
        int consumed = 0;
        if (!isOpen)
        {
            consumed = onHandshakeBytes(length);
        }
        if (isOpen && consumed < length)
        {
            final int violation = decoder.onBytes(view, consumed, length - consumed, sink);
            if (0 != violation && !isClosed)
            {
                write(WebSocketFrameDecoder.OPCODE_CLOSE, closePayload(violation));
                fail("protocol violation: " + decoder.violationText());
            }
        }
    }

    private int onHandshakeBytes(final int length)
    {
        final int had = responseHead.length;
        final byte[] head = new byte[had + length];
        System.arraycopy(responseHead, 0, head, 0, had);
        view.getBytes(0, head, had, length);
        responseHead = head;

        final String text = new String(head, StandardCharsets.ISO_8859_1);
        final int end = text.indexOf("\r\n\r\n");
        if (end < 0)
        {
            if (head.length > WebSocketHandshake.MAX_RESPONSE_LENGTH)
            {
                fail("handshake answered with more than " + WebSocketHandshake.MAX_RESPONSE_LENGTH + " bytes");
            }
            return length;
        }
        final String refusal = handshake.check(text.substring(0, end));
        responseHead = new byte[0];
        if (null != refusal)
        {
            fail(refusal);
            return length;
        }
        isOpen = true;
        openedNs = System.nanoTime();
        listener.onOpen(this);
        return end + 4 - had;
    }

    /** Eight bytes at a time: an order is some 360 bytes, and this is the last step before its socket. */
    private static void writeMasked(
        final ByteBuf frame, final DirectBuffer text, final int offset, final int length, final int mask)
    {
        final long wideMask = (long)mask << Integer.SIZE | mask & 0xFFFF_FFFFL;
        int i = 0;
        while (i <= length - Long.BYTES)
        {
            frame.writeLong(text.getLong(offset + i, ByteOrder.BIG_ENDIAN) ^ wideMask);
            i += Long.BYTES;
        }
        while (i < length)
        {
            frame.writeByte(text.getByte(offset + i) ^ (byte)(mask >> (24 - ((i & 3) << 3))));
            i++;
        }
    }

    private int drain(final long nowNs)
    {
        int workCount = 0;
        if (isOpen && pongLength >= 0 && frames.tryAcquire(nowNs))
        {
            final byte[] payload = new byte[pongLength];
            System.arraycopy(pongPayload, 0, payload, 0, pongLength);
            pongLength = -1;
            write(WebSocketFrameDecoder.OPCODE_PONG, payload);
            workCount++;
        }
        while (isOpen && !outbox.isEmpty() && frames.tryAcquire(nowNs))
        {
            write(WebSocketFrameDecoder.OPCODE_TEXT, outbox.poll());
            workCount++;
        }
        return workCount;
    }

    private void write(final int opcode, final byte[] payload)
    {
        final ByteBuf frame = channel.alloc().buffer(payload.length + MAX_HEADER_LENGTH);
        frame.writeByte(0x80 | opcode);
        if (payload.length <= MAX_CONTROL_LENGTH)
        {
            frame.writeByte(0x80 | payload.length);
        }
        else if (payload.length <= 0xFFFF)
        {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        else
        {
            frame.writeByte(0x80 | 127).writeLong(payload.length);
        }
        final int mask = ThreadLocalRandom.current().nextInt();
        frame.writeInt(mask);
        for (int i = 0; i < payload.length; i++)
        {
            frame.writeByte(payload[i] ^ (byte)(mask >> (24 - ((i & 3) << 3))));
        }
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    private static byte[] closePayload(final int code)
    {
        return new byte[]{(byte)(code >> 8), (byte)code};
    }

    /** Receives what the frame decoder cuts. */
    private final class FrameSink implements WebSocketFrameDecoder.Sink
    {
        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length)
        {
            listener.onMessage(WebSocketSession.this, buffer, offset, length, ingressTimeNs);
        }

        @Override
        public void onControl(final int opcode, final DirectBuffer buffer, final int offset, final int length)
        {
            if (WebSocketFrameDecoder.OPCODE_PING == opcode)
            {
                buffer.getBytes(offset, pongPayload, 0, length);
                pongLength = length;
                drain(System.nanoTime());
            }
            else if (WebSocketFrameDecoder.OPCODE_CLOSE == opcode)
            {
                final int code = length >= 2 ?
                    (buffer.getByte(offset) & 0xFF) << 8 | buffer.getByte(offset + 1) & 0xFF : 1005;
                final String text = length > 2 ? buffer.getStringWithoutLengthUtf8(offset + 2, length - 2) : "";
                write(WebSocketFrameDecoder.OPCODE_CLOSE, closePayload(1005 == code ? NORMAL_CLOSURE : code));
                fail("closed by the venue: " + code + (text.isEmpty() ? "" : " " + text));
            }
        }

        @Override
        public boolean isOpen()
        {
            return isOpen;
        }
    }
}
