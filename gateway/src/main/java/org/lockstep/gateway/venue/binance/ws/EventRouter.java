package org.lockstep.gateway.venue.binance.ws;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.SymbolTable;

/**
 * The path of a message of any connection of the feed: decoder, then the state of its instrument, then the ring.
 * A fault in it costs the one message and is counted; only a halted pipeline gets through to the caller.
 * Threading: the feed's loop. Allocation: none.
 */
public final class EventRouter implements StreamEvents
{
    private final MarketDataPublisher publisher;
    private final FeedCounters counters;
    private final StreamDecoder decoder;
    private StreamConnection connection;
    private long ingressTimeNs;

    /**
     * Constructs a router that knows no symbols.
     *
     * @param publisher where frames go.
     * @param counters  of the feed.
     */
    public EventRouter(final MarketDataPublisher publisher, final FeedCounters counters)
    {
        this.publisher = publisher;
        this.counters = counters;
        this.decoder = new StreamDecoder(this, counters);
    }

    /**
     * Makes an instrument known.
     *
     * @param feed its state.
     */
    public void add(final InstrumentFeed feed)
    {
        decoder.symbols(decoder.symbols().with(feed.instrument().symbol(), feed));
    }

    /**
     * Takes one message.
     *
     * @param source    it came from, or null.
     * @param buffer    holds it.
     * @param offset    of it.
     * @param length    of it, bytes.
     * @param timeNs    when its bytes were read, epoch ns.
     * @throws IllegalStateException if the pipeline has halted.
     */
    public void onMessage(
        final StreamConnection source, final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        connection = source;
        ingressTimeNs = timeNs;
        publisher.ingressTimeNs(timeNs);
        publisher.line(null == source ? 0 : source.lineIndex());
        decoder.onMessage(buffer, offset, length);
    }

    SymbolTable<InstrumentFeed> symbols()
    {
        return decoder.symbols();
    }

    @Override
    public void onQuote(
        final InstrumentFeed feed,
        final long updateId,
        final long bidPrice,
        final long bidQuantity,
        final long askPrice,
        final long askQuantity)
    {
        if (feed.onEvent(ingressTimeNs))
        {
            feed.onQuote(updateId, bidPrice, bidQuantity, askPrice, askQuantity);
        }
    }

    @Override
    public void onTrade(
        final InstrumentFeed feed,
        final long tradeId,
        final long price,
        final long quantity,
        final boolean isSellAggressor,
        final long venueTimeNs)
    {
        if (feed.onEvent(ingressTimeNs))
        {
            feed.onTrade(tradeId, price, quantity, isSellAggressor, venueTimeNs);
        }
    }

    @Override
    public void onDepth(
        final InstrumentFeed feed,
        final long firstUpdateId,
        final long lastUpdateId,
        final long venueTimeNs,
        final LevelBuffer levels)
    {
        if (feed.onEvent(ingressTimeNs))
        {
            feed.onDepth(firstUpdateId, lastUpdateId, venueTimeNs, levels);
        }
    }

    @Override
    public void onBar(
        final InstrumentFeed feed,
        final BarInterval interval,
        final boolean isClosed,
        final long openTimeNs,
        final BarValues values,
        final long venueTimeNs)
    {
        if (feed.onEvent(ingressTimeNs))
        {
            feed.onBar(interval, isClosed, openTimeNs, values, venueTimeNs);
        }
    }

    @Override
    public void onTicker(
        final InstrumentFeed feed, final BarValues values, final long quoteVolume, final long venueTimeNs)
    {
        if (feed.onEvent(ingressTimeNs))
        {
            feed.onTicker(values, quoteVolume, venueTimeNs);
        }
    }

    @Override
    public void onControl(
        final long id, final boolean isError, final DirectBuffer buffer, final int offset, final int length)
    {
        if (null != connection)
        {
            connection.onReply(id, isError ? FeedCounters.excerpt(buffer, offset, length) : null);
        }
    }

    @Override
    public void onServerShutdown()
    {
        if (null != connection)
        {
            connection.onServerShutdown();
        }
    }
}
