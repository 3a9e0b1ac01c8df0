package org.lockstep.gateway.venue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BarClosedEncoder;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusEncoder;
import org.lockstep.engine.event.codec.InstrumentDefinedEncoder;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TickerEncoder;
import org.lockstep.engine.event.codec.TimeSyncEncoder;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;

/**
 * Encodes decoded market data into claimed frames and publishes them. Everything is validated before it comes here, so
 * that nothing throws between claim and publish.
 * Threading: one event loop. Allocation: none, except in the cold methods that take text.
 */
public final class MarketDataPublisher
{
    /** Levels that fit one BookDelta frame. */
    static final int DELTA_CHUNK = (Frame.MAX_LENGTH - Frame.HEADER_LENGTH - BookDeltaEncoder.BLOCK_LENGTH -
        BookDeltaEncoder.LevelsEncoder.HEADER_SIZE) / BookDeltaEncoder.LevelsEncoder.sbeBlockLength();

    /** Levels that fit one BookSnapshot frame. */
    static final int SNAPSHOT_CHUNK = (Frame.MAX_LENGTH - Frame.HEADER_LENGTH - BookSnapshotEncoder.BLOCK_LENGTH -
        BookSnapshotEncoder.LevelsEncoder.HEADER_SIZE) / BookSnapshotEncoder.LevelsEncoder.sbeBlockLength();

    private static final int MAX_REASON_BYTES = 400;
    private static final int MAX_LINE = 15;

    private final FramePublisher publisher;
    private final FeedCounters counters;
    private final Venue venue;
    private final MutableDirectBuffer buffer;
    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BarClosedEncoder bar = new BarClosedEncoder();
    private final TickerEncoder ticker = new TickerEncoder();
    private final InstrumentDefinedEncoder definition = new InstrumentDefinedEncoder();
    private final FeedStatusEncoder status = new FeedStatusEncoder();
    private final TimeSyncEncoder timeSync = new TimeSyncEncoder();

    private int sourceId;
    private long ingressTimeNs;

    /**
     * Constructs a publisher.
     *
     * @param publisher where frames go.
     * @param counters  of the feed.
     * @param venue     of the feed.
     */
    public MarketDataPublisher(final FramePublisher publisher, final FeedCounters counters, final Venue venue)
    {
        this.publisher = publisher;
        this.counters = counters;
        this.venue = venue;
        this.buffer = publisher.buffer();
        line(0);
    }

    /**
     * Sets which line the following frames come from.
     *
     * @param line of the venue; lines beyond 15 share the last source id.
     */
    public void line(final int line)
    {
        sourceId = FrameSource.venueLine(venue.id(), Math.min(line, MAX_LINE));
    }

    /**
     * Sets when the bytes of the following frames were read.
     *
     * @param timeNs epoch ns.
     */
    public void ingressTimeNs(final long timeNs)
    {
        ingressTimeNs = timeNs;
    }

