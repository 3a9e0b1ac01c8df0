package org.lockstep.tools.run;

import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Instruments;
import org.lockstep.engine.pipeline.EngineRunner;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.gateway.client.port.InstrumentSource;
import org.lockstep.gateway.client.port.VenueConnector;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.MarketDataSession;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.BinanceFeed;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.BinanceLimits;
import org.lockstep.gateway.venue.binance.common.StreamKind;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.host.PinnedRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The market-data sessions of a process, all on one event loop. Threading: the main thread. */
final class Feeds implements InstrumentSource, AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final long POLL_INTERVAL_US = 500;
    private static final long CLOSE_MS = 5_000;

    private final EventLoopGroup group = NetTransport.newGroup(1, "lockstep-feed");
    private final List<MarketDataSession> sessions = new CopyOnWriteArrayList<>();
    private final InstrumentDirectory directory = new InstrumentDirectory();
    private final Map<String, BinanceLimits> limits = new HashMap<>();
    private final EventLoop loop = group.next();
    private volatile Runnable afterEngine = Feeds::nothing;
    private final LockstepConfig config;
    private final EngineHost host;
    private final BinanceFeedConfig.Times times;
    private boolean closed;
    private CompletableFuture<Void> live = new CompletableFuture<>();

    Feeds(final LockstepConfig config, final EngineHost host, final BinanceFeedConfig.Times times)
    {
        this.times = times;
        this.config = config;
        this.host = host;
        final Instruments recovered = host.engine().instruments();
        for (int id = 0; id < recovered.count(); id++)
        {
            directory.seed(recovered.get(id));
        }
        for (final LockstepConfig.VenueFeed venue : config.venues())
        {
            limits.put(venue.venue(), new BinanceLimits(BinanceFeedConfig.of(BinanceEndpoints.LIVE, venue.symbols())
                .limits().weightPerMinute()));
            sessions.add(session(venue, new FeedCounters(venue.venue())));
        }
    }

    /** Begins with the loop, which under one plan runs the engine: before anything is published that has to be run. */
    void startLoop()
    {
        final EngineRunner runner = host.runner();
        loop.execute(() -> host.pinning().pin(PinnedRole.FEED));
        if (ThreadPlan.Mode.FEED_LOOP == host.plan().mode())
        {
            loop.submit(() -> runner.adoptLoop(Thread.currentThread())).syncUninterruptibly();
            loop.scheduleWithFixedDelay(
                this::turnEngine, POLL_INTERVAL_US, POLL_INTERVAL_US, TimeUnit.MICROSECONDS);
        }
    }

    void start()
    {
        live = CompletableFuture.allOf(
            sessions.stream().map(MarketDataSession::start).toArray(CompletableFuture[]::new));
    }

    /**
     * Starts a session that is idle, and makes a new one of one that has failed or was closed. Any thread.
     *
     * @return what came of it, or null when the configuration has no such venue.
     */
    synchronized VenueConnector.Answer connect(final String code)
    {
        for (int i = 0; i < sessions.size(); i++)
        {
            if (sessions.get(i).venue().code().equals(code))
            {
                return connect(i);
            }
        }
        return null;
    }

    private VenueConnector.Answer connect(final int index)
    {
        MarketDataSession session = sessions.get(index);
        final SessionState before = session.state();
        final boolean hasEnded = SessionState.FAILED == before || SessionState.CLOSED == before;
        final boolean isStarted = !closed && (hasEnded || SessionState.IDLE == before);
        if (isStarted && hasEnded)
        {
            session.close();
            session = session(config.venues().get(index), session.counters());
            sessions.set(index, session);
        }
        if (isStarted)
        {
            session.start().exceptionally(Feeds::logged);
        }
        return new VenueConnector.Answer(isStarted ? VenueConnector.Outcome.STARTED :
            closed ? VenueConnector.Outcome.CLOSING : VenueConnector.Outcome.RUNNING,
            before.name().toLowerCase(Locale.ROOT), session.state().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> venues()
    {
        return sessions.stream().map(session -> session.venue().code()).toList();
    }

    /** Bots trade configured symbols alone. */
    @Override
    public boolean isNeeded(final String venue, final String symbol)
    {
        return config.venues().stream().anyMatch(
            feed -> feed.venue().equals(venue) && feed.symbols().contains(symbol));
    }

    @Override
    public CompletionStage<Integer> subscribe(final String venue, final String symbol)
    {
        return session(venue).subscribe(symbol).thenApply(Instrument::id);
    }

    @Override
    public void unsubscribe(final String venue, final int instrumentId)
    {
        session(venue).unsubscribe(instrumentId).exceptionally(failure ->
        {
            LOG.warn("{} did not end the subscription of instrument {}: {}", venue, instrumentId, failure.getMessage());
            return false;
        });
    }

    /** The loop that runs every session, and under one plan the engine. */
    EventLoop loop()
    {
        return loop;
    }

    InstrumentDirectory directory()
    {
        return directory;
    }

    /** What a venue allows this host, shared by all that speaks to it. */
    BinanceLimits limits(final String venue)
    {
        return limits.get(venue);
    }

    /** REST address of a venue. */
    URI rest(final LockstepConfig.VenueFeed venue)
    {
        return null == venue.rest() ? BinanceEndpoints.LIVE.rest() : URI.create(venue.rest());
    }

    /** Sets what follows each turn of the engine on the loop. */
    void afterEngine(final Runnable next)
    {
        afterEngine = next;
    }

    /** Runs the engine on the loop, then sends what it decided. */
    void turnEngine()
    {
        host.runner().pollOnLoop();
        afterEngine.run();
    }

    /** Where commands of clients go: under the feed-loop plan they wake the loop, which else looks every 0.5 ms. */
    FramePublisher commands()
    {
        return ThreadPlan.Mode.FEED_LOOP == host.plan().mode() ?
            new WakingPublisher(host.publisher(), this::wakeLoop) : host.publisher();
    }

    private void wakeLoop()
    {
        try
        {
            loop.execute(this::turnEngine);
        }
        catch (final RejectedExecutionException ex)
        {
            LOG.debug("the loop has ended, and the engine with it", ex);
        }
    }

    /** Completes when every session is live; fails with the first that cannot be. */
    CompletableFuture<Void> live()
    {
        return live;
    }

    List<MarketDataSession> sessions()
    {
        return List.copyOf(sessions);
    }

    String states()
    {
        return String.join(", ", sessions.stream()
            .map(session -> session.venue().code() + " is " + session.state().name().toLowerCase(Locale.ROOT))
            .toList());
    }

    Map<String, FeedCounters> counters()
    {
        final Map<String, FeedCounters> counters = new LinkedHashMap<>();
        sessions.forEach(session -> counters.put(session.venue().code(), session.counters()));
        return counters;
    }

    long received()
    {
        return sessions.stream().mapToLong(session -> session.counters().received()).sum();
    }

    @Override
    public synchronized void close()
    {
        closed = true;
        sessions.forEach(MarketDataSession::close);
    }

    /** Waits until sessions that were closed have ended, for they do so on the loop: only then may the engine go. */
    void settle()
    {
        loop.submit(Feeds::nothing).awaitUninterruptibly(CLOSE_MS);
    }

    /** Ends the event loop, once neither orders nor, under the feed-loop plan, the engine need it any longer. */
    void closeLoop()
    {
        group.shutdownGracefully(0, CLOSE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MS);
    }

    private MarketDataSession session(final LockstepConfig.VenueFeed venue, final FeedCounters counters)
    {
        final Set<StreamKind> streams = EnumSet.noneOf(StreamKind.class);
        venue.streams().forEach(code -> streams.add(StreamKind.byCode(code)));
        final BinanceEndpoints live = BinanceEndpoints.LIVE;
        final BinanceEndpoints endpoints = new BinanceEndpoints(
            rest(venue),
            null == venue.stream() ? live.stream() : URI.create(venue.stream()));
        final BinanceFeedConfig feedConfig = BinanceFeedConfig.of(endpoints, venue.symbols())
            .with(BinanceFeedConfig.Limits.defaults(), times).with(streams).withLines(venue.lines());
        final boolean feedLoop = ThreadPlan.Mode.FEED_LOOP == host.plan().mode();
        return new BinanceFeed(feedConfig, limits.get(venue.venue()), host.publisher(), directory, loop, host.clock(),
            counters, feedLoop ? this::turnEngine : Feeds::nothing, null);
    }

    private MarketDataSession session(final String venue)
    {
        return sessions.stream().filter(session -> session.venue().code().equals(venue)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no session with " + venue));
    }

    private static Void logged(final Throwable failure)
    {
        LOG.warn("the session asked for did not come up: {}", failure.getMessage());
        return null;
    }

    private static void nothing()
    {
        // The engine has a thread of its own.
    }
}
