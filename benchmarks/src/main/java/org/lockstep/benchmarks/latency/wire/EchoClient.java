package org.lockstep.benchmarks.latency.wire;

import java.net.InetSocketAddress;
import java.net.URI;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import org.lockstep.gateway.net.NetTransport;

/**
 * The limit: Netty's own WebSocket client on the same kind of socket and loop, which looks at one byte of a tick and
 * answers a marked one with a constant text of an order's length. It decodes nothing, decides nothing, keeps nothing.
 */
final class EchoClient implements AutoCloseable
{
    private static final int BUFFER_LENGTH = 1 << 16;

    private final Channel channel;

    EchoClient(final EventLoopGroup group, final String address, final int orderLength)
    {
        final URI uri = URI.create("ws://" + address + "/echo");
        final ByteBuf order = Unpooled.unreleasableBuffer(Unpooled.directBuffer(orderLength).writeZero(orderLength));
        final WebSocketClientProtocolHandler protocol = new WebSocketClientProtocolHandler(
            uri, WebSocketVersion.V13, null, false, EmptyHttpHeaders.INSTANCE, BUFFER_LENGTH);
        channel = new Bootstrap().group(group)
            .channel(NetTransport.isNative() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInitializer<>()
            {
                @Override
                protected void initChannel(final Channel created)
                {
                    created.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(BUFFER_LENGTH),
                        protocol, new Echo(order));
                }
            })
            .connect(new InetSocketAddress(uri.getHost(), uri.getPort())).syncUninterruptibly().channel();
    }

    /** Waits for the handshake's end. */
    void awaitOpen()
    {
        channel.pipeline().get(Echo.class).ready.syncUninterruptibly();
    }

    @Override
    public void close()
    {
        channel.close().syncUninterruptibly();
    }

    private static final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame>
    {
        /** Distance of the digit that marks a tick from the end of its text. */
        private static final int MARK_FROM_END = 4;

        private final ByteBuf order;
        private io.netty.channel.ChannelPromise ready;

        Echo(final ByteBuf order)
        {
            this.order = order;
        }

        @Override
        public void handlerAdded(final ChannelHandlerContext context)
        {
            ready = context.newPromise();
        }

        @Override
        public void userEventTriggered(final ChannelHandlerContext context, final Object event)
        {
            if (WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE == event)
            {
                ready.setSuccess();
            }
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final TextWebSocketFrame frame)
        {
            final ByteBuf content = frame.content();
            if ('1' == content.getByte(content.writerIndex() - MARK_FROM_END))
            {
                context.writeAndFlush(new TextWebSocketFrame(order.duplicate()), context.voidPromise());
            }
        }
    }
}
