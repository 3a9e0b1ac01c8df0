package org.lockstep.engine.event;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.FrameHeaderEncoder;

/**
 * The fixed header before every SBE message, as static accessors over bytes (schema {@code frameHeader}):
 * <pre>
 *   0 frameLength i32 | 4 blockLength u16 | 6 templateId u16 | 8 schemaId u16 | 10 version u16
 *  12 sourceId u16    | 14 flags u16      | 16 sequence i64  | 24 ingressTimeNs i64
 *  32 venueTimeNs i64 | 40 instrumentId i32 | 44 reserved i32 (zero)
 * </pre>
 * Little-endian. A frame is encoded once, by its producer, and never re-encoded. Stateless: any thread.
 */
public final class Frame
{
    /** Bytes before the message block. */
    public static final int HEADER_LENGTH = FrameHeaderEncoder.ENCODED_LENGTH;

    /** Longest frame, header included, in bytes; the stride of a ring slot. Longer books are chunked. */
    public static final int MAX_LENGTH = 1024;

    /** No instrument. */
    public static final int NULL_INSTRUMENT_ID = -1;

    /** No sequence: not yet in the log, or (as a cause) not caused by anything. */
    public static final long NULL_SEQUENCE = -1;

    /** Flag bit: the frame is an output of the engine; its body then begins with the causing input's sequence. */
    public static final int FLAG_OUTPUT = 1;

    /** Template id of a slot whose producer gave up after claiming: skipped by the processor, never journaled. */
    public static final int PADDING_TEMPLATE_ID = 0;

    private static final int LENGTH_OFFSET = FrameHeaderDecoder.frameLengthEncodingOffset();
    private static final int BLOCK_LENGTH_OFFSET = FrameHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE_ID_OFFSET = FrameHeaderDecoder.templateIdEncodingOffset();
    private static final int SCHEMA_ID_OFFSET = FrameHeaderDecoder.schemaIdEncodingOffset();
    private static final int VERSION_OFFSET = FrameHeaderDecoder.versionEncodingOffset();
    private static final int SOURCE_ID_OFFSET = FrameHeaderDecoder.sourceIdEncodingOffset();
    private static final int FLAGS_OFFSET = FrameHeaderDecoder.flagsEncodingOffset();
    private static final int SEQUENCE_OFFSET = FrameHeaderDecoder.sequenceEncodingOffset();
    private static final int INGRESS_TIME_OFFSET = FrameHeaderDecoder.ingressTimeNsEncodingOffset();
    private static final int VENUE_TIME_OFFSET = FrameHeaderDecoder.venueTimeNsEncodingOffset();
    private static final int INSTRUMENT_ID_OFFSET = FrameHeaderDecoder.instrumentIdEncodingOffset();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final long INT_MASK = 0xFFFF_FFFFL;
    private static final long SHORT_MASK = 0xFFFFL;
    private static final long SCHEMA_AND_VERSION =
        FrameHeaderEncoder.SCHEMA_ID | (long)FrameHeaderEncoder.SCHEMA_VERSION << 16;

    private Frame()
    {
    }

    /**
     * Writes a whole header; the sequence is left {@link #NULL_SEQUENCE} for the engine thread to assign.
     *
     * @param buffer        where the frame begins.
     * @param offset        of the frame in {@code buffer}.
     * @param frameLength   header + block + groups + var data, bytes.
     * @param blockLength   of the message, bytes.
     * @param templateId    of the message.
     * @param sourceId      see {@link FrameSource}.
     * @param flags         0 or {@link #FLAG_OUTPUT}.
     * @param ingressTimeNs our clock, epoch ns.
     * @param venueTimeNs   venue's clock, epoch ns, 0 = none.
     * @param instrumentId  dense id or {@link #NULL_INSTRUMENT_ID}.
     */
    public static void writeHeader(
        final MutableDirectBuffer buffer,
        final int offset,
        final int frameLength,
        final int blockLength,
        final int templateId,
        final int sourceId,
        final int flags,
        final long ingressTimeNs,
        final long venueTimeNs,
        final int instrumentId)
    {
        buffer.putLong(offset + LENGTH_OFFSET,
            frameLength & INT_MASK | (blockLength & SHORT_MASK) << 32 | (long)templateId << 48, ORDER);
        buffer.putLong(offset + SCHEMA_ID_OFFSET,
            SCHEMA_AND_VERSION | (sourceId & SHORT_MASK) << 32 | (long)flags << 48, ORDER);
        buffer.putLong(offset + SEQUENCE_OFFSET, NULL_SEQUENCE, ORDER);
        buffer.putLong(offset + INGRESS_TIME_OFFSET, ingressTimeNs, ORDER);
        buffer.putLong(offset + VENUE_TIME_OFFSET, venueTimeNs, ORDER);
        buffer.putLong(offset + INSTRUMENT_ID_OFFSET, instrumentId & INT_MASK, ORDER);
    }

    /** @return whole length, header included, bytes. */
    public static int length(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + LENGTH_OFFSET, ORDER);
    }

    /** @return length of the message block as written, bytes. */
    public static int blockLength(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + BLOCK_LENGTH_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return template id of the message. */
    public static int templateId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + TEMPLATE_ID_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return schema id. */
    public static int schemaId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + SCHEMA_ID_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return schema version the frame was written with. */
    public static int version(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + VERSION_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return producer, see {@link FrameSource}. */
    public static int sourceId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + SOURCE_ID_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return flag bits. */
    public static int flags(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + FLAGS_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return true when the frame is an output of the engine. */
    public static boolean isOutput(final DirectBuffer buffer, final int offset)
    {
        return 0 != (flags(buffer, offset) & FLAG_OUTPUT);
    }

    /** @return sequence of the input that caused an output frame; undefined on an input frame. */
    public static long causeSequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + HEADER_LENGTH, ORDER);
    }

    /** @return position in the log, or {@link #NULL_SEQUENCE}. */
    public static long sequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SEQUENCE_OFFSET, ORDER);
    }

    /** Sets the position in the log; the engine thread's alone, just before the frame is journaled. */
    public static void sequence(final MutableDirectBuffer buffer, final int offset, final long sequence)
    {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, ORDER);
    }

    /** @return our clock when it entered, epoch ns. */
    public static long ingressTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + INGRESS_TIME_OFFSET, ORDER);
    }

    /** @return venue's clock, epoch ns, 0 = none. */
    public static long venueTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + VENUE_TIME_OFFSET, ORDER);
    }

    /** @return dense instrument id, or {@link #NULL_INSTRUMENT_ID}. */
    public static int instrumentId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET, ORDER);
    }
}
