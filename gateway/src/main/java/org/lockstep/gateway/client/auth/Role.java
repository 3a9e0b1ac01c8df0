package org.lockstep.gateway.client.auth;

import java.util.Locale;

/** What a user may do; each role includes the ones before it. */
public enum Role
{
    /** Reads everything on the channels. */
    VIEWER,
    /** Starts, stops, pauses, resumes and kills bots; refreshes; reconnects venues. */
    OPERATOR,
    /** Changes limits, enters manual orders, trips the kill switch. */
    ADMIN;

    private static final Role[] VALUES = values();

    private final String code = name().toLowerCase(Locale.ROOT);

    /** @return the name in tokens and messages: {@code viewer}, {@code operator} or {@code admin}. */
    public String code()
    {
        return code;
    }

    /**
     * Says whether this role is enough.
     *
     * @param required the least role that may.
     * @return true when this is that role or a higher one.
     */
    public boolean allows(final Role required)
    {
        return compareTo(required) >= 0;
    }

    /**
     * Finds a role by its name.
     *
     * @param code as it stands in a token, lower case.
     * @return the role, or null when there is none of that name.
     */
    public static Role byCode(final String code)
    {
        for (final Role role : VALUES)
        {
            if (role.code.equals(code))
            {
                return role;
            }
        }
        return null;
    }
}
