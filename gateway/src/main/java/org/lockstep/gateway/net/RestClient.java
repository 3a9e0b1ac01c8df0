package org.lockstep.gateway.net;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
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
 * A small HTTP/1.1 client for one host: one kept-alive connection, one request at a time, the most urgent first, each
 * with a time-out, bodies bounded. What waits is bounded too, and goes only when the gate lets it, at the moment of
 * sending: after a refusal for too many requests nothing leaves until the server wants to hear from us again. A GET
 * that fails on a reused connection before any answer is tried once more on a new one; nothing else is ever sent twice.
 * Cold path: allocates.
 * <p>
 * Threading: the event loop, for every method.
 */
public final class RestClient
{
    /** The gate is asked again after this at the latest, whatever it said: others use the same budget. */
    private static final long MAX_GATE_WAIT_NS = 1_000_000_000L;

    private final EventLoop loop;
    private final URI base;
    private final EpochNanoClock clock;
    private final RateGate gate;
    private final RestConfig config;
    private final SslContext sslContext;
    private final ChannelFactory<? extends Channel> channels;
    private final RestQueue queue;

    private Channel channel;
    private PendingRequest inFlight;
    private ScheduledFuture<?> gateWait;
    private boolean isClosed;

    /**
     * Constructs a client that has no connection.
     *
     * @param loop       runs everything.
     * @param base       scheme, host and port, http or https.
     * @param clock      for send and receive times, and for the gate.
     * @param gate       asked before each request.
     * @param config     limits and times.
     * @param sslContext for https, null = the JDK's trust.
     */
    public RestClient(
        final EventLoop loop,
        final URI base,
        final EpochNanoClock clock,
        final RateGate gate,
        final RestConfig config,
        final SslContext sslContext)
    {
        this(loop, base, clock, gate, config, sslContext, NetTransport.channels(loop));
    }

    RestClient(
        final EventLoop loop,
        final URI base,
        final EpochNanoClock clock,
        final RateGate gate,
        final RestConfig config,
        final SslContext sslContext,
        final ChannelFactory<? extends Channel> channels)
    {
        this.loop = loop;
        this.base = base;
        this.clock = clock;
        this.gate = gate;
        this.config = config;
        this.sslContext = sslContext;
        this.channels = channels;
        this.queue = new RestQueue(config.maxQueued());
    }

    // --------------------------------------------------------------------------------------------------- operations

    /**
     * Queues a request. A waiting request with the same key and priority fails, and this one takes its place. If the
     * queue is full, the newest of the least urgent requests fails, when it is less urgent than this one.
     *
     * @param request what to send.
     * @param handler called back once, if the request was taken.
     * @return false when it was not taken, because the client is closed or the queue is full; the handler hears
     *     nothing then.
     */
    public boolean submit(final RestRequest request, final RestHandler handler)
    {
        if (isClosed)
        {
            return false;
        }
        final PendingRequest pending = new PendingRequest(request, handler);
        final PendingRequest replaced = queue.replace(pending);
        final PendingRequest displaced = null == replaced && queue.isFull() ? queue.displacedBy(pending) : null;
        if (null == replaced)
        {
            if (queue.isFull())
            {
                return false;
            }
            queue.add(pending);
        }
        boundWait(pending);
        if (null != replaced)
        {
            replaced.fail("a newer request took its place");
        }
        if (null != displaced)
        {
            displaced.fail("displaced by a more urgent request");
        }
        next();
        return true;
    }

    /**
     * Forgets a waiting request; its handler is not called.
     *
     * @param priority of the request.
     * @param key      of the request.
     * @return false when none waits.
     */
    public boolean cancel(final RequestPriority priority, final String key)
    {
        final PendingRequest cancelled = queue.remove(priority, key);
        if (null != cancelled)
        {
            cancelled.cancelDeadline();
        }
        return null != cancelled;
    }

    /** Closes the connection and fails what waits. */
    public void close()
    {
        isClosed = true;
        closeChannel();
        cancelGateWait();
        if (null != inFlight)
        {
            finish("client is closed", null);
        }
        while (queue.size() > 0)
        {
            queue.poll().fail("client is closed");
        }
    }

    /** @return requests waiting or in flight. */
    public int pending()
    {
        return queue.size() + (null == inFlight ? 0 : 1);
    }

    // ----------------------------------------------------------------------------------------------------- sending

    private void next()
    {
        if (null != inFlight || 0 == queue.size() || isClosed)
        {
            return;
        }
        cancelGateWait();
        final long nowNs = clock.nanoTime();
        long waitNs = MAX_GATE_WAIT_NS;
        for (int i = 0; i < RequestPriority.count(); i++)
        {
            final PendingRequest first = queue.first(i);
            if (null != first)
            {
                final long classWaitNs = gate.tryAcquire(first.request.weight(), first.request.priority(), nowNs);
                if (0 == classWaitNs)
                {
                    queue.remove(first);
                    send(first);
                    return;
                }
                waitNs = Math.min(waitNs, classWaitNs);
            }
        }
        gateWait = loop.schedule(this::next, waitNs, TimeUnit.NANOSECONDS);
    }

