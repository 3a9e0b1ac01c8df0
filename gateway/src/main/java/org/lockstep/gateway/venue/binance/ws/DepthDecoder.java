package org.lockstep.gateway.venue.binance.ws;

import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.JsonLevels;

/** Takes changes of the book out of the message in hand. Threading: the feed's loop. Allocation: none. */
final class DepthDecoder
{
    private final StreamMessage message;
    private final JsonCursor cursor;
    private final StreamEvents events;
    private final FeedCounters counters;

    DepthDecoder(
        final StreamMessage message, final JsonCursor cursor, final StreamEvents events, final FeedCounters counters)
    {
        this.message = message;
        this.cursor = cursor;
        this.events = events;
        this.counters = counters;
    }

    /** Changed levels of the book. */
    void onDepth()
    {
        if (!message.isGood() || !message.resolve())
        {
            return;
        }
        final long firstUpdateId = message.id('U');
        final long lastUpdateId = message.id('u');
        final long venueTimeNs = message.time(message.fields, 'E');
        if (message.isGood() && firstUpdateId > lastUpdateId)
        {
            message.reject(RejectKind.BAD_FIELD);
        }
        readLatecomers(message.bidsPosition, message.areBidsRead, true);
        readLatecomers(message.asksPosition, message.areAsksRead, false);
        if (message.isGood())
        {
            if (0 != message.levels.inexactCount())
            {
                counters.onInexactLevels(message.levels.inexactCount());
            }
            events.onDepth(message.feed, firstUpdateId, lastUpdateId, venueTimeNs, message.levels);
        }
    }

    /** Levels that stood before their symbol. */
    private void readLatecomers(final int position, final boolean areRead, final boolean isBid)
    {
        if (position < 0)
        {
            message.reject(RejectKind.MISSING_FIELD);
        }
        else if (!areRead && message.isGood())
        {
            cursor.position(position);
            final RejectKind kind = JsonLevels.read(cursor, message.feed.instrument(), isBid, message.levels);
            if (null != kind)
            {
                message.reject(kind);
            }
        }
    }
}
