package org.lockstep.gateway.net;

import java.net.URI;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.agrona.concurrent.EpochNanoClock;

/** Opens {@link WebSocketSession}s on one event loop. Threading: that loop. */
public final class WebSocketClient
{
    private static final int MIN_READ_BYTES = 4 * 1024;
    private static final int INITIAL_READ_BYTES = 64 * 1024;
    private static final int MAX_READ_BYTES = 256 * 1024;

    private final EventLoop loop;
    private final EpochNanoClock clock;
    private final WebSocketConfig config;
    private final SslContext sslContext;
    private final ChannelFactory<? extends Channel> channels;

    /**
     * Constructs a client that has no connection.
     *
     * @param loop       runs every session.
     * @param clock      for ingress times.
     * @param config     limits and times.
     * @param sslContext for wss, null = the JDK's trust.
     */
    public WebSocketClient(
        final EventLoop loop, final EpochNanoClock clock, final WebSocketConfig config, final SslContext sslContext)
    {
        this(loop, clock, config, sslContext, NetTransport.channels(loop));
    }

    WebSocketClient(
        final EventLoop loop,
        final EpochNanoClock clock,
        final WebSocketConfig config,
        final SslContext sslContext,
        final ChannelFactory<? extends Channel> channels)
    {
        this.loop = loop;
        this.clock = clock;
        this.config = config;
        this.sslContext = sslContext;
        this.channels = channels;
    }

    /**
     * Begins to connect; the listener hears how it went.
     *
     * @param uri      ws or wss.
     * @param listener called back on the loop.
     * @return the session, not open yet.
     */
    public WebSocketSession connect(final URI uri, final WebSocketListener listener)
    {
        final WebSocketSession session = new WebSocketSession(uri, listener, clock, config);
        final boolean isSecure = "wss".equals(uri.getScheme());
        final int port = -1 != uri.getPort() ? uri.getPort() : isSecure ? 443 : 80;
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .resolver(OffLoopResolver.GROUP)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.connectTimeoutMs())
            .option(ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, INITIAL_READ_BYTES, MAX_READ_BYTES))
            .handler(new ChannelInitializer<Channel>()
            {
                @Override
                protected void initChannel(final Channel channel) throws SSLException
                {
                    session.onConnected(channel);
                    if (isSecure)
                    {
                        channel.pipeline().addLast(sslHandler(sslContext, channel, uri.getHost(), port));
                    }
                    channel.pipeline().addLast(session);
                }
            })
            .connect(uri.getHost(), port)
            .addListener((ChannelFutureListener)future -> NetTransport.onConnect(loop, future, () ->
            {
                if (!future.isSuccess())
                {
                    session.fail("cannot connect to " + uri.getHost() + ":" + port + ": " + future.cause());
                }
            }));
        return session;
    }

    static SslHandler sslHandler(
        final SslContext given, final Channel channel, final String host, final int port) throws SSLException
    {
        final SslContext context = null != given ?
            given : SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        return context.newHandler(channel.alloc(), host, port);
    }
}
