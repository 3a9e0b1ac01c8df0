package org.lockstep.gateway.venue.binance.common;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.RejectKind;

/**
 * Reads {@code [["price","quantity"],...]}. An exchange that coarsens its steps keeps the finer orders it has, so a
 * level may not fit its instrument although nothing is wrong with the message: one whose price does not fit is left
 * out, a quantity is rounded half up, but never to none, and either is counted.
 * Stateless: any thread. Allocates nothing.
 */
public final class JsonLevels
{
    private JsonLevels()
    {
    }

    /**
     * Reads one side of a book.
     *
     * @param cursor     stands at the opening bracket; afterwards behind the closing one.
     * @param instrument says the scales.
     * @param isBid      side.
     * @param levels     receives them.
     * @return null when all is well, else why not.
     */
    public static RejectKind read(
        final JsonCursor cursor, final Instrument instrument, final boolean isBid, final LevelBuffer levels)
    {
        if (!cursor.accept('['))
        {
            return RejectKind.MALFORMED;
        }
        if (cursor.accept(']'))
        {
            return null;
        }
        final int priceScale = instrument.priceScale();
        final int quantityScale = instrument.quantityScale();
        do
        {
            if (!cursor.accept('[') || !cursor.readStringOrScalar())
            {
                return RejectKind.MALFORMED;
            }
            final long price =
                Decimals.parse(cursor.buffer(), cursor.spanOffset(), cursor.spanLength(), priceScale);
            if (!cursor.accept(',') || !cursor.readStringOrScalar())
            {
                return RejectKind.MALFORMED;
            }
            long quantity =
                Decimals.parse(cursor.buffer(), cursor.spanOffset(), cursor.spanLength(), quantityScale);
            if (Decimals.TOO_PRECISE == quantity)
            {
                final long rounded = Decimals.parseRounded(
                    cursor.buffer(), cursor.spanOffset(), cursor.spanLength(), quantityScale, false);
                quantity = rounded < 0 ? rounded : Math.max(1, rounded);
                levels.onInexact();
            }
            while (cursor.accept(','))
            {
                if (!cursor.skipValue())
                {
                    return RejectKind.MALFORMED;
                }
            }
            if (!cursor.accept(']'))
            {
                return RejectKind.MALFORMED;
            }
            if (Decimals.TOO_PRECISE == price)
            {
                levels.onInexact();
            }
            else if (price <= 0 || quantity < 0)
            {
                return RejectKind.DOES_NOT_FIT;
            }
            else if (!levels.add(price, quantity, isBid))
            {
                return RejectKind.TOO_MANY_LEVELS;
            }
        }
        while (cursor.accept(','));
        return cursor.accept(']') ? null : RejectKind.MALFORMED;
    }
}
