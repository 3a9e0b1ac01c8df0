package org.lockstep.engine.event;

/** Values of the header's source id: who produced a frame. */
public final class FrameSource
{
    /** The engine itself: every output. */
    public static final int ENGINE = 0;

    /** The clock: Timer frames. */
    public static final int CLOCK = 1;

    /** A client of the gateway. */
    public static final int CLIENT = 2;

    /** The process: session start and stop, configuration. */
    public static final int PROCESS = 3;

    private static final int VENUE_BASE = 16;
    private static final int SOURCES_PER_VENUE = 16;

    private FrameSource()
    {
    }

    /**
     * Source id of a line (socket) of a venue.
     *
     * @param venueId see {@code Venue}, 1 to 4000.
     * @param line    [0, 15].
     * @return the id.
     */
    public static int venueLine(final int venueId, final int line)
    {
        return VENUE_BASE + venueId * SOURCES_PER_VENUE + line;
    }
}
