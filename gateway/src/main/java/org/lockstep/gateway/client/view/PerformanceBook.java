package org.lockstep.gateway.client.view;

import org.agrona.collections.Int2ObjectHashMap;
import org.lockstep.gateway.client.analysis.Performance;

/** How each bot does, from what frames tell. Client event loop only. */
final class PerformanceBook
{
    private final AccountOwners accounts;
    private final Int2ObjectHashMap<Performance> performances = new Int2ObjectHashMap<>();

    PerformanceBook(final AccountOwners accounts)
    {
        this.accounts = accounts;
    }

    Performance of(final int botId)
    {
        Performance performance = performances.get(botId);
        if (null == performance)
        {
            performance = new Performance();
            performances.put(botId, performance);
        }
        return performance;
    }

    void onEquity(final BotView bot)
    {
        final Performance performance = of(bot.id);
        performance.capital(accounts.startingBalance(bot.accountId));
        performance.onEquity(bot.timeNs, bot.realisedPnl + bot.unrealisedPnl - bot.fees);
    }

    /** The position is still as it was before. */
    void onPosition(final PositionView before, final long quantity, final long realisedPnl)
    {
        final boolean isSmaller = Math.abs(quantity) < Math.abs(before.quantity);
        final boolean isTurned = Long.signum(quantity) * Long.signum(before.quantity) < 0;
        if (isSmaller || isTurned)
        {
            of(before.botId).onClosed(realisedPnl - before.realisedPnl);
        }
    }

    void onAcknowledged(final OrderView order, final long timeNs)
    {
        of(order.botId).onAcknowledged(timeNs - order.requestedNs);
    }
}
