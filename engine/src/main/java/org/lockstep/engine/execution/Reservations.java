package org.lockstep.engine.execution;

import org.lockstep.engine.order.Order;
import org.lockstep.engine.risk.RiskSubject;

/**
 * What open orders take of the limits of their bot and their account: a place each, and what may still execute.
 * Threading: the engine thread. Allocation: none.
 */
final class Reservations
{
    private final Traders traders;
    private final Accounts accounts;

    Reservations(final Traders traders, final Accounts accounts)
    {
        this.traders = traders;
        this.accounts = accounts;
    }

    void onOrderOpened(final int botId, final int accountId)
    {
        traders.risk(botId).onOrderOpened();
        accounts.find(accountId).risk().onOrderOpened();
    }

    void onOrderEnded(final int botId, final int accountId)
    {
        traders.risk(botId).onOrderEnded();
        accounts.find(accountId).risk().onOrderEnded();
    }

    /** More (or, negative, less) of an order may still execute. */
    void onOpenQuantity(final Order order, final long delta)
    {
        if (0 != delta)
        {
            onOpenQuantity(traders.risk(order.botId()), order, delta);
            onOpenQuantity(accounts.find(order.accountId()).risk(), order, delta);
        }
    }

    private static void onOpenQuantity(final RiskSubject subject, final Order order, final long delta)
    {
        subject.holdings().onOpenQuantity(order.instrumentId(), order.side(), delta);
    }
}
