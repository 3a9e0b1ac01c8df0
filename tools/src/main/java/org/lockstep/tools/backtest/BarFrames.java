package org.lockstep.tools.backtest;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.HistoricalBarEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;

/** Publishes instruments and bars as frames of their venues. A bar's ingress time is its end. One thread. */
final class BarFrames
{
    private final FramePublisher publisher;
    private final BarInterval interval;
    private final HistoricalBarEncoder encoder = new HistoricalBarEncoder();

    BarFrames(final FramePublisher publisher, final BarInterval interval)
    {
        this.publisher = publisher;
        this.interval = interval;
    }

    void instrument(final Instrument instrument, final long timeNs)
    {
        InstrumentFrame.encodedLength(instrument);
        final long claim = publisher.claim();
        InstrumentFrame.encode(
            instrument, publisher.buffer(), publisher.offset(claim), sourceId(instrument), timeNs, timeNs);
        publisher.publish(claim);
    }

    /** Publishes a bar, and whether another one that ends then follows. */
    void bar(final BarCursor bar, final boolean hasMore)
    {
        final long claim = publisher.claim();
        final MutableDirectBuffer buffer = publisher.buffer();
        final int offset = publisher.offset(claim);
        encoder.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .openTimeNs(bar.openTimeNs())
            .openPrice(bar.openPrice())
            .highPrice(bar.highPrice())
            .lowPrice(bar.lowPrice())
            .closePrice(bar.closePrice())
            .volume(bar.volume())
            .tradeCount(bar.tradeCount())
            .interval(interval)
            .hasMore(hasMore ? YesNo.YES : YesNo.NO);
        Frame.writeHeader(buffer, offset, Frame.HEADER_LENGTH + encoder.encodedLength(),
            HistoricalBarEncoder.BLOCK_LENGTH, HistoricalBarEncoder.TEMPLATE_ID, sourceId(bar.instrument()), 0,
            bar.endTimeNs(), bar.endTimeNs(), bar.instrument().id());
        publisher.publish(claim);
    }

    private static int sourceId(final Instrument instrument)
    {
        return FrameSource.venueLine(instrument.venue().id(), 0);
    }
}
