package org.lockstep.gateway.venue.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.net.AttemptBudget;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestConfig;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.net.WebSocketConfig;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MarketDataSession;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.VenueCapabilities;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
import org.lockstep.gateway.venue.binance.ws.BookSync;
import org.lockstep.gateway.venue.binance.ws.EventRouter;
import org.lockstep.gateway.venue.binance.ws.InstrumentFeed;
import org.lockstep.gateway.venue.binance.ws.StreamLine;
import org.lockstep.gateway.venue.binance.ws.StreamLineOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The market data of Binance Spot: instruments, the venue's clock, quotes, trades, books, bars and tickers, published
 * as frames. One event loop runs all sockets and timers of the feed; a frame is published by that thread and no other.
 * <p>
 * Threading: public methods from any thread. Allocation: none per message once warm.
 */
public final class BinanceFeed implements MarketDataSession
{
    private static final Logger LOG = LoggerFactory.getLogger(BinanceFeed.class);
    private static final VenueCapabilities CAPABILITIES = new VenueCapabilities(
        true, true, true, false, true, true, false, true, BinanceFeedConfig.MAX_STREAMS_PER_CONNECTION, 5);
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int MAX_BODY_BYTES = 32 << 20;
    private static final int MAX_QUEUED_REQUESTS = 1024;
    private static final int FRAMES_PER_SECOND = 3;
    private static final int FRAME_BURST = 2;
    private static final long FIVE_MINUTES_NS = 300_000_000_000L;
    private static final long MS = 1_000_000L;

    private final BinanceFeedConfig config;
    private final BinanceLimits limits;
    private final InstrumentDirectory directory;
    private final EventLoop loop;
    private final EpochNanoClock clock;
    private final FeedCounters counters;
    private final Runnable onReadComplete;
    private final MarketDataPublisher publisher;
    private final EventRouter router;
    private final BinanceRest rest;
    private final WebSocketClient sockets;
    private final AttemptBudget attempts;
    private final SnapshotQueue snapshots;
    private final RestPoller poller;
    private final ClockSync clockSync;
    private final InstrumentLoader loader;
    private final LineEvents lineEvents = new LineEvents();
    private final List<StreamLine> lines = new ArrayList<>();
    private final Map<Integer, InstrumentFeed> feeds = new HashMap<>();
    private final Map<InstrumentFeed, CompletableFuture<Instrument>> subscribing = new HashMap<>();
    private final Map<InstrumentFeed, CompletableFuture<Boolean>> unsubscribing = new HashMap<>();
    private final Set<CompletableFuture<Instrument>> promised = new HashSet<>();
    private final Map<StreamLine, Long> nextPolls = new HashMap<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private ScheduledFuture<?> duty;
    private long nextReloadNs;
    private boolean isStarted;
    private volatile SessionState state = SessionState.IDLE;

    /**
     * Constructs a feed; nothing is opened before {@link #start()}.
     *
     * @param config         of the feed.
     * @param framePublisher where frames go.
     * @param directory      allots instrument ids.
     * @param group          whose next loop runs the feed; a single loop is a group too.
     * @param clock          epoch time, read once per socket read.
     * @param counters       of the feed.
     * @param onReadComplete called on the loop after each batch of reads and each round of housekeeping: the place for
     *                       a thread plan that runs the engine there.
     * @param sslContext     for https and wss, null = the JDK's trust.
     */
    public BinanceFeed(
        final BinanceFeedConfig config,
        final FramePublisher framePublisher,
        final InstrumentDirectory directory,
        final EventLoopGroup group,
        final EpochNanoClock clock,
        final FeedCounters counters,
        final Runnable onReadComplete,
        final SslContext sslContext)
    {
        this(config, new BinanceLimits(config.limits().weightPerMinute()), framePublisher, directory, group, clock,
            counters, onReadComplete, sslContext);
    }

