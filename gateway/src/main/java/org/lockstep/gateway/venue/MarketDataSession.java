package org.lockstep.gateway.venue;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;

/**
 * The one market-data session towards a venue; it serves every bot and every account. It publishes input frames and
 * keeps itself alive: after {@link #start()} succeeded only {@link #close()} ends it.
 * Threading: any thread may call any method; the work is done on the session's event loop.
 */
public interface MarketDataSession extends AutoCloseable
{
    /** @return the venue. */
    Venue venue();

    /** @return what the venue offers. */
    VenueCapabilities capabilities();

    /**
     * Loads instruments, connects, subscribes and syncs books.
     *
     * @return completes when all that is done; fails if the venue refuses the configuration. Unreachable is no failure:
     *     it goes on trying.
     */
    CompletableFuture<Void> start();

    /**
     * Says which symbols can be subscribed, whether or not they are.
     *
     * @return completes with every symbol the venue lists, from a memory of at most an hour; fails with an
     *     {@link IllegalStateException} if the venue cannot be asked.
     */
    CompletableFuture<List<InstrumentDescriptor>> listing();

    /**
     * Adds an instrument: any that the venue lists. Several may ask for the same one.
     *
     * @param symbol the venue's own.
     * @return completes with the instrument once its subscriptions are confirmed and its book is in sync; fails with an
     *     {@link IllegalArgumentException} if the venue does not list it or the journal cannot hold it, and with an
     *     {@link IllegalStateException} if it is unsubscribed meanwhile or the session ends.
     */
    CompletableFuture<Instrument> subscribe(String symbol);

    /**
     * Removes an instrument's subscriptions. Its id stays.
     *
     * @param instrumentId dense id.
     * @return completes when the venue confirmed; false when there was nothing to remove.
     */
    CompletableFuture<Boolean> unsubscribe(int instrumentId);

    /** @return how far the venue's clock is from ours. */
    VenueClock venueClock();

    /** @return where it stands. */
    SessionState state();

    /** @return figures about it. */
    FeedCounters counters();

    @Override
    void close();
}
