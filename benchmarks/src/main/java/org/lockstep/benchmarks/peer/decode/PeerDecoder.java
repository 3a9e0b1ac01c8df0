package org.lockstep.benchmarks.peer.decode;

import java.io.IOException;
import java.util.Map;

import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;

/**
 * Decodes messages of the market streams with a library, to the same frames as the feed: all values of a message as
 * exact mantissas, its instrument looked up by symbol. It leaves out what the feed checks besides (sequences of ids,
 * duplicates, counters): that is the library's advantage. One thread.
 */
public abstract class PeerDecoder
{
    static final long NS_PER_MS = 1_000_000;

    final LevelBuffer levels = new LevelBuffer();
    private final Map<String, Instrument> instruments =
        Map.of(SampleMarket.INSTRUMENT.symbol(), SampleMarket.INSTRUMENT);
    private final MarketDataPublisher frames;

    PeerDecoder(final FramePublisher publisher)
    {
        frames = new MarketDataPublisher(publisher, new FeedCounters("peer"), Venue.BINANCE);
    }

    /**
     * Makes one with Jackson's tree.
     *
     * @param publisher takes its frames.
     * @return it.
     */
    public static PeerDecoder jacksonTree(final FramePublisher publisher)
    {
        return new JacksonTreeDecoder(publisher);
    }

    /**
     * Makes one with Jackson's streaming parser.
     *
     * @param publisher takes its frames.
     * @return it.
     */
    public static PeerDecoder jacksonStreaming(final FramePublisher publisher)
    {
        return new JacksonStreamDecoder(publisher);
    }

    /**
     * Makes one with the reader of DSL-JSON.
     *
     * @param publisher takes its frames.
     * @return it.
     */
    public static PeerDecoder dslJson(final FramePublisher publisher)
    {
        return new DslJsonDecoder(publisher);
    }

    /**
     * Decodes.
     *
     * @param message all of it.
     * @param timeNs  when it was read.
     */
    public final void onMessage(final byte[] message, final long timeNs)
    {
        frames.ingressTimeNs(timeNs);
        try
        {
            decode(message);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    abstract void decode(byte[] message) throws IOException;

    final Instrument instrument(final String symbol)
    {
        final Instrument instrument = instruments.get(symbol);
        if (null == instrument)
        {
            throw new IllegalStateException("unknown symbol " + symbol);
        }
        return instrument;
    }

    final void quote(
        final Instrument instrument, final long updateId, final long bid, final long bidQuantity, final long ask,
        final long askQuantity)
    {
        frames.quote(instrument.id(), updateId, bid, bidQuantity, ask, askQuantity);
    }

    final void trade(
        final Instrument instrument, final long tradeId, final long price, final long quantity, final boolean isSell,
        final long timeMs)
    {
        frames.trade(instrument.id(), tradeId, price, quantity, isSell, timeMs * NS_PER_MS);
    }

    final void depth(final Instrument instrument, final long first, final long last, final long timeMs)
    {
        frames.bookDelta(instrument.id(), first, last, timeMs * NS_PER_MS, levels);
        levels.clear();
    }

    /** Mantissa of a plain decimal number in characters: what a careful user of a parser writes. */
    static long mantissa(final char[] text, final int offset, final int length, final int scale)
    {
        long mantissa = 0;
        int decimals = -1;
        for (int i = offset; i < offset + length; i++)
        {
            final char c = text[i];
            if ('.' == c && decimals < 0)
            {
                decimals = 0;
            }
            else if (c < '0' || c > '9')
            {
                throw new NumberFormatException(new String(text, offset, length));
            }
            else if (decimals < scale)
            {
                mantissa = Math.addExact(Math.multiplyExact(mantissa, 10L), c - '0');
                decimals += decimals < 0 ? 0 : 1;
            }
            else if ('0' != c)
            {
                throw new ArithmeticException("too precise: " + new String(text, offset, length));
            }
        }
        for (int i = Math.max(0, decimals); i < scale; i++)
        {
            mantissa = Math.multiplyExact(mantissa, 10L);
        }
        return mantissa;
    }
}
