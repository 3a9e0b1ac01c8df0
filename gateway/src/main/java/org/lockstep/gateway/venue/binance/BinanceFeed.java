package org.lockstep.gateway.venue.binance;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestConfig;
import org.lockstep.gateway.net.WebSocketClient;
import org.lockstep.gateway.net.WebSocketConfig;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MarketDataPublisher;
import org.lockstep.gateway.venue.MarketDataSession;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.VenueCapabilities;
import org.lockstep.gateway.venue.VenueClock;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.rest.BinanceRest;
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
    private static final long MS = 1_000_000L;

    private final BinanceFeedConfig config;
    private final BinanceLimits limits;
    private final EventLoop loop;
    private final EpochNanoClock clock;
    private final FeedCounters counters;
    private final Runnable onReadComplete;
    private final Runnable duties = this::runDuties;
    private final Predicate<InstrumentFeed> isSynced;
    private final MarketDataPublisher publisher;
    private final EventRouter router;
    private final BinanceRest rest;
    private final WebSocketClient sockets;
    private final SnapshotQueue snapshots;
    private final RestPoller poller;
    private final ClockSync clockSync;
    private final InstrumentLoader loader;
    private final ExchangeListing listing;
    private final FallbackPolls polls;
    private final FeedLines lines;
    private final FeedInstruments instruments;
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private ScheduledFuture<?> duty;
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
        this(config, new BinanceLimits(config.limits().weightPerMinute(), config.limits().connectsPer5Minutes()),
            framePublisher, directory, group, clock, counters, onReadComplete, sslContext);
    }

    /**
     * Constructs a feed that shares the venue's limits with other sessions; nothing is opened before {@link #start()}.
     *
     * @param config         of the feed.
     * @param limits         of this machine's address, shared by everything that speaks to the same environment; they
     *                       stand instead of those in the configuration.
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
        this.snapshots = new SnapshotQueue(rest, config, this::guarded);
        this.poller = new RestPoller(rest, config, publisher, counters, this::guarded);
        this.clockSync = new ClockSync(rest, publisher, this::guarded, times.timeSyncIntervalMs() * MS);
        this.loader = new InstrumentLoader(loop, rest, directory, this::guarded, newBackoff());
        this.listing = new ExchangeListing(loop, rest, this::guarded);
        this.polls = new FallbackPolls(config, poller);
        this.lines = new FeedLines(config, this::newLine, new LineEvents());
        this.instruments = new FeedInstruments(
            config, directory, loader, publisher, router, counters, clock, snapshots, poller,
            new BarHistory(rest, config, publisher, clock, this::guarded), lines);
        this.isSynced = instruments::isSynced;
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
            duty = loop.scheduleWithFixedDelay(this::doWork, 0, config.times().dutyCycleMs(), TimeUnit.MILLISECONDS);
            loader.load(config.symbols(), this::onLoaded);
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
            guarded(() -> instruments.subscribe(symbol, future));
        });
        return future;
    }

    @Override
    public CompletableFuture<List<InstrumentDescriptor>> listing()
    {
        final CompletableFuture<List<InstrumentDescriptor>> future = new CompletableFuture<>();
        loop.execute(() ->
        {
            if (isEnded())
            {
                future.completeExceptionally(new IllegalStateException("the feed is not running: " + state));
                return;
            }
            instruments.promise(future);
            guarded(() -> listing.ask(future));
        });
        return future;
    }

    @Override
    public CompletableFuture<Boolean> unsubscribe(final int instrumentId)
    {
        final CompletableFuture<Boolean> future = new CompletableFuture<>();
        loop.execute(() ->
        {
            if (isEnded())
            {
                future.complete(false);
                return;
            }
            guarded(() -> instruments.unsubscribe(instrumentId, future));
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
                    guarded(() -> publisher.status(Frame.NULL_INSTRUMENT_ID, FeedState.STOPPED, 0, "feed closed"));
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
    public VenueClock venueClock()
    {
        return clockSync;
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

    /** One duty cycle; on the loop. Allocates nothing while all is well. */
    void doWork()
    {
        guarded(duties);
        onReadComplete.run();
    }

    private void runDuties()
    {
        final long nowNs = System.nanoTime();
        pollLines(nowNs);
        instruments.poll();
        snapshots.poll(nowNs);
        clockSync.poll(nowNs);
        if (isStarted)
        {
            instruments.pollReload(nowNs);
        }
        updateState();
    }

    private void pollLines(final long nowNs)
    {
        for (int i = 0; i < lines.groups().size() && !isEnded(); i++)
        {
            final LineGroup group = lines.groups().get(i);
            group.poll(nowNs);
            if (polls.poll(group, lines.groups(), nowNs))
            {
                status(group, FeedState.POLLING, "no connection, polling over REST");
            }
        }
    }

    private void updateState()
    {
        if (isEnded() || !isStarted)
        {
            return;
        }
        final SessionState worst = lines.worst(polls.polled(), isSynced);
        state = worst;
        if (SessionState.LIVE == worst || SessionState.STALE == worst)
        {
            started.complete(null);
        }
    }

    // --------------------------------------------------------------------------------------------------- callbacks

    private void onLoaded(final InstrumentLoader.Outcome outcome)
    {
        if (isEnded())
        {
            return;
        }
        if (!outcome.refused().isEmpty())
        {
            final String reason = String.join("; ", outcome.refused().values());
            LOG.error("binance: {}", reason);
            end(SessionState.FAILED, new IllegalArgumentException(reason));
            return;
        }
        isStarted = true;
        instruments.add(List.copyOf(outcome.instruments().values()));
        LOG.info("binance: {} instruments, {} streams each, {} groups of {} connections", outcome.instruments().size(),
            config.streamsPerInstrument(), lines.groups().size(), config.linesPerInstrument());
    }

    private StreamLine newLine(final int index, final StreamLineOwner owner)
    {
        return new StreamLine(index, config.endpoints().combinedStream(), sockets, router, counters, config,
            limits.connects(), newBackoff(), owner);
    }

    /** One group is the venue; of several, each speaks for its own instruments. */
    private void status(final LineGroup group, final FeedState feedState, final String reason)
    {
        publisher.line(group.firstLine());
        if (1 == lines.groups().size())
        {
            publisher.status(Frame.NULL_INSTRUMENT_ID, feedState, 0, reason);
        }
        else
        {
            group.feeds().forEach(feed ->
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
        catch (final PipelineHaltedException ex)
        {
            halt(ex);
        }
        catch (final RuntimeException ex)
        {
            LOG.error("binance: fault in the feed", ex);
        }
    }

    private void halt(final PipelineHaltedException reason)
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
        lines.close();
        rest.close();
        started.completeExceptionally(reason);
        instruments.end(reason);
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
    private final class LineEvents implements LineGroup.Owner
    {
        @Override
        public void onSubscribed(final List<InstrumentFeed> confirmed)
        {
            guarded(() -> instruments.onSubscribed(confirmed));
        }

        @Override
        public void onUnsubscribed(final List<InstrumentFeed> gone)
        {
            instruments.onUnsubscribed(gone);
        }

        @Override
        public void onLost(final List<InstrumentFeed> lost)
        {
            instruments.onLost(lost);
        }

        @Override
        public void onUp(final LineGroup group, final boolean isFirst, final boolean isSeamless)
        {
            polls.end(group);
            guarded(() -> status(group, FeedState.CONNECTED, isFirst ? "connected" :
                isSeamless ? "connection replaced, nothing lost" : "connected again"));
        }

        @Override
        public void onDown(final LineGroup group, final boolean wasUp, final String reason)
        {
            if (wasUp)
            {
                guarded(() -> status(group, FeedState.RECONNECTING, reason));
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
        public void onHalted(final PipelineHaltedException reason)
        {
            halt(reason);
        }
    }
}
