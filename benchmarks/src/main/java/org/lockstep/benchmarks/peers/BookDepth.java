package org.lockstep.benchmarks.peers;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.paper.Depth;

/** A whole book as the visible market, with the last trade. */
final class BookDepth implements Depth
{
    private final OrderBook book;
    private long lastTradePrice;

    BookDepth(final OrderBook book)
    {
        this.book = book;
    }

    void onTrade(final long price)
    {
        lastTradePrice = price;
    }

    @Override
    public int count(final boolean isBid)
    {
        return isBid ? book.bidCount() : book.askCount();
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
        return isBid ? book.bidPrice(level) : book.askPrice(level);
    }

    @Override
    public long quantity(final boolean isBid, final int level)
    {
        return isBid ? book.bidQuantity(level) : book.askQuantity(level);
    }

    @Override
    public long quantityAt(final boolean isBid, final long price)
    {
        return book.quantityAt(isBid, price);
    }

    @Override
    public long lastTradePrice()
    {
        return lastTradePrice;
    }
}
