package org.lockstep.engine.book;

import java.util.Arrays;

import org.lockstep.engine.state.StateHasher;

/**
 * One side of a book: sorted arrays with the best level at the end, so that changes near the top move few levels.
 * A key is the price for bids and its negative for asks; the larger key is the better. Before the levels lie as many
 * keys that are less than any as a search near the top looks at, so that it need not know how many levels there are.
 */
final class BookSide
{
    /** Most levels kept. */
    static final int MAX_LEVELS = 8_192;

    /** So many of the worst levels go at once when the side is full: one move instead of one a level. */
    static final int PRUNED_AT_ONCE = MAX_LEVELS / 8;

    private static final int INITIAL_CAPACITY = 256;
    private static final int NEAR = 64;
    private static final int FIRST = NEAR;
    private static final long LESS_THAN_ANY = Long.MIN_VALUE / 2;

    private final long sign;
    private final long salt;
    private long[] keys = new long[INITIAL_CAPACITY];
    private long[] quantities = new long[INITIAL_CAPACITY];
    private int end = FIRST;
    private long hash;
    private long prunedCount;

    BookSide(final boolean isBid)
    {
        this.sign = isBid ? 1 : -1;
        this.salt = StateHasher.mixed(isBid ? 1 : 2);
        Arrays.fill(keys, 0, FIRST, LESS_THAN_ANY);
    }

    int count()
    {
        return end - FIRST;
    }

    long price(final int level)
    {
        return sign * keys[index(level)];
    }

    long quantity(final int level)
    {
        return quantities[index(level)];
    }

    long quantityAt(final long price)
    {
        final int index = find(sign * price);
        return index >= 0 ? quantities[index] : 0;
    }

    int countFrom(final long price)
    {
        final int index = find(sign * price);
        return end - (index >= 0 ? index : ~index);
    }

    long hash()
    {
        return hash;
    }

    long prunedCount()
    {
        return prunedCount;
    }

    void clear()
    {
        end = FIRST;
        hash = 0;
    }

    void set(final long price, final long quantity)
    {
        final long key = sign * price;
        final int index = find(key);
        if (index >= 0)
        {
            final long keyHash = StateHasher.mixed(key ^ salt);
            hash -= StateHasher.mixed(keyHash + quantities[index]);
            if (quantity > 0)
            {
                quantities[index] = quantity;
                hash += StateHasher.mixed(keyHash + quantity);
            }
            else
            {
                remove(index);
            }
        }
        else if (quantity > 0)
        {
            insert(~index, key, quantity);
        }
    }

    private int index(final int level)
    {
        final int index = end - 1 - level;
        if (level < 0 || index < FIRST)
        {
            throw new IndexOutOfBoundsException("level " + level + " of " + count());
        }
        return index;
    }

    private void remove(final int index)
    {
        final int moved = end - 1 - index;
        System.arraycopy(keys, index + 1, keys, index, moved);
        System.arraycopy(quantities, index + 1, quantities, index, moved);
        end--;
    }

    private void insert(final int wantedIndex, final long key, final long quantity)
    {
        int index = wantedIndex;
        if (MAX_LEVELS == count())
        {
            prune();
            index -= PRUNED_AT_ONCE;
            if (index <= FIRST)
            {
                prunedCount++;
                return;
            }
        }
        if (end == keys.length)
        {
            keys = Arrays.copyOf(keys, end * 2);
            quantities = Arrays.copyOf(quantities, end * 2);
        }
        System.arraycopy(keys, index, keys, index + 1, end - index);
        System.arraycopy(quantities, index, quantities, index + 1, end - index);
        keys[index] = key;
        quantities[index] = quantity;
        hash += levelHash(key, quantity);
        end++;
    }

    private void prune()
    {
        final int kept = FIRST + PRUNED_AT_ONCE;
        for (int i = FIRST; i < kept; i++)
        {
            hash -= levelHash(keys[i], quantities[i]);
        }
        System.arraycopy(keys, kept, keys, FIRST, end - kept);
        System.arraycopy(quantities, kept, quantities, FIRST, end - kept);
        end -= PRUNED_AT_ONCE;
        prunedCount += PRUNED_AT_ONCE;
    }

    /** Index of the key, else the complement of where it belongs. Most changes are near the best level: look there. */
    private int find(final long key)
    {
        final int near = end - NEAR;
        final int low = isNear(near, key) ? findNear(near, key) : findAny(key);
        return low < end && keys[low] == key ? low : ~low;
    }

    /** Better than the first of the nearest levels, and so that no difference among them and the key overflows. */
    private boolean isNear(final int near, final long key)
    {
        final long first = keys[near];
        return first < key && key - first >= 0 && keys[end - 1] - first >= 0;
    }

    /**
     * How many keys are less: of 64 by three of them, of the 16 that are left by three, of four by all. Numbers are
     * added up, not jumps taken, which a processor would guess wrong every other time; and the three do not wait for
     * each other as the steps of a bisection do.
     */
    private int findNear(final int near, final long key)
    {
        int low = near;
        low += less(low + 15, key) + less(low + 31, key) + less(low + 47, key) << 4;
        low += less(low + 3, key) + less(low + 7, key) + less(low + 11, key) << 2;
        return low + less(low, key) + less(low + 1, key) + less(low + 2, key) + less(low + 3, key);
    }

    /** @return 1 when the key at the index is less than another, else 0; their difference must not overflow. */
    private int less(final int index, final long key)
    {
        return (int)(keys[index] - key >>> Long.SIZE - 1);
    }

    private int findAny(final long key)
    {
        int low = FIRST;
        int length = end - FIRST;
        while (length > 0)
        {
            final int half = length + 1 >>> 1;
            low += keys[low + half - 1] < key ? half : 0;
            length -= half;
        }
        return low;
    }

    private long levelHash(final long key, final long quantity)
    {
        return StateHasher.mixed(StateHasher.mixed(key ^ salt) + quantity);
    }
}
