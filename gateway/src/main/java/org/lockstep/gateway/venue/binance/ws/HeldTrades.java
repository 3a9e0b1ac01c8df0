package org.lockstep.gateway.venue.binance.ws;

/**
 * Trades of a fresh connection that wait until those missed before it have been fetched, so that ids keep growing.
 * Threading: the feed's loop. Allocated once per instrument, at its first reconnect.
 */
final class HeldTrades
{
    static final int CAPACITY = 4096;

    final long[] tradeIds = new long[CAPACITY];
    final long[] prices = new long[CAPACITY];
    final long[] quantities = new long[CAPACITY];
    final long[] venueTimesNs = new long[CAPACITY];
    final boolean[] isSellAggressor = new boolean[CAPACITY];
    int size;

    boolean add(
        final long tradeId, final long price, final long quantity, final boolean isSell, final long venueTimeNs)
    {
        if (CAPACITY == size)
        {
            return false;
        }
        tradeIds[size] = tradeId;
        prices[size] = price;
        quantities[size] = quantity;
        isSellAggressor[size] = isSell;
        venueTimesNs[size] = venueTimeNs;
        size++;
        return true;
    }
}
