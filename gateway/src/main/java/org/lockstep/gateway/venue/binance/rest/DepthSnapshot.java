package org.lockstep.gateway.venue.binance.rest;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.JsonLevels;

/**
 * Reads {@code {"lastUpdateId":..,"bids":[..],"asks":[..]}} in place. Threading: the feed's loop. Allocates nothing.
 */
public final class DepthSnapshot
{
    private static final byte[] LAST_UPDATE_ID = "lastUpdateId".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BIDS = "bids".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ASKS = "asks".getBytes(StandardCharsets.US_ASCII);

    private final JsonCursor cursor = new JsonCursor();
    private final LevelBuffer levels = new LevelBuffer();
    private long lastUpdateId;

    /**
     * Reads a response.
     *
     * @param buffer     holds it.
     * @param offset     of it.
     * @param length     of it, bytes.
     * @param instrument says the scales.
     * @return null when all is well, else why not.
     */
    public RejectKind read(final DirectBuffer buffer, final int offset, final int length, final Instrument instrument)
    {
        cursor.wrap(buffer, offset, length);
        levels.clear();
        lastUpdateId = -1;
        boolean hasBids = false;
        boolean hasAsks = false;
        if (!cursor.accept('{'))
        {
            return RejectKind.MALFORMED;
        }
        do
        {
            if (!cursor.readString())
            {
                return RejectKind.MALFORMED;
            }
            final boolean isId = isKey(LAST_UPDATE_ID);
            final boolean isBids = isKey(BIDS);
            final boolean isAsks = isKey(ASKS);
            if (!cursor.accept(':'))
            {
                return RejectKind.MALFORMED;
            }
            if (isBids || isAsks)
            {
                final RejectKind problem = JsonLevels.read(cursor, instrument, isBids, levels);
                if (null != problem)
                {
                    return problem;
                }
                hasBids |= isBids;
                hasAsks |= isAsks;
            }
            else if (!(isId ? readId() : cursor.skipValue()))
            {
                return RejectKind.MALFORMED;
            }
        }
        while (cursor.accept(','));
        if (!cursor.accept('}'))
        {
            return RejectKind.MALFORMED;
        }
        return lastUpdateId < 0 || !hasBids || !hasAsks ? RejectKind.MISSING_FIELD : null;
    }

    /** @return update id of the snapshot. */
    public long lastUpdateId()
    {
        return lastUpdateId;
    }

    /** @return both sides; overwritten by the next read. */
    public LevelBuffer levels()
    {
        return levels;
    }

    private boolean readId()
    {
        if (!cursor.readScalar() || cursor.spanLength() > 18)
        {
            return false;
        }
        long value = 0;
        for (int i = 0; i < cursor.spanLength(); i++)
        {
            final int digit = cursor.buffer().getByte(cursor.spanOffset() + i) - '0';
            if (digit < 0 || digit > 9)
            {
                return false;
            }
            value = value * 10 + digit;
        }
        lastUpdateId = value;
        return true;
    }

    private boolean isKey(final byte[] key)
    {
        if (cursor.spanLength() != key.length)
        {
            return false;
        }
        for (int i = 0; i < key.length; i++)
        {
            if (key[i] != cursor.buffer().getByte(cursor.spanOffset() + i))
            {
                return false;
            }
        }
        return true;
    }
}
