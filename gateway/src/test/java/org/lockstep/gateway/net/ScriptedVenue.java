package org.lockstep.gateway.net;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.SslContext;

/** A loopback server that does as the test says: REST answers by path, WebSocket connections by hand. */
public final class ScriptedVenue implements AutoCloseable
{
    /** What a REST path answers. */
    public record Reply(int status, String body, Map<String, String> headers)
    {
        public static Reply ok(final String body)
        {
            return new Reply(200, body, Map.of());
        }
    }

    /** One WebSocket connection. */
    public static final class Connection
    {
        public final List<String> texts = new CopyOnWriteArrayList<>();
        public final List<Long> frameTimesNs = new CopyOnWriteArrayList<>();
        public final List<String> pongs = new CopyOnWriteArrayList<>();
        public final Channel channel;
        public final String uri;
        /** Before the answer to the handshake left. */
        public final long openedNs = System.nanoTime();
        public volatile boolean acknowledges = true;

        Connection(final Channel channel, final String uri)
        {
            this.channel = channel;
            this.uri = uri;
        }

        public void send(final String text)
        {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        public void ping(final String payload)
        {
            channel.writeAndFlush(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
        }

        public void sendRaw(final byte[] bytes)
        {
            channel.pipeline().context("wsencoder").writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }

        public void drop()
        {
            channel.close();
        }
    }

    public final List<Connection> connections = new CopyOnWriteArrayList<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    public volatile boolean refusesSockets;
    public volatile BiConsumer<Connection, String> onText;
    public volatile boolean acknowledges = true;

    private final Map<String, Function<QueryStringDecoder, CompletionStage<Reply>>> replies = new ConcurrentHashMap<>();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    private final boolean isSecure;

    public ScriptedVenue()
    {
        this(null);
    }

    public ScriptedVenue(final SslContext sslContext)
    {
        isSecure = null != sslContext;
        server = new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel channel)
                {
                    if (null != sslContext)
                    {
                        channel.pipeline().addLast(sslContext.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(
                        new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new RequestHandler());
                }
            })
            .bind("127.0.0.1", 0).syncUninterruptibly().channel();
    }

    public int port()
    {
        return ((InetSocketAddress)server.localAddress()).getPort();
    }

    public URI rest()
    {
        return URI.create((isSecure ? "https" : "http") + "://localhost:" + port());
    }

    public URI stream()
    {
        return URI.create((isSecure ? "wss" : "ws") + "://localhost:" + port());
    }

    public void reply(final String path, final Function<QueryStringDecoder, Reply> reply)
    {
        replies.put(path, query -> CompletableFuture.completedFuture(reply.apply(query)));
    }

    public void replyLater(final String path, final Function<QueryStringDecoder, CompletionStage<Reply>> reply)
    {
        replies.put(path, reply);
    }

    public Connection connection(final int index)
    {
        Await.until("connection " + index, () -> connections.size() > index);
        return connections.get(index);
    }

    public long requestCount(final String pathPrefix)
    {
        return requests.stream().filter(uri -> uri.startsWith(pathPrefix)).count();
    }

    @Override
    public void close()
    {
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest>
    {
        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final FullHttpRequest request)
        {
            if (request.headers().contains(HttpHeaderNames.UPGRADE))
            {
                upgrade(ctx, request);
                return;
            }
            requests.add(request.uri());
            final QueryStringDecoder query = new QueryStringDecoder(request.uri());
            replies
                .getOrDefault(query.path(), unknown -> CompletableFuture.completedFuture(
                    new Reply(404, "{\"code\":-1,\"msg\":\"none\"}", Map.of())))
                .apply(query)
                .thenAccept(reply -> answer(ctx, reply));
        }

        private void answer(final ChannelHandlerContext ctx, final Reply reply)
        {
            if (null == reply)
            {
                ctx.close();
                return;
            }
            final ByteBuf body = Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8);
            final FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            reply.headers().forEach((name, value) -> response.headers().set(name, value));
            ctx.writeAndFlush(response);
        }

        private void upgrade(final ChannelHandlerContext ctx, final FullHttpRequest request)
        {
            if (refusesSockets)
            {
                ctx.close();
                return;
            }
            final Connection connection = new Connection(ctx.channel(), request.uri());
            new WebSocketServerHandshakerFactory("ws://localhost", null, false, 1 << 20)
                .newHandshaker(request).handshake(ctx.channel(), request);
            ctx.pipeline().replace(this, "frames", new FrameHandler(connection));
            connections.add(connection);
        }
    }

    private final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame>
    {
        private final Connection connection;

        FrameHandler(final Connection connection)
        {
            this.connection = connection;
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
        {
            if (frame instanceof CloseWebSocketFrame)
            {
                ctx.close();
                return;
            }
            connection.frameTimesNs.add(System.nanoTime());
            if (frame instanceof PongWebSocketFrame)
            {
                connection.pongs.add(frame.content().toString(StandardCharsets.UTF_8));
            }
            else if (frame instanceof PingWebSocketFrame)
            {
                ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
            else if (frame instanceof TextWebSocketFrame)
            {
                final String text = ((TextWebSocketFrame)frame).text();
                connection.texts.add(text);
                final BiConsumer<Connection, String> script = onText;
                if (null != script)
                {
                    script.accept(connection, text);
                }
                else if (acknowledges && connection.acknowledges && text.contains("\"id\":"))
                {
                    connection.send(
                        "{\"result\":null,\"id\":" + text.replaceAll(".*\"id\":([0-9]+)}", "$1") + "}");
                }
            }
        }
    }
}
