package org.lockstep.gateway.client.stream;

import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.auth.TokenVerifier;
import org.lockstep.gateway.client.command.CommandDesk;

/**
 * What every session works with.
 *
 * @param hub         fan-out.
 * @param connections all clients.
 * @param commands    way into the journal.
 * @param verifier    of tokens.
 * @param limits      to live within.
 * @param clock       our clock.
 * @param version     of the server.
 */
public record SessionContext(
    StreamHub hub,
    Connections connections,
    CommandDesk commands,
    TokenVerifier verifier,
    ClientLimits limits,
    EpochClock clock,
    String version)
{
}
