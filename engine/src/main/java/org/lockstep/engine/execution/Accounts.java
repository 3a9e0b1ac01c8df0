package org.lockstep.engine.execution;

import java.util.Arrays;

import org.lockstep.engine.state.StateWriter;

/** All accounts by dense id, in the order they were defined. Threading: the engine thread. */
public final class Accounts
{
    /** Most accounts of a process. */
    public static final int MAX_COUNT = 1_024;

    private Account[] accounts = new Account[4];
    private int count;

    /**
     * Defines an account, or changes the terms of one that is there.
     *
     * @param name  unique.
     * @param terms in force from now on.
     * @return the account, or null when there are {@link #MAX_COUNT} already.
     */
    public Account define(final String name, final AccountTerms terms)
    {
        final Account known = byName(name);
        if (null != known)
        {
            known.terms(terms);
            return known;
        }
        if (MAX_COUNT == count)
        {
            return null;
        }
        if (count == accounts.length)
        {
            accounts = Arrays.copyOf(accounts, count * 2);
        }
        final Account account = new Account(count, name, terms);
        accounts[count++] = account;
        return account;
    }

    /**
     * Finds an account.
     *
     * @param id any int.
     * @return the account, or null.
     */
    public Account find(final int id)
    {
        return id >= 0 && id < count ? accounts[id] : null;
    }

    /**
     * Finds an account that is not a paper one.
     *
     * @param id any int.
     * @return the account, or null.
     */
    Account findLive(final int id)
    {
        final Account account = find(id);
        return null == account || account.terms().isPaper() ? null : account;
    }

    /**
     * Finds an account.
     *
     * @param name as defined.
     * @return the account, or null.
     */
    public Account byName(final String name)
    {
        for (int i = 0; i < count; i++)
        {
            if (accounts[i].name().equals(name))
            {
                return accounts[i];
            }
        }
        return null;
    }

    /** @return how many there are. */
    public int count()
    {
        return count;
    }

    /**
     * Describes all by id.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("accounts");
        for (int i = 0; i < count; i++)
        {
            accounts[i].describe(out);
        }
        out.end();
    }
}
