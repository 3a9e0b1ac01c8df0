package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.market.E8;

/** Values as the venue writes them. Static. */
final class Text
{
    private Text()
    {
    }

    /** A decimal with eight places. */
    static String decimal(final long valueE8)
    {
        final long magnitude = Math.abs(valueE8);
        final String fraction = Long.toString(E8.ONE + magnitude % E8.ONE).substring(1);
        return (valueE8 < 0 ? "-" : "") + magnitude / E8.ONE + '.' + fraction;
    }

    static long time(final long timeUs, final boolean micros)
    {
        return micros ? timeUs : timeUs / 1_000;
    }
}
