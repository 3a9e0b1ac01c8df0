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
     * @return what came of it, or null when this process has no session with that venue.
     */
    Answer connect(String venue);

    /** What came of asking. */
    enum Outcome
    {
        /** It was idle, had failed or was closed, and is being started. */
        STARTED,
        /** It runs, and was left alone. */
        RUNNING,
        /** The process ends, so nothing is started any more. */
        CLOSING
    }

    /**
     * The answer to who asked.
     *
     * @param outcome what was done.
     * @param before  state of the session when it was asked for, lower case.
     * @param state   its state now, lower case.
     */
    record Answer(Outcome outcome, String before, String state)
    {
    }
}