    /**
     * Constructs a feed that shares the venue's limits with other sessions; nothing is opened before {@link #start()}.
     *
     * @param config         of the feed.
     * @param limits         of this machine's address, shared by everything that speaks to the same environment.
     * @param framePublisher where frames go.
     * @param directory      allots instrument ids.
     * @param group          whose next loop runs the feed; a single loop is a group too.
     * @param clock          epoch time, read once per socket read.
     * @param counters       of the feed.
     * @param onReadComplete called on the loop after each batch of reads and each round of housekeeping: the place for
     *                       a thread plan that runs the engine there.
     * @param sslContext     for https and wss, null = the JDK's trust.
     */
    public BinanceFeed(
        final BinanceFeedConfig config,
        final BinanceLimits limits,
        final FramePublisher framePublisher,
        final InstrumentDirectory directory,
        final EventLoopGroup group,
        final EpochNanoClock clock,
        final FeedCounters counters,
        final Runnable onReadComplete,
        final SslContext sslContext)
    {
        this.config = config;
        this.directory = directory;
        this.loop = group.next();
        this.clock = clock;
        this.counters = counters;
        this.onReadComplete = onReadComplete;
        this.publisher = new MarketDataPublisher(framePublisher, counters, Venue.BINANCE);
        this.router = new EventRouter(publisher, counters);
        final BinanceFeedConfig.Times times = config.times();
        this.limits = limits;
        this.rest = new BinanceRest(new RestClient(loop, config.endpoints().rest(), clock, limits,
            new RestConfig(times.requestTimeoutMs(), MAX_BODY_BYTES, MAX_QUEUED_REQUESTS), sslContext));
        final WebSocketConfig socketConfig = new WebSocketConfig(
            times.connectTimeoutMs(), times.idleTimeoutMs() * MS, times.idleTimeoutMs() * MS / 2, MAX_MESSAGE_BYTES,
            FRAMES_PER_SECOND, FRAME_BURST);
        this.sockets = new WebSocketClient(loop, clock, socketConfig, sslContext);
        this.attempts = new AttemptBudget(config.limits().connectsPer5Minutes(), FIVE_MINUTES_NS);
        this.snapshots = new SnapshotQueue(rest, config, this::guarded);
        this.poller = new RestPoller(rest, config, publisher, counters, this::guarded);
        this.clockSync = new ClockSync(rest, publisher, this::guarded, times.timeSyncIntervalMs() * MS);
        this.loader = new InstrumentLoader(loop, rest, directory, this::guarded, newBackoff());
    }

    // --------------------------------------------------------------------------------------------------- lifecycle

    @Override
    public CompletableFuture<Void> start()
    {
        loop.execute(() -> guarded(() ->
        {
            if (SessionState.IDLE != state)
            {
                return;
            }
            state = SessionState.LOADING;
            nextReloadNs = System.nanoTime() + config.times().instrumentReloadMs() * MS;
            duty = loop.scheduleWithFixedDelay(
                this::doWork, 0, config.times().dutyCycleMs(), TimeUnit.MILLISECONDS);
            loader.load(config.symbols(), this::onLoaded, this::onRefused);
        }));
        return started;
    }

    @Override
    public CompletableFuture<Instrument> subscribe(final String symbol)
    {
        final CompletableFuture<Instrument> future = new CompletableFuture<>();
        loop.execute(() ->
        {
            if (!isStarted || isEnded())
            {
                future.completeExceptionally(new IllegalStateException("the feed is not running: " + state));
                return;
            }
            promised.removeIf(CompletableFuture::isDone);
            promised.add(future);
            guarded(() -> loader.load(
                List.of(symbol),
                instruments -> subscribing.put(add(instruments).get(0), future),
                reason -> future.completeExceptionally(new IllegalArgumentException(reason))));
        });
        return future;
    }

    @Override
    public CompletableFuture<Boolean> unsubscribe(final int instrumentId)
    {
        final CompletableFuture<Boolean> future = new CompletableFuture<>();
        loop.execute(() ->
        {
            final InstrumentFeed feed = feeds.get(instrumentId);
            if (null == feed || !feed.isSubscribed() || isEnded())
            {
                future.complete(false);
                return;
            }
            guarded(() -> remove(feed, future));
        });
        return future;
    }

    /** Closes every socket; the last frame says that the feed stopped. Returns at once. */
    @Override
    public void close()
    {
        if (!loop.isShuttingDown())
        {
            loop.execute(() ->
            {
                if (!isEnded())
                {
                    guarded(() -> status(FeedState.STOPPED, "feed closed"));
                    end(SessionState.CLOSED, new IllegalStateException("the feed was closed"));
                    onReadComplete.run();
                }
            });
        }
    }

    // ----------------------------------------------------------------------------------------------------- queries

    @Override
    public Venue venue()
    {
        return Venue.BINANCE;
    }

    @Override
    public VenueCapabilities capabilities()
    {
        return CAPABILITIES;
    }

    @Override
    public SessionState state()
    {
        return state;
    }

    @Override
    public FeedCounters counters()
    {
        return counters;
    }

    // -------------------------------------------------------------------------------------------------- duty cycle

    private void doWork()
    {
        guarded(() ->
        {
            final long nowNs = System.nanoTime();
            pollLines(nowNs);
            pollInstruments();
            snapshots.poll(nowNs);
            clockSync.poll(nowNs);
            pollReload(nowNs);
            updateState();
        });
        onReadComplete.run();
    }

