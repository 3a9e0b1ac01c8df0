package org.lockstep.gateway.client.view;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** A book of one instrument for display: bounded in depth, ready once the last chunk of a snapshot was seen. */
final class BookView
{
    private static final int MAX_LEVELS_PER_SIDE = 5_000;

    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    /** Grows with each book that begins anew. */
    long generation;
    boolean isReady;
    long sequence;
    long timeNs;

    void clear()
    {
        bids.clear();
        asks.clear();
        generation++;
        isReady = false;
    }

    void set(final boolean isBid, final long price, final long quantity)
    {
        final TreeMap<Long, Long> side = isBid ? bids : asks;
        if (0 == quantity)
        {
            side.remove(price);
        }
        else
        {
            side.put(price, quantity);
            if (side.size() > MAX_LEVELS_PER_SIDE)
            {
                side.pollLastEntry();
            }
        }
    }

    TreeMap<Long, Long> bids()
    {
        return bids;
    }

    TreeMap<Long, Long> asks()
    {
        return asks;
    }

    void write(final JsonWriter json, final int depth, final int priceScale, final int quantityScale)
    {
        writeSide(json.name("bids"), bids, depth, priceScale, quantityScale);
        writeSide(json.name("asks"), asks, depth, priceScale, quantityScale);
    }

    private static void writeSide(
        final JsonWriter json,
        final TreeMap<Long, Long> side,
        final int depth,
        final int priceScale,
        final int quantityScale)
    {
        json.beginArray();
        int count = 0;
        for (final Map.Entry<Long, Long> level : side.entrySet())
        {
            if (++count > depth)
            {
                break;
            }
            json.beginArray()
                .decimal(level.getKey(), priceScale)
                .decimal(level.getValue(), quantityScale)
                .endArray();
        }
        json.endArray();
    }
}
