package org.lockstep.gateway.client.view;

import java.util.Map;
import java.util.TreeMap;

/**
 * The best levels of a book as some clients know them, and what has to be told so that they know the present ones. A
 * level that is gone, or has left the best ones, is told with quantity 0. One thread.
 */
public final class BookLevels
{
    private final Side bids;
    private final Side asks;
    private long generation = -1;
    private long sequence;

    /** How the present levels are told. */
    public enum Change
    {
        /** Nothing has changed. */
        NONE,
        /** Changed levels alone. */
        DELTA,
        /** All levels: the first time, after a new book, and when changes would be no shorter. */
        WHOLE
    }

    private static final class Side
    {
        final int depth;
        long[] prices;
        long[] quantities;
        long[] nextPrices;
        long[] nextQuantities;
        int count;
        int nextCount;

        Side(final int depth)
        {
            this.depth = depth;
            prices = new long[depth];
            quantities = new long[depth];
            nextPrices = new long[depth];
            nextQuantities = new long[depth];
        }

        void load(final TreeMap<Long, Long> levels)
        {
            nextCount = 0;
            for (final Map.Entry<Long, Long> level : levels.entrySet())
            {
                if (nextCount == depth)
                {
                    return;
                }
                nextPrices[nextCount] = level.getKey();
                nextQuantities[nextCount++] = level.getValue();
            }
        }

        int changes(final boolean isDescending)
        {
            return diff(isDescending, null, 0, 0);
        }

        /** Walks both lists from the best price on; counts differences and writes them when there is a writer. */
        int diff(final boolean isDescending, final JsonWriter json, final int priceScale, final int quantityScale)
        {
            int changes = 0;
            int before = 0;
            int now = 0;
            while (before < count || now < nextCount)
            {
                final int order = before == count ? 1 : now == nextCount ? -1 :
                    isDescending ? Long.compare(nextPrices[now], prices[before]) :
                    Long.compare(prices[before], nextPrices[now]);
                if (order < 0)
                {
                    changes += write(json, prices[before++], 0, priceScale, quantityScale);
                }
                else if (order > 0)
                {
                    changes += write(json, nextPrices[now], nextQuantities[now++], priceScale, quantityScale);
                }
                else
                {
                    if (quantities[before++] != nextQuantities[now])
                    {
                        changes += write(json, nextPrices[now], nextQuantities[now], priceScale, quantityScale);
                    }
                    now++;
                }
            }
            return changes;
        }

        void whole(final JsonWriter json, final int priceScale, final int quantityScale)
        {
            for (int i = 0; i < nextCount; i++)
            {
                write(json, nextPrices[i], nextQuantities[i], priceScale, quantityScale);
            }
        }

        void adopt()
        {
            final long[] oldPrices = prices;
            final long[] oldQuantities = quantities;
            prices = nextPrices;
            quantities = nextQuantities;
            nextPrices = oldPrices;
            nextQuantities = oldQuantities;
            count = nextCount;
        }

        private static int write(
            final JsonWriter json,
            final long price,
            final long quantity,
            final int priceScale,
            final int quantityScale)
        {
            if (null != json)
            {
                json.beginArray().decimal(price, priceScale);
                if (0 == quantity)
                {
                    json.value("0");
                }
                else
                {
                    json.decimal(quantity, quantityScale);
                }
                json.endArray();
            }
            return 1;
        }
    }

    /**
     * Nothing is known yet.
     *
     * @param depth levels a side.
     */
    public BookLevels(final int depth)
    {
        bids = new Side(depth);
        asks = new Side(depth);
    }

    /** Takes the present levels as known, and writes how to get there from those known before. */
    Change advance(final BookView book, final int priceScale, final int quantityScale, final JsonWriter json)
    {
        bids.load(book.bids());
        asks.load(book.asks());
        final int bidChanges = bids.changes(true);
        final int askChanges = asks.changes(false);
        final boolean isKnown = generation == book.generation;
        final boolean isDelta = isKnown &&
            (bidChanges < Math.max(1, bids.nextCount) || askChanges < Math.max(1, asks.nextCount));
        Change change = Change.WHOLE;
        if (isKnown && 0 == bidChanges && 0 == askChanges)
        {
            change = Change.NONE;
        }
        else if (isDelta)
        {
            change = Change.DELTA;
            json.name("bids").beginArray();
            bids.diff(true, json, priceScale, quantityScale);
            json.endArray().name("asks").beginArray();
            asks.diff(false, json, priceScale, quantityScale);
            json.endArray().field("prevOffset", sequence);
        }
        else
        {
            json.name("bids").beginArray();
            bids.whole(json, priceScale, quantityScale);
            json.endArray().name("asks").beginArray();
            asks.whole(json, priceScale, quantityScale);
            json.endArray();
        }
        if (Change.NONE != change)
        {
            bids.adopt();
            asks.adopt();
            generation = book.generation;
            sequence = book.sequence;
        }
        return change;
    }
}
