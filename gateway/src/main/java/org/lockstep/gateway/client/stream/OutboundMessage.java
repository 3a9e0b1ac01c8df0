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
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int MAX_MEDIUM_LENGTH = 65_535;
    private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private byte[] json;
    private int length;
    private String eventId;
    private ByteBuf webSocket;
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
            webSocket = allocator.buffer(length + 10);
            webSocket.writeByte(TEXT_FRAME_FINAL);
            if (length <= MAX_SHORT_LENGTH)
            {
                webSocket.writeByte(length);
            }
            else if (length <= MAX_MEDIUM_LENGTH)
            {
                webSocket.writeByte(126).writeShort(length);
            }
            else
            {
                webSocket.writeByte(127).writeLong(length);
            }
            webSocket.writeBytes(json, 0, length);
        }
        return webSocket.retainedDuplicate();
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
        eventStream = release(eventStream);
        eventStreamWithoutId = release(eventStreamWithoutId);
        json = null;
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
