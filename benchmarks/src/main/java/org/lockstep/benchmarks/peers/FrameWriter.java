package org.lockstep.benchmarks.peers;

import java.nio.ByteBuffer;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.HistoricalBarEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TimerEncoder;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;

/** Writes input frames with rising sequence and hands each over, from one buffer. Time is the caller's. */
final class FrameWriter
{
    private static final int SOURCE_ID = FrameSource.venueLine(Venue.BINANCE.id(), 0);
    private static final long LARGEST_QUANTITY = 9_000_000_000_000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH));
    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final HistoricalBarEncoder bar = new HistoricalBarEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final FrameHandler target;
    private long sequence;
    private long timeNs;

    FrameWriter(final FrameHandler target, final long timeNs)
    {
        this.target = target;
        this.timeNs = timeNs;
    }

    long timeNs()
    {
        return timeNs;
    }

    void timeNs(final long newTimeNs)
    {
        timeNs = newTimeNs;
    }

    static Instrument instrument(final int id, final String symbol)
    {
        return new Instrument(id, Venue.BINANCE, symbol, symbol, "USDT", 2, 5, 1, 1, 1, LARGEST_QUANTITY, 0,
            InstrumentStatus.TRADING);
    }

    void session(final long stateHashIntervalNs)
    {
        final SessionStartedEncoder encoder = new SessionStartedEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).epoch(1).seed(1).stateHashIntervalNs(stateHashIntervalNs)
            .journalId(0).build("bench");
        send(encoder.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID, 0);
    }

    void instrument(final Instrument instrument)
    {
        final int length = InstrumentFrame.encode(instrument, buffer, 0, SOURCE_ID, timeNs, 0);
        Frame.sequence(buffer, 0, sequence++);
        target.onFrame(buffer, 0, length);
    }

    void command(final CommandAction action, final String botName, final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(action).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
            .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("bench").requestId("").botName(botName);
        send(encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID, 0);
    }

    void timer()
    {
        send(0, TimerEncoder.BLOCK_LENGTH, TimerEncoder.TEMPLATE_ID, Frame.NULL_INSTRUMENT_ID, 0);
    }

    void quote(final int instrumentId, final long bid, final long ask, final long quantity)
    {
        quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(bid).bidQuantity(quantity).askPrice(ask)
            .askQuantity(quantity).updateId(0);
        send(quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID, instrumentId, 0);
    }

    void trade(final int instrumentId, final long price, final long quantity, final Side aggressor)
    {
        trade.wrap(buffer, Frame.HEADER_LENGTH).price(price).quantity(quantity).tradeId(0).aggressor(aggressor);
        send(trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID, instrumentId, timeNs);
    }

    /** A minute of the past. */
    void bar(
        final int instrumentId,
        final long openTimeNs,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume)
    {
        bar.wrap(buffer, Frame.HEADER_LENGTH).openTimeNs(openTimeNs).openPrice(open).highPrice(high).lowPrice(low)
            .closePrice(close).volume(volume).tradeCount(0).interval(BarInterval.M1).hasMore(YesNo.NO);
        send(bar.encodedLength(), HistoricalBarEncoder.BLOCK_LENGTH, HistoricalBarEncoder.TEMPLATE_ID, instrumentId, 0);
    }

    /** An empty book, which deltas can build on. */
    void snapshot(final int instrumentId)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).updateId(0).first(YesNo.YES).last(YesNo.YES).levelsCount(0);
        send(encoder.encodedLength(), BookSnapshotEncoder.BLOCK_LENGTH, BookSnapshotEncoder.TEMPLATE_ID,
            instrumentId, 0);
    }

    void level(final int instrumentId, final Side side, final long price, final long quantity)
    {
        delta.wrap(buffer, Frame.HEADER_LENGTH).firstUpdateId(0).lastUpdateId(0).last(YesNo.YES).levelsCount(1)
            .next().price(price).quantity(quantity).side(side);
        send(delta.encodedLength(), BookDeltaEncoder.BLOCK_LENGTH, BookDeltaEncoder.TEMPLATE_ID, instrumentId,
            timeNs);
    }

    private void send(
        final int bodyLength,
        final int blockLength,
        final int templateId,
        final int instrumentId,
        final long venueTimeNs)
    {
        final int length = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(buffer, 0, length, blockLength, templateId, SOURCE_ID, 0, timeNs, venueTimeNs, instrumentId);
        Frame.sequence(buffer, 0, sequence++);
        target.onFrame(buffer, 0, length);
    }
}
