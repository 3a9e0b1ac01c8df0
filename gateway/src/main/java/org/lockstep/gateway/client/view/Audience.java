package org.lockstep.gateway.client.view;

/**
 * Who may see a value or an event: everybody, admins alone, the owner of an account, or the user who caused it. Owners
 * are looked up when somebody asks, so that an account that changes hands takes its history along.
 *
 * @param accountId whose owner may see it, or {@link #EVERYBODY} or {@link #NO_ACCOUNT}.
 * @param user      who may see it besides, or null.
 */
record Audience(int accountId, String user)
{
    static final int EVERYBODY = -2;
    static final int NO_ACCOUNT = -1;
    static final Audience PUBLIC = new Audience(EVERYBODY, null);
    static final Audience ADMINS = new Audience(NO_ACCOUNT, null);

    static Audience ofAccount(final int accountId)
    {
        return accountId < 0 ? ADMINS : new Audience(accountId, null);
    }

    static Audience ofUser(final String user)
    {
        return new Audience(NO_ACCOUNT, user);
    }
}
