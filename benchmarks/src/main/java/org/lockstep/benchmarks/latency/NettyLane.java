package org.lockstep.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.lockstep.gateway.net.NetTransport;

/**
 * Bare Netty: a frame built once, a share of it written to every channel; all messages that wait are written before
 * each channel is flushed once, as the gateway does. No journal, no protocol, no limits.
 */
final class NettyLane implements FanOutLane
{
    private final EventLoopGroup group = NetTransport.newGroup(1, "bare-netty");
    private final List<Channel> clients = new ArrayList<>();
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final MessageText messages;
    private final ThreadCpu cpu = new ThreadCpu(group.next());
    private final Channel server;

    NettyLane(final MessageText messages)
    {
        this.messages = messages;
        server = new ServerBootstrap().group(group, group).channel(
            NetTransport.isNative() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(io.netty.channel.ChannelOption.SO_BACKLOG, 1_024)
            .childHandler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel channel)
                {
                    channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536),
                        new WebSocketServerProtocolHandler("/ws"), new Sink());
                }
            }).bind("127.0.0.1", 0).syncUninterruptibly().channel();
    }

    @Override
    public String name()
    {
        return "bare Netty";
    }

    @Override
    public int port()
    {
        return ((java.net.InetSocketAddress)server.localAddress()).getPort();
    }

    @Override
    public String token()
    {
        return null;
    }

    @Override
    public String subscribe()
    {
        return null;
    }

    @Override
    public long cpuNs()
    {
        return cpu.ns();
    }

    @Override
    public void send(final long timeNs)
    {
        waiting.add(messages.next(timeNs));
        if (isScheduled.compareAndSet(false, true))
        {
            group.next().execute(this::broadcast);
        }
    }

    private void broadcast()
    {
        isScheduled.set(false);
        for (byte[] text = waiting.poll(); null != text; text = waiting.poll())
        {
            final ByteBuf shared = server.alloc().buffer(text.length + 4)
                .writeByte(0x81).writeByte(126).writeShort(text.length).writeBytes(text);
            for (final Channel client : clients)
            {
                client.write(shared.retainedDuplicate(), client.voidPromise());
            }
            shared.release();
        }
        clients.forEach(Channel::flush);
    }

    @Override
    public void close()
    {
        server.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }

    private final class Sink extends SimpleChannelInboundHandler<WebSocketFrame>
    {
        @Override
        public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
        {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete)
            {
                clients.add(ctx.channel());
            }
        }

        @Override
        public void channelInactive(final ChannelHandlerContext ctx)
        {
            clients.remove(ctx.channel());
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame message)
        {
            // Clients of the benchmark only listen.
        }
    }
}
