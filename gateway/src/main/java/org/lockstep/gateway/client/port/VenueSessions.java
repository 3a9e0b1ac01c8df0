package org.lockstep.gateway.client.port;

import java.util.List;

/** Tells how the sessions with venues are. Called by the client event loop; must not block. */
@FunctionalInterface
public interface VenueSessions
{
    /** @return all sessions as they stand now; never null. */
    List<VenueSession> sessions();
}
