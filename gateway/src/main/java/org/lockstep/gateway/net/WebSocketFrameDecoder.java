package org.lockstep.gateway.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts the byte stream of a server into WebSocket messages (RFC 6455, no extensions, server to client, so unmasked).
 * A message that lies whole in the bytes of one socket read is handed over where it lies; one that is split over reads
 * is put together in a carry buffer; continuation frames are aggregated.
 * <p>
 * Threading: one event loop. Allocation: none once the two buffers have grown to the sizes seen, and never more than
 * the message limit.
 */
final class WebSocketFrameDecoder
{
    /** What a frame is handed to. */
    interface Sink
    {
        /** A whole message. */
        void onMessage(DirectBuffer buffer, int offset, int length);

        /** A ping, pong or close frame; {@code opcode} says which. */
        void onControl(int opcode, DirectBuffer buffer, int offset, int length);

        /** @return false when no further frame is wanted. */
        boolean isOpen();
    }

    static final int OPCODE_CONTINUATION = 0;
    static final int OPCODE_TEXT = 1;
    static final int OPCODE_BINARY = 2;
    static final int OPCODE_CLOSE = 8;
    static final int OPCODE_PING = 9;
    static final int OPCODE_PONG = 10;

    static final int CLOSE_PROTOCOL_ERROR = 1002;
    static final int CLOSE_TOO_BIG = 1009;

    private static final int MAX_HEADER_LENGTH = 10;
    private static final int MAX_CONTROL_LENGTH = 125;
    private static final int INITIAL_LENGTH = 64 * 1024;
    private static final int FIN = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int MASK_BIT = 0x80;

    private final int maxMessageLength;
    private final UnsafeBuffer carry = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private int carryLength;
    private int messageLength;
    private boolean isFragmented;
    private int violation;
    private String violationText;

    private int headerLength;
    private int payloadLength;

    WebSocketFrameDecoder(final int maxMessageLength)
    {
        this.maxMessageLength = maxMessageLength;
    }

    /**
     * Takes what was read.
     *
     * @return 0, or the close code of a protocol violation, after which no more bytes may be given.
     */
    int onBytes(final DirectBuffer source, final int offset, final int length, final Sink sink)
    {
        int position = offset;
        final int end = offset + length;
        while (carryLength > 0 && position < end && 0 == violation)
        {
            position += completeCarry(source, position, end - position, sink);
        }

        while (position < end && 0 == violation && sink.isOpen())
        {
            final int available = end - position;
            if (!parseHeader(source, position, available) || available < headerLength + payloadLength)
            {
                if (0 == violation)
                {
                    append(carry, carryLength, source, position, available);
                    carryLength += available;
                }
                break;
            }
            onFrame(source, position, sink);
            position += headerLength + payloadLength;
        }
        return violation;
    }

    /** @return what was wrong, after a violation. */
    String violationText()
    {
        return violationText;
    }

    private int completeCarry(final DirectBuffer source, final int offset, final int available, final Sink sink)
    {
        final boolean isHeaderKnown = parseHeader(carry, 0, carryLength);
        final int wanted = isHeaderKnown ? headerLength + payloadLength : headerLength;
        final int taken = Math.min(wanted - carryLength, available);
        append(carry, carryLength, source, offset, taken);
        carryLength += taken;

        if (isHeaderKnown && wanted == carryLength || parseHeader(carry, 0, carryLength) && 0 == payloadLength)
        {
            carryLength = 0;
            if (sink.isOpen())
            {
                onFrame(carry, 0, sink);
            }
        }
        return taken;
    }

    /** Sets both lengths; false when the header is not whole, then headerLength is what it needs so far. */
    private boolean parseHeader(final DirectBuffer source, final int offset, final int available)
    {
        headerLength = 2;
        payloadLength = 0;
        if (available < 2)
        {
            return false;
        }
        final int shortLength = source.getByte(offset + 1) & 0x7F;
        if (0 != (source.getByte(offset + 1) & MASK_BIT))
        {
            return violate(CLOSE_PROTOCOL_ERROR, "masked frame from a server");
        }
        if (shortLength <= MAX_CONTROL_LENGTH)
        {
            payloadLength = shortLength;
            return true;
        }
        headerLength = 126 == shortLength ? 4 : MAX_HEADER_LENGTH;
        if (available < headerLength)
        {
            return false;
        }
        final long longLength = 126 == shortLength ?
            source.getShort(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFFL :
            source.getLong(offset + 2, ByteOrder.BIG_ENDIAN);
        if (longLength < 0 || longLength > maxMessageLength)
        {
            return violate(CLOSE_TOO_BIG, "frame of " + longLength + " bytes, allowed are " + maxMessageLength);
        }
        payloadLength = (int)longLength;
        return true;
    }

    private void onFrame(final DirectBuffer source, final int offset, final Sink sink)
    {
        final int first = source.getByte(offset) & 0xFF;
        final int opcode = first & 0x0F;
        final boolean isFinal = 0 != (first & FIN);
        final int payload = offset + headerLength;
        if (0 != (first & RESERVED_BITS))
        {
            violate(CLOSE_PROTOCOL_ERROR, "reserved bits set without an extension");
        }
        else if (opcode >= OPCODE_CLOSE)
        {
            if (opcode > OPCODE_PONG || !isFinal || payloadLength > MAX_CONTROL_LENGTH)
            {
                violate(CLOSE_PROTOCOL_ERROR, "bad control frame, opcode " + opcode);
                return;
            }
            sink.onControl(opcode, source, payload, payloadLength);
        }
        else if (opcode > OPCODE_BINARY || isFragmented != (OPCODE_CONTINUATION == opcode))
        {
            violate(CLOSE_PROTOCOL_ERROR, "unexpected frame, opcode " + opcode);
        }
        else if (isFinal && !isFragmented)
        {
            sink.onMessage(source, payload, payloadLength);
        }
        else
        {
            onFragment(source, payload, isFinal, sink);
        }
    }

    private void onFragment(final DirectBuffer source, final int payload, final boolean isFinal, final Sink sink)
    {
        if (messageLength + payloadLength > maxMessageLength)
        {
            violate(CLOSE_TOO_BIG, "message of more than " + maxMessageLength + " bytes");
            return;
        }
        append(message, messageLength, source, payload, payloadLength);
        messageLength += payloadLength;
        isFragmented = !isFinal;
        if (isFinal)
        {
            final int length = messageLength;
            messageLength = 0;
            sink.onMessage(message, 0, length);
        }
    }

    private boolean violate(final int code, final String text)
    {
        violation = code;
        violationText = text;
        return false;
    }

    private static void append(
        final UnsafeBuffer target,
        final int targetLength,
        final DirectBuffer source,
        final int offset,
        final int length)
    {
        final int wanted = targetLength + length;
        if (wanted > target.capacity())
        {
            int capacity = Math.max(INITIAL_LENGTH, target.capacity());
            while (capacity < wanted)
            {
                capacity <<= 1;
            }
            final ByteBuffer grown = ByteBuffer.allocateDirect(capacity);
            target.getBytes(0, grown, 0, targetLength);
            target.wrap(grown);
        }
        ((MutableDirectBuffer)target).putBytes(targetLength, source, offset, length);
    }
}
