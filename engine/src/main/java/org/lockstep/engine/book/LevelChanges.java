package org.lockstep.engine.book;

/**
 * The prices that changed last, so that who looked at a book before need look at no others. Versions count changes.
 * Not part of the state. Threading: the engine thread. Allocates nothing.
 */
final class LevelChanges
{
    /** So many are remembered. */
    static final int CAPACITY = 64;

    private static final int MASK = CAPACITY - 1;

    private final long[] prices = new long[CAPACITY];
    private final boolean[] isBid = new boolean[CAPACITY];
    private long version;
    private long everythingVersion;

    long version()
    {
        return version;
    }

    void onLevel(final boolean isBidLevel, final long price)
    {
        final int index = (int)++version & MASK;
        prices[index] = price;
        isBid[index] = isBidLevel;
    }

    void onEverything()
    {
        everythingVersion = ++version;
    }

    /** Are all changes since a version remembered one by one? */
    boolean isKnownSince(final long since)
    {
        return since >= everythingVersion && version - since <= CAPACITY;
    }

    boolean isBid(final long changeVersion)
    {
        return isBid[(int)changeVersion & MASK];
    }

    long price(final long changeVersion)
    {
        return prices[(int)changeVersion & MASK];
    }
}
