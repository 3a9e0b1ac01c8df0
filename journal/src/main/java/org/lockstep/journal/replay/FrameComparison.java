package org.lockstep.journal.replay;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.StateHashDecoder;

/**
 * Compares a recorded output with the one a replay gave. Of one schema version they must be the same bytes, the
 * sequence left aside. Of an older version, everything that version could say must be the same: its block is a prefix
 * of today's, and so are its texts, since fields are only ever added behind; state hashes are not compared then,
 * because a newer engine has more state to hash. Allocates nothing.
 */
final class FrameComparison
{
    private static final int FRAME_LENGTH_BYTES = 4;
    private static final int TEMPLATE_ID_OFFSET = 6;
    private static final int VERSION_OFFSET = 10;
    private static final int SOURCE_ID_OFFSET = 12;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int AFTER_SEQUENCE = SEQUENCE_OFFSET + Long.BYTES;

    private FrameComparison()
    {
    }

    static boolean same(
        final DirectBuffer recorded, final int recordedOffset, final DirectBuffer actual, final int actualOffset)
    {
        final int length = Frame.length(recorded, recordedOffset);
        if (Frame.version(recorded, recordedOffset) < Frame.version(actual, actualOffset))
        {
            return sameAsOlder(recorded, recordedOffset, length, actual, actualOffset);
        }
        return length == Frame.length(actual, actualOffset) &&
            same(recorded, recordedOffset, actual, actualOffset, FRAME_LENGTH_BYTES, SEQUENCE_OFFSET) &&
            same(recorded, recordedOffset, actual, actualOffset, AFTER_SEQUENCE, length);
    }

    private static boolean sameAsOlder(
        final DirectBuffer recorded,
        final int recordedOffset,
        final int length,
        final DirectBuffer actual,
        final int actualOffset)
    {
        final int blockLength = Frame.blockLength(recorded, recordedOffset);
        final int added = Frame.blockLength(actual, actualOffset) - blockLength;
        final boolean isHash = StateHashDecoder.TEMPLATE_ID == Frame.templateId(recorded, recordedOffset);
        final int blockEnd = Frame.HEADER_LENGTH + (isHash ? StateHashDecoder.hashEncodingOffset() : blockLength);
        return added >= 0 && length + added <= Frame.length(actual, actualOffset) &&
            same(recorded, recordedOffset, actual, actualOffset, TEMPLATE_ID_OFFSET, VERSION_OFFSET) &&
            same(recorded, recordedOffset, actual, actualOffset, SOURCE_ID_OFFSET, SEQUENCE_OFFSET) &&
            same(recorded, recordedOffset, actual, actualOffset, AFTER_SEQUENCE, blockEnd) &&
            (isHash || same(recorded, recordedOffset, actual, actualOffset + added, blockEnd, length));
    }

    private static boolean same(
        final DirectBuffer left,
        final int leftOffset,
        final DirectBuffer right,
        final int rightOffset,
        final int from,
        final int to)
    {
        for (int i = from; i < to; i++)
        {
            if (left.getByte(leftOffset + i) != right.getByte(rightOffset + i))
            {
                return false;
            }
        }
        return true;
    }
}
