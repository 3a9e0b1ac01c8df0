package org.lockstep.engine.execution;

import org.lockstep.engine.market.Markets;

/**
 * Tells what a paper account has, of which open orders hold a part. Live accounts hear that from their venue.
 * Threading: the engine thread. Allocation: none.
 */
final class PaperBalances
{
    private final PaperFunds funds;
    private final OutputProxy outputs;

    PaperBalances(final Markets markets, final OutputProxy outputs)
    {
        this.funds = new PaperFunds(markets);
        this.outputs = outputs;
    }

    /** The balance itself changed. */
    void onExecution(final Account account)
    {
        if (account.terms().isPaper())
        {
            account.locked(funds.locked(account));
            outputs.balanceChanged(account);
        }
    }

    /** What is open changed. */
    void onOrder(final Account account)
    {
        if (account.terms().isPaper())
        {
            final long locked = funds.locked(account);
            if (locked != account.locked())
            {
                account.locked(locked);
                outputs.balanceChanged(account);
            }
        }
    }
}
