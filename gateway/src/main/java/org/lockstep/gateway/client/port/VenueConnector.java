package org.lockstep.gateway.client.port;

/** Asks a venue's sessions to connect now. Called by the client event loop; must not block. */
@FunctionalInterface
public interface VenueConnector
{
    /**
     * Connects, or reconnects at once a session that is backing off.
     *
     * @param venue lower-case code.
     * @return false when this process has no session with that venue.
     */
    boolean connect(String venue);
}
