package org.lockstep.gateway.client.view;

/** The last public trades of one instrument, kept as numbers so that nothing is rendered that nobody reads. */
final class RecentTrades
{
    static final int CAPACITY = 32;
    private static final int FIELDS = 6;

    private final long[] trades = new long[CAPACITY * FIELDS];
    private long count;

    void add(
        final long sequence,
        final long timeNs,
        final long price,
        final long quantity,
        final long tradeId,
        final int side)
    {
        final int base = (int)(count++ % CAPACITY) * FIELDS;
        trades[base] = sequence;
        trades[base + 1] = timeNs;
        trades[base + 2] = price;
        trades[base + 3] = quantity;
        trades[base + 4] = tradeId;
        trades[base + 5] = side;
    }

    int size()
    {
        return (int)Math.min(count, CAPACITY);
    }

    /** @return a field of a trade; index 0 is the oldest kept. */
    long field(final int index, final int field)
    {
        return trades[(int)((count - size() + index) % CAPACITY) * FIELDS + field];
    }
}
