package org.lockstep.engine.market;

/**
 * Markets by their last change, the latest first. Whoever remembers {@link #count} finds those that changed since at
 * the head, each once, and need not look at the others. Not part of the state. Threading: the engine thread.
 * Allocation: none.
 */
final class MarketChanges
{
    private Market latest;
    private long count;

    Market latest()
    {
        return latest;
    }

    long count()
    {
        return count;
    }

    void onChange(final Market market)
    {
        market.changeNumber = ++count;
        if (market == latest)
        {
            return;
        }
        if (null != market.changedAfter)
        {
            market.changedAfter.changedBefore = market.changedBefore;
        }
        if (null != market.changedBefore)
        {
            market.changedBefore.changedAfter = market.changedAfter;
        }
        market.changedAfter = null;
        market.changedBefore = latest;
        if (null != latest)
        {
            latest.changedAfter = market;
        }
        latest = market;
    }
}
