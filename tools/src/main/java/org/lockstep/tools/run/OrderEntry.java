package org.lockstep.tools.run;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.lockstep.engine.Engine;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.pipeline.ThreadPlan;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.OrderRouter;
import org.lockstep.gateway.venue.OrderSession;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderSession;
import org.lockstep.tools.config.LockstepConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private sessions of a process, one for each account whose orders leave it, on the event loop of the feeds.
 * Threading: the main thread, but for {@link #flush()}.
 */
final class OrderEntry implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(OrderEntry.class);
    private static final long NEVER_RECONCILED = -2;

    private final Map<String, OrderSession> sessions = new LinkedHashMap<>();
    private final Map<String, OrderSessionSeed> seeds = new LinkedHashMap<>();
    private final LockstepConfig config;
    private final InstrumentDirectory directory;
    private final OrderRouter router;
    private CompletableFuture<Void> live = CompletableFuture.completedFuture(null);

    OrderEntry(final LockstepConfig config, final KeyRing keys, final EngineHost host, final Feeds feeds,
        final BinanceOrderConfig.Times times)
    {
        this.config = config;
        directory = feeds.directory();
        final Engine engine = host.engine();
        int nextId = engine.accounts().count();
        for (final LockstepConfig.Account account : config.accounts())
        {
            final Account known = engine.accounts().byName(account.name());
            final int id = null == known ? nextId++ : known.id();
            if (account.hasSession())
            {
                sessions.put(account.name(), session(account, id, venue(config, account), keys, host, feeds, times));
            }
        }
        router = new OrderRouter(List.copyOf(sessions.values()));
        host.routeTo(router);
    }

    /**
     * Starts the sessions once the instruments are known, so that the first reconciliation covers all that bots may
     * trade: executions after it then have a mark to be counted from, even if the process dies before the next.
     */
    void start(final CompletableFuture<Void> instrumentsKnown)
    {
        live = instrumentsKnown.thenCompose(known ->
        {
            seeds.forEach(this::touchTraded);
            return CompletableFuture.allOf(
                sessions.values().stream().map(OrderSession::start).toArray(CompletableFuture[]::new));
        });
    }

    private void touchTraded(final String account, final OrderSessionSeed seed)
    {
        for (final LockstepConfig.Bot bot : config.bots())
        {
            for (final String symbol : bot.symbols())
            {
                final int colon = symbol.indexOf(':');
                final Instrument instrument = bot.account().equals(account) ?
                    directory.find(Venue.byCode(symbol.substring(0, colon)), symbol.substring(colon + 1)) : null;
                if (null != instrument)
                {
                    seed.touch(instrument.id());
                }
            }
        }
    }

    /** Completes when every account is live; fails with the first that is refused. */
    CompletableFuture<Void> live()
    {
        return live;
    }

    /** Sends at once what the engine handed on, under the plan that runs it on the sessions' own loop. */
    void flush()
    {
        router.flush();
    }

    /** State of each account, in words. */
    List<String> states()
    {
        final List<String> states = new ArrayList<>();
        sessions.forEach((name, session) -> states.add("account " + name + " is " + word(session.state())));
        return states;
    }

    Map<String, OrderSession> sessions()
    {
        return sessions;
    }

    static String word(final AccountState state)
    {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Ends all sessions; what was in flight has then been reported as of unknown outcome. */
    @Override
    public void close()
    {
        sessions.values().forEach(session ->
        {
            try
            {
                session.close();
            }
            catch (final RuntimeException ex)
            {
                LOG.error("closing the session of account {}", session.accountId(), ex);
            }
        });
    }

    private OrderSession session(
        final LockstepConfig.Account account,
        final int id,
        final LockstepConfig.VenueFeed venue,
        final KeyRing keys,
        final EngineHost host,
        final Feeds feeds,
        final BinanceOrderConfig.Times times)
    {
        final LockstepConfig.Session wanted = account.session();
        final URI api = null == venue.api() ? BinanceOrderConfig.LIVE_API : URI.create(venue.api());
        BinanceOrderConfig config = BinanceOrderConfig.of(id, api, feeds.rest(venue))
            .with(withReconcile(times, wanted.reconcileEveryNs()))
            .withRecvWindowMs(wanted.recvWindowMs())
            .allowingWithdrawalKeys(wanted.allowsWithdrawalKeys())
            .placingOverRest(wanted.restFallback());
        config = config.withOrderLimits(
            0 == wanted.ordersPer10s() ? config.ordersPer10s() : wanted.ordersPer10s(),
            0 == wanted.ordersPerDay() ? config.ordersPerDay() : wanted.ordersPerDay());
        final OrderSessionSeed seed = seed(host.engine(), id);
        seeds.put(account.name(), seed);
        final boolean isOnLoop = ThreadPlan.Mode.FEED_LOOP == host.plan().mode();
        return new BinanceOrderSession(config, keys.credentials(account), host.journalId(), seed,
            host.publisher(), feeds.directory(), feeds.limits(venue.venue()), feeds.loop(), host.clock(),
            isOnLoop ? feeds::turnEngine : OrderEntry::nothing, null);
    }

    private static BinanceOrderConfig.Times withReconcile(final BinanceOrderConfig.Times times, final long everyNs)
    {
        return new BinanceOrderConfig.Times(times.dutyCycleMs(), times.connectTimeoutMs(), times.idleTimeoutMs(),
            times.requestTimeoutMs(), times.maxRequestAgeMs(), times.backoffMinMs(), times.backoffMaxMs(),
            times.healthyAfterMs(), TimeUnit.NANOSECONDS.toMillis(everyNs), times.reconcileTimeoutMs(),
            times.plannedReconnectMs(), times.clockIntervalMs());
    }

    /** What the recovered engine knows of an account: how far it is reconciled, and where it has open orders. */
    static OrderSessionSeed seed(final Engine engine, final int accountId)
    {
        final OrderSessionSeed seed = new OrderSessionSeed();
        final Account account = engine.accounts().find(accountId);
        if (null == account)
        {
            return seed;
        }
        for (int i = 0; i < engine.instruments().count(); i++)
        {
            final Instrument instrument = engine.instruments().get(i);
            if (instrument.venue() == account.venue())
            {
                final long tradeId = account.venueLedger().reconciledTradeId(instrument.id());
                if (NEVER_RECONCILED != tradeId)
                {
                    seed.reconciled(instrument.id(), tradeId);
                }
            }
        }
        for (Order order = engine.orders().firstOpen(); null != order; order = engine.orders().nextOpen(order))
        {
            if (order.accountId() == accountId)
            {
                seed.touch(order.instrumentId());
            }
        }
        return seed;
    }

    private static LockstepConfig.VenueFeed venue(final LockstepConfig config, final LockstepConfig.Account account)
    {
        return config.venues().stream().filter(venue -> venue.venue().equals(account.venue())).findFirst()
            .orElseThrow(() -> new IllegalStateException(account.venue() + " is not configured"));
    }

    private static void nothing()
    {
        // The engine has a thread of its own.
    }
}
