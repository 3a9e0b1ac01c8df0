package org.lockstep.journal;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.InstrumentDefinedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.SessionStoppingEncoder;

/** Encodes input frames for tests. One thread. */
public final class Frames
{
    public static final long START_NS = 1_723_118_400_000_000_000L;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);
    private final QuoteEncoder quote = new QuoteEncoder();
    private final SessionStartedEncoder started = new SessionStartedEncoder();
    private final SessionStoppingEncoder stopping = new SessionStoppingEncoder();
    private final InstrumentDefinedEncoder instrument = new InstrumentDefinedEncoder();
    private int length;

    public Frames quote(final long sequence, final long timeNs, final long bidPrice)
    {
        quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(bidPrice).bidQuantity(5).askPrice(bidPrice + 1)
            .askQuantity(7).updateId(sequence + 1);
        return finish(QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH, quote.encodedLength(), sequence, timeNs, 0);
    }

    public Frames sessionStarted(final long sequence, final long timeNs, final long epoch)
    {
        started.wrap(buffer, Frame.HEADER_LENGTH).epoch(epoch).seed(42).stateHashIntervalNs(0).journalId(0)
            .build("test");
        return finish(SessionStartedEncoder.TEMPLATE_ID, SessionStartedEncoder.BLOCK_LENGTH, started.encodedLength(),
            sequence, timeNs, Frame.NULL_INSTRUMENT_ID);
    }

    /** A frame whose length varies with its text. */
    public Frames text(final long sequence, final long timeNs, final String text)
    {
        stopping.wrap(buffer, Frame.HEADER_LENGTH).reason(text);
        return finish(SessionStoppingEncoder.TEMPLATE_ID, SessionStoppingEncoder.BLOCK_LENGTH,
            stopping.encodedLength(), sequence, timeNs, Frame.NULL_INSTRUMENT_ID);
    }

    public Frames instrument(final long sequence, final long timeNs, final int id, final String symbol)
    {
        instrument.wrap(buffer, Frame.HEADER_LENGTH).tickSize(1).lotSize(1).minQuantity(1).maxQuantity(1_000_000)
            .minNotional(500_000_000L).venueId(1).priceScale((short)2).quantityScale((short)5)
            .status(InstrumentStatus.TRADING).symbol(symbol).baseAsset("BTC").quoteAsset("USDT");
        return finish(InstrumentDefinedEncoder.TEMPLATE_ID, InstrumentDefinedEncoder.BLOCK_LENGTH,
            instrument.encodedLength(), sequence, timeNs, id);
    }

    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    public int length()
    {
        return length;
    }

    private Frames finish(
        final int templateId,
        final int blockLength,
        final int encodedLength,
        final long sequence,
        final long timeNs,
        final int instrumentId)
    {
        length = Frame.HEADER_LENGTH + encodedLength;
        Frame.writeHeader(buffer, 0, length, blockLength, templateId, FrameSource.PROCESS, 0, timeNs, 0, instrumentId);
        Frame.sequence(buffer, 0, sequence);
        return this;
    }
}