    private void pollLines(final long nowNs)
    {
        for (int i = 0; i < lines.size() && !isEnded(); i++)
        {
            final StreamLine line = lines.get(i);
            line.poll(nowNs);
            final long downNs = nowNs - line.downSinceNs();
            if (!line.isUp() && !line.feeds().isEmpty() && downNs > config.times().pollAfterMs() * MS)
            {
                pollOverRest(line, nowNs);
            }
        }
    }

    private void pollOverRest(final StreamLine line, final long nowNs)
    {
        final Long nextNs = nextPolls.get(line);
        if (null == nextNs)
        {
            LOG.warn("binance line {}: polling over REST", line.index());
            status(line, FeedState.POLLING, "no connection, polling over REST");
        }
        if (null == nextNs || nowNs - nextNs >= 0)
        {
            nextPolls.put(line, nowNs + config.times().pollIntervalMs() * MS);
            line.feeds().forEach(poller::poll);
        }
    }

    private void pollInstruments()
    {
        final long nowNs = clock.nanoTime();
        final long staleAfterNs = config.times().staleAfterMs() * MS;
        for (final StreamLine line : lines)
        {
            for (int i = 0; line.isUp() && i < line.feeds().size(); i++)
            {
                final InstrumentFeed feed = line.feeds().get(i);
                feed.pollStale(nowNs, staleAfterNs);
                if (feed.takeNeedsSync())
                {
                    snapshots.add(feed);
                }
            }
        }
    }

    private void pollReload(final long nowNs)
    {
        if (isStarted && nowNs - nextReloadNs >= 0)
        {
            nextReloadNs = nowNs + config.times().instrumentReloadMs() * MS;
            final List<String> symbols = feeds.values().stream().filter(InstrumentFeed::isSubscribed)
                .map(feed -> feed.instrument().symbol()).toList();
            loader.load(symbols, this::onReloaded, reason -> LOG.warn("binance: instruments not reloaded: {}", reason));
        }
    }

    private void updateState()
    {
        if (isEnded() || !isStarted)
        {
            return;
        }
        final SessionState worst = LineStates.worst(lines, nextPolls.keySet(), this::isSynced);
        state = worst;
        if (SessionState.LIVE == worst || SessionState.STALE == worst)
        {
            started.complete(null);
        }
        subscribing.entrySet().removeIf(entry -> isSynced(entry.getKey()) && isUp(entry.getKey()) &&
            entry.getValue().complete(entry.getKey().instrument()));
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    private void onLoaded(final List<Instrument> instruments)
    {
        if (!isEnded())
        {
            isStarted = true;
            add(instruments);
            LOG.info("binance: {} instruments, {} streams each, {} connections",
                instruments.size(), config.streamsPerInstrument(), lines.size());
        }
    }

    private void onRefused(final String reason)
    {
        LOG.error("binance: {}", reason);
        end(SessionState.FAILED, new IllegalArgumentException(reason));
    }

    private void onReloaded(final List<Instrument> instruments)
    {
        for (final Instrument instrument : instruments)
        {
            final InstrumentFeed feed = feeds.get(instrument.id());
            if (!instrument.equals(feed.instrument()))
            {
                feed.instrument(instrument);
                publisher.instrument(instrument);
            }
        }
    }

    /** Publishes instruments and puts each on the first line that has room. */
    private List<InstrumentFeed> add(final List<Instrument> instruments)
    {
        final List<InstrumentFeed> added = new ArrayList<>();
        final Map<StreamLine, List<InstrumentFeed>> perLine = new HashMap<>();
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
            added.add(feed);
            if (!isRunning)
            {
                feed.subscribed(true, clock.nanoTime());
                perLine.computeIfAbsent(lineWithRoom(perLine), line -> new ArrayList<>()).add(feed);
            }
        }
        perLine.forEach(StreamLine::add);
        return added;
    }

    private void remove(final InstrumentFeed feed, final CompletableFuture<Boolean> future)
    {
        unsubscribing.put(feed, future);
        snapshots.cancel(feed);
        feed.subscribed(false, clock.nanoTime());
        feed.onConnectionLost();
        for (final StreamLine line : lines)
        {
            if (line.feeds().contains(feed))
            {
                line.remove(feed);
                break;
            }
        }
    }

    private StreamLine lineWithRoom(final Map<StreamLine, List<InstrumentFeed>> claimed)
    {
        final int perInstrument = config.streamsPerInstrument();
        for (final StreamLine line : lines)
        {
            final int count = line.feeds().size() + claimed.getOrDefault(line, List.of()).size();
            if ((count + 1) * perInstrument <= config.limits().streamsPerConnection())
            {
                return line;
            }
        }
        final StreamLine line = new StreamLine(lines.size(), config.endpoints().combinedStream(), sockets, router,
            counters, config, attempts, newBackoff(), lineEvents);
        lines.add(line);
        return line;
    }

