package org.lockstep.gateway.venue.binance.ws;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.venue.BarValues;
import org.lockstep.gateway.venue.LevelBuffer;

/**
 * What the decoder finds in a stream. All numbers are validated mantissas of the instrument, all times epoch ns.
 * Called on the feed's loop; flyweights and buffers are valid only during the call.
 */
interface StreamEvents
{
    /** A change of the best bid or ask. */
    void onQuote(
        InstrumentFeed feed, long updateId, long bidPrice, long bidQuantity, long askPrice, long askQuantity);

    /** A trade. */
    void onTrade(
        InstrumentFeed feed, long tradeId, long price, long quantity, boolean isSellAggressor, long venueTimeNs);

    /** Changed levels of the book. */
    void onDepth(InstrumentFeed feed, long firstUpdateId, long lastUpdateId, long venueTimeNs, LevelBuffer levels);

    /** A bar. */
    void onBar(
        InstrumentFeed feed, BarInterval interval, boolean isClosed, long openTimeNs, BarValues values,
        long venueTimeNs);

    /** Rolling statistics; the quote volume has 2 decimals. */
    void onTicker(InstrumentFeed feed, BarValues values, long quoteVolume, long venueTimeNs);

    /** An acknowledgement or, with {@code isError}, an error; {@code id} is -1 when there is none. */
    void onControl(long id, boolean isError, DirectBuffer buffer, int offset, int length);

    /** The server is about to go. */
    void onServerShutdown();
}
