package org.lockstep.gateway.venue;

import java.nio.ByteOrder;
import java.util.Arrays;

import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.lockstep.engine.event.codec.BookDeltaEncoder.LevelsEncoder;
import org.lockstep.engine.event.codec.Side;

/**
 * Book levels of one message, decoded and not yet published. Grows to the largest message seen, up to a bound.
 * Threading: one event loop. Allocation: none once grown.
 */
public final class LevelBuffer
{
    /** Most levels of one message. */
    public static final int MAX_LEVELS = 65_536;

    private static final int INITIAL_LEVELS = 4096;
    private static final int ENTRY = LevelsEncoder.sbeBlockLength();
    private static final int PRICE = LevelsEncoder.priceEncodingOffset();
    private static final int QUANTITY = LevelsEncoder.quantityEncodingOffset();
    private static final int SIDE = LevelsEncoder.sideEncodingOffset();
    private static final byte BUY = (byte)Side.BUY.value();
    private static final byte SELL = (byte)Side.SELL.value();

    private long[] prices = new long[INITIAL_LEVELS];
    private long[] quantities = new long[INITIAL_LEVELS];
    private boolean[] bids = new boolean[INITIAL_LEVELS];
    private int size;
    private int inexactCount;

    /** Forgets all levels. */
    public void clear()
    {
        size = 0;
        inexactCount = 0;
    }

    /**
     * Adds a level.
     *
     * @param price    mantissa.
     * @param quantity mantissa, absolute.
     * @param isBid    side.
     * @return false when there are too many.
     */
    public boolean add(final long price, final long quantity, final boolean isBid)
    {
        if (size == prices.length && !grow())
        {
            return false;
        }
        prices[size] = price;
        quantities[size] = quantity;
        bids[size] = isBid;
        size++;
        return true;
    }

    /** Notes that a level was rounded or left out, because the venue's own steps are coarser. */
    public void onInexact()
    {
        inexactCount++;
    }

    /** @return levels rounded or left out since the last {@link #clear()}. */
    public int inexactCount()
    {
        return inexactCount;
    }

    /** @return number of levels. */
    public int size()
    {
        return size;
    }

    /**
     * A level's price.
     *
     * @param index from 0.
     * @return mantissa.
     */
    public long price(final int index)
    {
        return prices[index];
    }

    /**
     * A level's quantity.
     *
     * @param index from 0.
     * @return mantissa, absolute, 0 removes the level.
     */
    public long quantity(final int index)
    {
        return quantities[index];
    }

    /**
     * A level's side.
     *
     * @param index from 0.
     * @return true for a bid.
     */
    public boolean isBid(final int index)
    {
        return bids[index];
    }

    /**
     * Writes levels as the entries of a group, of which BookDelta and BookSnapshot have the same. Bounds are checked
     * once, for all of them.
     *
     * @param buffer written to.
     * @param offset of the first entry.
     * @param from   index of the first level.
     * @param count  levels.
     * @return where the entries end.
     */
    int encode(final MutableDirectBuffer buffer, final int offset, final int from, final int count)
    {
        buffer.boundsCheck(offset, count * ENTRY);
        if (null == buffer.byteArray() && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN)
        {
            encode(buffer.addressOffset() + offset, from, count);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                final int entry = offset + i * ENTRY;
                buffer.putLong(entry + PRICE, prices[from + i], ByteOrder.LITTLE_ENDIAN);
                buffer.putLong(entry + QUANTITY, quantities[from + i], ByteOrder.LITTLE_ENDIAN);
                buffer.putByte(entry + SIDE, bids[from + i] ? BUY : SELL);
            }
        }
        return offset + count * ENTRY;
    }

    private void encode(final long address, final int from, final int count)
    {
        final long[] fromPrices = prices;
        final long[] fromQuantities = quantities;
        final boolean[] fromBids = bids;
        for (int i = 0; i < count; i++)
        {
            final long entry = address + i * ENTRY;
            UnsafeApi.putLong(entry + PRICE, fromPrices[from + i]);
            UnsafeApi.putLong(entry + QUANTITY, fromQuantities[from + i]);
            UnsafeApi.putByte(entry + SIDE, fromBids[from + i] ? BUY : SELL);
        }
    }

    private boolean grow()
    {
        if (prices.length >= MAX_LEVELS)
        {
            return false;
        }
        final int capacity = prices.length * 2;
        prices = Arrays.copyOf(prices, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
        bids = Arrays.copyOf(bids, capacity);
        return true;
    }
}
