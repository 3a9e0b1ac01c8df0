package org.lockstep.gateway.client.stream;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.lockstep.gateway.client.view.JsonWriter;

/**
 * One message on its way to any number of clients: encoded once per format, as the very bytes that go on the wire, and
 * shared by reference. Reused for one message after the other by the client event loop: wrap, hand over, release.
 */
final class OutboundMessage
{
    private static final int TEXT_FRAME_FINAL = 0x81;
    private static final int COMPRESSED_TEXT_FRAME_FINAL = 0xC1;
    private static final int MAX_HEADER_LENGTH = 10;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int MAX_MEDIUM_LENGTH = 65_535;
    private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private byte[] json;
    private int length;
    private String eventId;
    private final FrameDeflater deflater = new FrameDeflater();
    private ByteBuf webSocket;
    private ByteBuf compressed;
    private ByteBuf eventStream;
    private ByteBuf eventStreamWithoutId;

    /** Points at what a writer holds; it must not change until {@link #release()}. */
    OutboundMessage wrap(final JsonWriter writer, final String eventId)
    {
        json = writer.bytes();
        length = writer.length();
        this.eventId = eventId;
        return this;
    }

    /** @return a share of the WebSocket text frame, to be written and so released by one session. */
    ByteBuf webSocket(final ByteBufAllocator allocator)
    {
        if (null == webSocket)
        {
            webSocket = header(allocator, TEXT_FRAME_FINAL, length).writeBytes(json, 0, length);
        }
        return webSocket.retainedDuplicate();
    }

    /** @return a share of the compressed text frame, or of the plain one when the message is short. */
    ByteBuf compressedWebSocket(final ByteBufAllocator allocator)
    {
        if (length < FrameDeflater.MIN_LENGTH)
        {
            return webSocket(allocator);
        }
        if (null == compressed)
        {
            final ByteBuf payload = deflater.deflate(allocator, json, length);
            compressed = header(allocator, COMPRESSED_TEXT_FRAME_FINAL, payload.readableBytes()).writeBytes(payload);
            payload.release();
        }
        return compressed.retainedDuplicate();
    }

    /** @return a share of the server-sent event, to be written and so released by one session. */
    ByteBuf eventStream(final ByteBufAllocator allocator, final boolean withId)
    {
        if (withId && null != eventId)
        {
            if (null == eventStream)
            {
                eventStream = event(allocator, "id: " + eventId + "\n");
            }
            return eventStream.retainedDuplicate();
        }
        if (null == eventStreamWithoutId)
        {
            eventStreamWithoutId = event(allocator, "");
        }
        return eventStreamWithoutId.retainedDuplicate();
    }

    /** Gives up the own share; sessions keep theirs until written. */
    void release()
    {
        webSocket = release(webSocket);
        compressed = release(compressed);
        eventStream = release(eventStream);
        eventStreamWithoutId = release(eventStreamWithoutId);
        json = null;
    }

    private static ByteBuf header(final ByteBufAllocator allocator, final int first, final int payloadLength)
    {
        final ByteBuf frame = allocator.buffer(payloadLength + MAX_HEADER_LENGTH).writeByte(first);
        if (payloadLength <= MAX_SHORT_LENGTH)
        {
            return frame.writeByte(payloadLength);
        }
        return payloadLength <= MAX_MEDIUM_LENGTH ?
            frame.writeByte(126).writeShort(payloadLength) : frame.writeByte(127).writeLong(payloadLength);
    }

    private ByteBuf event(final ByteBufAllocator allocator, final String head)
    {
        final ByteBuf buffer = allocator.buffer(length + head.length() + EVENT_DATA.length + EVENT_END.length);
        buffer.writeCharSequence(head, StandardCharsets.US_ASCII);
        return buffer.writeBytes(EVENT_DATA).writeBytes(json, 0, length).writeBytes(EVENT_END);
    }

    private static ByteBuf release(final ByteBuf buffer)
    {
        if (null != buffer)
        {
            buffer.release();
        }
        return null;
    }
}
