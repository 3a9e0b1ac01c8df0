package org.lockstep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

    private static final String STREAM = "{\"stream\":\"btcusdt@%s\",\"data\":%s}";
    private static final long SNAPSHOT_ID = 50_093_239_188L;
    private static final Kind[] MIX = mix();

    private final UnsafeBuffer[] messages = new UnsafeBuffer[Kind.values().length];
    private final int[][] idOffsets = new int[messages.length][];
    private final AsciiCounter[] ids = new AsciiCounter[messages.length];
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
        feed.book().onSnapshot(SNAPSHOT_ID, levels);

        final AsciiCounter depthId = new AsciiCounter(Long.toString(SNAPSHOT_ID));
        add(Kind.BOOK_TICKER, "bookTicker", new AsciiCounter("50093239212"), "{\"u\":#,\"s\":\"BTCUSDT\"," +
            "\"b\":\"61837.63000000\",\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\"}");
        add(Kind.TRADE, "trade", new AsciiCounter("3735683259"), "{\"e\":\"trade\",\"E\":1723161255343," +
            "\"s\":\"BTCUSDT\",\"t\":#,\"p\":\"61837.63000000\",\"q\":\"0.02000000\",\"T\":1723161255342," +
            "\"m\":true,\"M\":true}");
        add(Kind.DEPTH_10, "depth@100ms", depthId, depth(10));
        add(Kind.DEPTH_MEDIAN, "depth@100ms", depthId, depth(SampleMarket.MEDIAN_LEVELS));
        add(Kind.KLINE, "kline_1m", new AsciiCounter("1723161255343"), "{\"e\":\"kline\",\"E\":#," +
            "\"s\":\"BTCUSDT\",\"k\":{\"t\":1723161240000,\"T\":1723161299999,\"s\":\"BTCUSDT\",\"i\":\"1m\"," +
            "\"f\":3735683000,\"L\":3735683259,\"o\":\"61830.01000000\",\"c\":\"61837.63000000\"," +
            "\"h\":\"61840.00000000\",\"l\":\"61829.99000000\",\"v\":\"12.34567000\",\"n\":260,\"x\":false," +
            "\"q\":\"763415.12345678\",\"V\":\"6.12345000\",\"Q\":\"378600.87654321\",\"B\":\"0\"}}");
        add(Kind.TICKER, "ticker", new AsciiCounter("1723161255343"), "{\"e\":\"24hrTicker\",\"E\":#," +
            "\"s\":\"BTCUSDT\",\"p\":\"6699.63000000\",\"P\":\"12.151\",\"w\":\"58563.20114411\"," +
            "\"x\":\"55138.00000000\",\"c\":\"61837.63000000\",\"Q\":\"0.00810000\",\"b\":\"61837.63000000\"," +
            "\"B\":\"3.78826000\",\"a\":\"61837.64000000\",\"A\":\"1.54698000\",\"o\":\"55138.00000000\"," +
            "\"h\":\"62745.14000000\",\"l\":\"54730.00000000\",\"v\":\"44722.19345000\"," +
            "\"q\":\"2619074812.66141180\",\"O\":1723074855340,\"C\":1723161255340,\"F\":3731571660," +
            "\"L\":3735683258,\"n\":4111599}");
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
        final int index = kind.ordinal();
        final UnsafeBuffer message = messages[index];
        final AsciiCounter id = ids[index];
        id.increment();
        for (final int offset : idOffsets[index])
        {
            id.putInto(message, offset);
        }
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

    private void add(final Kind kind, final String stream, final AsciiCounter id, final String data)
    {
        final String text = STREAM.formatted(stream, data);
        final StringBuilder message = new StringBuilder();
        final List<Integer> offsets = new ArrayList<>();
        for (final String part : text.split("#"))
        {
            if (message.length() > 0)
            {
                offsets.add(message.length());
                message.append(id);
            }
            message.append(part);
        }
        final byte[] bytes = message.toString().getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        messages[kind.ordinal()] = buffer;
        idOffsets[kind.ordinal()] = offsets.stream().mapToInt(Integer::intValue).toArray();
        ids[kind.ordinal()] = id;
    }

    private static String depth(final int count)
    {
        final StringBuilder text = new StringBuilder();
        text.append("{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"BTCUSDT\",\"U\":#,\"u\":#,\"b\":[");
        for (int i = 0; i < count; i++)
        {
            final boolean isBid = i < count / 2;
            text.append(0 == i ? "" : count / 2 == i ? "],\"a\":[" : ",");
            final int cents = isBid ? 6_183_763 - 7 * i : 6_183_764 + 9 * (i - count / 2);
            text.append("[\"").append(cents / 100).append('.').append("%02d".formatted(cents % 100))
                .append("000000\",\"").append(0 == i % 3 && 0 != i % (count / 2) ? "0.00000000" : "1.54698000")
                .append("\"]");
        }
        return text.append("]}").toString();
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
