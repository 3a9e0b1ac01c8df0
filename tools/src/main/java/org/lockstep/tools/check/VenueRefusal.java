package org.lockstep.tools.check;

import java.io.IOException;

/** A venue's refusal: HTTP status, its code, its words. */
public final class VenueRefusal extends IOException
{
    private static final long serialVersionUID = 1L;
    private static final int BAD_TIMESTAMP = -1021;
    private static final int BAD_SIGNATURE = -1022;
    private static final int BAD_KEY_FORMAT = -2014;
    private static final int REFUSED_KEY = -2015;

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

    /**
     * What can be done about it.
     *
     * @param key name of the key in the keystore.
     * @return advice.
     */
    public String advice(final String key)
    {
        return switch (code)
        {
            case BAD_TIMESTAMP -> "the time of the request was refused although the venue's clock had just been " +
                "asked: synchronise this host's clock, and look for a slow way to the venue";
            case BAD_SIGNATURE -> "the secret does not belong to the key: take both anew, and store them with " +
                "'lockstep keys add " + key + "' (after 'lockstep keys remove " + key + "' if it is stored)";
            case BAD_KEY_FORMAT -> "this is no API key of the venue: 'lockstep keys list' shows what is stored, " +
                "'lockstep keys add' takes another";
            case REFUSED_KEY -> "the venue at this address does not know the key, this host's address is not on the " +
                "key's list, or the key may not do this: compare key, list and rights in the venue's API management, " +
                "and whether key and address belong together (exchange, test network, simulator)";
            default -> "look the code up in the venue's documentation; try again later if the trouble is the venue's";
        };
    }

    /** @return the venue's code, 0 when it gave none. */
    public int code()
    {
        return code;
    }
}
