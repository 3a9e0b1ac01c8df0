package org.lockstep.benchmarks;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.binance.ws.EventRouter;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.SyncBuffers;

/**
 * Messages of the Binance market streams as they come from the socket, each sent again and again with ids that go on,
 * so that the feed takes every one for new; and the feed's path from those bytes to a published frame. Values are made
 * up, shapes and lengths are the venue's. One thread; sending allocates nothing.
 */
public final class VenueMessages
{
    /** Kinds of message. */
    public enum Kind
    {
        /** Best bid and ask. */
        BOOK_TICKER,
        /** A trade. */
        TRADE,
        /** A change of ten levels. */
        DEPTH_10,
        /** A change of as many levels as the median one of a real hour. */
        DEPTH_MEDIAN,
        /** A bar. */
        KLINE,
        /** Statistics of 24 hours. */
        TICKER
    }

    private static final Kind[] MIX = mix();

    private final MessageTexts texts = new MessageTexts(true);
    private final FeedCounters counters = new FeedCounters("bench");
    private final EventRouter router;
    private final InstrumentFeed feed;
    private int mixIndex;

    /**
     * A feed of one instrument whose book is in sync.
     *
     * @param publisher where its frames go.
     */
    public VenueMessages(final FramePublisher publisher)
    {
        final MarketDataPublisher frames = new MarketDataPublisher(publisher, counters, Venue.BINANCE);
        frames.ingressTimeNs(SampleMarket.START_NS);
        router = new EventRouter(frames, counters);
        feed = new InstrumentFeed(SampleMarket.INSTRUMENT, frames, counters);
        router.add(feed);
        feed.book().await();
        new SyncBuffers(1, LevelBuffer.MAX_LEVELS).lend(feed.book());
        final LevelBuffer levels = new LevelBuffer();
        levels.add(6_183_763, 100_000, true);
        levels.add(6_183_764, 100_000, false);
        feed.book().onSnapshot(MessageTexts.SNAPSHOT_ID, levels);
    }

    /**
     * Sends the next message of one kind.
     *
     * @param kind   which.
     * @param timeNs when its bytes were read, epoch ns.
     * @return its length, bytes.
     */
    public int send(final Kind kind, final long timeNs)
    {
        final UnsafeBuffer message = texts.next(kind);
        router.onMessage(null, message, 0, message.capacity(), timeNs);
        return message.capacity();
    }

    /**
     * Sends the next message of the mix of a real hour: of 100, 68 bookTicker, 24 trades, 8 median depth changes.
     *
     * @param timeNs when its bytes were read, epoch ns.
     * @return its length, bytes.
     */
    public int sendNext(final long timeNs)
    {
        mixIndex = mixIndex + 1 == MIX.length ? 0 : mixIndex + 1;
        return send(MIX[mixIndex], timeNs);
    }

    /** @return figures of the feed. */
    public FeedCounters counters()
    {
        return counters;
    }

    /** @return messages that did not become a frame, which spoils what is measured: 0. */
    public long lost()
    {
        return counters.received() - counters.decoded() + counters.duplicates() + counters.gaps();
    }

    private static Kind[] mix()
    {
        final Kind[] mix = new Kind[100];
        for (int i = 0; i < mix.length; i++)
        {
            // Steps of 37 visit each residue of 100 once and spread the kinds.
            final int residue = i * 37 % 100;
            mix[i] = residue < 68 ? Kind.BOOK_TICKER : residue < 92 ? Kind.TRADE : Kind.DEPTH_MEDIAN;
        }
        return mix;
    }
}
