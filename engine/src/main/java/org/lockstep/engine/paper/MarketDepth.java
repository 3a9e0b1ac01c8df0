package org.lockstep.engine.paper;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.market.Market;

/**
 * A live market as far as it can be seen: the book while it is ready, put right by the quote when that is ahead of it.
 * Quotes come with every change, books every 100 ms; what the newer quote says is the best price is the best price, so
 * the book's levels beyond it are gone, and the level at it has the quote's quantity. A book that is not ready counts
 * for nothing. Engine thread. Allocates nothing.
 */
final class MarketDepth implements Depth
{
    private final Market market;
    private final OrderBook book;
    private final TopOfBook top;

    MarketDepth(final Market market)
    {
        this.market = market;
        this.book = market.book();
        this.top = market.top();
    }

    @Override
    public int count(final boolean isBid)
    {
        final int bookCount = isBid ? book.bidCount() : book.askCount();
        if (isBookNewest())
        {
            return bookCount;
        }
        if (0 == topQuantity(isBid))
        {
            return 0;
        }
        return book.isReady() ? 1 + bookCount - book.countFrom(isBid, topPrice(isBid)) : 1;
    }

    @Override
    public boolean isEmpty(final boolean isBid)
    {
        return 0 == (isBookNewest() ? isBid ? book.bidCount() : book.askCount() : topQuantity(isBid));
    }

    @Override
    public long version()
    {
        return book.version();
    }

    @Override
    public boolean isKnownSince(final long since)
    {
        return book.isKnownSince(since);
    }

    @Override
    public boolean isChangedBid(final long changeVersion)
    {
        return book.isChangedBid(changeVersion);
    }

    @Override
    public long changedPrice(final long changeVersion)
    {
        return book.changedPrice(changeVersion);
    }

    @Override
    public long price(final boolean isBid, final int level)
    {
        if (isBookNewest())
        {
            return bookPrice(isBid, level);
        }
        final long best = topPrice(isBid);
        return 0 == level ? best : bookPrice(isBid, level - 1 + book.countFrom(isBid, best));
    }

    @Override
    public long quantity(final boolean isBid, final int level)
    {
        if (isBookNewest())
        {
            return bookQuantity(isBid, level);
        }
        return 0 == level ?
            topQuantity(isBid) : bookQuantity(isBid, level - 1 + book.countFrom(isBid, topPrice(isBid)));
    }

    @Override
    public long quantityAt(final boolean isBid, final long price)
    {
        if (isBookNewest())
        {
            return book.quantityAt(isBid, price);
        }
        if (0 == topQuantity(isBid))
        {
            return book.isReady() ? 0 : NOT_VISIBLE;
        }
        final long best = topPrice(isBid);
        if (price == best)
        {
            return topQuantity(isBid);
        }
        if (isBid == price > best)
        {
            return 0;
        }
        return book.isReady() ? book.quantityAt(isBid, price) : NOT_VISIBLE;
    }

    @Override
    public long lastTradePrice()
    {
        return market.lastTradePrice();
    }

    private boolean isBookNewest()
    {
        return book.isReady() && !market.isQuoteNewer();
    }

    private long topPrice(final boolean isBid)
    {
        return isBid ? top.bidPrice() : top.askPrice();
    }

    private long topQuantity(final boolean isBid)
    {
        return isBid ? top.bidQuantity() : top.askQuantity();
    }

    private long bookPrice(final boolean isBid, final int level)
    {
        return isBid ? book.bidPrice(level) : book.askPrice(level);
    }

    private long bookQuantity(final boolean isBid, final int level)
    {
        return isBid ? book.bidQuantity(level) : book.askQuantity(level);
    }
}
