package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.binance.api.ApiConnection;
import org.lockstep.tools.simulator.binance.api.ApiError;
import org.lockstep.tools.simulator.binance.api.RequestLimits;
import org.lockstep.tools.simulator.binance.api.RestOutcome;
import org.lockstep.tools.simulator.binance.api.RestReply;
import org.lockstep.tools.simulator.binance.api.RestTrading;
import org.lockstep.tools.simulator.binance.api.TradingApi;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The front door of one connection: REST requests, or the upgrade to a stream socket. Event loop only. */
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest>
{
    private static final int CLIENT_FRAME_BYTES_MAX = 1 << 18;
    private static final int CONNECT_WEIGHT = 2;

    private final SimulatorConfig config;
    private final Hub hub;
    private final Faults faults;
    private final RestApi rest;
    private final RequestLimits limits;
    private final StreamControl control;
    private final TradingApi trading;
    private final RestTrading restTrading;

    HttpRouter(
        final SimulatorConfig config,
        final Hub hub,
        final Faults faults,
        final RestApi rest,
        final TradingApi trading,
        final StreamControl control)
    {
        this.config = config;
        this.hub = hub;
        this.faults = faults;
        this.rest = rest;
        this.limits = trading.limits();
        this.trading = trading;
        this.restTrading = new RestTrading(trading);
        this.control = control;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final FullHttpRequest request)
    {
        if (faults.isRefusing(System.nanoTime()))
        {
            reply(ctx, request, RestReply.error(503, -1008, "Server is currently overloaded with other requests. " +
                "Please try again in a few minutes."));
            return;
        }
        final QueryStringDecoder query = new QueryStringDecoder(request.uri());
        if (request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true))
        {
            upgrade(ctx, request, query);
            return;
        }
        hub.counters().restRequests++;
        try
        {
            limits.admit();
        }
        catch (final ApiError refusal)
        {
            reply(ctx, request, RestTrading.error(refusal, 0, limits.nowMs()));
            return;
        }
        final boolean micros = "MICROSECOND".equalsIgnoreCase(request.headers().get("X-MBX-TIME-UNIT"));
        if (RestTrading.isPrivate(request.method().name(), query.path()))
        {
            trade(ctx, request, micros, false);
            return;
        }
        final RestReply reply = HttpMethod.GET.equals(request.method()) ?
            rest.handle(query.path(), new RestParameters(query.parameters()), micros) :
            RestReply.error(404, -1000, "No such endpoint.");
        limits.spend(reply.weight());
        reply(ctx, request, reply);
    }

    private void trade(
        final ChannelHandlerContext ctx, final FullHttpRequest request, final boolean micros, final boolean wasPutOff)
    {
        final RestOutcome outcome = restTrading.handle(request.method().name(), request.uri(),
            request.content().toString(StandardCharsets.UTF_8), request.headers().get("X-MBX-APIKEY"), micros,
            wasPutOff);
        if (outcome.retryAfterMs() > 0)
        {
            request.retain();
            ctx.executor().schedule(() ->
            {
                trade(ctx, request, micros, true);
                request.release();
            }, outcome.retryAfterMs(), TimeUnit.MILLISECONDS);
        }
        else if (null == outcome.reply())
        {
            ctx.close();
        }
        else
        {
            limits.spend(outcome.reply().weight());
            if (outcome.delayMs() > 0)
            {
                final boolean isKeptAlive = HttpUtil.isKeepAlive(request);
                ctx.executor().schedule(
                    () -> reply(ctx, isKeptAlive, outcome.reply()), outcome.delayMs(), TimeUnit.MILLISECONDS);
            }
            else
            {
                reply(ctx, request, outcome.reply());
            }
        }
    }

    private void upgrade(final ChannelHandlerContext ctx, final FullHttpRequest request, final QueryStringDecoder query)
    {
        limits.connecting();
        final String path = query.path();
        final boolean combined = path.equals("/stream") || path.startsWith("/stream/");
        final boolean isApi = "/ws-api/v3".equals(path);
        if (!isApi && !combined && !path.equals("/ws") && !path.startsWith("/ws/"))
        {
            reply(ctx, request, RestReply.error(404, -1000, "No such endpoint."));
            return;
        }
        final List<StreamName> streams = isApi ? List.of() : streams(combined, path, query);
        if (streams.size() > StreamConnection.MAX_STREAMS)
        {
            reply(ctx, request, RestReply.error(400, -1000, "Too many streams."));
            return;
        }
        final boolean micros = query.parameters().getOrDefault("timeUnit", List.of()).stream()
            .anyMatch("MICROSECOND"::equalsIgnoreCase);
        final WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
            null, null, WebSocketDecoderConfig.newBuilder().allowExtensions(false)
                .maxFramePayloadLength(CLIENT_FRAME_BYTES_MAX).build()).newHandshaker(request);
        if (null == handshaker)
        {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        handshaker.handshake(ctx.channel(), request).addListener(done ->
        {
            if (done.isSuccess())
            {
                ctx.pipeline().addLast(new WebSocketFrameAggregator(CLIENT_FRAME_BYTES_MAX));
                ctx.pipeline().addLast(isApi ? apiConnection(query, micros) :
                    new StreamConnection(hub, config, control, combined, micros, streams));
                ctx.pipeline().remove(this);
            }
            else
            {
                ctx.close();
            }
        });
    }

    private static List<StreamName> streams(
        final boolean combined, final String path, final QueryStringDecoder query)
    {
        final List<StreamName> streams = new ArrayList<>();
        final String names = combined ?
            String.join("/", query.parameters().getOrDefault("streams", List.of())) : path.substring(3);
        for (final String name : names.split("/"))
        {
            final StreamName stream = StreamName.parse(name);
            if (null != stream)
            {
                streams.add(stream);
            }
        }
        return streams;
    }

    private ApiConnection apiConnection(final QueryStringDecoder query, final boolean micros)
    {
        limits.spend(CONNECT_WEIGHT);
        return new ApiConnection(config, trading,
            (path, parameters, asMicros) -> rest.handle(path, new RestParameters(parameters), asMicros), micros,
            !query.parameters().getOrDefault("returnRateLimits", List.of()).contains("false"));
    }

    private void reply(final ChannelHandlerContext ctx, final FullHttpRequest request, final RestReply reply)
    {
        reply(ctx, HttpUtil.isKeepAlive(request), reply);
    }

    private void reply(final ChannelHandlerContext ctx, final boolean keepAlive, final RestReply reply)
    {
        final FullHttpResponse response = new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
            .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length)
            .setInt("x-mbx-used-weight", limits.used())
            .setInt("x-mbx-used-weight-1m", limits.used())
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        reply.headers().forEach(response.headers()::set);
        if (reply.retryAfterSec() > 0)
        {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, reply.retryAfterSec());
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        final ChannelFuture written = ctx.writeAndFlush(response);
        if (!keepAlive)
        {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }
}
