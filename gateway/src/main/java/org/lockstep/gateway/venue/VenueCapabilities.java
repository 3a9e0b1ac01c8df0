package org.lockstep.gateway.venue;

/**
 * What a venue's market data offers. Immutable.
 *
 * @param quotes               best bid and ask as a stream of its own.
 * @param trades               public trades.
 * @param bookDeltas           incremental book.
 * @param bookChecksums        checksums over the book.
 * @param bars                 the venue's own bars.
 * @param tickers              rolling 24 h statistics.
 * @param markPrices           derivatives' mark prices.
 * @param pollingFallback      REST polling while the socket is down.
 * @param maxStreamsPerSocket  subscriptions one socket takes.
 * @param maxClientFramesPerSecond what a client may send on one socket.
 */
public record VenueCapabilities(
    boolean quotes,
    boolean trades,
    boolean bookDeltas,
    boolean bookChecksums,
    boolean bars,
    boolean tickers,
    boolean markPrices,
    boolean pollingFallback,
    int maxStreamsPerSocket,
    int maxClientFramesPerSecond)
{
}
