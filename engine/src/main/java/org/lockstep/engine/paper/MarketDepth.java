package org.lockstep.engine.paper;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.market.Market;

/** The book of a live market while it is ready, else its best bid and ask. Engine thread. Allocates nothing. */
final class MarketDepth implements Depth
{
    private final OrderBook book;
    private final TopOfBook top;

    MarketDepth(final Market market)
    {
        this.book = market.book();
        this.top = market.top();
    }

    @Override
    public int count(final boolean isBid)
    {
        if (book.isReady())
        {
            return isBid ? book.bidCount() : book.askCount();
        }
        return (isBid ? top.bidQuantity() : top.askQuantity()) > 0 ? 1 : 0;
    }

    @Override
    public long price(final boolean isBid, final int level)
    {
        if (book.isReady())
        {
            return isBid ? book.bidPrice(level) : book.askPrice(level);
        }
        return isBid ? top.bidPrice() : top.askPrice();
    }

    @Override
    public long quantity(final boolean isBid, final int level)
    {
        if (book.isReady())
        {
            return isBid ? book.bidQuantity(level) : book.askQuantity(level);
        }
        return isBid ? top.bidQuantity() : top.askQuantity();
    }

    @Override
    public long quantityAt(final boolean isBid, final long price)
    {
        if (book.isReady())
        {
            return book.quantityAt(isBid, price);
        }
        if (0 == count(isBid))
        {
            return NOT_VISIBLE;
        }
        final long best = price(isBid, 0);
        if (price == best)
        {
            return quantity(isBid, 0);
        }
        return isBid == price > best ? 0 : NOT_VISIBLE;
    }
}
