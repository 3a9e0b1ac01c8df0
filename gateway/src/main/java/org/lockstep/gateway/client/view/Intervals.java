package org.lockstep.gateway.client.view;

import java.util.List;

/** Bar intervals as clients name them; the index is the schema's value. */
public final class Intervals
{
    /** Names by value; 0 is none. */
    public static final List<String> NAMES = List.of("", "1m", "5m", "15m", "1h", "1d");

    /** Bits of all of them. */
    public static final int ALL = 0b11_1110;

    private Intervals()
    {
    }
}
