package org.lockstep.gateway.client.view;

/**
 * Who looks at the world: a user sees what belongs to own accounts, and what belongs to nobody.
 *
 * @param user    name of the user.
 * @param seesAll true for an admin, who sees everybody's accounts.
 */
public record Reader(String user, boolean seesAll)
{
}
