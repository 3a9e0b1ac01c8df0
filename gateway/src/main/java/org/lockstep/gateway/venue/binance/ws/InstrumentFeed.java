package org.lockstep.gateway.venue.binance.ws;

import java.util.Arrays;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.MarketDataPublisher;

/**
 * What the feed remembers of one instrument: how far its quotes, trades and book have come, so that whatever brings an
 * event (either of two overlapping connections, a poll, a backfill), it is published once and in order.
 * Threading: the feed's loop. Allocation: none on the path of an event.
 */
public final class InstrumentFeed
{
    /** No trade was seen yet. */
    public static final long NO_TRADE = -1;

    private static final long RESET_AFTER_NS = 1_000_000_000L;
    private static final long NO_QUOTE = -1;
    private static final int MIN_OLD_QUOTES = 8;
    private static final long OLD_QUOTES_NS = 5_000_000_000L;

    private final MarketDataPublisher publisher;
    private final FeedCounters counters;
    private final BookSync book;
    private final long[] lastBarTimesNs = new long[8];
    private final PlainStream quotes = new PlainStream();
    private final PlainStream trades = new PlainStream();
    private final PlainStream depths = new PlainStream();

    private Instrument instrument;
    private boolean isSubscribed = true;
    private boolean isStreaming;
    private boolean isStale;
    private boolean needsSync;
    private boolean isHoldingTrades;
    private HeldTrades heldTrades;
    private int hold;
    private long lastQuoteId = NO_QUOTE;
    private long oldQuotesSinceNs;
    private int oldQuotes;
    private long lastTradeId = NO_TRADE;
    private long lastTradeTimeNs;
    private long lastTickerTimeNs;
    private long lastEventNs;

    /**
     * Constructs the state of an instrument of which nothing was seen yet.
     *
     * @param instrument with id and scales.
     * @param publisher  where frames go.
     * @param counters   of the feed.
     */
    public InstrumentFeed(
        final Instrument instrument, final MarketDataPublisher publisher, final FeedCounters counters)
    {
        this.instrument = instrument;
        this.publisher = publisher;
        this.counters = counters;
        this.book = new BookSync(instrument.id(), publisher, counters);
    }

    // --------------------------------------------------------------------------------------------------- lifecycle

    /**
     * Takes over a new description; id and scales are the same.
     *
     * @param newInstrument as the venue describes it now.
     */
    public void instrument(final Instrument newInstrument)
    {
        instrument = newInstrument;
    }

    /**
     * Says whether events are wanted.
     *
     * @param nowSubscribed false after an unsubscribe: what still comes is dropped.
     * @param nowNs         epoch ns.
     */
    public void subscribed(final boolean nowSubscribed, final long nowNs)
    {
        isSubscribed = nowSubscribed;
        isStale = false;
        lastEventNs = nowNs;
        if (!nowSubscribed)
        {
            lastTradeId = NO_TRADE;
        }
    }

    /** Streams are confirmed: what was polled before is old news from here on. */
    public void onStreaming()
    {
        isStreaming = true;
    }

    /** The connection is lost and no other carries this instrument: nothing continues what was. */
    public void onConnectionLost()
    {
        lastQuoteId = NO_QUOTE;
        oldQuotes = 0;
        lastTickerTimeNs = 0;
        Arrays.fill(lastBarTimesNs, 0);
        needsSync = false;
        isStreaming = false;
        book.turnOff();
    }