    /** Publishes a Quote; prices and quantities are mantissas of the instrument. */
    public void quote(
        final int instrumentId,
        final long updateId,
        final long bidPrice,
        final long bidQuantity,
        final long askPrice,
        final long askQuantity)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        quote.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .bidPrice(bidPrice)
            .bidQuantity(bidQuantity)
            .askPrice(askPrice)
            .askQuantity(askQuantity)
            .updateId(updateId);
        publish(claim, offset, quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, 0,
            instrumentId);
    }

    /** Publishes a Trade; {@code venueTimeNs} is the time of the match. */
    public void trade(
        final int instrumentId,
        final long tradeId,
        final long price,
        final long quantity,
        final boolean isSellAggressor,
        final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        trade.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .price(price)
            .quantity(quantity)
            .tradeId(tradeId)
            .aggressor(isSellAggressor ? Side.SELL : Side.BUY);
        publish(claim, offset, trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID, venueTimeNs,
            instrumentId);
    }

    /** Publishes levels as BookDelta frames, as many as they take. */
    public void bookDelta(
        final int instrumentId,
        final long firstUpdateId,
        final long lastUpdateId,
        final long venueTimeNs,
        final LevelBuffer levels)
    {
        int from = 0;
        do
        {
            final int count = Math.min(DELTA_CHUNK, levels.size() - from);
            final long claim = publisher.claim();
            final int offset = publisher.offset(claim);
            delta.wrap(buffer, offset + Frame.HEADER_LENGTH)
                .firstUpdateId(firstUpdateId)
                .lastUpdateId(lastUpdateId)
                .last(from + count == levels.size() ? YesNo.YES : YesNo.NO)
                .levelsCount(count);
            delta.limit(levels.encode(buffer, delta.limit(), from, count));
            publish(claim, offset, delta.encodedLength(), BookDeltaEncoder.BLOCK_LENGTH, BookDeltaEncoder.TEMPLATE_ID,
                venueTimeNs, instrumentId);
            from += count;
        }
        while (from < levels.size());
    }

    /** Publishes levels as BookSnapshot frames, as many as they take. */
    public void bookSnapshot(final int instrumentId, final long updateId, final LevelBuffer levels)
    {
        int from = 0;
        do
        {
            final int count = Math.min(SNAPSHOT_CHUNK, levels.size() - from);
            final long claim = publisher.claim();
            final int offset = publisher.offset(claim);
            snapshot.wrap(buffer, offset + Frame.HEADER_LENGTH)
                .updateId(updateId)
                .first(0 == from ? YesNo.YES : YesNo.NO)
                .last(from + count == levels.size() ? YesNo.YES : YesNo.NO)
                .levelsCount(count);
            snapshot.limit(levels.encode(buffer, snapshot.limit(), from, count));
            publish(claim, offset, snapshot.encodedLength(), BookSnapshotEncoder.BLOCK_LENGTH,
                BookSnapshotEncoder.TEMPLATE_ID, 0, instrumentId);
            from += count;
        }
        while (from < levels.size());
    }

    /** Publishes a bar as the venue reports it. */
    public void bar(
        final int instrumentId,
        final BarInterval interval,
        final boolean isClosed,
        final long openTimeNs,
        final BarValues values,
        final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        bar.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .openTimeNs(openTimeNs)
            .openPrice(values.openPrice)
            .highPrice(values.highPrice)
            .lowPrice(values.lowPrice)
            .closePrice(values.closePrice)
            .volume(values.volume)
            .tradeCount(values.tradeCount)
            .interval(interval)
            .closed(isClosed ? YesNo.YES : YesNo.NO);
        publish(claim, offset, bar.encodedLength(), BarClosedEncoder.BLOCK_LENGTH, BarClosedEncoder.TEMPLATE_ID,
            venueTimeNs, instrumentId);
    }

    /** Publishes rolling statistics; {@code quoteVolume} has 2 decimals. */
    public void ticker(final int instrumentId, final BarValues values, final long quoteVolume, final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        ticker.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .openPrice(values.openPrice)
            .highPrice(values.highPrice)
            .lowPrice(values.lowPrice)
            .lastPrice(values.closePrice)
            .volume(values.volume)
            .quoteVolume(quoteVolume)
            .tradeCount(values.tradeCount);
        publish(claim, offset, ticker.encodedLength(), TickerEncoder.BLOCK_LENGTH, TickerEncoder.TEMPLATE_ID,
            venueTimeNs, instrumentId);
    }

    /** Publishes an instrument. Cold. */
    public void instrument(final Instrument instrument)
    {
        final byte[] symbol = text(instrument.symbol(), 200);
        final byte[] base = text(instrument.baseAsset(), 100);
        final byte[] quoteAsset = text(instrument.quoteAsset(), 100);
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        definition.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .tickSize(instrument.tickSize())
            .lotSize(instrument.lotSize())
            .minQuantity(instrument.minQuantity())
            .maxQuantity(instrument.maxQuantity())
            .minNotional(instrument.minNotional())
            .venueId(instrument.venue().id())
            .priceScale((short)instrument.priceScale())
            .quantityScale((short)instrument.quantityScale())
            .status(instrument.status())
            .putSymbol(symbol, 0, symbol.length)
            .putBaseAsset(base, 0, base.length)
            .putQuoteAsset(quoteAsset, 0, quoteAsset.length);
        publish(claim, offset, definition.encodedLength(), InstrumentDefinedEncoder.BLOCK_LENGTH,
            InstrumentDefinedEncoder.TEMPLATE_ID, 0, instrument.id());
    }

    /** Publishes the state of the feed or, with an instrument, of that. Cold. */
    public void status(final int instrumentId, final FeedState state, final long lastUpdateId, final String reason)
    {
        final byte[] text = text(reason, MAX_REASON_BYTES);
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        status.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .venueId(venue.id())
            .state(state)
            .lastUpdateId(lastUpdateId)
            .putReason(text, 0, text.length);
        publish(claim, offset, status.encodedLength(), FeedStatusEncoder.BLOCK_LENGTH, FeedStatusEncoder.TEMPLATE_ID,
            0, instrumentId);
    }

    /** Publishes a measured clock offset, venue minus ours. */
    public void timeSync(final long offsetNs, final long roundTripNs, final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        timeSync.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .venueId(venue.id())
            .offsetNs(offsetNs)
            .roundTripNs(roundTripNs);
        publish(claim, offset, timeSync.encodedLength(), TimeSyncEncoder.BLOCK_LENGTH, TimeSyncEncoder.TEMPLATE_ID,
            venueTimeNs, Frame.NULL_INSTRUMENT_ID);
    }

    private void publish(
        final long claim,
        final int offset,
        final int bodyLength,
        final int blockLength,
        final int templateId,
        final long venueTimeNs,
        final int instrumentId)
    {
        Frame.writeHeader(buffer, offset, Frame.HEADER_LENGTH + bodyLength, blockLength, templateId, sourceId, 0,
            ingressTimeNs, venueTimeNs, instrumentId);
        publisher.publish(claim);
        counters.onPublished();
    }

    private static byte[] text(final String text, final int maxBytes)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= maxBytes ? bytes : Arrays.copyOf(bytes, maxBytes);
    }
}
