package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
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
        if (closing)
        {
            return;
        }
        if (frame instanceof TextWebSocketFrame text)
        {
            onRequest(text.content());
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

    private void onRequest(final ByteBuf content)
    {
        final byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        inRequest = true;
        final ApiReply reply = dispatcher.answer(session, bytes, micros);
        inRequest = false;
        write(reply.text());
        if (reply.isLast())
        {
            drop();
            return;
        }
        for (final Runnable event : List.copyOf(afterReply))
        {
            event.run();
        }
        afterReply.clear();
        context.flush();
    }

    /** Sends an event of an account, after the reply when a request of this very connection has caused it. */
    void event(final UserStreams.Subscription subscription, final ObjectNode event, final String execution)
    {
        final String text = "{\"subscriptionId\":" + subscription.id() + ",\"event\":" + event + "}";
        if (inRequest)
        {
            afterReply.add(() -> write(text));
        }
        else
        {
            write(text);
            context.flush();
        }
    }

    private void write(final String text)
    {
        if (!closing)
        {
            context.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private void beat()
    {
        if (closing)
        {
            return;
        }
        final long nowNs = System.nanoTime();
        if (awaitingPong && nowNs - unansweredSinceNs >= TimeUnit.MILLISECONDS.toNanos(config.pongTimeoutMs()))
        {
            close(WebSocketCloseStatus.POLICY_VIOLATION, "Pong timeout");
            return;
        }
        if (!awaitingPong)
        {
            unansweredSinceNs = nowNs;
            awaitingPong = true;
        }
        pingPayload = Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.US_ASCII);
        context.writeAndFlush(new PingWebSocketFrame(Unpooled.wrappedBuffer(pingPayload)));
        context.executor().schedule(this::beat, config.pingIntervalMs(), TimeUnit.MILLISECONDS);
    }

    /** Says that the connection will be closed, and closes it a while later. */
    public void announceShutdown()
    {
        if (!closing)
        {
            write("{\"event\":{\"e\":\"serverShutdown\",\"E\":" + Text.time(api.clockUs.getAsLong(), micros) + "}}");
            context.flush();
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

    boolean isMicros()
    {
        return micros;
    }
}