    /**
     * Looks whether the instrument has been silent for too long, and says so once.
     *
     * @param nowNs        epoch ns.
     * @param staleAfterNs silence allowed.
     * @return true while it is stale.
     */
    public boolean pollStale(final long nowNs, final long staleAfterNs)
    {
        if (isSubscribed && !isStale && nowNs - lastEventNs > staleAfterNs)
        {
            isStale = true;
            counters.onStale();
            publisher.status(instrument.id(), FeedState.STALE, book.lastUpdateId(),
                "no event for " + (nowNs - lastEventNs) / 1_000_000 + " ms");
        }
        return isStale;
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    void onQuote(
        final long updateId,
        final long bidPrice,
        final long bidQuantity,
        final long askPrice,
        final long askQuantity)
    {
        if (updateId <= lastQuoteId)
        {
            if (!areQuotesAnew())
            {
                counters.onDuplicate();
                return;
            }
            book.breakOff("quote ids went back from " + lastQuoteId + " to " + updateId);
            needsSync = BookSync.State.WAITING == book.state();
        }
        lastQuoteId = updateId;
        oldQuotes = 0;
        publisher.quote(instrument.id(), updateId, bidPrice, bidQuantity, askPrice, askQuantity);
    }

    /**
     * A quote from REST, which has no update id.
     *
     * @param bidPrice    mantissa.
     * @param bidQuantity mantissa.
     * @param askPrice    mantissa.
     * @param askQuantity mantissa.
     */
    public void onPolledQuote(
        final long bidPrice, final long bidQuantity, final long askPrice, final long askQuantity)
    {
        publisher.quote(instrument.id(), 0, bidPrice, bidQuantity, askPrice, askQuantity);
    }

    /**
     * A trade, from wherever.
     *
     * @param tradeId         venue's id.
     * @param price           mantissa.
     * @param quantity        mantissa.
     * @param isSellAggressor the taker sold.
     * @param venueTimeNs     of the match.
     */
    public void onTrade(
        final long tradeId,
        final long price,
        final long quantity,
        final boolean isSellAggressor,
        final long venueTimeNs)
    {
        if (isHoldingTrades && tradeId > lastTradeId + 1 &&
            heldTrades.add(tradeId, price, quantity, isSellAggressor, venueTimeNs))
        {
            return;
        }
        publishTrade(tradeId, price, quantity, isSellAggressor, venueTimeNs);
    }

    /**
     * A trade from REST: one that closes a hole.
     *
     * @param tradeId         venue's id.
     * @param price           mantissa.
     * @param quantity        mantissa.
     * @param isSellAggressor the taker sold.
     * @param venueTimeNs     of the match.
     */
    public void onFetchedTrade(
        final long tradeId,
        final long price,
        final long quantity,
        final boolean isSellAggressor,
        final long venueTimeNs)
    {
        if (tradeId > lastTradeId || venueTimeNs - RESET_AFTER_NS > lastTradeTimeNs)
        {
            publishTrade(tradeId, price, quantity, isSellAggressor, venueTimeNs);
        }
    }

    /**
     * Says where trades begin, when none was seen yet: this one and those before it are old news.
     *
     * @param tradeId     venue's id.
     * @param venueTimeNs of the match.
     */
    public void beginTradesAfter(final long tradeId, final long venueTimeNs)
    {
        if (NO_TRADE == lastTradeId)
        {
            lastTradeId = tradeId;
            lastTradeTimeNs = venueTimeNs;
        }
    }

    /**
     * Holds trades of the new connection back until the missed ones are fetched.
     *
     * @return for {@link #releaseTrades(int)}.
     */
    public int holdTrades()
    {
        if (null == heldTrades)
        {
            heldTrades = new HeldTrades();
        }
        heldTrades.size = 0;
        isHoldingTrades = true;
        return ++hold;
    }

    /**
     * Lets the trades go that were held back.
     *
     * @param ofHold which hold is over; a later one goes on.
     */
    public void releaseTrades(final int ofHold)
    {
        if (isHoldingTrades && hold == ofHold)
        {
            isHoldingTrades = false;
            for (int i = 0; i < heldTrades.size; i++)
            {
                publishTrade(heldTrades.tradeIds[i], heldTrades.prices[i], heldTrades.quantities[i],
                    heldTrades.isSellAggressor[i], heldTrades.venueTimesNs[i]);
            }
            heldTrades.size = 0;
        }
    }

    void onDepth(
        final long firstUpdateId, final long lastUpdateId, final long venueTimeNs, final LevelBuffer levels)
    {
        if (!book.onDiff(firstUpdateId, lastUpdateId, venueTimeNs, levels))
        {
            needsSync = true;
            if (lastUpdateId <= book.lastUpdateId())
            {
                lastQuoteId = NO_QUOTE;
            }
        }
    }

    void onBar(
        final BarInterval interval,
        final boolean isClosed,
        final long openTimeNs,
        final BarValues values,
        final long venueTimeNs)
    {
        final int index = interval.value();
        if (venueTimeNs <= lastBarTimesNs[index])
        {
            counters.onDuplicate();
            return;
        }
        lastBarTimesNs[index] = venueTimeNs;
        publisher.bar(instrument.id(), interval, isClosed, openTimeNs, values, venueTimeNs);
    }

    void onTicker(final BarValues values, final long quoteVolume, final long venueTimeNs)
    {
        if (venueTimeNs <= lastTickerTimeNs)
        {
            counters.onDuplicate();
            return;
        }
        lastTickerTimeNs = venueTimeNs;
        publisher.ticker(instrument.id(), values, quoteVolume, venueTimeNs);
    }

    /** Every event of a connection passes here first. Returns false when it is not wanted. */
    boolean onEvent(final long ingressTimeNs)
    {
        lastEventNs = ingressTimeNs;
        isStreaming = true;
        if (isStale)
        {
            isStale = false;
            publisher.status(instrument.id(), FeedState.CONNECTED, book.lastUpdateId(), "events again");
        }
        return isSubscribed;
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return true once after a gap: the book wants to be queued for a snapshot. */
    public boolean takeNeedsSync()
    {
        final boolean taken = needsSync;
        needsSync = false;
        return taken;
    }

    /** Asks for the book to be queued for a snapshot. */
    public void needSync()
    {
        needsSync = true;
    }

    /** @return the instrument. */
    public Instrument instrument()
    {
        return instrument;
    }

    /** @return its book. */
    public BookSync book()
    {
        return book;
    }

    /** What its newest quote looked like. */
    PlainStream quotes()
    {
        return quotes;
    }

    /** What its newest trade looked like. */
    PlainStream trades()
    {
        return trades;
    }

    /** What its newest change of the book looked like. */
    PlainStream depths()
    {
        return depths;
    }

    /** @return id of the newest trade published, or {@link #NO_TRADE}. */
    public long lastTradeId()
    {
        return lastTradeId;
    }

    /** @return true while events are wanted. */
    public boolean isSubscribed()
    {
        return isSubscribed;
    }

    /** @return true from the first event or confirmation of a connection to its loss. */
    public boolean isStreaming()
    {
        return isStreaming;
    }

    /** @return when the last event came, epoch ns. */
    public long lastEventNs()
    {
        return lastEventNs;
    }

    /**
     * Quotes have no time of their own, so ids that the venue began anew show only by going on: nothing but older ones,
     * many, and for longer than a connection that lags behind another could bring them.
     */
    private boolean areQuotesAnew()
    {
        if (0 == oldQuotes++)
        {
            oldQuotesSinceNs = lastEventNs;
        }
        return oldQuotes >= MIN_OLD_QUOTES && lastEventNs - oldQuotesSinceNs >= OLD_QUOTES_NS;
    }

    private void publishTrade(
        final long tradeId,
        final long price,
        final long quantity,
        final boolean isSellAggressor,
        final long venueTimeNs)
    {
        final long expected = lastTradeId + 1;
        if (tradeId != expected && NO_TRADE != lastTradeId)
        {
            if (tradeId < expected && venueTimeNs - RESET_AFTER_NS <= lastTradeTimeNs)
            {
                counters.onDuplicate();
                return;
            }
            onTradeGap(tradeId);
        }
        lastTradeId = tradeId;
        lastTradeTimeNs = venueTimeNs;
        publisher.trade(instrument.id(), tradeId, price, quantity, isSellAggressor, venueTimeNs);
    }

    /** Trade ids are consecutive, so a hole is lost data, and what lost a trade may have lost more: sync again. */
    private void onTradeGap(final long tradeId)
    {
        book.breakOff(tradeId > lastTradeId ?
            "trade ids " + (lastTradeId + 1) + " to " + (tradeId - 1) + " are missing" :
            "trade ids went back from " + lastTradeId + " to " + tradeId);
        needsSync = BookSync.State.WAITING == book.state();
        if (tradeId < lastTradeId)
        {
            lastQuoteId = NO_QUOTE;
        }
    }
}
