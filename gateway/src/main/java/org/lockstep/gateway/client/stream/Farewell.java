package org.lockstep.gateway.client.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;

/**
 * The end of a WebSocket: a close frame, and then the socket is read, to no effect, until the peer's own close. A
 * socket that is closed over something unread is reset, and a peer that is still sending then fails before it has read
 * why. As a handler it reads for a connection that never became a session. Client event loop only.
 */
public final class Farewell extends SimpleChannelInboundHandler<WebSocketFrame>
{
    private static final int PATIENCE_S = 3;

    /**
     * Tells a peer why, and cuts the connection once the peer has closed too, or does not within a few seconds.
     *
     * @param channel       with the codec of WebSockets.
     * @param code          see {@link CloseCode}.
     * @param reason        at most 123 bytes.
     * @param hasPeerClosed whether this answers a close of the peer's, who sends nothing more.
     */
    public static void say(
        final Channel channel, final int code, final String reason, final boolean hasPeerClosed)
    {
        final ChannelFuture said = channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        if (hasPeerClosed)
        {
            said.addListener(ChannelFutureListener.CLOSE);
        }
        // A peer that reads nothing never lets the close frame out, and one that is gone never answers it.
        channel.eventLoop().schedule(() -> channel.close(), PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
    {
        if (frame instanceof CloseWebSocketFrame)
        {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }
}
