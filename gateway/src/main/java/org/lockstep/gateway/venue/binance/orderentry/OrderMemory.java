package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the session remembers of orders so that the venue's words can be matched: which order a venue's id belongs to
 * (the list of executions names nothing else), and which generation of a replaced order is in force (the cancel of its
 * predecessor is no cancel of the order). Bounded; what is forgotten is asked for again. Replaces in doubt are
 * forgotten by age: most belong to orders that ended long ago, but the latest is a working order's.
 * Threading: the session's loop. Allocation: when it grows.
 */
final class OrderMemory
{
    /** The venue's id is not known. */
    static final long UNKNOWN = -1;

    private static final int INSTRUMENT_BITS = 16;
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int INITIAL_CAPACITY = 1 << 13;
    private static final float LOAD_FACTOR = 0.6f;

    private final Long2LongHashMap orderIds = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);
    private final Long2ObjectHashMap<String> foreignIds = new Long2ObjectHashMap<>();
    private final Long2LongHashMap generations = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);
    private final Long2LongHashMap executedBefore =
        new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);
    private final Long2LongHashMap stopPrices = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);
    private Long2LongHashMap openReplaces = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);
    private Long2LongHashMap olderReplaces = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, UNKNOWN);

    /** Learns whose order a venue's id is. */
    void onOrder(final int instrumentId, final long venueOrderId, final long orderId)
    {
        if (venueOrderId > 0)
        {
            if (orderIds.size() >= MAX_ENTRIES)
            {
                orderIds.clear();
            }
            orderIds.put(key(instrumentId, venueOrderId), orderId);
        }
    }

    /** Learns that a venue's id is an order of somebody else. Allocates. */
    void onForeign(final int instrumentId, final long venueOrderId, final String clientOrderId)
    {
        if (foreignIds.size() >= MAX_ENTRIES)
        {
            foreignIds.clear();
        }
        foreignIds.put(key(instrumentId, venueOrderId), clientOrderId);
    }

    /** @return our order, 0 when it is somebody else's, or {@link #UNKNOWN}. */
    long orderId(final int instrumentId, final long venueOrderId)
    {
        final long key = key(instrumentId, venueOrderId);
        final long orderId = orderIds.get(key);
        return UNKNOWN == orderId && foreignIds.containsKey(key) ? 0 : orderId;
    }

    String foreignId(final int instrumentId, final long venueOrderId)
    {
        final String text = foreignIds.get(key(instrumentId, venueOrderId));
        return null == text ? "" : text;
    }

    /** Learns that an order was replaced; {@code executed} is what its predecessors executed together. */
    void onReplaced(final long orderId, final int generation, final long executed)
    {
        if (generations.size() >= MAX_ENTRIES)
        {
            generations.clear();
            executedBefore.clear();
        }
        onInForce(orderId);
        generations.put(orderId, generation);
        executedBefore.put(orderId, executed);
    }

    /** Learns at which price an order is triggered, which requests to replace it do not say; 0 = it is not. */
    void onStopPrice(final long orderId, final long stopPrice)
    {
        if (stopPrice > 0)
        {
            if (stopPrices.size() >= MAX_ENTRIES)
            {
                stopPrices.clear();
            }
            stopPrices.put(orderId, stopPrice);
        }
    }

    /** @return at which price an order is triggered, 0 = not known. */
    long stopPrice(final long orderId)
    {
        return Math.max(0, stopPrices.get(orderId));
    }

    /** Learns that nobody knows whether an order was replaced; what is asked later tells. */
    void onReplaceOpen(final long orderId, final int generation)
    {
        onInForce(orderId);
        if (openReplaces.size() >= MAX_ENTRIES / 2)
        {
            final Long2LongHashMap forgotten = olderReplaces;
            olderReplaces = openReplaces;
            openReplaces = forgotten;
            openReplaces.clear();
        }
        openReplaces.put(orderId, generation);
    }

    /** Learns that a generation is in force: an earlier question about a later one is answered. */
    void onInForce(final long orderId)
    {
        openReplaces.remove(orderId);
        olderReplaces.remove(orderId);
    }

    /** @return the generation that may be in force, 0 when there is no doubt. */
    int openReplace(final long orderId)
    {
        return (int)Math.max(0, Math.max(openReplaces.get(orderId), olderReplaces.get(orderId)));
    }

    /** @return replaces that may be in doubt. */
    int openReplaceCount()
    {
        return openReplaces.size() + olderReplaces.size();
    }

    /** @return the generation known to be in force, 0 when none other was seen. */
    int generation(final long orderId)
    {
        return (int)Math.max(0, generations.get(orderId));
    }

    /** @return what an order's predecessors executed together, as far as this session saw them. */
    long executedBefore(final long orderId)
    {
        return Math.max(0, executedBefore.get(orderId));
    }

    /** The venue counts its orders per instrument. */
    private static long key(final int instrumentId, final long venueOrderId)
    {
        return venueOrderId << INSTRUMENT_BITS | instrumentId;
    }
}
