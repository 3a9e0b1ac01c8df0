package org.lockstep.tools.check;

import java.io.IOException;

/** A venue's refusal: HTTP status, its code, its words. */
public final class VenueRefusal extends IOException
{
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * A refusal.
     *
     * @param status HTTP status.
     * @param code   of the venue, 0 when it gives none.
     * @param words  of the venue.
     */
    public VenueRefusal(final int status, final int code, final String words)
    {
        super("HTTP " + status + (0 == code ? "" : ", " + code) + ": " + words);
        this.code = code;
    }

    /** @return the venue's code, 0 when it gave none. */
    public int code()
    {
        return code;
    }
}
