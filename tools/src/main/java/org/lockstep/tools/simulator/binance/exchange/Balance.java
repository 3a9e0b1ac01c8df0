package org.lockstep.tools.simulator.binance.exchange;

/** What an account has of one asset, eight decimals. Event loop only. */
public final class Balance
{
    private final String asset;
    private long freeE8;
    private long lockedE8;

    Balance(final String asset)
    {
        this.asset = asset;
    }

    /** @return such as {@code BTC}. */
    public String asset()
    {
        return asset;
    }

    /** @return what can be used. */
    public long freeE8()
    {
        return freeE8;
    }

    /** @return what open orders hold. */
    public long lockedE8()
    {
        return lockedE8;
    }

    void add(final long deltaE8)
    {
        freeE8 = checked(Math.addExact(freeE8, deltaE8));
    }

    /** Moves from free to locked; negative moves back. */
    void lock(final long amountE8)
    {
        freeE8 = checked(freeE8 - amountE8);
        lockedE8 = checked(lockedE8 + amountE8);
    }

    private long checked(final long valueE8)
    {
        if (valueE8 < 0)
        {
            throw new IllegalStateException("balance of " + asset + " would become negative");
        }
        return valueE8;
    }
}
