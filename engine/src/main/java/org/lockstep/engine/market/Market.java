package org.lockstep.engine.market;

import org.lockstep.engine.bar.Bars;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.state.StateWriter;

/**
 * What is known of one instrument now. Threading: written and read by the engine thread. Allocation: none once warm.
 */
public final class Market
{
    /** There is no price yet. */
    public static final long NO_PRICE = 0;

    /** A quote this much older than a trade is forgotten, see {@link #onTrade}. */
    public static final long QUOTE_OUTLIVED_NS = 5_000_000_000L;

    private final OrderBook book;
    private final TopOfBook top = new TopOfBook();
    private final Bars bars;
    private final MarketChanges changes;
    private Instrument instrument;
    private long lastTradePrice;
    private long lastDataNs;
    private boolean feedStale;
    private FeedState feedState = FeedState.NULL_VAL;
    private boolean quoteCameLast;
    private long badBarCount;
    private long lateBarCount;
    /** Its place among {@link MarketChanges}. */
    long changeNumber;
    Market changedBefore;
    Market changedAfter;

    Market(final Instrument instrument, final MarketChanges changes)
    {
        this.changes = changes;
        this.instrument = instrument;
        this.book = new OrderBook(instrument.id());
        this.bars = new Bars(instrument.id(), Bars.DEFAULT_KEPT_COUNT);
        changes.onChange(this);
    }

    void instrument(final Instrument changed)
    {
        instrument = changed;
        changes.onChange(this);
    }

    /**
     * Notes that data arrived; to be called before any of it is taken over.
     *
     * @param timeNs engine time.
     */
    public void onData(final long timeNs)
    {
        changes.onChange(this);
        lastDataNs = timeNs;
        feedStale = false;
    }

    /** Notes that {@link #top()} took over a quote. */
    public void onQuote()
    {
        changes.onChange(this);
        quoteCameLast = true;
    }

    /** Notes that {@link #book()} took over a snapshot or delta as a whole. */
    public void onBook()
    {
        quoteCameLast = false;
    }

    /**
     * Notes a public trade. Each one changes the best price or its quantity, so trades that go on without a quote say
     * that the quote is dead: it is forgotten, and the book or the trades themselves give the price.
     *
     * @param price  mantissa.
     * @param timeNs engine time.
     */
    public void onTrade(final long price, final long timeNs)
    {
        changes.onChange(this);
        lastTradePrice = price;
        if (top.isKnown() && timeNs - top.timeNs() > QUOTE_OUTLIVED_NS)
        {
            top.clear();
        }
    }

    /**
     * Notes what a bar of the past says of the market at one of its prices: it traded there last, and so much can be
     * bought and sold there. What is known is as old as the bar, whenever it comes; the book, which saw nothing of it,
     * waits for a snapshot.
     *
     * @param price    mantissa.
     * @param quantity mantissa, 0 = nobody traded.
     * @param endNs    when the bar ended.
     */
    public void onBarPrice(final long price, final long quantity, final long endNs)
    {
        onData(endNs);
        if (book.isReady())
        {
            book.onFeedState(FeedState.RESYNC);
        }
        lastTradePrice = price;
        top.forgetUpdateId();
        top.set(price, quantity, price, quantity, 0, endNs);
        quoteCameLast = true;
    }

    /**
     * Did anything arrive after a bar of the past had begun? Then its prices are those of a time that is known.
     *
     * @param openTimeNs when the bar began.
     * @return true when what is known is younger.
     */
    public boolean isYoungerThan(final long openTimeNs)
    {
        return lastDataNs > openTimeNs;
    }

    /**
     * A bar of the past contradicts itself.
     *
     * @return how many did, with this one.
     */
    public long onBadBar()
    {
        return ++badBarCount;
    }

    /** A bar of the past came after what is known already. */
    public void onLateBar()
    {
        lateBarCount++;
    }

    /** @return bars of the past left out because they contradict themselves. */
    public long badBarCount()
    {
        return badBarCount;
    }

    /** @return bars of the past left out because something younger was known. */
    public long lateBarCount()
    {
        return lateBarCount;
    }

    /**
     * Notes the state of the feed. A stale, lost or stopped feed makes the data stale at once, until more arrives; a
     * lost one takes the quote with it, and after a gap or a new connection update ids may count from anywhere.
     *
     * @param state of the feed.
     * @return true when it is another than before.
     */
    public boolean onFeedState(final FeedState state)
    {
        final boolean isChanged = feedState != state;
        changes.onChange(this);
        feedState = state;
        book.onFeedState(state);
        switch (state)
        {
            case RECONNECTING, STOPPED ->
            {
                feedStale = true;
                top.clear();
            }
            case STALE -> feedStale = true;
            case CONNECTED, GAP -> top.forgetUpdateId();
            default ->
            {
                // A resync concerns the book alone, polling brings data.
            }
        }
        return isChanged;
    }

