package org.lockstep.engine.instrument;

import java.util.Locale;

/** The exchanges Lockstep knows. Ids are part of the journal and never change. */
public enum Venue
{
    /** Binance Spot. */
    BINANCE(1),
    /** Bybit. */
    BYBIT(2),
    /** Coinbase Advanced Trade. */
    COINBASE(3),
    /** Kraken. */
    KRAKEN(4),
    /** LN Markets. */
    LNMARKETS(5),
    /** Quadcode. */
    QUADCODE(6);

    private static final Venue[] VALUES = values();

    private final int id;
    private final String code;

    Venue(final int id)
    {
        this.id = id;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /** @return id as it stands in frames, from 1. */
    public int id()
    {
        return id;
    }

    /** @return lower-case name used in configuration, symbols ({@code binance:BTCUSDT}) and logs. */
    public String code()
    {
        return code;
    }

    /**
     * Finds a venue by its id.
     *
     * @param id as it stands in frames.
     * @return the venue, or null when there is none.
     */
    public static Venue byId(final int id)
    {
        return id >= 1 && id <= VALUES.length ? VALUES[id - 1] : null;
    }

    /**
     * Finds a venue by its lower-case name.
     *
     * @param code such as {@code binance}.
     * @return the venue, or null when there is none.
     */
    public static Venue byCode(final String code)
    {
        for (final Venue venue : VALUES)
        {
            if (venue.code.equals(code))
            {
                return venue;
            }
        }
        return null;
    }
}
