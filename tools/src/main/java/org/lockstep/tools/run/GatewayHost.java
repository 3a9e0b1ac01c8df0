package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.gateway.client.ClientGateway;
import org.lockstep.gateway.client.ClientGatewayConfig;
import org.lockstep.gateway.client.auth.AuthKeys;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenMinter;
import org.lockstep.gateway.client.http.TlsContexts;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.port.VenueSession;
import org.lockstep.gateway.net.NetTransport;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.MarketDataSession;
import org.lockstep.gateway.venue.OrderSession;
import org.lockstep.gateway.venue.OrderSessionCounters;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.host.PinnedRole;

/** The client gateway of a process, with what it needs from the other parts. Threading: the main thread. */
final class GatewayHost implements AutoCloseable
{
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
    private static final long CLOSE_MS = 3_000;

    private final LockstepConfig config;
    private final String build;
    private final EngineHost host;
    private final Feeds feeds;
    private final OrderEntry orders;
    private final Map<String, Since> states = new ConcurrentHashMap<>();
    private EventLoopGroup group;
    private ClientGateway gateway;
    private TokenMinter minter;
    private AuthKeys keys;

    /** A state and when it was first seen. */
    private record Since(Enum<?> state, long sinceMs)
    {
    }

    GatewayHost(
        final LockstepConfig config,
        final String build,
        final EngineHost host,
        final Feeds feeds,
        final OrderEntry orders)
    {
        this.orders = orders;
        this.config = config;
        this.build = build;
        this.host = host;
        this.feeds = feeds;
    }

    /** Does what may fail for its configuration, so that nothing is journaled by a run that cannot be. */
    void prepare() throws IOException
    {
        keys = keys();
        final LockstepConfig.Gateway settings = config.gateway();
        if (null != settings.options().tls())
        {
            new TlsContexts(settings.options().tls());
        }
        ClientGateway.checkBind(settings.host(), settings.port());
    }

    void start() throws IOException
    {
        final LockstepConfig.Gateway settings = config.gateway();
        final ClientGatewayConfig gatewayConfig = ClientGatewayConfig.of(keys, settings.port())
            .withHost(settings.host())
            .withAllowedOrigins(settings.allowedOrigins())
            .withTokensFor(settings.audience(), settings.issuer())
            .withQueryToken(settings.queryToken())
            .withOptions(settings.options())
            .withVersion(build);
        final GatewayPorts ports = new GatewayPorts(
            host.broadcast().subscribe(), host.journal()::reader, feeds.commands(), host.stats(), this::sessions,
            feeds::connect, feeds, List::of);
        group = NetTransport.newGroup(1, "lockstep-gateway");
        group.next().execute(() -> host.pinning().pin(PinnedRole.GATEWAY));
        gateway = new ClientGateway(gatewayConfig, ports, group).start();
    }

    String url()
    {
        return gateway.url();
    }

    /** Name of this run as clients resume by it; known once the gateway has seen the session start. */
    String epoch()
    {
        return gateway.epoch();
    }

    /** Alerts that a target outside has not taken. */
    long undeliveredAlerts()
    {
        return null == gateway ? 0 : gateway.undeliveredAlerts();
    }

    String adminToken()
    {
        final String user = config.accounts().isEmpty() ? "admin" : config.accounts().get(0).owner();
        return null == minter ? null : minter.mint(
            user, Role.ADMIN, TOKEN_LIFETIME, config.gateway().audience(), config.gateway().issuer());
    }

    @Override
    public void close()
    {
        if (null != gateway)
        {
            gateway.close();
        }
        if (null != group)
        {
            group.shutdownGracefully(0, CLOSE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MS);
        }
    }

    /** A secret of this host, made when there is none; or the public keys of somebody else's issuer. */
    private AuthKeys keys() throws IOException
    {
        final Path file = GatewayKey.of(config);
        if (Files.exists(file))
        {
            final String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (text.contains("-----BEGIN") || text.stripLeading().startsWith("{"))
            {
                return AuthKeys.load(file);
            }
        }
        minter = TokenMinter.openOrCreate(file);
        return minter.keys();
    }

    private List<VenueSession> sessions()
    {
        final long nowMs = System.currentTimeMillis();
        final List<VenueSession> rows = new ArrayList<>();
        for (final MarketDataSession session : feeds.sessions())
        {
            final FeedCounters counters = session.counters();
            final SessionState state = session.state();
            final Since since = states.merge(session.venue().code(), new Since(state, nowMs),
                (before, now) -> before.state() == state ? before : now);
            rows.add(new VenueSession(session.venue().code(), "market-data",
                state.name().toLowerCase(Locale.ROOT), SessionState.LIVE == state,
                since.sinceMs(), counters.received(), counters.decoded(), counters.control(), counters.rejected(),
                counters.gaps(), counters.reconnects()));
        }
        for (final OrderSession session : orders.sessions().values())
        {
            rows.add(row(session, nowMs));
        }
        return rows;
    }

    /** Named by its number: names of accounts are their owners' business. */
    private VenueSession row(final OrderSession session, final long nowMs)
    {
        final OrderSessionCounters counters = session.counters();
        final AccountState state = session.state();
        final Since since = states.merge(session.venue().code() + ' ' + session.accountId(), new Since(state, nowMs),
            (before, now) -> before.state() == state ? before : now);
        final long received = counters.get(Counter.MESSAGES_RECEIVED);
        final long rejected = counters.get(Counter.MESSAGES_REJECTED);
        return new VenueSession(session.venue().code(), "orders-" + session.accountId(), OrderEntry.word(state),
            AccountState.LIVE == state, since.sinceMs(), received, received - rejected, 0, rejected, 0,
            counters.get(Counter.DISCONNECTS));
    }
}
