package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.gateway.venue.binance.ws.BookSync;
import org.lockstep.gateway.venue.binance.ws.EventRouter;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instruments of a feed: how they come, stay in step with the venue, and go. Threading: the feed's loop.
 */
final class FeedInstruments
{
    private static final Logger LOG = LoggerFactory.getLogger(FeedInstruments.class);
    private static final long MS = 1_000_000L;

    private final BinanceFeedConfig config;
    private final InstrumentDirectory directory;
    private final InstrumentLoader loader;
    private final MarketDataPublisher publisher;
    private final EventRouter router;
    private final FeedCounters counters;
    private final EpochNanoClock clock;
    private final SnapshotQueue snapshots;
    private final RestPoller poller;
    private final BarHistory history;
    private final FeedLines lines;
    private final Map<Integer, InstrumentFeed> feeds = new HashMap<>();
    private final SubscriptionFutures futures = new SubscriptionFutures();
    private final Predicate<InstrumentFeed> isThere;
    private long nextReloadNs;

    FeedInstruments(
        final BinanceFeedConfig config,
        final InstrumentDirectory directory,
        final InstrumentLoader loader,
        final MarketDataPublisher publisher,
        final EventRouter router,
        final FeedCounters counters,
        final EpochNanoClock clock,
        final SnapshotQueue snapshots,
        final RestPoller poller,
        final BarHistory history,
        final FeedLines lines)
    {
        this.config = config;
        this.directory = directory;
        this.loader = loader;
        this.publisher = publisher;
        this.router = router;
        this.counters = counters;
        this.clock = clock;
        this.snapshots = snapshots;
        this.poller = poller;
        this.history = history;
        this.lines = lines;
        this.nextReloadNs = System.nanoTime() + config.times().instrumentReloadMs() * MS;
        this.isThere = feed -> isSynced(feed) && lines.carries(feed);
    }

    // --------------------------------------------------------------------------------------------------- operations

    /** Publishes instruments and puts each on the first group of lines that has room. */
    List<InstrumentFeed> add(final List<Instrument> instruments)
    {
        final List<InstrumentFeed> added = new ArrayList<>();
        final List<InstrumentFeed> fresh = new ArrayList<>();
        for (final Instrument instrument : instruments)
        {
            publisher.instrument(instrument);
            InstrumentFeed feed = feeds.get(instrument.id());
            final boolean isRunning = null != feed && feed.isSubscribed();
            if (null == feed)
            {
                feed = new InstrumentFeed(instrument, publisher, counters);
                feeds.put(instrument.id(), feed);
                router.add(feed);
            }
            feed.instrument(instrument);
            added.add(feed);
            if (!isRunning)
            {
                feed.subscribed(true, clock.nanoTime());
                fresh.add(feed);
            }
        }
        lines.add(fresh);
        return added;
    }

    /** Adds an instrument by symbol, for somebody who waits for it. */
    void subscribe(final String symbol, final CompletableFuture<Instrument> future)
    {
        futures.promise(future);
        loader.gather(symbol, outcome ->
        {
            final Instrument instrument = outcome.instruments().get(symbol);
            if (null == instrument)
            {
                future.completeExceptionally(new IllegalArgumentException(outcome.refused().get(symbol)));
            }
            else
            {
                futures.awaitSync(add(List.of(instrument)).get(0), future);
            }
        });
    }

    /** Removes an instrument, for somebody who waits for that. */
    void unsubscribe(final int instrumentId, final CompletableFuture<Boolean> future)
    {
        final InstrumentFeed feed = feeds.get(instrumentId);
        if (null == feed || !feed.isSubscribed())
        {
            future.complete(false);
            return;
        }
        futures.promise(future);
        futures.awaitRemoval(feed, future);
        snapshots.cancel(feed);
        poller.cancel(feed);
        feed.subscribed(false, clock.nanoTime());
        feed.onConnectionLost();
        lines.remove(feed);
    }

    /** Asks the venue how it describes its instruments now, when that is due. */
    void pollReload(final long nowNs)
    {
        if (nowNs - nextReloadNs >= 0)
        {
            nextReloadNs = nowNs + config.times().instrumentReloadMs() * MS;
            loader.load(feeds.values().stream().filter(InstrumentFeed::isSubscribed)
                .map(feed -> feed.instrument().symbol()).toList(), this::onReloaded);
        }
    }

    /** Does what is due: silence, gaps, futures. */
    void poll()
    {
        final long nowNs = clock.nanoTime();
        final long staleAfterNs = config.times().staleAfterMs() * MS;
        for (int j = 0; j < lines.groups().size(); j++)
        {
            final LineGroup group = lines.groups().get(j);
            final boolean isUp = group.isUp();
            for (int i = 0; isUp && i < group.feeds().size(); i++)
            {
                final InstrumentFeed feed = group.feeds().get(i);
                feed.pollStale(nowNs, staleAfterNs);
                if (feed.takeNeedsSync())
                {
                    snapshots.add(feed);
                }
            }
        }
        futures.completeIf(isThere);
    }

    /** Remembers a future that must end at the latest when the feed does. */
    void promise(final CompletableFuture<?> future)
    {
        futures.promise(future);
    }

    /** Ends what was promised. */
    void end(final RuntimeException reason)
    {
        futures.end(reason);
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    void onSubscribed(final List<InstrumentFeed> confirmed)
    {
        for (final InstrumentFeed feed : confirmed)
        {
            if (feed.isSubscribed())
            {
                feed.subscribed(true, clock.nanoTime());
                feed.onStreaming();
                poller.backfill(feed);
                history.load(feed);
                if (config.streams().contains(StreamKind.BOOK))
                {
                    snapshots.add(feed);
                }
            }
        }
    }

    void onUnsubscribed(final List<InstrumentFeed> gone)
    {
        gone.forEach(futures::onRemoved);
    }

    void onLost(final List<InstrumentFeed> lost)
    {
        for (final InstrumentFeed feed : lost)
        {
            snapshots.cancel(feed);
            feed.onConnectionLost();
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    boolean isSynced(final InstrumentFeed feed)
    {
        return !config.streams().contains(StreamKind.BOOK) || BookSync.State.LIVE == feed.book().state();
    }

    // ----------------------------------------------------------------------------------------------------- private

    /** What the venue no longer lists goes on as it is, but takes no orders. */
    private void onReloaded(final InstrumentLoader.Outcome outcome)
    {
        outcome.instruments().values().forEach(this::update);
        outcome.refused().forEach((symbol, reason) -> LOG.warn("binance: {} not reloaded: {}", symbol, reason));
        for (final String symbol : outcome.unlisted())
        {
            update(directory.halt(Venue.BINANCE, symbol));
        }
    }

    private void update(final Instrument instrument)
    {
        final InstrumentFeed feed = feeds.get(instrument.id());
        if (!instrument.equals(feed.instrument()))
        {
            feed.instrument(instrument);
            publisher.instrument(instrument);
        }
    }
}
