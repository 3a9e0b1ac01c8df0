package org.lockstep.engine.execution;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/**
 * What a venue says an account has, by asset, in the order the assets were first heard of. Threading: the engine
 * thread. Allocation: an asset's first mention only.
 */
public final class AssetBalances
{
    private static final int INITIAL_CAPACITY = 4;

    private String[] assets = new String[INITIAL_CAPACITY];
    private long[] free = new long[INITIAL_CAPACITY];
    private long[] locked = new long[INITIAL_CAPACITY];
    private int count;

    /**
     * Finds an asset.
     *
     * @param asset such as {@code BTC}.
     * @return its index, or -1.
     */
    public int indexOf(final CharSequence asset)
    {
        for (int i = 0; i < count; i++)
        {
            if (0 == CharSequence.compare(assets[i], asset))
            {
                return i;
            }
        }
        return -1;
    }

    /** @return how many assets there are. */
    public int count()
    {
        return count;
    }

    /**
     * Names an asset.
     *
     * @param index [0, {@link #count()}).
     * @return such as {@code BTC}.
     */
    public String asset(final int index)
    {
        return assets[index];
    }

    /**
     * What is free.
     *
     * @param index [0, {@link #count()}).
     * @return 8 decimals.
     */
    public long free(final int index)
    {
        return free[index];
    }

    /**
     * What open orders hold.
     *
     * @param index [0, {@link #count()}).
     * @return 8 decimals.
     */
    public long locked(final int index)
    {
        return locked[index];
    }

    /** Takes what the venue says; the index, for what was there before, is the caller's to look up first. */
    void set(final CharSequence asset, final long newFree, final long newLocked)
    {
        int index = indexOf(asset);
        if (index < 0)
        {
            if (count == assets.length)
            {
                assets = Arrays.copyOf(assets, count * 2);
                free = Arrays.copyOf(free, count * 2);
                locked = Arrays.copyOf(locked, count * 2);
            }
            index = count++;
            assets[index] = asset.toString();
        }
        free[index] = newFree;
        locked[index] = newLocked;
    }

    void describe(final StateWriter out)
    {
        for (int i = 0; i < count; i++)
        {
            out.begin("balance", i);
            out.field("asset", assets[i]);
            out.field("free", free[i]);
            out.field("locked", locked[i]);
            out.end();
        }
    }
}
