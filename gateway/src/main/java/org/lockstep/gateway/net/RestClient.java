package org.lockstep.gateway.net;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A small HTTP/1.1 client for one host: one kept-alive connection, one request at a time in the order given, each with
 * a time-out, bodies bounded. A request that fails on a reused connection before any answer is tried once more on a new
 * one. Cold path: allocates.
 * <p>
 * Threading: the event loop, for every method.
 */
public final class RestClient
{
    private final EventLoop loop;
    private final URI base;
    private final EpochNanoClock clock;
    private final int timeoutMs;
    private final int maxBodyBytes;
    private final SslContext sslContext;
    private final ArrayDeque<Request> queue = new ArrayDeque<>();

    private Channel channel;
    private Request inFlight;
    private ScheduledFuture<?> deadline;
    private boolean isClosed;

    /**
     * Constructs a client that has no connection.
     *
     * @param loop         runs everything.
     * @param base         scheme, host and port, http or https.
     * @param clock        for send and receive times.
     * @param timeoutMs    from request to whole response, connect included, from 1.
     * @param maxBodyBytes longest body taken.
     * @param sslContext   for https, null = the JDK's trust.
     */
    public RestClient(
        final EventLoop loop,
        final URI base,
        final EpochNanoClock clock,
        final int timeoutMs,
        final int maxBodyBytes,
        final SslContext sslContext)
    {
        this.loop = loop;
        this.base = base;
        this.clock = clock;
        this.timeoutMs = timeoutMs;
        this.maxBodyBytes = maxBodyBytes;
        this.sslContext = sslContext;
    }

    /**
     * Queues a GET request.
     *
     * @param pathAndQuery from the slash on, encoded.
     * @param handler      called back once.
     */
    public void get(final String pathAndQuery, final RestHandler handler)
    {
        if (isClosed)
        {
            handler.onFailure("client is closed");
            return;
        }
        queue.add(new Request(pathAndQuery, handler));
        next();
    }

    /** Closes the connection and fails what waits. */
    public void close()
    {
        isClosed = true;
        closeChannel();
        if (null != inFlight)
        {
            finish("client is closed", null);
        }
        while (!queue.isEmpty())
        {
            queue.poll().handler.onFailure("client is closed");
        }
    }

    /** @return requests waiting or in flight. */
    public int pending()
    {
        return queue.size() + (null == inFlight ? 0 : 1);
    }

    private void next()
    {
        if (null != inFlight || queue.isEmpty() || isClosed)
        {
            return;
        }
        inFlight = queue.poll();
        final Request request = inFlight;
        deadline = loop.schedule(() -> onTimeout(request), timeoutMs, TimeUnit.MILLISECONDS);
        if (null != channel && channel.isActive())
        {
            request.isOnReusedChannel = true;
            write(request);
        }
        else
        {
            connect(request);
        }
    }

    private void connect(final Request request)
    {
        final boolean isSecure = "https".equals(base.getScheme());
        final int port = -1 != base.getPort() ? base.getPort() : isSecure ? 443 : 80;
        new Bootstrap()
            .group(loop)
            .channel(NetTransport.socketClass(loop))
            .resolver(OffLoopResolver.GROUP)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .handler(new ChannelInitializer<SocketChannel>()
            {
                @Override
                protected void initChannel(final SocketChannel connected) throws Exception
                {
                    if (isSecure)
                    {
                        connected.pipeline().addLast(
                            WebSocketClient.sslHandler(sslContext, connected, base.getHost(), port));
                    }
                    connected.pipeline().addLast(
                        new HttpClientCodec(), new HttpObjectAggregator(maxBodyBytes), new ResponseHandler());
                }
            })
            .connect(base.getHost(), port)
            .addListener((ChannelFutureListener)future ->
            {
                if (request != inFlight)
                {
                    future.channel().close();
                }
                else if (future.isSuccess())
                {
                    channel = future.channel();
                    write(request);
                }
                else
                {
                    finish("cannot connect to " + base.getHost() + ":" + port + ": " + future.cause(), null);
                }
            });
    }

    private void write(final Request request)
    {
        final FullHttpRequest message = new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, request.pathAndQuery, Unpooled.EMPTY_BUFFER);
        message.headers()
            .set(HttpHeaderNames.HOST, -1 == base.getPort() ? base.getHost() : base.getHost() + ":" + base.getPort())
            .set(HttpHeaderNames.USER_AGENT, "lockstep")
            .set(HttpHeaderNames.ACCEPT, "application/json");
        request.sentTimeNs = clock.nanoTime();
        channel.writeAndFlush(message, channel.voidPromise());
    }

    private void onTimeout(final Request request)
    {
        if (request == inFlight)
        {
            closeChannel();
            finish("no response within " + timeoutMs + " ms", null);
        }
    }

    private void onLost(final Channel lost, final String reason)
    {
        if (lost != channel)
        {
            return;
        }
        channel = null;
        if (null == inFlight)
        {
            return;
        }
        if (inFlight.isOnReusedChannel && !isClosed)
        {
            inFlight.isOnReusedChannel = false;
            connect(inFlight);
        }
        else
        {
            finish(reason, null);
        }
    }

    private void finish(final String failure, final RestResponse response)
    {
        final Request request = inFlight;
        inFlight = null;
        deadline.cancel(false);
        try
        {
            if (null != response)
            {
                request.handler.onResponse(response);
            }
            else
            {
                request.handler.onFailure(failure);
            }
        }
        finally
        {
            next();
        }
    }

    private void closeChannel()
    {
        final Channel closing = channel;
        channel = null;
        if (null != closing)
        {
            closing.close();
        }
    }

    /** A request and where its outcome goes. */
    private static final class Request
    {
        private final String pathAndQuery;
        private final RestHandler handler;
        private long sentTimeNs;
        private boolean isOnReusedChannel;

        Request(final String pathAndQuery, final RestHandler handler)
        {
            this.pathAndQuery = pathAndQuery;
            this.handler = handler;
        }
    }

    /** The end of the pipeline. */
    private final class ResponseHandler extends SimpleChannelInboundHandler<FullHttpResponse>
    {
        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final FullHttpResponse message)
        {
            if (ctx.channel() != channel || null == inFlight)
            {
                ctx.close();
                return;
            }
            if (!HttpUtil.isKeepAlive(message))
            {
                closeChannel();
            }
            finish(null, new RestResponse(
                message.status().code(), message.headers(), message.content(), inFlight.sentTimeNs, clock.nanoTime()));
        }

        @Override
        public void channelInactive(final ChannelHandlerContext ctx)
        {
            onLost(ctx.channel(), "connection lost");
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
        {
            onLost(ctx.channel(), String.valueOf(cause));
            ctx.close();
        }
    }
}
