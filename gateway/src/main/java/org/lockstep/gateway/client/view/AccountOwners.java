package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.AccountTerms;
import org.lockstep.engine.execution.Accounts;

/**
 * Whose account each is, from the commands that define accounts. It runs the engine's own account table on them, so
 * that ids are given out, and definitions refused, exactly as the engine does.
 */
final class AccountOwners
{
    private static final String NOBODY = "";

    private final Accounts accounts = new Accounts();
    private final List<String> owners = new ArrayList<>();
    private final Map<Integer, AccountState> states = new HashMap<>();

    /** Takes in a definition; {@code parameters} are used up. */
    void onDefined(final String name, final SortedMap<String, String> parameters)
    {
        final String given = parameters.remove("name");
        final String owner = parameters.getOrDefault("owner", NOBODY);
        final Account account;
        try
        {
            account = accounts.define(null == given ? name : given, AccountTerms.read(parameters));
        }
        catch (final IllegalArgumentException ex)
        {
            return;     // the engine refuses it too, and says why in an alert
        }
        if (null == account)
        {
            return;
        }
        while (owners.size() <= account.id())
        {
            owners.add(NOBODY);
        }
        owners.set(account.id(), owner);
    }

    /** @return true when the account is known and the user's. */
    boolean isOwner(final int accountId, final String user)
    {
        return accountId >= 0 && accountId < owners.size() && !user.isEmpty() && owners.get(accountId).equals(user);
    }

    /** A new run: no private session is there yet. */
    void onSessionStarted()
    {
        states.clear();
    }

    /** Notes the state of an account's private session. */
    void onStatus(final int accountId, final AccountState state)
    {
        states.put(accountId, state);
    }

    /** @return live accounts whose orders and balances do not yet agree with the venue's. */
    int unreconciled()
    {
        int count = 0;
        for (int id = 0; id < owners.size(); id++)
        {
            final Account account = accounts.find(id);
            count += null != account && !account.terms().isPaper() && AccountState.LIVE != states.get(id) ? 1 : 0;
        }
        return count;
    }

    /** @return what it began with, 8 decimals; 0 when it is not known or is the venue's. */
    long startingBalance(final int accountId)
    {
        final Account account = accounts.find(accountId);
        return null == account || !account.terms().isPaper() ? 0 : account.terms().startingBalance();
    }

    /** @return name of the account, or null when it is not known. */
    String name(final int accountId)
    {
        final Account account = accounts.find(accountId);
        return null == account ? null : account.name();
    }

    /** @return names of all accounts, by their ids. */
    List<String> names()
    {
        final List<String> names = new ArrayList<>();
        for (int id = 0; id < accounts.count(); id++)
        {
            names.add(accounts.find(id).name());
        }
        return names;
    }

    /** @return id of the account of that name or, written as a number, of that id; -1 when there is none. */
    int id(final String nameOrId)
    {
        final Account account = accounts.byName(nameOrId);
        if (null != account)
        {
            return account.id();
        }
        final boolean isId = nameOrId.matches("[0-9]{1,9}") && null != accounts.find(Integer.parseInt(nameOrId));
        return isId ? Integer.parseInt(nameOrId) : -1;
    }

    /** Writes number and name of an account into the object that is open. */
    void write(final int accountId, final JsonWriter json)
    {
        json.field("account", Integer.toString(accountId)).field("accountName", name(accountId));
    }

    /** Writes what an account is into the object that is open. */
    void writeTerms(final int accountId, final JsonWriter json)
    {
        final Account account = accounts.find(accountId);
        final AccountState state = states.get(accountId);
        json.field("owner", owners.get(accountId))
            .field("venue", account.venue().code())
            .field("mode", account.terms().mode())
            .field("asset", account.asset())
            .field("state", account.terms().isPaper() ? "live" : null == state ? "connecting" : Codes.of(state));
    }
}
