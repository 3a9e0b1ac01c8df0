package org.lockstep.gateway.client.view;

import java.util.SortedMap;

import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.market.Market;

/**
 * What the positions of one instrument are valued at, by the engine's rules: the middle of quote, else of book, else
 * the last trade; quotes older than the one before, that outlived their feed or that trades have left behind do not
 * count.
 */
final class MarkPrice
{
    private final TopOfBook top = new TopOfBook();
    private long lastTradePrice;
    private boolean isStale;

    /** @return false when the quote is older than the one that is known. */
    boolean onQuote(final QuoteDecoder quote, final long timeNs)
    {
        return top.onQuote(quote, timeNs);
    }

    void onTrade(final long price, final long timeNs)
    {
        lastTradePrice = price;
        if (top.isKnown() && timeNs - top.timeNs() > Market.QUOTE_OUTLIVED_NS)
        {
            top.clear();
        }
    }

    void onFeedState(final FeedState state)
    {
        switch (state)
        {
            case RECONNECTING, STOPPED -> top.clear();
            case GAP -> top.forgetUpdateId();
            case CONNECTED ->
            {
                isStale = false;
                top.forgetUpdateId();
            }
            case STALE -> isStale = true;
            default ->
            {
                // The quote stands.
            }
        }
    }

    /** @return true when a change of the book may be one of the mark. */
    boolean followsBook(final BookView book)
    {
        return !top.isKnown() && book.isReady && !isStale;
    }

    /** @return the mark, mantissa, or {@link Market#NO_PRICE}. */
    long price(final BookView book)
    {
        return Market.referencePrice(
            top.bidQuantity() > 0 ? top.bidPrice() : best(book, book.bids()),
            top.askQuantity() > 0 ? top.askPrice() : best(book, book.asks()), lastTradePrice);
    }

    private long best(final BookView book, final SortedMap<Long, Long> side)
    {
        return book.isReady && !isStale && !side.isEmpty() ? side.firstKey() : Market.NO_PRICE;
    }
}
