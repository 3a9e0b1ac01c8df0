package org.lockstep.gateway.venue.binance.ws;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.lockstep.gateway.venue.SymbolTable;

/**
 * Symbols that were met, by the first sixteen bytes of them: a lookup compares two words. Longer ones, and the first
 * meeting, go to the table. Threading: the feed's loop. Allocation: none.
 */
final class SymbolCache
{
    private static final int SIZE = 1024;
    private static final int MAX_LENGTH = 2 * Long.BYTES;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SIZE);

    private final long[] first = new long[SIZE];
    private final long[] second = new long[SIZE];
    private final int[] lengths = new int[SIZE];
    private final InstrumentFeed[] feeds = new InstrumentFeed[SIZE];
    private SymbolTable<InstrumentFeed> table;

    /** Returns the feed of the symbol, or null. */
    InstrumentFeed get(
        final SymbolTable<InstrumentFeed> current,
        final WordReader words,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (length <= 0 || length > MAX_LENGTH)
        {
            return current.get(buffer, offset, length);
        }
        if (table != current)
        {
            table = current;
            Arrays.fill(feeds, null);
        }
        final long head = words.wordAt(offset) & mask(Math.min(length, Long.BYTES));
        final long tail =
            length <= Long.BYTES ? 0 : words.wordAt(offset + Long.BYTES) & mask(length - Long.BYTES);
        final int slot = (int)((head ^ tail * 31) * MIX >>> SHIFT);
        final InstrumentFeed known = feeds[slot];
        if (null != known && first[slot] == head && second[slot] == tail && lengths[slot] == length)
        {
            return known;
        }
        final InstrumentFeed feed = current.get(buffer, offset, length);
        if (null != feed)
        {
            first[slot] = head;
            second[slot] = tail;
            lengths[slot] = length;
            feeds[slot] = feed;
        }
        return feed;
    }

    private static long mask(final int length)
    {
        return -1L >>> (Long.BYTES - length) * Byte.SIZE;
    }
}
