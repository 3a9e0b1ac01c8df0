package org.lockstep.tools.simulator.binance;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A loopback port that speaks HTTP, and all connections to it; can go away for a while. */
final class Listener
{
    private static final int REQUEST_BYTES_MAX = 1 << 16;
    private static final long RETRY_MS = 10;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 19, 1 << 20);

    private final EventLoop eventLoop;
    private final ServerBootstrap bootstrap;
    private final ChannelGroup connections;
    private Channel channel;
    private int port;
    private boolean closed;

    Listener(final EventLoop eventLoop, final Supplier<ChannelHandler> handler)
    {
        this.eventLoop = eventLoop;
        this.connections = new DefaultChannelGroup(eventLoop);
        final Class<? extends ServerChannel> channelType =
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.bootstrap = new ServerBootstrap().group(eventLoop).channel(channelType)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new ChannelInitializer<Channel>()
            {
                @Override
                protected void initChannel(final Channel child)
                {
                    connections.add(child);
                    child.pipeline().addLast(
                        new HttpServerCodec(), new HttpObjectAggregator(REQUEST_BYTES_MAX), handler.get());
                }
            });
    }

    /** Listens, on a free port when 0 is asked for. Not for the event loop. */
    void open(final int wantedPort) throws IOException
    {
        final ChannelFuture bound = bind(wantedPort).awaitUninterruptibly();
        if (!bound.isSuccess())
        {
            throw new IOException("simulator cannot listen on port " + wantedPort + ": " +
                bound.cause().getMessage() + "; choose another or 0 for a free one", bound.cause());
        }
        channel = bound.channel();
        port = ((InetSocketAddress)channel.localAddress()).getPort();
    }

    private ChannelFuture bind(final int wantedPort)
    {
        return bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort));
    }

    int port()
    {
        return port;
    }

    /** Drops every connection and refuses new ones for a while, as a process that is started again. Event loop only. */
    void restart(final long downMs)
    {
        channel.close();
        connections.close();
        eventLoop.schedule(this::reopen, downMs, TimeUnit.MILLISECONDS);
    }

    private void reopen()
    {
        if (!closed)
        {
            bind(port).addListener(bound ->
            {
                if (bound.isSuccess())
                {
                    channel = ((ChannelFuture)bound).channel();
                }
                else
                {
                    eventLoop.schedule(this::reopen, RETRY_MS, TimeUnit.MILLISECONDS);
                }
            });
        }
    }

    /** Listens no more. Event loop only. */
    void close()
    {
        closed = true;
        if (null != channel)
        {
            channel.close();
        }
    }
}
