package org.lockstep.gateway.client.http;

import java.util.Arrays;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.stream.Farewell;
import org.lockstep.gateway.client.stream.SessionContext;
import org.lockstep.gateway.client.stream.WebSocketSession;

/** Turns an HTTP connection into a WebSocket: with a session on it, or with the reason why not. */
final class WebSocketUpgrade
{
    private static final String SUB_PROTOCOL = "lockstep.v1";

    private WebSocketUpgrade()
    {
    }

    /** Accepts; {@code identity} is null when the first message must tell. */
    static void accept(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final SessionContext sessions,
        final Identity identity,
        final boolean compresses)
    {
        final int maxLength = sessions.limits().maxMessageLength();
        final boolean isCompressed = compresses &&
            DeflateOffer.isAcceptable(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        final WebSocketServerHandshaker handshaker = handshaker(request, maxLength, isCompressed);
        if (null == handshaker)
        {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        final HttpHeaders headers = new DefaultHttpHeaders();
        if (isCompressed)
        {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, DeflateOffer.RESPONSE);
        }
        handshake(ctx, request, handshaker, headers, () ->
        {
            if (isCompressed)
            {
                // Put together first: the inflater refuses a fragment that is too short to inflate to anything.
                ctx.pipeline().addLast(
                    new ReservedBits(), new WebSocketFrameAggregator(maxLength), DeflateOffer.inflater(maxLength));
            }
            else
            {
                ctx.pipeline().addLast(new WebSocketFrameAggregator(maxLength));
            }
            ctx.pipeline().addLast(
                new Utf8FrameValidator(),
                new WebSocketSession(sessions, identity, isCompressed));
        });
    }

    /** Refuses with a close code, since a browser tells its page nothing about a refused handshake. */
    static void refuse(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final int maxMessageLength,
        final int closeCode,
        final String reason)
    {
        final WebSocketServerHandshaker handshaker = handshaker(request, maxMessageLength, false);
        if (null == handshaker)
        {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        handshake(ctx, request, handshaker, new DefaultHttpHeaders(), () ->
        {
            ctx.pipeline().addLast(new Farewell());
            Farewell.say(ctx.channel(), closeCode, reason, false);
        });
    }

    private static void handshake(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final WebSocketServerHandshaker handshaker,
        final HttpHeaders headers,
        final Runnable next)
    {
        hideToken(request.headers());
        try
        {
            handshaker.handshake(ctx.channel(), request, headers, ctx.newPromise()).addListener(future ->
            {
                if (!future.isSuccess())
                {
                    ctx.close();
                    return;
                }
                ClientPipeline.removeHttp(ctx.pipeline());
                next.run();
            });
        }
        catch (final RuntimeException ex)
        {
            ctx.close();    // an upgrade that lacks its key or version
        }
    }

    /** Takes out what is no name of ours, such as a token: the handshaker logs names that it does not know. */
    private static void hideToken(final HttpHeaders headers)
    {
        final boolean isOurs = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
            .anyMatch(value -> Arrays.stream(value.split(",")).anyMatch(name -> SUB_PROTOCOL.equals(name.strip())));
        headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (isOurs)
        {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUB_PROTOCOL);
        }
    }

    private static WebSocketServerHandshaker handshaker(
        final FullHttpRequest request, final int maxMessageLength, final boolean allowsExtensions)
    {
        final WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(maxMessageLength)
            .allowExtensions(allowsExtensions)
            .expectMaskedFrames(true)
            .closeOnProtocolViolation(true)
            .build();
        return new WebSocketServerHandshakerFactory(request.uri(), SUB_PROTOCOL, config).newHandshaker(request);
    }
}
