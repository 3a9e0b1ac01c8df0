package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;

/**
 * Leads the price of a market along a bar of the past, past the orders of one book. A move is a trade of its quantity,
 * which orders in its way share: those that rest at prices that it passes execute at their own, those that wait are
 * triggered at their stop price, where the market then is, each in the order in which the price meets them. At the end
 * of the bar its whole volume can be taken at the close, less what orders had of it on the way.
 * Threading: the engine thread. Allocation: none.
 */
final class BarPath
{
    private MatchingBook book;
    private Market market;
    private long endNs;
    private long takenQuantity;

    void begin(final MatchingBook newBook, final Market newMarket, final long newEndNs)
    {
        book = newBook;
        market = newMarket;
        endNs = newEndNs;
        takenQuantity = 0;
    }

    /** The price is there at once, as at the open: what it skipped executes or is triggered there. */
    void jump(final long price, final long quantity, final Side aggressor)
    {
        takenQuantity += quantity - meet(price, quantity, aggressor);
    }

    /** The price moves there; the aggressor says in which direction. */
    void move(final long price, final long quantity, final Side aggressor)
    {
        final boolean isRising = Side.BUY == aggressor;
        long left = quantity;
        long stop = book.stops.nextTriggered(isRising, price);
        while (0 != stop)
        {
            left = meet(stop, left, aggressor);
            stop = book.stops.nextTriggered(isRising, price);
        }
        takenQuantity += quantity - meet(price, left, aggressor);
    }

    /** The bar is over, and the market at its close. */
    void end(final long close, final long volume)
    {
        book.liquidity.renew(close, takenQuantity, volume);
        if (book.count() > 0)
        {
            book.onDepth();
        }
    }

    private long meet(final long price, final long quantity, final Side aggressor)
    {
        final long left = book.fillByTrade(price, quantity, aggressor);
        market.onBarPrice(price, left, endNs);
        book.liquidity.renew(price, 0, left);
        book.trigger(price);
        return Math.max(0, left - book.liquidity.takenAt(price, left));
    }
}
