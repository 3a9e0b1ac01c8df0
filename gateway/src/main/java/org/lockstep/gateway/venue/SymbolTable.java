package org.lockstep.gateway.venue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.agrona.DirectBuffer;

/**
 * Finds a value by the bytes of a symbol, without allocation: open addressing, at most half full. Immutable: a change
 * makes a new table, so a reader on any thread needs only a safely published reference.
 *
 * @param <T> of the values.
 */
public final class SymbolTable<T>
{
    private static final int MIN_CAPACITY = 16;

    private final byte[][] keys;
    private final Object[] values;
    private final int mask;
    private final int size;

    /** Constructs an empty table. */
    public SymbolTable()
    {
        this(MIN_CAPACITY, 0);
    }

    private SymbolTable(final int capacity, final int size)
    {
        this.keys = new byte[capacity][];
        this.values = new Object[capacity];
        this.mask = capacity - 1;
        this.size = size;
    }

    /**
     * A table with one more entry, or with an entry replaced.
     *
     * @param symbol the key, UTF-8 when met as bytes.
     * @param value  not null.
     * @return the new table; this one is unchanged.
     */
    public SymbolTable<T> with(final String symbol, final T value)
    {
        final byte[] key = symbol.getBytes(StandardCharsets.UTF_8);
        final boolean isKnown = null != keys[slot(key)];
        final int newSize = isKnown ? size : size + 1;
        final SymbolTable<T> table =
            new SymbolTable<>(newSize * 2 > keys.length ? keys.length * 2 : keys.length, newSize);
        for (int i = 0; i < keys.length; i++)
        {
            if (null != keys[i])
            {
                table.put(keys[i], values[i]);
            }
        }
        table.put(key, value);
        return table;
    }

    /**
     * Finds a value.
     *
     * @param buffer holds the symbol.
     * @param offset of the symbol.
     * @param length of the symbol, bytes.
     * @return the value, or null.
     */
    @SuppressWarnings("unchecked")
    public T get(final DirectBuffer buffer, final int offset, final int length)
    {
        int hash = 1;
        for (int i = 0; i < length; i++)
        {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        int slot = spread(hash) & mask;
        while (null != keys[slot])
        {
            if (matches(keys[slot], buffer, offset, length))
            {
                return (T)values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    /** @return number of entries. */
    public int size()
    {
        return size;
    }

    private void put(final byte[] key, final Object value)
    {
        final int slot = slot(key);
        keys[slot] = key;
        values[slot] = value;
    }

    private int slot(final byte[] key)
    {
        int slot = spread(Arrays.hashCode(key)) & mask;
        while (null != keys[slot] && !Arrays.equals(keys[slot], key))
        {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static boolean matches(final byte[] key, final DirectBuffer buffer, final int offset, final int length)
    {
        if (key.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (key[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    private static int spread(final int hash)
    {
        final int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