    /** @return what the feed said of itself last. */
    public FeedState feedState()
    {
        return feedState;
    }

    /**
     * Does a feed in this state leave orders standing in a market that nobody watches?
     *
     * @param state of the feed.
     * @return true while events are missing or do not come.
     */
    public static boolean isLost(final FeedState state)
    {
        return FeedState.GAP == state || FeedState.STALE == state || FeedState.RECONNECTING == state ||
            FeedState.STOPPED == state;
    }

    /** @return the instrument as last defined. */
    public Instrument instrument()
    {
        return instrument;
    }

    /** @return what {@link Markets#changeCount} was when it changed last. */
    public long changeNumber()
    {
        return changeNumber;
    }

    /** @return the market that changed last before this one did, or null. */
    public Market changedBefore()
    {
        return changedBefore;
    }

    /** @return level-2 book; look at its {@code isReady} first. */
    public OrderBook book()
    {
        return book;
    }

    /** @return best bid and ask as quoted; look at its {@code isKnown} first. */
    public TopOfBook top()
    {
        return top;
    }

    /** @return bars built from trades. */
    public Bars bars()
    {
        return bars;
    }

    /**
     * Is the quote ahead of the book? A venue numbers both from one sequence; where it numbers neither or only one,
     * the order in which they came tells.
     *
     * @return false also when there is no quote.
     */
    public boolean isQuoteNewer()
    {
        if (0 == top.timeNs())
        {
            return false;
        }
        return 0 != top.updateId() && 0 != book.lastUpdateId() ?
            top.updateId() > book.lastUpdateId() : quoteCameLast;
    }

    /** @return price of the last public trade, mantissa, or {@link #NO_PRICE}. */
    public long lastTradePrice()
    {
        return lastTradePrice;
    }

    /** @return best bid from quote, else book, mantissa, or {@link #NO_PRICE}. */
    public long bestBid()
    {
        if (top.bidQuantity() > 0)
        {
            return top.bidPrice();
        }
        return book.isReady() && book.bidCount() > 0 ? book.bestBid() : NO_PRICE;
    }

    /** @return best ask from quote, else book, mantissa, or {@link #NO_PRICE}. */
    public long bestAsk()
    {
        if (top.askQuantity() > 0)
        {
            return top.askPrice();
        }
        return book.isReady() && book.askCount() > 0 ? book.bestAsk() : NO_PRICE;
    }

    /** @return middle of the market rounded down, else the last trade, mantissa, or {@link #NO_PRICE}. */
    public long referencePrice()
    {
        return referencePrice(bestBid(), bestAsk(), lastTradePrice);
    }

    /**
     * What a market is valued at.
     *
     * @param bid       best bid, mantissa, or {@link #NO_PRICE}.
     * @param ask       best ask, mantissa, or {@link #NO_PRICE}.
     * @param lastTrade price of the last public trade, mantissa, or {@link #NO_PRICE}.
     * @return middle of the market rounded down, else the last trade.
     */
    public static long referencePrice(final long bid, final long ask, final long lastTrade)
    {
        return NO_PRICE == bid || NO_PRICE == ask ? lastTrade : bid + (ask - bid) / 2;
    }

    /**
     * Is the data too old to act upon?
     *
     * @param nowNs    engine time.
     * @param maxAgeNs oldest data wanted.
     * @return true when nothing arrived for longer, nothing ever arrived, or the feed says so.
     */
    public boolean isStale(final long nowNs, final long maxAgeNs)
    {
        return feedStale || 0 == lastDataNs || nowNs - lastDataNs > maxAgeNs;
    }

    void describe(final StateWriter out)
    {
        out.begin("market", instrument.id());
        out.field("lastTradePrice", lastTradePrice);
        out.field("lastDataNs", lastDataNs);
        out.field("feedStale", feedStale);
        out.field("feedState", feedState.name());
        out.field("quoteCameLast", quoteCameLast);
        if (badBarCount + lateBarCount > 0)
        {
            out.field("badBars", badBarCount);
            out.field("lateBars", lateBarCount);
        }
        top.describe(out);
        book.describe(out);
        bars.describe(out);
        out.end();
    }
}