    private void send(final PendingRequest pending)
    {
        inFlight = pending;
        pending.cancelDeadline();
        pending.deadline = loop.schedule(() -> onTimeout(pending), config.timeoutMs(), TimeUnit.MILLISECONDS);
        if (null != channel && channel.isActive())
        {
            pending.isOnReusedChannel = true;
            write(pending);
        }
        else
        {
            pending.isOnReusedChannel = false;
            connect(pending);
        }
    }

    private void connect(final PendingRequest pending)
    {
        final boolean isSecure = "https".equals(base.getScheme());
        final int port = -1 != base.getPort() ? base.getPort() : isSecure ? 443 : 80;
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .resolver(OffLoopResolver.GROUP)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.timeoutMs())
            .handler(new ChannelInitializer<Channel>()
            {
                @Override
                protected void initChannel(final Channel connected) throws Exception
                {
                    if (isSecure)
                    {
                        connected.pipeline().addLast(
                            WebSocketClient.sslHandler(sslContext, connected, base.getHost(), port));
                    }
                    connected.pipeline().addLast(
                        new HttpClientCodec(), new HttpObjectAggregator(config.maxBodyBytes()), new ResponseHandler());
                }
            })
            .connect(base.getHost(), port)
            .addListener((ChannelFutureListener)future ->
                NetTransport.onConnect(loop, future, () -> onConnected(pending, future)));
    }

    private void onConnected(final PendingRequest pending, final ChannelFuture future)
    {
        if (pending != inFlight)
        {
            future.channel().close();
        }
        else if (future.isSuccess())
        {
            channel = future.channel();
            writeUnlessSilent(pending);
        }
        else
        {
            finish("cannot connect to " + base.getHost() + ": " + future.cause(), null);
        }
    }

    /** Connecting takes time, in which another client of this address may have been told to be silent. */
    private void writeUnlessSilent(final PendingRequest pending)
    {
        if (0 == gate.tryAcquire(0, pending.request.priority(), clock.nanoTime()))
        {
            write(pending);
        }
        else
        {
            putBack(pending);
        }
    }

    private void write(final PendingRequest pending)
    {
        final RestRequest request = pending.request;
        final String target;
        try
        {
            target = request.target().get();
        }
        catch (final RuntimeException ex)
        {
            finish("the request could not be made: " + ex.getClass().getName(), null);
            return;
        }
        final FullHttpRequest message =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), target, Unpooled.EMPTY_BUFFER);
        message.headers()
            .set(HttpHeaderNames.HOST, -1 == base.getPort() ? base.getHost() : base.getHost() + ":" + base.getPort())
            .set(HttpHeaderNames.USER_AGENT, "lockstep")
            .set(HttpHeaderNames.ACCEPT, "application/json");
        if (HttpMethod.GET != request.method())
        {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        request.headers().forEach((name, value) -> message.headers().set(name, value));
        pending.sentTimeNs = clock.nanoTime();
        pending.isSent = true;
        channel.writeAndFlush(message, channel.voidPromise());
    }

    // --------------------------------------------------------------------------------------------------- outcomes

    private void onQueueTimeout(final PendingRequest pending)
    {
        if (queue.remove(pending))
        {
            pending.fail("could not be sent within " + pending.request.maxQueueNs() / 1_000_000 + " ms");
        }
    }

    private void onTimeout(final PendingRequest pending)
    {
        if (pending == inFlight)
        {
            closeChannel();
            finish("no response within " + config.timeoutMs() + " ms", null);
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
        if (inFlight.isOnReusedChannel && HttpMethod.GET == inFlight.request.method() && !isClosed)
        {
            putBack(inFlight);
        }
        else
        {
            finish(reason, null);
        }
    }

    /** It waits again, and takes weight again: the server may have counted a first attempt. */
    private void putBack(final PendingRequest pending)
    {
        inFlight = null;
        pending.cancelDeadline();
        queue.addFirst(pending);
        boundWait(pending);
        next();
    }

    private void boundWait(final PendingRequest pending)
    {
        if (pending.request.maxQueueNs() > 0)
        {
            pending.deadline =
                loop.schedule(() -> onQueueTimeout(pending), pending.request.maxQueueNs(), TimeUnit.NANOSECONDS);
        }
    }

    private void onResponse(final FullHttpResponse message)
    {
        if (!HttpUtil.isKeepAlive(message))
        {
            closeChannel();
        }
        final long nowNs = clock.nanoTime();
        final RestResponse response = new RestResponse(
            message.status().code(), message.headers(), message.content(), inFlight.sentTimeNs, nowNs);
        gate.onResponse(response, nowNs);
        finish(null, response);
    }

    private void finish(final String failure, final RestResponse response)
    {
        final PendingRequest pending = inFlight;
        inFlight = null;
        try
        {
            if (null != response)
            {
                pending.answer(response);
            }
            else
            {
                pending.fail(failure);
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

    private void cancelGateWait()
    {
        if (null != gateWait)
        {
            gateWait.cancel(false);
            gateWait = null;
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
            RestClient.this.onResponse(message);
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
