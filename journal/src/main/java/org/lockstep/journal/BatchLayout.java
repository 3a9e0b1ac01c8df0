package org.lockstep.journal;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a batch, which is the content of one Chronicle document. Little-endian; frames stand back to back.
 * <pre>
 *   0 magic "LSJ" and format i32 | 4 flags u16 | 6 reserved u16 (zero) | 8 frameCount i32 | 12 frameBytes i32
 *  16 firstSequence i64          | 24 maxTimeNs i64
 *  32 crc32c i32                 | 36 reserved i32 (zero)              | 40 chain i64
 *  48 frames
 * </pre>
 * {@code maxTimeNs} is the greatest ingress time of any frame so far, so it never falls and can be searched.
 * The CRC covers bytes [0, 32) and all frames; the chain covers the CRC and the chain before it, so a batch that is
 * missing, repeated or moved is found although it is sound in itself. It guards against accidents, not attackers.
 * Stateless: any thread.
 */
public final class BatchLayout
{
    /** Bytes before the frames. */
    public static final int HEADER_LENGTH = 48;

    /** First four bytes of a batch, with the format version (1) in the last. */
    public static final int MAGIC = 'L' | 'S' << 8 | 'J' << 16 | 1 << 24;

    /** Flag: written by an orderly close, holds no frames. */
    public static final int FLAG_CLOSE = 1;

    /** Flag: the batch was too long for one document and goes on in the next. */
    public static final int FLAG_CONTINUES = 2;

    /** Bytes from the start that the CRC covers. */
    public static final int CRC_HEADER_LENGTH = 32;

    /** Chain before the first batch of a journal. */
    public static final long CHAIN_SEED = 0x4C6F636B73746570L;

    private static final int FLAGS_OFFSET = 4;
    private static final int RESERVED_OFFSET = 6;
    private static final int COUNT_OFFSET = 8;
    private static final int BYTES_OFFSET = 12;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int TIME_OFFSET = 24;
    private static final int CRC_OFFSET = 32;
    private static final int RESERVED_2_OFFSET = 36;
    private static final int CHAIN_OFFSET = 40;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private BatchLayout()
    {
    }

    /** Writes what the CRC covers. */
    public static void writeHeader(
        final MutableDirectBuffer buffer,
        final int offset,
        final int flags,
        final int frameCount,
        final int frameBytes,
        final long firstSequence,
        final long maxTimeNs)
    {
        buffer.putInt(offset, MAGIC, ORDER);
        buffer.putShort(offset + FLAGS_OFFSET, (short)flags, ORDER);
        buffer.putShort(offset + RESERVED_OFFSET, (short)0, ORDER);
        buffer.putInt(offset + COUNT_OFFSET, frameCount, ORDER);
        buffer.putInt(offset + BYTES_OFFSET, frameBytes, ORDER);
        buffer.putLong(offset + SEQUENCE_OFFSET, firstSequence, ORDER);
        buffer.putLong(offset + TIME_OFFSET, maxTimeNs, ORDER);
    }

    /** Writes CRC and chain. */
    public static void writeTrailer(
        final MutableDirectBuffer buffer, final int offset, final int crc, final long chain)
    {
        buffer.putInt(offset + CRC_OFFSET, crc, ORDER);
        buffer.putInt(offset + RESERVED_2_OFFSET, 0, ORDER);
        buffer.putLong(offset + CHAIN_OFFSET, chain, ORDER);
    }

    /**
     * Next link of the hash chain.
     *
     * @param previous chain of the batch before, or {@link #CHAIN_SEED}.
     * @param crc      of this batch.
     * @return chain of this batch.
     */
    public static long chain(final long previous, final int crc)
    {
        long hash = (previous ^ crc & 0xFFFF_FFFFL) * 0x9E37_79B9_7F4A_7C15L;
        hash = (hash ^ hash >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D0_49BB_1331_11EBL;
        return hash ^ hash >>> 31;
    }

    /** @return first four bytes. */
    public static int magic(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset, ORDER);
    }

    /** @return flag bits. */
    public static int flags(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + FLAGS_OFFSET, ORDER) & 0xFFFF;
    }

    /** @return how many frames there are. */
    public static int frameCount(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + COUNT_OFFSET, ORDER);
    }

    /** @return length of all frames, bytes. */
    public static int frameBytes(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + BYTES_OFFSET, ORDER);
    }

    /** @return sequence of the first frame; of a batch without frames, the sequence that comes next. */
    public static long firstSequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SEQUENCE_OFFSET, ORDER);
    }

    /** @return greatest ingress time of any frame up to the end of this batch, epoch ns. */
    public static long maxTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + TIME_OFFSET, ORDER);
    }

    /** @return CRC32C as written. */
    public static int crc(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + CRC_OFFSET, ORDER);
    }

    /** @return chain as written. */
    public static long chain(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + CHAIN_OFFSET, ORDER);
    }
}
