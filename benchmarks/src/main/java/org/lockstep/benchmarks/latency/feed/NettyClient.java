package org.lockstep.benchmarks.latency.feed;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import org.lockstep.gateway.net.NetTransport;

/**
 * Bare Netty, a process of its own: it finds out of what kind a message is, and a trade's id, and decodes nothing. A
 * client with Netty's WebSocket codec cannot be better than this.
 */
public final class NettyClient extends SimpleChannelInboundHandler<TextWebSocketFrame>
{
    private static final ByteBuf TRADE = text("\"e\":\"trade\"");
    private static final ByteBuf DEPTH = text("\"e\":\"depth");
    private static final ByteBuf TRADE_ID = text("\"t\":");
    private static final int MAX_HEAD = 64;
    private static final int MAX_MESSAGE = 65_536;

    private final Arrivals arrivals;

    private NettyClient(final Arrivals arrivals)
    {
        this.arrivals = arrivals;
    }

    /**
     * Runs until standard input says {@code stop}.
     *
     * @param args address of the venue, file for the arrivals.
     * @throws IOException if the file cannot be written.
     */
    public static void main(final String... args) throws IOException
    {
        final Arrivals arrivals = new Arrivals();
        final URI uri =
            URI.create("ws://" + args[0] + "/stream?streams=btcusdt@bookTicker/btcusdt@trade/btcusdt@depth");
        new Bootstrap().group(NetTransport.newGroup(1, "bare-netty"))
            .channel(NetTransport.isNative() ? EpollSocketChannel.class : NioSocketChannel.class)
            .handler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel channel)
                {
                    channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_MESSAGE),
                        new WebSocketClientProtocolHandler(
                            uri, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), MAX_MESSAGE),
                        new NettyClient(arrivals));
                }
            })
            .connect(uri.getHost(), uri.getPort()).syncUninterruptibly();
        arrivals.serve(Path.of(args[1]));
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final TextWebSocketFrame frame)
    {
        final ByteBuf message = frame.content();
        final ByteBuf head = message.slice(message.readerIndex(), Math.min(MAX_HEAD, message.readableBytes()));
        if (ByteBufUtil.indexOf(TRADE, head) >= 0)
        {
            int index = ByteBufUtil.indexOf(TRADE_ID, message) + TRADE_ID.readableBytes();
            long id = 0;
            for (byte digit = message.getByte(index); digit != ','; digit = message.getByte(++index))
            {
                id = id * 10 + digit - '0';
            }
            arrivals.onTrade(id % FeedKind.MODULUS);
        }
        else if (ByteBufUtil.indexOf(DEPTH, head) >= 0)
        {
            arrivals.onBook();
        }
        else
        {
            arrivals.onQuote();
        }
    }

    private static ByteBuf text(final String text)
    {
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
