package org.lockstep.gateway.client.stream;

import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.auth.TokenException;
import org.lockstep.gateway.net.TokenBucket;

/**
 * One WebSocket client from handshake to close: sign-in, heartbeats, limits; messages go to {@link MessageDispatcher}.
 * Client event loop only.
 */
public final class WebSocketSession extends SimpleChannelInboundHandler<WebSocketFrame>
    implements Connections.Connection
{
    private static final long NS_PER_MS = 1_000_000;
    private static final long RATE_CALM_MS = 2_000;
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int UNSUPPORTED = 1003;
    private static final int MAX_CLOSE_CODE = 4999;

    private final SessionContext context;
    private final MessageDispatcher dispatcher;
    private final Identity initialIdentity;
    private final ClientSession.Format format;
    private ChannelHandlerContext channelContext;
    private ClientSession session;
    private TokenBucket bucket;
    private long connectedMs;
    private long lastInboundMs;
    private long lastPingMs;
    private boolean isPingUnanswered;
    private long limitedSinceMs;
    private long lastLimitedMs;
    private String countedUser;

    /**
     * A client after its handshake.
     *
     * @param context         what sessions work with.
     * @param initialIdentity verified in the handshake, or null when a first message must tell.
     * @param isCompressed    whether messages to it may be compressed.
     */
    public WebSocketSession(final SessionContext context, final Identity initialIdentity, final boolean isCompressed)
    {
        this.format = isCompressed ?
            ClientSession.Format.COMPRESSED_WEB_SOCKET : ClientSession.Format.WEB_SOCKET;
        this.context = context;
        this.initialIdentity = initialIdentity;
        this.dispatcher = new MessageDispatcher(context, this);
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx)
    {
        channelContext = ctx;
        connectedMs = context.clock().time();
        lastInboundMs = connectedMs;
        lastPingMs = connectedMs;
        bucket = new TokenBucket(
            context.limits().messagesPerSecond(), context.limits().messagesPerSecond(), connectedMs * NS_PER_MS);
        session = new ClientSession(ctx.channel(), format, UUID.randomUUID().toString(),
            context.limits().maxQueuedBytes());
        context.connections().add(this);
        if (null != initialIdentity)
        {
            signIn(initialIdentity, null);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        context.connections().remove(this);
        context.hub().remove(session);
        if (null != countedUser)
        {
            context.connections().leave(countedUser);
            countedUser = null;
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx)
    {
        if (ctx.channel().isWritable() && !session.isClosing())
        {
            context.hub().onWritable(session);
        }
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
    {
        lastInboundMs = context.clock().time();
        isPingUnanswered = false;
        if (session.isClosing())
        {
            if (frame instanceof CloseWebSocketFrame)
            {
                ctx.close();
            }
            return;
        }
        if (frame instanceof TextWebSocketFrame)
        {
            onMessage(ByteBufUtil.getBytes(frame.content()));
        }
        else if (frame instanceof PingWebSocketFrame)
        {
            if (isAllowed())
            {
                ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        }
        else if (frame instanceof CloseWebSocketFrame close)
        {
            final int code = close.statusCode();
            session.closeToo(-1 == code ? NORMAL : code <= MAX_CLOSE_CODE ? code : PROTOCOL_ERROR);
        }
        else if (!(frame instanceof PongWebSocketFrame))
        {
            session.close(UNSUPPORTED, "text frames only");
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        if (cause instanceof TooLongFrameException || cause.getCause() instanceof DecompressionException ||
            cause instanceof DecompressionException)
        {
            session.close(CloseCode.TOO_BIG, "a message has at most " + context.limits().maxMessageLength() +
                " bytes");
        }
        else if (!(cause instanceof CorruptedWebSocketFrameException))
        {
            ctx.close();    // a corrupted frame has been answered with a close frame by the codec
        }
    }

    @Override
    public void onTick(final long nowMs)
    {
        final ClientLimits limits = context.limits();
        if (session.isClosing())
        {
            return;
        }
        if (null == session.identity())
        {
            if (nowMs - connectedMs >= limits.authTimeoutMs())
            {
                session.close(CloseCode.UNAUTHORISED, "no token within the time allowed");
            }
            return;
        }
        if (nowMs >= session.identity().expiresAtMs())
        {
            session.close(CloseCode.EXPIRED, "the token has expired");
        }
        else if (nowMs - lastInboundMs >= limits.idleTimeoutMs())
        {
            session.close(CloseCode.GOING_AWAY, "no traffic");
        }
        else if (isPingUnanswered && nowMs - lastPingMs >= limits.pongTimeoutMs())
        {
            session.close(CloseCode.GOING_AWAY, "ping not answered");
        }
        else if (!isPingUnanswered && nowMs - lastPingMs >= limits.pingIntervalMs())
        {
            lastPingMs = nowMs;
            isPingUnanswered = true;
            session.channel().write(new PingWebSocketFrame());
            context.hub().send(session, "ping", null, null, json -> json.field("serverTime", nowMs));
        }
    }

    @Override
    public void onShutdown(final long reconnectAfterMs)
    {
        session.close(CloseCode.GOING_AWAY, "{\"reconnectAfterMs\":" + reconnectAfterMs + "}");
    }

    ClientSession session()
    {
        return session;
    }

    /** Takes a token given in a message: the first signs in, later ones renew. */
    void onToken(final String token, final String id) throws ProtocolException
    {
        try
        {
            final Identity identity = context.verifier().verify(token);
            if (null == session.identity())
            {
                signIn(identity, id);
                return;
            }
            if (!identity.user().equals(session.identity().user()))
            {
                throw new ProtocolException("bad_token", "the token belongs to another user", "data.token");
            }
            session.identity(identity);
            Welcome.send(context, session, id);
        }
        catch (final TokenException ex)
        {
            if (null != session.identity())
            {
                throw new ProtocolException("bad_token", ex.getMessage(), "data.token");
            }
            session.close(closeCode(ex), ex.getMessage());
        }
    }

    /** @return the close code that answers a refused token. */
    public static int closeCode(final TokenException refusal)
    {
        return switch (refusal.kind())
        {
            case NO_ROLE -> CloseCode.FORBIDDEN;
            case EXPIRED -> CloseCode.EXPIRED;
            default -> CloseCode.UNAUTHORISED;
        };
    }

    private void signIn(final Identity identity, final String id)
    {
        if (!context.connections().tryEnter(identity.user()))
        {
            session.close(CloseCode.TOO_MANY_CONNECTIONS,
                "at most " + context.limits().connectionsPerUser() + " connections a user");
            return;
        }
        countedUser = identity.user();
        session.identity(identity);
        context.hub().add(session);
        Welcome.send(context, session, id);
    }

    private void onMessage(final byte[] bytes)
    {
        context.hub().stats().messagesReceived++;
        if (!isAllowed())
        {
            return;
        }
        String id = null;
        try
        {
            final JsonNode message = dispatcher.parse(bytes);
            id = MessageParser.id(message);
            if (null == session.identity() && !"auth".equals(message.path("type").asText()))
            {
                session.close(CloseCode.UNAUTHORISED, "the first message must be auth");
                return;
            }
            dispatcher.dispatch(message, id);
        }
        catch (final ProtocolException ex)
        {
            context.hub().sendError(session, id, ex.error());
        }
    }

    private boolean isAllowed()
    {
        final long nowMs = lastInboundMs;
        if (bucket.tryAcquire(nowMs * NS_PER_MS))
        {
            if (nowMs - lastLimitedMs >= RATE_CALM_MS)
            {
                limitedSinceMs = 0;
            }
            return true;
        }
        context.hub().stats().rateLimited++;
        if (0 == limitedSinceMs || nowMs - lastLimitedMs >= RATE_CALM_MS)
        {
            limitedSinceMs = nowMs;
        }
        lastLimitedMs = nowMs;
        if (nowMs - limitedSinceMs >= context.limits().rateGraceMs())
        {
            session.close(CloseCode.RATE_LIMITED, "too many messages for too long");
        }
        else if (null == session.identity())
        {
            session.close(CloseCode.UNAUTHORISED, "too many messages before sign-in");
        }
        else
        {
            context.hub().sendError(session, null, new ProtocolError("rate_limited",
                "at most " + context.limits().messagesPerSecond() + " messages a second; this one was not read",
                null, Math.max(1, bucket.waitNs(nowMs * NS_PER_MS) / NS_PER_MS)));
        }
        return false;
    }
}
