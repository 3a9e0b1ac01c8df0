package org.lockstep.gateway.client.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.stream.ClientSession;
import org.lockstep.gateway.client.stream.CloseCode;
import org.lockstep.gateway.client.stream.Connections;
import org.lockstep.gateway.client.stream.ProtocolError;
import org.lockstep.gateway.client.stream.SubscribeWish;
import org.lockstep.gateway.client.stream.Welcome;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.Intervals;
import org.lockstep.gateway.client.view.StateRenderer;

/** A client that listens to server-sent events: the same messages as over a WebSocket, one way. */
final class EventStreamSession extends ChannelInboundHandlerAdapter implements Connections.Connection
{

    private final ApiContext context;
    private final Identity identity;
    private final ClientSession session;
    private final List<SubscribeWish> wishes;
    private long lastPingMs;

    private EventStreamSession(
        final ApiContext context,
        final Identity identity,
        final ClientSession session,
        final List<SubscribeWish> wishes)
    {
        this.context = context;
        this.identity = identity;
        this.session = session;
        this.wishes = wishes;
    }

    static void accept(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final Map<String, List<String>> query,
        final ApiContext context,
        final Identity identity,
        final HttpReply reply) throws Problem
    {
        final List<SubscribeWish> wishes = wishes(request, query, context);
        if (!context.sessions().connections().tryEnter(identity.user()))
        {
            throw new Problem(HttpResponseStatus.TOO_MANY_REQUESTS, "too_many_connections",
                "at most " + context.sessions().limits().connectionsPerUser() + " connections a user");
        }
        final ClientSession session = new ClientSession(ctx.channel(), ClientSession.Format.EVENT_STREAM,
            UUID.randomUUID().toString(), context.sessions().limits().maxQueuedBytes());
        session.identity(identity);
        final HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
            .set("X-Accel-Buffering", "no");
        if (null != reply.allowedOrigin())
        {
            response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, reply.allowedOrigin())
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
        final EventStreamSession handler = new EventStreamSession(context, identity, session, wishes);
        ctx.writeAndFlush(response).addListener(future ->
        {
            if (!future.isSuccess())
            {
                context.sessions().connections().leave(identity.user());
                ctx.close();
                return;
            }
            ctx.pipeline().addLast(handler);
            ctx.pipeline().remove(HttpServerCodec.class);
            ClientPipeline.removeHttp(ctx.pipeline());
            handler.start();
        });
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        ReferenceCountUtil.release(message);      // nothing more is expected from this client
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        context.sessions().connections().remove(this);
        context.sessions().hub().remove(session);
        context.sessions().connections().leave(identity.user());
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx)
    {
        if (ctx.channel().isWritable() && !session.isClosing())
        {
            context.sessions().hub().onWritable(session);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }

    @Override
    public void onTick(final long nowMs)
    {
        if (nowMs >= identity.expiresAtMs())
        {
            end("expired", "the token has expired", 0);
        }
        else if (nowMs - lastPingMs >= context.sessions().limits().pingIntervalMs())
        {
            lastPingMs = nowMs;
            context.sessions().hub().send(session, "ping", null, null, json -> json.field("serverTime", nowMs));
        }
    }

    @Override
    public void onShutdown(final long reconnectAfterMs)
    {
        end("shutting_down", "the server goes away", reconnectAfterMs);
    }

    private void start()
    {
        lastPingMs = context.sessions().clock().time();
        context.sessions().connections().add(this);
        context.sessions().hub().add(session);
        Welcome.send(context.sessions(), session, null);
        wishes.forEach(wish -> context.sessions().hub().subscribe(session, wish));
    }

    private void end(final String code, final String message, final long retryAfterMs)
    {
        context.sessions().hub().sendError(session, null, new ProtocolError(code, message, null, retryAfterMs));
        session.close(CloseCode.GOING_AWAY, code);
    }

    private static List<SubscribeWish> wishes(
        final FullHttpRequest request, final Map<String, List<String>> query, final ApiContext context)
        throws Problem
    {
        final List<String> symbols = ApiQueries.symbols(query);
        final IntHashSet instrumentIds = new IntHashSet();
        final Map<String, String> missing = new LinkedHashMap<>();
        for (final String symbol : symbols)
        {
            final IntArrayList ids = context.sessions().hub().view().resolve(symbol);
            if (ids.isEmpty() && context.sessions().hub().bridge().couldBe(symbol))
            {
                missing.put(symbol, "symbols");
            }
            else if (ids.isEmpty() && !"*".equals(symbol))
            {
                throw new Problem(HttpResponseStatus.BAD_REQUEST, "unknown_symbol",
                    "there is no symbol '" + symbol + "'", "symbols", 0);
            }
            if (!"*".equals(symbol))
            {
                ids.forEachInt(instrumentIds::add);
            }
        }
        final String since = null == request.headers().get("Last-Event-ID") ?
            HttpApi.first(query, "since") : request.headers().get("Last-Event-ID");
        final int slash = null == since ? -1 : since.lastIndexOf('/');
        final long offset = offset(since, slash);
        final List<SubscribeWish> wishes = new ArrayList<>();
        for (final String list : query.getOrDefault("channels", List.of("market-data")))
        {
            for (final String name : list.split(","))
            {
                final DataChannel channel = DataChannel.byCode(name.strip());
                if (null == channel)
                {
                    throw new Problem(HttpResponseStatus.BAD_REQUEST, "unknown_channel",
                        "there is no channel '" + name + "'", "channels", 0);
                }
                wishes.add(new SubscribeWish(null, channel, symbols,
                    channel.hasSymbols() ? missing : Map.of(),
                    symbols.contains("*") || !channel.hasSymbols(), instrumentIds, Intervals.ALL,
                    context.sessions().limits().conflateMs(), StateRenderer.DEFAULT_DEPTH,
                    slash < 0 ? null : since.substring(0, slash), offset));
            }
        }
        return wishes;
    }

    private static long offset(final String since, final int slash) throws Problem
    {
        if (null == since)
        {
            return -1;
        }
        try
        {
            if (slash > 0)
            {
                return Long.parseLong(since.substring(slash + 1));
            }
        }
        catch (final NumberFormatException ex)
        {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "invalid", "since is EPOCH/OFFSET", "since", 0);
        }
        throw new Problem(HttpResponseStatus.BAD_REQUEST, "invalid", "since is EPOCH/OFFSET", "since", 0);
    }
}
