package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;

/**
 * What was promised to whoever subscribed and unsubscribed, so that no future stays open for ever: several may wait for
 * one instrument, and an instrument may be removed before they got what they wait for. Threading: the feed's loop.
 */
final class SubscriptionFutures
{
    private final Map<InstrumentFeed, List<CompletableFuture<Instrument>>> subscribing = new LinkedHashMap<>();
    private final Map<InstrumentFeed, List<CompletableFuture<Boolean>>> unsubscribing = new LinkedHashMap<>();
    private final Set<CompletableFuture<?>> promised = new HashSet<>();

    /** Remembers a future that must end at the latest when the feed does. */
    void promise(final CompletableFuture<?> future)
    {
        promised.removeIf(CompletableFuture::isDone);
        promised.add(future);
    }

    void awaitSync(final InstrumentFeed feed, final CompletableFuture<Instrument> future)
    {
        subscribing.computeIfAbsent(feed, key -> new ArrayList<>()).add(future);
    }

    void awaitRemoval(final InstrumentFeed feed, final CompletableFuture<Boolean> future)
    {
        final List<CompletableFuture<Instrument>> waiting = subscribing.remove(feed);
        if (null != waiting)
        {
            final IllegalStateException reason = new IllegalStateException(
                feed.instrument().symbol() + " was unsubscribed before its book was in sync");
            waiting.forEach(subscriber -> subscriber.completeExceptionally(reason));
        }
        unsubscribing.computeIfAbsent(feed, key -> new ArrayList<>()).add(future);
    }

    void onRemoved(final InstrumentFeed feed)
    {
        final List<CompletableFuture<Boolean>> waiting = unsubscribing.remove(feed);
        if (null != waiting)
        {
            waiting.forEach(future -> future.complete(true));
        }
    }

    /** Completes what waits for instruments that are there now. */
    void completeIf(final Predicate<InstrumentFeed> isThere)
    {
        if (!subscribing.isEmpty())
        {
            final List<InstrumentFeed> there = subscribing.keySet().stream().filter(isThere).toList();
            for (final InstrumentFeed feed : there)
            {
                subscribing.remove(feed).forEach(future -> future.complete(feed.instrument()));
            }
        }
    }

    void end(final RuntimeException reason)
    {
        unsubscribing.values().forEach(waiting -> waiting.forEach(future -> future.complete(false)));
        promised.forEach(future -> future.completeExceptionally(reason));
    }
}
