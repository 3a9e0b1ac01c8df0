package org.lockstep.gateway.client.http;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.agrona.concurrent.EpochClock;

/**
 * Deadlines of HTTP connections: a request has to be there in whole within a time from its first byte, however slowly
 * its bytes drip in, an answer has to be taken within a time, and a connection kept alive may be silent for a while
 * only. All share one queue a kind, in the order they fall due, so that many connections cost no timers. Client event
 * loop only.
 */
public final class RequestDeadlines
{
    private static final int IDLE_MS = 30_000;
    private static final int ANSWER_MS = 60_000;
    private static final byte[] TIMED_OUT = ("HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n" +
        "content-length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);

    private final EpochClock clock;
    private final int requestTimeoutMs;
    private final Map<Channel, Long> arriving = new LinkedHashMap<>();
    private final Map<Channel, Long> idle = new LinkedHashMap<>();
    private final Map<Channel, Long> leaving = new LinkedHashMap<>();
    private long timedOut;

    /**
     * No connections yet.
     *
     * @param clock            our clock.
     * @param requestTimeoutMs for a whole request.
     */
    public RequestDeadlines(final EpochClock clock, final int requestTimeoutMs)
    {
        this.clock = clock;
        this.requestTimeoutMs = requestTimeoutMs;
    }

    /** Cuts connections that are late. */
    public void tick()
    {
        final long nowMs = clock.time();
        poll(arriving, nowMs, true);
        poll(idle, nowMs, false);
        poll(leaving, nowMs, false);
    }

    /** @return requests that did not arrive in time. */
    public long timedOut()
    {
        return timedOut;
    }

    /** @return connections on which a request is expected or arriving. */
    public int count()
    {
        return arriving.size() + idle.size();
    }

    /** A request is expected or has begun to arrive. */
    void onArriving(final Channel channel)
    {
        idle.remove(channel);
        if (!arriving.containsKey(channel))
        {
            arriving.put(channel, clock.time() + requestTimeoutMs);
        }
    }

    /** A request has arrived, or the connection is no longer about requests. */
    void onArrived(final Channel channel)
    {
        idle.remove(channel);
        arriving.remove(channel);
    }

    /** A request has been answered and another may come. */
    void onIdle(final Channel channel)
    {
        arriving.remove(channel);
        idle.put(channel, clock.time() + IDLE_MS);
    }

    /** A handler that sees the first byte of the next request, what of an answer has left, and the connection's end. */
    ChannelInboundHandlerAdapter watch()
    {
        return new Watch();
    }

    private void poll(final Map<Channel, Long> deadlines, final long nowMs, final boolean isRequest)
    {
        final Iterator<Map.Entry<Channel, Long>> iterator = deadlines.entrySet().iterator();
        while (iterator.hasNext())
        {
            final Map.Entry<Channel, Long> next = iterator.next();
            if (next.getValue() - nowMs > 0)
            {
                return;
            }
            final Channel channel = next.getKey();
            iterator.remove();
            if (isRequest)
            {
                timedOut++;
                answer(channel);
            }
            channel.close();
        }
    }

    /** Below HTTP, whose encoder expects messages, and above TLS. */
    private static void answer(final Channel channel)
    {
        final ChannelHandlerContext context = channel.pipeline().context(ClientPipeline.DEADLINE);
        if (null != context)
        {
            context.writeAndFlush(Unpooled.wrappedBuffer(TIMED_OUT)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class Watch extends ChannelDuplexHandler
    {
        private int leavingCount;

        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            if (idle.containsKey(ctx.channel()))
            {
                onArriving(ctx.channel());
            }
            ctx.fireChannelRead(message);
        }

        @Override
        public void write(final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise)
        {
            if (1 == ++leavingCount)
            {
                leaving.put(ctx.channel(), clock.time() + ANSWER_MS);
            }
            ctx.write(message, promise.unvoid().addListener(future -> onLeft(ctx.channel())));
        }

        @Override
        public void handlerRemoved(final ChannelHandlerContext ctx)
        {
            leaving.remove(ctx.channel());
        }

        private void onLeft(final Channel channel)
        {
            if (0 == --leavingCount)
            {
                leaving.remove(channel);
            }
        }

        @Override
        public void channelInactive(final ChannelHandlerContext ctx)
        {
            onArrived(ctx.channel());
            ctx.fireChannelInactive();
        }
    }
}
