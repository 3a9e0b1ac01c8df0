package org.lockstep.tools.simulator.market;

import java.util.Arrays;

/**
 * One side of a price-time order book: levels sorted with the best last, so that changes near the top move little.
 * Levels and orders are pooled. One thread.
 */
final class BookSide
{
    private final boolean buy;
    private Level[] levels = new Level[256];
    private int count;
    private Level spareLevels;
    private Order spareOrders;

    BookSide(final boolean buy)
    {
        this.buy = buy;
    }

    /** A resting order; owned by its side, reused once it has left the book. */
    static final class Order
    {
        long lots;
        Level level;
        Order previous;
        Order next;
    }

    /** All orders at one price, oldest first. */
    static final class Level
    {
        long ticks;
        long lots;
        Order head;
        Order tail;
        Level next;
    }

    int count()
    {
        return count;
    }

    /** The i-th best level, from 0; null beyond the last. */
    Level level(final int depth)
    {
        return depth < count ? levels[count - 1 - depth] : null;
    }

    /** Best price, or -1 when the side is empty. */
    long bestTicks()
    {
        return 0 == count ? -1 : levels[count - 1].ticks;
    }

    long bestLots()
    {
        return 0 == count ? 0 : levels[count - 1].lots;
    }

    long lotsAt(final long ticks)
    {
        final int index = find(ticks);
        return index < 0 ? 0 : levels[index].lots;
    }

    Order add(final long ticks, final long lots)
    {
        final int index = find(ticks);
        final Level level = index < 0 ? insert(-index - 1, ticks) : levels[index];
        Order order = spareOrders;
        if (null == order)
        {
            order = new Order();
        }
        else
        {
            spareOrders = order.next;
        }
        order.lots = lots;
        order.level = level;
        order.next = null;
        order.previous = level.tail;
        if (null == level.tail)
        {
            level.head = order;
        }
        else
        {
            level.tail.next = order;
        }
        level.tail = order;
        level.lots += lots;
        return order;
    }

    /** Takes lots off an order; at zero it leaves the book. */
    void reduce(final Order order, final long lots)
    {
        final Level level = order.level;
        order.lots -= lots;
        level.lots -= lots;
        if (order.lots > 0)
        {
            return;
        }
        if (null == order.previous)
        {
            level.head = order.next;
        }
        else
        {
            order.previous.next = order.next;
        }
        if (null == order.next)
        {
            level.tail = order.previous;
        }
        else
        {
            order.next.previous = order.previous;
        }
        order.level = null;
        order.previous = null;
        order.next = spareOrders;
        spareOrders = order;
        if (null == level.head)
        {
            remove(level);
        }
    }

    private Level insert(final int index, final long ticks)
    {
        if (count == levels.length)
        {
            levels = Arrays.copyOf(levels, count * 2);
        }
        Level level = spareLevels;
        if (null == level)
        {
            level = new Level();
        }
        else
        {
            spareLevels = level.next;
            level.next = null;
        }
        level.ticks = ticks;
        level.lots = 0;
        System.arraycopy(levels, index, levels, index + 1, count - index);
        levels[index] = level;
        count++;
        return level;
    }

    private void remove(final Level level)
    {
        final int index = find(level.ticks);
        count--;
        System.arraycopy(levels, index + 1, levels, index, count - index);
        levels[count] = null;
        level.tail = null;
        level.next = spareLevels;
        spareLevels = level;
    }

    /** Index of a price, or -(insertion point) - 1. */
    private int find(final long ticks)
    {
        int low = 0;
        int high = count - 1;
        while (low <= high)
        {
            final int middle = (low + high) >>> 1;
            final long found = levels[middle].ticks;
            if (found == ticks)
            {
                return middle;
            }
            if (buy == (found < ticks))
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
