package org.lockstep.gateway.client.port;

/** Asks a venue's session to connect. Called by the client event loop; must not block. */
@FunctionalInterface
public interface VenueConnector
{
    /**
     * Starts a session that is idle, has failed or was closed. One that runs is left alone: it connects by itself,
     * however often it has to.
     *
     * @param venue lower-case code.
     * @return state of the session now, lower case, or null when this process has none with that venue.
     */
    String connect(String venue);
}
