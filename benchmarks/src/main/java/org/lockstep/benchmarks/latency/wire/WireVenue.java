package org.lockstep.benchmarks.latency.wire;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.HdrHistogram.Histogram;
import org.lockstep.gateway.net.NetTransport;

/**
 * The least venue that a feed and an order session accept, and the stop-watch: it sends ticks at a fixed rate, every so
 * many of them marked, and takes the time until the order that a marked one provokes. One event loop, which spins while
 * it measures; both lanes are timed by it in the same way.
 */
final class WireVenue implements AutoCloseable
{
    private static final int MAX_CONTENT = 1 << 20;
    private static final int IN_FLIGHT = 1 << 16;
    private static final long PRICE_CENTS = 6_000_000;

    private final EventLoopGroup group = NetTransport.newGroup(1, "wire-venue");
    private final Channel listener;
    private final AtomicLong answered = new AtomicLong();
    private final long[] sentNs = new long[IN_FLIGHT];
    private final Histogram histogram = new Histogram(10_000_000_000L, 3);
    private volatile Channel ticks;
    private volatile Channel echo;
    private volatile int orderLength;
    private boolean isMeasuring;
    private long marked;
    private long updateId = 1;

    WireVenue()
    {
        listener = new ServerBootstrap().group(group)
            .channel(NetTransport.isNative() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<>()
            {
                @Override
                protected void initChannel(final Channel channel)
                {
                    channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_CONTENT),
                        new Http(), new WebSocketServerProtocolHandler("/", null, true, MAX_CONTENT, false, true),
                        new Frames());
                }
            })
            .bind(new InetSocketAddress("127.0.0.1", 0)).syncUninterruptibly().channel();
    }

    String address()
    {
        return "127.0.0.1:" + ((InetSocketAddress)listener.localAddress()).getPort();
    }

    /** Length of the last order's text, so that the echo can answer with as much. */
    int orderLength()
    {
        return orderLength;
    }

    /** Sends one tick to the feed, so that it has a market. */
    void tick()
    {
        group.next().submit(() -> send(ticks, false)).syncUninterruptibly();
    }

    /** One run: ticks at a rate for a while, the time of each answer from when its tick was due. */
    Histogram measure(final boolean isEcho, final long ratePerSecond, final long durationNs, final int every)
    {
        final Channel target = isEcho ? echo : ticks;
        final long intervalNs = 1_000_000_000L / ratePerSecond;
        final CompletableFuture<Void> done = new CompletableFuture<>();
        answered.set(0);
        group.next().execute(() ->
        {
            histogram.reset();
            marked = 0;
            isMeasuring = true;
            new Sender(target, System.nanoTime() + intervalNs, intervalNs, durationNs, every, done).run();
        });
        done.join();
        final long deadlineNs = System.nanoTime() + 5_000_000_000L;
        while (answered.get() < marked && System.nanoTime() - deadlineNs < 0)
        {
            Thread.onSpinWait();
        }
        if (answered.get() != marked)
        {
            throw new IllegalStateException(marked + " ticks were marked, " + answered.get() + " orders came");
        }
        return group.next().submit(() ->
        {
            isMeasuring = false;
            return histogram.copy();
        }).syncUninterruptibly().getNow();
    }

    private void send(final Channel target, final boolean isMarked)
    {
        final ByteBuf tick = target.alloc().buffer(192);
        tick.writeCharSequence("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":", StandardCharsets.US_ASCII);
        tick.writeCharSequence(Long.toString(updateId++), StandardCharsets.US_ASCII);
        final long cents = PRICE_CENTS + (updateId & 7);
        tick.writeCharSequence(",\"s\":\"BTCUSDT\",\"b\":\"" + cents / 100 + '.' + (char)('0' + cents / 10 % 10) +
            (char)('0' + cents % 10) + "\",\"B\":\"1.00000000\",\"a\":\"60001.00\",\"A\":\"1.0000000" +
            (isMarked ? '1' : '0') + "\"}}", StandardCharsets.US_ASCII);
        target.writeAndFlush(new TextWebSocketFrame(tick), target.voidPromise());
    }

    private void onAnswer(final int length)
    {
        final long nowNs = System.nanoTime();
        orderLength = length;
        if (isMeasuring)
        {
            final long index = answered.get();
            histogram.recordValue(Math.max(0, nowNs - sentNs[(int)index & IN_FLIGHT - 1]));
            answered.lazySet(index + 1);
        }
    }

    @Override
    public void close()
    {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully().syncUninterruptibly();
    }

    /** Sends what is due and comes back as the loop's next task: the loop never sleeps and still reads its sockets. */
    private final class Sender implements Runnable
    {
        private final Channel target;
        private final long intervalNs;
        private final int every;
        private final CompletableFuture<Void> done;
        private final long endNs;
        private long dueNs;
        private long count;

        Sender(
            final Channel target,
            final long firstNs,
            final long intervalNs,
            final long durationNs,
            final int every,
            final CompletableFuture<Void> done)
        {
            this.target = target;
            this.dueNs = firstNs;
            this.intervalNs = intervalNs;
            this.every = every;
            this.done = done;
            endNs = firstNs + durationNs;
        }

        @Override
        public void run()
        {
            if (System.nanoTime() - dueNs >= 0)
            {
                final boolean isMarked = 0 == ++count % every;
                if (isMarked)
                {
                    sentNs[(int)marked++ & IN_FLIGHT - 1] = dueNs;
                }
                send(target, isMarked);
                dueNs += intervalNs;
            }
            if (dueNs - endNs < 0)
            {
                target.eventLoop().execute(this);
            }
            else
            {
                done.complete(null);
            }
        }
    }

    /** Instruments and time, as the feed asks for them before it connects. */
    private static final class Http extends SimpleChannelInboundHandler<FullHttpRequest>
    {
        Http()
        {
            super(false);
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final FullHttpRequest request)
        {
            if (request.headers().contains(HttpHeaderNames.UPGRADE))
            {
                context.fireChannelRead(request);
                return;
            }
            final String body = request.uri().startsWith("/api/v3/exchangeInfo") ? """
                {"timezone":"UTC","serverTime":%d,"rateLimits":[],"exchangeFilters":[],"symbols":[{"symbol":"BTCUSDT",
                "status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,
                "quoteAssetPrecision":8,"filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.00","tickSize":"0.01"},
                {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
                {"filterType":"NOTIONAL","minNotional":"5.00000000"}]}]}""".formatted(System.currentTimeMillis()) :
                "{\"serverTime\":" + System.currentTimeMillis() + "}";
            final DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            request.release();
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /** Subscriptions, the trading interface, and orders: each refused, so that none stays open. */
    private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame>
    {
        @Override
        public void userEventTriggered(final ChannelHandlerContext context, final Object event)
        {
            if (event instanceof final WebSocketServerProtocolHandler.HandshakeComplete done &&
                done.requestUri().startsWith("/echo"))
            {
                echo = context.channel();
            }
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final WebSocketFrame frame)
        {
            if (!(frame instanceof TextWebSocketFrame))
            {
                return;
            }
            final ByteBuf content = frame.content();
            final int length = content.readableBytes();
            if (context.channel() == echo)
            {
                onAnswer(length);
                reply(context, "{\"id\":1,\"status\":400,\"error\":{\"code\":-2010,\"msg\":\"refused\"}}");
                return;
            }
            final String text = content.toString(StandardCharsets.US_ASCII);
            if (text.contains("order.place"))
            {
                onAnswer(length);
                reply(context, "{\"id\":" + id(text) + ",\"status\":400,\"error\":{\"code\":-2010,\"msg\":" +
                    "\"refused\"}}");
            }
            else if (text.contains("SUBSCRIBE"))
            {
                ticks = context.channel();
                reply(context, "{\"result\":null,\"id\":" + id(text) + "}");
            }
            else
            {
                reply(context, "{\"id\":" + id(text) + ",\"status\":200,\"result\":" + result(text) + "}");
            }
        }

        private void reply(final ChannelHandlerContext context, final String text)
        {
            context.writeAndFlush(new TextWebSocketFrame(text), context.voidPromise());
        }

        private static String result(final String text)
        {
            if (text.contains("openOrders.status") || text.contains("myTrades"))
            {
                return "[]";
            }
            if (text.contains("account.status"))
            {
                return "{\"canTrade\":true,\"updateTime\":1700000000000,\"balances\":[]}";
            }
            return text.contains("subscribe") ? "{\"subscriptionId\":0}" :
                "{\"serverTime\":" + System.currentTimeMillis() + "}";
        }

        private static String id(final String text)
        {
            final int from = text.indexOf("\"id\":") + 5;
            int to = from;
            while (to < text.length() && ',' != text.charAt(to) && '}' != text.charAt(to))
            {
                to++;
            }
            return text.substring(from, to);
        }
    }
}
