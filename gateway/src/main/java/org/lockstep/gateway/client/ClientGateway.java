package org.lockstep.gateway.client;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.lockstep.gateway.client.auth.TokenVerifier;
import org.lockstep.gateway.client.command.CommandDesk;
import org.lockstep.gateway.client.command.CommandPublisher;
import org.lockstep.gateway.client.http.ApiContext;
import org.lockstep.gateway.client.http.ClientPipeline;
import org.lockstep.gateway.client.http.HealthReport;
import org.lockstep.gateway.client.http.HeldRequests;
import org.lockstep.gateway.client.http.HttpApi;
import org.lockstep.gateway.client.http.RequestDeadlines;
import org.lockstep.gateway.client.http.TlsContexts;
import org.lockstep.gateway.client.notify.AlertSender;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.stream.Connections;
import org.lockstep.gateway.client.stream.InstrumentBridge;
import org.lockstep.gateway.client.stream.SessionContext;
import org.lockstep.gateway.client.stream.StreamHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server towards users. Everything runs on one event loop of the given group: it serves the sockets and, between
 * them, polls the engine's broadcast with bounded work, at once while there is more and every other millisecond
 * otherwise; it never spins. {@link #start} and {@link #close} may be called by any other thread and block.
 */
public final class ClientGateway implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(ClientGateway.class);
    private static final long IDLE_POLL_US = 1_000;
    private static final long TICK_MS = 100;
    private static final long RECONNECT_AFTER_MS = 2_000;
    private static final long CLOSE_TIMEOUT_MS = 3_000;
    private static final int BACKLOG = 1_024;
    private static final int ALERT_PAUSE_MS = 1_000;

    private final ClientGatewayConfig config;
    private final EventLoop loop;
    private final boolean isEpoll;
    private final EpochClock clock = SystemEpochClock.INSTANCE;
    private final StreamHub hub;
    private final Connections connections;
    private final CommandDesk commands;
    private final List<AlertSender> alerts;
    private final RequestDeadlines deadlines;
    private final HeldRequests heldRequests;
    private final HttpApi.Factory apis;
    private final Runnable cycle = this::cycle;
    private TlsContexts tls;
    private Channel serverChannel;
    private long nextTickMs;
    private volatile boolean isRunning;
    private volatile int port;
    private volatile String epoch = "0";
    private long cycleErrors;

    /**
     * Puts the server together; {@link #start} opens it.
     *
     * @param config how it is set up.
     * @param ports  what it talks to.
     * @param group  of event loops; one of them is used. Shared with others, and not closed here.
     */
    public ClientGateway(final ClientGatewayConfig config, final GatewayPorts ports, final EventLoopGroup group)
    {
        this.config = config;
        loop = group.next();
        isEpoll = group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
        final CommandPublisher publisher = new CommandPublisher(ports.publisher(), clock);
        commands = new CommandDesk(publisher, clock);
        alerts = config.options().alerts().stream()
            .map(target -> new AlertSender(target, clock, ALERT_PAUSE_MS)).toList();
        connections = new Connections(config.limits().connectionsPerUser());
        final HealthReport health = new HealthReport(ports, clock);
        hub = new StreamHub(ports.feed(), ports.log(), clock, health::write, commands::onJournaled,
            new InstrumentBridge(ports.instruments(), publisher, clock, loop, config.limits()),
            notice -> alerts.forEach(sender -> sender.offer(notice)));
        final TokenVerifier verifier = new TokenVerifier(config.keys(), config.audience(), config.issuer(), clock);
        final SessionContext sessions = new SessionContext(
            hub, connections, commands, verifier, config.limits(), clock, config.version(), alerts);
        deadlines = new RequestDeadlines(clock, config.limits().requestTimeoutMs());
        heldRequests = new HeldRequests(hub::isCaughtUp, clock, config.limits().requestTimeoutMs());
        apis = new HttpApi.Factory(
            new ApiContext(sessions, ports, health, config.allowsQueryToken(), config.opensMetrics(),
                MetricsAccess.OPEN == config.options().metrics(),
                config.options().compresses()), deadlines, heldRequests,
            config.allowedOrigins(), config.host());
    }

    /**
     * Opens the journal and the port. Returns once the port is bound; what was journaled before is then still being
     * read, and {@code /ready} says when that is done. Until then clients that connect or ask are made to wait.
     *
     * @return this.
     * @throws IOException if the port cannot be bound; the message names it.
     */
    public ClientGateway start() throws IOException
    {
        tls = null == config.options().tls() ? null : new TlsContexts(config.options().tls());
        try
        {
            loop.submit(hub::open).get();
            final ChannelFuture bound = new ServerBootstrap()
                .group(loop, loop)
                .channel(serverChannelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new BindListener())
                .childHandler(new ClientPipeline(apis, deadlines, tls, connections, config.limits()))
                .bind(new InetSocketAddress(BindAddress.bare(config.host()), config.port()))
                .await();
            if (!bound.isSuccess())
            {
                letGo();
                throw cannotListen(config.host(), config.port(), bound.cause());
            }
            serverChannel = bound.channel();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", ex);
        }
        catch (final ExecutionException ex)
        {
            throw new IOException("cannot read the journal: " + ex.getCause().getMessage(), ex.getCause());
        }
        port = ((InetSocketAddress)serverChannel.localAddress()).getPort();
        alerts.forEach(AlertSender::start);
        isRunning = true;
        loop.execute(cycle);
        return this;
    }

    /**
     * Finds out whether an address could be listened on, by doing so for a moment.
     *
     * @param host to listen on.
     * @param port to listen on; 0 = any.
     * @throws IOException if not; the message names it.
     */
    public static void checkBind(final String host, final int port) throws IOException
    {
        try (ServerSocketChannel socket = ServerSocketChannel.open())
        {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(BindAddress.bare(host), port));
        }
        catch (final IOException | UnresolvedAddressException ex)
        {
            throw cannotListen(host, port, ex);
        }
    }

    /** @return the port that was bound. */
    public int port()
    {
        return port;
    }

    /** @return alerts that a target has not taken, over all targets. */
    public long undeliveredAlerts()
    {
        return alerts.stream().mapToLong(AlertSender::undelivered).sum();
    }

    /** @return name of the present run of the process as clients see it, "0" until the journal was read up to it. */
    public String epoch()
    {
        return epoch;
    }

    /**
     * Stops listening, tells every client when to come back, and lets go of the journal. Waits a few seconds at most.
     */
    @Override
    public void close()
    {
        if (!isRunning)
        {
            return;
        }
        isRunning = false;
        alerts.forEach(AlertSender::close);
        try
        {
            serverChannel.close().await(CLOSE_TIMEOUT_MS);
            loop.submit(heldRequests::close).get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            loop.submit(() -> connections.shutdown(RECONNECT_AFTER_MS)).get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            loop.submit(hub::close).get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final ExecutionException | TimeoutException ex)
        {
            LOG.warn("client server did not close cleanly: {}", ex.toString());
        }
    }

    /** @return address a browser on this host can open. */
    public String url()
    {
        return BindAddress.url(config.host(), port, null != config.options().tls());
    }

    /** @return requests that wait until the journal has been read. */
    int heldRequests()
    {
        return loop.submit(heldRequests::count).syncUninterruptibly().getNow();
    }

    /** @return connections on which a request is expected or arriving. */
    int openRequests()
    {
        return loop.submit(deadlines::count).syncUninterruptibly().getNow();
    }

    private static IOException cannotListen(final String host, final int port, final Throwable cause)
    {
        final String where = BindAddress.inUrl(host) + ":" + port;
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use"))
        {
            return new IOException("cannot listen on " + where + ": another program has that port", cause);
        }
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException)
        {
            return new IOException("cannot listen on " + where + ": there is no host of that name", cause);
        }
        if (cause instanceof BindException)
        {
            return new IOException("cannot listen on " + where + ": this host does not have that address, or ports " +
                "below 1024 need a privilege", cause);
        }
        return new IOException("cannot listen on " + where + ": " + cause.getMessage(), cause);
    }

    /** Gives the journal back after a start that failed. */
    private void letGo()
    {
        loop.submit(hub::close).awaitUninterruptibly(CLOSE_TIMEOUT_MS);
    }

    private void cycle()
    {
        if (!isRunning)
        {
            return;
        }
        int workCount = 0;
        try
        {
            workCount = hub.doWork() + heldRequests.poll();
            epoch = hub.epoch();
            final long nowMs = clock.time();
            if (nowMs - nextTickMs >= 0)
            {
                nextTickMs = nowMs + TICK_MS;
                connections.tick(nowMs);
                commands.pollTimeouts();
                deadlines.tick();
                if (null != tls)
                {
                    tls.tick(nowMs);
                }
            }
        }
        catch (final Throwable ex)
        {
            // Errors, too: when there is no memory for a buffer, Netty throws one, and clients may be gone soon.
            if (0 == cycleErrors++)
            {
                LOG.error("client server cycle failed; it goes on, further failures are only counted", ex);
            }
        }
        if (workCount > 0)
        {
            loop.execute(cycle);        // sockets get their turn in between
        }
        else
        {
            loop.schedule(cycle, IDLE_POLL_US, TimeUnit.MICROSECONDS);
        }
    }

    private Class<? extends ServerChannel> serverChannelType()
    {
        return isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Learns the port before the first connection is accepted. */
    private final class BindListener extends ChannelInboundHandlerAdapter
    {
        @Override
        public void channelActive(final ChannelHandlerContext ctx)
        {
            apis.onBound(((InetSocketAddress)ctx.channel().localAddress()).getPort());
            ctx.fireChannelActive();
        }
    }
}
