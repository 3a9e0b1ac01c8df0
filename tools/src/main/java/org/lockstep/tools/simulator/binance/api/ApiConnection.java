package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.fault.FaultRule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection to the WebSocket API: requests in, replies and user data events out. What a request causes is
 * sent after its reply. Event loop only.
 */
public final class ApiConnection extends SimpleChannelInboundHandler<WebSocketFrame>
{
    private final SimulatorConfig config;
    private final ApiDispatcher dispatcher;
    private final TradingApi api;
    private final boolean micros;
    private final ApiSession session;
    private final List<Runnable> afterReply = new ArrayList<>();

    private ChannelHandlerContext context;
    private Outbox outbox;
    private byte[] pingPayload = {};
    private long unansweredSinceNs;
    private boolean awaitingPong;
    private boolean inRequest;
    private boolean closing;

    /**
     * A connection that has just been upgraded.
     *
     * @param config           heartbeat and lifetime.
     * @param api              the private side.
     * @param publicMethods    the public side.
     * @param micros           whether times are wanted in microseconds.
     * @param returnRateLimits whether replies tell of limits.
     */
    public ApiConnection(
        final SimulatorConfig config,
        final TradingApi api,
        final PublicMethods publicMethods,
        final boolean micros,
        final boolean returnRateLimits)
    {
        this.config = config;
        this.api = api;
        this.micros = micros;
        this.dispatcher = new ApiDispatcher(api, publicMethods);
        this.session = new ApiSession(this, api, returnRateLimits);
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx)
    {
        context = ctx;
        outbox = new Outbox(ctx);
        api.opened(this);
        ctx.executor().schedule(this::beat, config.pingIntervalMs(), TimeUnit.MILLISECONDS);
        final long noticeMs = Math.max(0, config.lifetimeMs() - config.shutdownNoticeMs());
        ctx.executor().schedule(this::announceShutdown, noticeMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        closing = true;
        api.closed(this);
        session.close();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
    {
        if (closing || outbox.isDead())
        {
            return;
        }
        if (frame instanceof TextWebSocketFrame text)
        {
            final byte[] bytes = new byte[text.content().readableBytes()];
            text.content().getBytes(text.content().readerIndex(), bytes);
            onRequest(bytes, false);
        }
        else if (frame instanceof PingWebSocketFrame)
        {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        }
        else if (frame instanceof PongWebSocketFrame)
        {
            awaitingPong = awaitingPong && !frame.content().equals(Unpooled.wrappedBuffer(pingPayload));
        }
        else if (frame instanceof CloseWebSocketFrame)
        {
            closing = true;
            ctx.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void onRequest(final byte[] bytes, final boolean wasPutOff)
    {
        inRequest = true;
        final ApiReply reply = dispatcher.answer(session, bytes, micros, wasPutOff);
        inRequest = false;
        if (reply.retryAfterMs() > 0)
        {
            context.executor().schedule(() -> onLateRequest(bytes), reply.retryAfterMs(), TimeUnit.MILLISECONDS);
        }
        if (null != reply.text())
        {
            outbox.send(reply.text(), reply.rule());
        }
        else if (reply.rule().disconnects())
        {
            drop();
        }
        for (final Runnable event : List.copyOf(afterReply))
        {
            event.run();
        }
        afterReply.clear();
        outbox.flush();
        if (reply.isLast())
        {
            drop();
        }
    }

    private void onLateRequest(final byte[] bytes)
    {
        if (!closing)
        {
            onRequest(bytes, true);
        }
    }

    /** Sends an event of an account, after the reply when a request of this very connection has caused it. */
    void event(final UserStreams.Subscription subscription, final ObjectNode event, final String execution)
    {
        final String text = "{\"subscriptionId\":" + subscription.id() + ",\"event\":" + event + "}";
        final FaultRule rule =
            api.faults.onEvent(event.get("e").textValue(), execution, subscription.key().name());
        if (inRequest)
        {
            afterReply.add(() -> outbox.send(text, rule));
        }
        else
        {
            outbox.send(text, rule);
            outbox.flush();
        }
    }

    private void beat()
    {
        if (closing || outbox.isDead())
        {
            return;
        }
        final long nowNs = System.nanoTime();
        if (!outbox.isSilent())
        {
            if (awaitingPong && nowNs - unansweredSinceNs >= TimeUnit.MILLISECONDS.toNanos(config.pongTimeoutMs()))
            {
                close(WebSocketCloseStatus.POLICY_VIOLATION, "Pong timeout");
                return;
            }
            unansweredSinceNs = awaitingPong ? unansweredSinceNs : nowNs;
            awaitingPong = true;
            pingPayload = Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.US_ASCII);
            context.writeAndFlush(new PingWebSocketFrame(Unpooled.wrappedBuffer(pingPayload)));
        }
        context.executor().schedule(this::beat, config.pingIntervalMs(), TimeUnit.MILLISECONDS);
    }

    /** Says that the connection will be closed, and closes it a while later. */
    public void announceShutdown()
    {
        if (!closing)
        {
            outbox.send("{\"event\":{\"e\":\"serverShutdown\",\"E\":" +
                Text.time(api.clockUs.getAsLong(), micros) + "}}", null);
            outbox.flush();
            context.executor().schedule(
                () -> close(WebSocketCloseStatus.NORMAL_CLOSURE, "Disconnected"),
                Math.min(config.shutdownNoticeMs(), config.lifetimeMs()), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends all user data subscriptions, and says so. */
    public void terminateStreams()
    {
        session.terminateStreams();
        context.flush();
    }

    /**
     * Closes the connection properly.
     *
     * @param status why.
     * @param reason in words.
     */
    public void close(final WebSocketCloseStatus status, final String reason)
    {
        if (!closing)
        {
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Cuts the connection without a close frame, once what was written is out. */
    public void drop()
    {
        closing = true;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Says nothing for a while, then everything at once.
     *
     * @param durationMs how long.
     */
    public void mute(final long durationMs)
    {
        outbox.mute(durationMs);
    }

    /** Takes nothing in and gives nothing out any more, and leaves the connection open. */
    public void die()
    {
        outbox.die();
    }

    boolean isMicros()
    {
        return micros;
    }
}
