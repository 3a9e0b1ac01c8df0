package org.lockstep.engine.book;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;

/** Encodes book events of one level and hands out decoders wrapped around them. */
public final class BookFrames
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final BookSnapshotEncoder snapshotEncoder = new BookSnapshotEncoder();
    private final BookSnapshotDecoder snapshotDecoder = new BookSnapshotDecoder();
    private final BookDeltaEncoder deltaEncoder = new BookDeltaEncoder();
    private final BookDeltaDecoder deltaDecoder = new BookDeltaDecoder();

    public BookSnapshotDecoder snapshot(
        final long updateId,
        final boolean isFirst,
        final boolean isLast,
        final Side side,
        final long price,
        final long quantity)
    {
        snapshotEncoder.wrap(buffer, 0)
            .updateId(updateId)
            .first(isFirst ? YesNo.YES : YesNo.NO)
            .last(isLast ? YesNo.YES : YesNo.NO)
            .levelsCount(1).next().price(price).quantity(quantity).side(side);
        return snapshotDecoder.wrap(buffer, 0, BookSnapshotEncoder.BLOCK_LENGTH, BookSnapshotEncoder.SCHEMA_VERSION);
    }

    public BookDeltaDecoder delta(
        final long firstUpdateId,
        final long lastUpdateId,
        final boolean isLast,
        final Side side,
        final long price,
        final long quantity)
    {
        deltaEncoder.wrap(buffer, 0)
            .firstUpdateId(firstUpdateId)
            .lastUpdateId(lastUpdateId)
            .last(isLast ? YesNo.YES : YesNo.NO)
            .levelsCount(1).next().price(price).quantity(quantity).side(side);
        return deltaDecoder.wrap(buffer, 0, BookDeltaEncoder.BLOCK_LENGTH, BookDeltaEncoder.SCHEMA_VERSION);
    }
}