    private boolean isSynced(final InstrumentFeed feed)
    {
        return !config.streams().contains(StreamKind.BOOK) || BookSync.State.LIVE == feed.book().state();
    }

    private boolean isUp(final InstrumentFeed feed)
    {
        return lines.stream().anyMatch(line -> line.isUp() && line.feeds().contains(feed));
    }

    private void status(final FeedState feedState, final String reason)
    {
        publisher.status(Frame.NULL_INSTRUMENT_ID, feedState, 0, reason);
    }

    /** One line is the venue; of several, each speaks for its own instruments. */
    private void status(final StreamLine line, final FeedState feedState, final String reason)
    {
        publisher.line(line.index());
        if (1 == lines.size())
        {
            status(feedState, reason);
        }
        else
        {
            line.feeds().forEach(feed ->
                publisher.status(feed.instrument().id(), feedState, feed.book().lastUpdateId(), reason));
        }
    }

    /** Every piece of cold work runs in here. */
    private void guarded(final Runnable work)
    {
        if (isEnded())
        {
            return;
        }
        publisher.ingressTimeNs(clock.nanoTime());
        publisher.line(0);
        try
        {
            work.run();
        }
        catch (final IllegalStateException ex)
        {
            halt(ex);
        }
        catch (final RuntimeException ex)
        {
            LOG.error("binance: fault in the feed", ex);
        }
    }

    private void halt(final IllegalStateException reason)
    {
        LOG.error("binance: the feed stops, no more frames are taken: {}", reason.getMessage());
        end(SessionState.FAILED, reason);
    }

    private void end(final SessionState lastState, final RuntimeException reason)
    {
        if (isEnded())
        {
            return;
        }
        state = lastState;
        if (null != duty)
        {
            duty.cancel(false);
        }
        lines.forEach(StreamLine::close);
        rest.close();
        started.completeExceptionally(reason);
        promised.forEach(future -> future.completeExceptionally(reason));
        unsubscribing.values().forEach(future -> future.complete(false));
    }

    private boolean isEnded()
    {
        return SessionState.CLOSED == state || SessionState.FAILED == state;
    }

    private Backoff newBackoff()
    {
        return new Backoff(config.times().backoffMinMs() * MS, config.times().backoffMaxMs() * MS,
            () -> ThreadLocalRandom.current().nextDouble());
    }

    /** What lines report. */
    private final class LineEvents implements StreamLineOwner
    {
        @Override
        public void onSubscribed(final StreamLine line, final List<InstrumentFeed> confirmed)
        {
            guarded(() ->
            {
                for (final InstrumentFeed feed : confirmed)
                {
                    if (feed.isSubscribed())
                    {
                        feed.subscribed(true, clock.nanoTime());
                        feed.onStreaming();
                        poller.backfill(feed);
                        if (config.streams().contains(StreamKind.BOOK))
                        {
                            snapshots.add(feed);
                        }
                    }
                }
            });
        }

        @Override
        public void onUnsubscribed(final StreamLine line, final List<InstrumentFeed> confirmed)
        {
            confirmed.forEach(feed ->
            {
                final CompletableFuture<Boolean> future = unsubscribing.remove(feed);
                if (null != future)
                {
                    future.complete(true);
                }
            });
        }

        @Override
        public void onLineUp(final StreamLine line, final boolean isFirst, final boolean isSeamless)
        {
            nextPolls.remove(line);
            guarded(() -> status(line, FeedState.CONNECTED, isFirst ? "connected" :
                isSeamless ? "connection replaced, nothing lost" : "connected again"));
        }

        @Override
        public void onLineDown(final StreamLine line, final boolean wasUp, final String reason)
        {
            for (final InstrumentFeed feed : line.feeds())
            {
                snapshots.cancel(feed);
                feed.onConnectionLost();
            }
            if (wasUp)
            {
                guarded(() -> status(line, FeedState.RECONNECTING, reason));
            }
        }

        @Override
        public void onRefused(final int status, final long retryAfterSeconds)
        {
            limits.onStatus(status, retryAfterSeconds, clock.nanoTime());
        }

        @Override
        public long bannedForNs()
        {
            return Math.max(0, limits.bannedUntilNs() - clock.nanoTime());
        }

        @Override
        public void onReadComplete()
        {
            onReadComplete.run();
        }

        @Override
        public void onHalted(final IllegalStateException reason)
        {
            halt(reason);
        }
    }
}
