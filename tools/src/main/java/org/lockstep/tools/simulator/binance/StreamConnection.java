package org.lockstep.tools.simulator.binance;

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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One client's stream socket: its subscriptions, heartbeat, lifetime and limits. Messages are framed into a batch that
 * is handed to the socket once per turn of the event loop, which is the only thread here.
 */
final class StreamConnection extends SimpleChannelInboundHandler<WebSocketFrame>
{
    static final int MAX_STREAMS = 1_024;

    private static final int FRAMES_PER_SECOND = 5;
    private static final int BATCH_BYTES = 1 << 16;
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final byte[] WRAPPER_END = {'}'};
    private static final byte[] NOTHING = {};

    private final Hub hub;
    private final SimulatorConfig config;
    private final StreamControl control;
    private final boolean micros;
    private final List<StreamName> initialStreams;
    private final Set<String> subscriptions = new LinkedHashSet<>();
    private final long[] frameTimesNs = new long[FRAMES_PER_SECOND];

    private ChannelHandlerContext context;
    private boolean combined;
    private ByteBuf batch;
    private long frames;
    private byte[] pingPayload = NOTHING;
    private long unansweredSinceNs;
    private boolean awaitingPong;
    private boolean closing;
    private boolean dead;

    StreamConnection(
        final Hub hub,
        final SimulatorConfig config,
        final StreamControl control,
        final boolean combined,
        final boolean micros,
        final List<StreamName> initialStreams)
    {
        this.hub = hub;
        this.config = config;
        this.control = control;
        this.combined = combined;
        this.micros = micros;
        this.initialStreams = initialStreams;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx)
    {
        context = ctx;
        hub.opened(this);
        ctx.executor().schedule(this::beat, config.pingIntervalMs(), TimeUnit.MILLISECONDS);
        final long noticeMs = Math.max(0, config.lifetimeMs() - config.shutdownNoticeMs());
        ctx.executor().schedule(this::announceShutdown, noticeMs, TimeUnit.MILLISECONDS);
        subscribe(initialStreams);
        hub.consumersChanged();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        closing = true;
        hub.closed(this);
        if (null != batch)
        {
            batch.release();
            batch = null;
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx)
    {
        hub.consumersChanged();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
    {
        if (closing || dead)
        {
            return;
        }
        if (frame instanceof CloseWebSocketFrame)
        {
            closing = true;
            flush();
            ctx.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (!admitFrame(System.nanoTime()))
        {
            close(WebSocketCloseStatus.POLICY_VIOLATION, "Too many requests");
            return;
        }
        if (frame instanceof TextWebSocketFrame text)
        {
            control.onRequest(this, text.content());
            flush();
        }
        else if (frame instanceof PingWebSocketFrame)
        {
            flush();
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        }
        else if (frame instanceof PongWebSocketFrame)
        {
            onPong(frame.content());
        }
    }

    private boolean admitFrame(final long nowNs)
    {
        final int slot = (int)(frames % FRAMES_PER_SECOND);
        final boolean admitted =
            frames < FRAMES_PER_SECOND || nowNs - frameTimesNs[slot] >= TimeUnit.SECONDS.toNanos(1);
        frameTimesNs[slot] = nowNs;
        frames++;
        return admitted;
    }

    private void onPong(final ByteBuf content)
    {
        boolean same = content.readableBytes() == pingPayload.length;
        for (int i = 0; same && i < pingPayload.length; i++)
        {
            same = content.getByte(content.readerIndex() + i) == pingPayload[i];
        }
        awaitingPong = awaitingPong && !same;
    }

    private void beat()
    {
        if (closing || dead)
        {
            return;
        }
        final long nowNs = System.nanoTime();
        final long timeoutNs = TimeUnit.MILLISECONDS.toNanos(config.pongTimeoutMs());
        if (awaitingPong && nowNs - unansweredSinceNs >= timeoutNs)
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
        frame(PING, NOTHING, pingPayload, 0, pingPayload.length, NOTHING);
        hub.counters().pings++;
        flush();
        context.executor().schedule(this::beat, config.pingIntervalMs(), TimeUnit.MILLISECONDS);
    }

    void announceShutdown()
    {
        if (!closing)
        {
            control.announceShutdown(this);
            flush();
            context.executor().schedule(
                () -> close(WebSocketCloseStatus.NORMAL_CLOSURE, "Disconnected"),
                Math.min(config.shutdownNoticeMs(), config.lifetimeMs()), TimeUnit.MILLISECONDS);
        }
    }

    void close(final WebSocketCloseStatus status, final String reason)
    {
        if (!closing)
        {
            flush();
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(status, reason))
                .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Cuts the connection without a close frame. */
    void drop()
    {
        closing = true;
        context.channel().close();
    }

    /** Takes nothing in and gives nothing out any more, and leaves the connection open. */
    void die()
    {
        flush();
        dead = true;
    }

    /** Adds subscriptions; false when that would be more than the connection may have, and then none is added. */
    boolean subscribe(final List<StreamName> names)
    {
        final long added = names.stream().map(StreamName::text).distinct()
            .filter(name -> !subscriptions.contains(name)).count();
        if (subscriptions.size() + added > MAX_STREAMS)
        {
            return false;
        }
        for (final StreamName name : names)
        {
            if (subscriptions.add(name.text()))
            {
                hub.subscribe(this, name);
            }
        }
        return true;
    }

    void unsubscribe(final List<String> names)
    {
        for (final String name : names)
        {
            if (subscriptions.remove(name))
            {
                hub.leave(this, name);
            }
        }
    }

    Collection<String> subscriptions()
    {
        return subscriptions;
    }

    boolean isMicros()
    {
        return micros;
    }

    boolean isCombined()
    {
        return combined;
    }

    void combined(final boolean value)
    {
        combined = value;
    }

    boolean isWritable()
    {
        return context.channel().isWritable();
    }

    void sendText(final byte[] bytes, final int offset, final int length)
    {
        frame(TEXT, NOTHING, bytes, offset, length, NOTHING);
    }

    void sendWrapped(final byte[] prefix, final byte[] bytes, final int offset, final int length)
    {
        frame(TEXT, prefix, bytes, offset, length, WRAPPER_END);
    }

    private void frame(
        final int opcode,
        final byte[] prefix,
        final byte[] bytes,
        final int offset,
        final int length,
        final byte[] suffix)
    {
        if (closing || dead)
        {
            return;
        }
        final int payloadLength = prefix.length + length + suffix.length;
        final int frameLength = payloadLength + 10;
        if (null != batch && batch.writableBytes() < frameLength)
        {
            writeBatch();
        }
        if (null == batch)
        {
            batch = context.alloc().directBuffer(Math.max(BATCH_BYTES, frameLength));
            hub.dirty(this);
        }
        batch.writeByte(opcode);
        if (payloadLength < 126)
        {
            batch.writeByte(payloadLength);
        }
        else if (payloadLength < 65_536)
        {
            batch.writeByte(126).writeShort(payloadLength);
        }
        else
        {
            batch.writeByte(127).writeLong(payloadLength);
        }
        batch.writeBytes(prefix).writeBytes(bytes, offset, length).writeBytes(suffix);
    }

    private void writeBatch()
    {
        final ByteBuf full = batch;
        batch = null;
        hub.counters().bytesSent += full.readableBytes();
        context.write(full);
    }

    /** Hands what is batched to the socket. */
    void flush()
    {
        if (null != batch)
        {
            writeBatch();
            context.flush();
        }
    }

    /** Completes once everything handed over so far is in the socket, or the connection is gone. */
    CompletableFuture<Void> flushed()
    {
        flush();
        final CompletableFuture<Void> done = new CompletableFuture<>();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> done.complete(null));
        return done;
    }

    /** Closes the connection when it has fallen too far behind. */
    void dropIfTooSlow()
    {
        if (!closing && context.channel().unsafe().outboundBuffer() != null &&
            context.channel().unsafe().outboundBuffer().totalPendingWriteBytes() > config.maxPendingBytes())
        {
            hub.counters().slowDisconnects++;
            drop();
        }
    }
}
