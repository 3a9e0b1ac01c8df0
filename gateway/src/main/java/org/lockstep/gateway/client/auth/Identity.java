package org.lockstep.gateway.client.auth;

import org.lockstep.gateway.client.view.Reader;

/**
 * A user whose token has been verified.
 *
 * @param user        the token's subject.
 * @param role        what the user may do.
 * @param expiresAtMs when the token ends, epoch ms.
 */
public record Identity(String user, Role role, long expiresAtMs)
{
    /** @return what may be seen: own accounts, or all. */
    public Reader reader()
    {
        return new Reader(user, role.allows(Role.ADMIN));
    }
}
