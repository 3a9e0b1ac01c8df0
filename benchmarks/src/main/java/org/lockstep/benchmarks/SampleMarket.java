package org.lockstep.benchmarks;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;

/**
 * An endless, seeded market of one instrument as frames, mixed as a busy hour of BTCUSDT was recorded: 68 % quotes,
 * 24 % trades, 8 % book deltas with a median of 16 levels. The book never crosses: the price moves by one tick, only in
 * a delta, which removes the level that was traded through. As at the venue, quotes use up update ids and the next
 * delta covers them, so that deltas continue each other. One thread; allocates nothing.
 */
public final class SampleMarket
{
    /** What is traded. */
    public static final Instrument INSTRUMENT = new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 2, 5,
        1, 1, 1, 900_000_000L, 0, InstrumentStatus.TRADING);

    /** Ingress time of the first frame, epoch ns. */
    public static final long START_NS = 1_700_000_000_000_000_000L;

    /** Levels of the median book delta of the recording. */
    public static final int MEDIAN_LEVELS = 16;

    private static final long STEP_NS = 50_000;
    private static final long START_PRICE = 6_183_763;
    private static final int SOURCE_ID = FrameSource.venueLine(Venue.BINANCE.id(), 0);
    private static final int SNAPSHOT_LEVELS = 25;
    private static final int DEPTH = 100;
    private static final int QUOTES_OF_100 = 68;
    private static final int TRADES_OF_100 = 24;

    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private long random = 0x9E37_79B9_7F4A_7C15L;
    private long bid = START_PRICE;
    private long timeNs = START_NS;
    private long updateId = 1;
    private long bookUpdateId = 1;
    private long tradeId;

    /** @return ingress time of the last frame, epoch ns. */
    public long timeNs()
    {
        return timeNs;
    }

    /**
     * Writes the next frame.
     *
     * @param buffer takes it.
     * @param offset of the frame.
     * @return its length, bytes.
     */
    public int next(final MutableDirectBuffer buffer, final int offset)
    {
        timeNs += STEP_NS;
        final int kind = draw(100);
        if (kind < QUOTES_OF_100)
        {
            return quote(buffer, offset, timeNs);
        }
        return kind < QUOTES_OF_100 + TRADES_OF_100 ? trade(buffer, offset) : delta(buffer, offset);
    }

    /** Writes a quote with a given ingress time; returns its length. */
    public int quote(final MutableDirectBuffer buffer, final int offset, final long ingressTimeNs)
    {
        quote.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .bidPrice(bid)
            .bidQuantity(1 + draw(500_000))
            .askPrice(bid + 1)
            .askQuantity(1 + draw(500_000))
            .updateId(++updateId);
        return header(buffer, offset, quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID,
            ingressTimeNs, 0);
    }

    /** Writes a trade; returns its length. */
    public int trade(final MutableDirectBuffer buffer, final int offset)
    {
        final boolean isSell = 0 == draw(2);
        trade.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .price(isSell ? bid : bid + 1)
            .quantity(1 + draw(50_000))
            .tradeId(++tradeId)
            .aggressor(isSell ? Side.SELL : Side.BUY);
        return header(buffer, offset, trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID,
            timeNs, timeNs);
    }

    /** Writes a delta; returns its length. */
    public int delta(final MutableDirectBuffer buffer, final int offset)
    {
        final int count = MEDIAN_LEVELS / 2 + draw(MEDIAN_LEVELS + 1);
        final int move = draw(3) - 1;
        final BookDeltaEncoder.LevelsEncoder levels = delta.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .firstUpdateId(bookUpdateId + 1)
            .lastUpdateId(++updateId)
            .last(YesNo.YES)
            .levelsCount(count);
        if (move > 0)
        {
            levels.next().price(bid + 1).quantity(0).side(Side.SELL);
            levels.next().price(bid + 1).quantity(1 + draw(500_000)).side(Side.BUY);
        }
        else if (move < 0)
        {
            levels.next().price(bid).quantity(0).side(Side.BUY);
            levels.next().price(bid).quantity(1 + draw(500_000)).side(Side.SELL);
        }
        bookUpdateId = updateId;
        bid += move;
        for (int i = 0 == move ? 0 : 2; i < count; i++)
        {
            final boolean isBid = 0 == draw(2);
            final int distance = draw(1 + draw(DEPTH));
            levels.next()
                .price(isBid ? bid - distance : bid + 1 + distance)
                .quantity(0 != distance && draw(10) < 3 ? 0 : 1 + draw(500_000))
                .side(isBid ? Side.BUY : Side.SELL);
        }
        return header(buffer, offset, delta.encodedLength(), BookDeltaEncoder.BLOCK_LENGTH,
            BookDeltaEncoder.TEMPLATE_ID, timeNs, timeNs);
    }

    /** Writes a snapshot in one frame; returns its length. */
    public int snapshot(final MutableDirectBuffer buffer, final int offset)
    {
        bookUpdateId = updateId;
        final BookSnapshotEncoder.LevelsEncoder levels = snapshot.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .updateId(updateId)
            .first(YesNo.YES)
            .last(YesNo.YES)
            .levelsCount(2 * SNAPSHOT_LEVELS);
        for (int i = 0; i < SNAPSHOT_LEVELS; i++)
        {
            levels.next().price(bid - i).quantity(1 + draw(500_000)).side(Side.BUY);
            levels.next().price(bid + 1 + i).quantity(1 + draw(500_000)).side(Side.SELL);
        }
        return header(buffer, offset, snapshot.encodedLength(), BookSnapshotEncoder.BLOCK_LENGTH,
            BookSnapshotEncoder.TEMPLATE_ID, timeNs, 0);
    }

    private static int header(
        final MutableDirectBuffer buffer,
        final int offset,
        final int bodyLength,
        final int blockLength,
        final int templateId,
        final long ingressTimeNs,
        final long venueTimeNs)
    {
        final int length = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(buffer, offset, length, blockLength, templateId, SOURCE_ID, 0, ingressTimeNs, venueTimeNs,
            INSTRUMENT.id());
        return length;
    }

    private int draw(final int bound)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int)((random >>> 33) * bound >>> 31);
    }
}
