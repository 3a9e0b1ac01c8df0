package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;

/**
 * Leads the price of a market along a bar of the past, past the orders of one book. A move is a trade of its quantity,
 * which orders in its way share: those that rest at prices that it passes execute at their own, those that wait are
 * triggered at their stop price, where the market then is, each in the order in which the price meets them. At the end
 * of the bar its whole volume can be taken at the close, less what orders had of it on the way. The way takes the whole
 * bar, each of its moves a quarter of it, since nobody knows the times.
 * Threading: the engine thread. Allocation: none but while more requests wait for the end of a way than ever before.
 */
final class BarPath
{
    private MatchingBook book;
    private Market market;
    private boolean isUnderWay;
    private long timeNs;
    private long endNs;
    private long stepNs;
    private long takenQuantity;
    private int[] heldSlots = new int[16];
    private int heldCount;

    void begin(final MatchingBook newBook, final Market newMarket, final long openTimeNs, final long newEndNs)
    {
        book = newBook;
        market = newMarket;
        isUnderWay = true;
        endNs = newEndNs;
        stepNs = (newEndNs - openTimeNs) / 4;
        timeNs = openTimeNs - stepNs;
        takenQuantity = 0;
    }

    boolean isUnderWay()
    {
        return isUnderWay;
    }

    /** A request that arrives on the way waits for its end, and that of the others of the same moment. */
    void hold(final int messageSlot)
    {
        if (heldCount == heldSlots.length)
        {
            heldSlots = Arrays.copyOf(heldSlots, heldCount * 2);
        }
        heldSlots[heldCount++] = messageSlot;
    }

    int heldCount()
    {
        return heldCount;
    }

    int held(final int index)
    {
        return heldSlots[index];
    }

    void releaseAll()
    {
        heldCount = 0;
    }

    /** When the next of its prices comes. */
    long nextTimeNs()
    {
        timeNs += stepNs;
        return timeNs;
    }

    /** Takes an order off that stands in the way, false when there is none. */
    boolean cancel(final int instrumentId, final long orderId)
    {
        return isUnderWay && market.instrument().id() == instrumentId && book.cancel(orderId);
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
        isUnderWay = false;
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
