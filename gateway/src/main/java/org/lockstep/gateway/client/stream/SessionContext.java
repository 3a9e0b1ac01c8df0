package org.lockstep.gateway.client.stream;

import java.util.List;

import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.auth.TokenVerifier;
import org.lockstep.gateway.client.command.CommandDesk;
import org.lockstep.gateway.client.notify.AlertSender;

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
 * @param alerts      senders of alerts to the outside.
 */
public record SessionContext(
    StreamHub hub,
    Connections connections,
    CommandDesk commands,
    TokenVerifier verifier,
    ClientLimits limits,
    EpochClock clock,
    String version,
    List<AlertSender> alerts)
{
}
