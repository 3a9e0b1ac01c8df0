package org.lockstep.engine.bot;

import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.market.Markets;

/** Finds the instruments a bot's definition names, and says why it cannot trade them. Engine thread. Allocates. */
final class SymbolResolver
{
    private final Markets markets;
    private final Accounts accounts;

    SymbolResolver(final Markets markets, final Accounts accounts)
    {
        this.markets = markets;
        this.accounts = accounts;
    }

    /** Looks all symbols up; when each can be traded the bot has them. */
    Outcome resolve(final Bot bot)
    {
        final Account account = accounts.find(bot.accountId());
        final int[] ids = new int[bot.definition.symbols().size()];
        for (int i = 0; i < ids.length; i++)
        {
            final String symbol = bot.definition.symbols().get(i);
            final String qualified = symbol.indexOf(':') >= 0 ? symbol : account.venue().code() + ":" + symbol;
            final Instrument instrument = markets.instruments().byQualifiedSymbol(qualified);
            if (null == instrument)
            {
                return new Outcome(true, "waits for instrument " + qualified);
            }
            if (instrument.venue() != account.venue())
            {
                return new Outcome(false, qualified + " is not of " + account.venue().code() +
                    ", the venue of account " + account.name());
            }
            if (!instrument.quoteAsset().equals(account.asset()))
            {
                return new Outcome(false, qualified + " is quoted in " + instrument.quoteAsset() +
                    ", but the asset of account " + account.name() + " is " + account.asset());
            }
            ids[i] = instrument.id();
        }
        bot.instrumentIds = ids;
        return Outcome.FOUND;
    }

    /**
     * @param isWaiting true when it may still come right.
     * @param problem   null when all were found.
     */
    record Outcome(boolean isWaiting, String problem)
    {
        static final Outcome FOUND = new Outcome(false, null);

        boolean isFound()
        {
            return null == problem;
        }
    }
}
