package org.lockstep.gateway.client.auth;

/**
 * A user whose token has been verified.
 *
 * @param user        the token's subject.
 * @param role        what the user may do.
 * @param expiresAtMs when the token ends, epoch ms.
 */
public record Identity(String user, Role role, long expiresAtMs)
{
}
