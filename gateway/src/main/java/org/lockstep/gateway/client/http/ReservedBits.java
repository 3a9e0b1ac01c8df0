package org.lockstep.gateway.client.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Lets the bit that says "compressed" through where it may be, and no other reserved bit anywhere. */
final class ReservedBits extends ChannelInboundHandlerAdapter
{
    private static final int COMPRESSED = 4;
    private static final int PROTOCOL_ERROR = 1002;

    private boolean isRefused;

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        if (isRefused)
        {
            ReferenceCountUtil.release(message);
        }
        else if (message instanceof WebSocketFrame frame && !isAllowed(frame))
        {
            isRefused = true;
            frame.release();
            ctx.writeAndFlush(new CloseWebSocketFrame(PROTOCOL_ERROR, "a reserved bit is set"))
                .addListener(ChannelFutureListener.CLOSE);
        }
        else
        {
            ctx.fireChannelRead(message);
        }
    }

    private static boolean isAllowed(final WebSocketFrame frame)
    {
        final boolean isData = !(frame instanceof ContinuationWebSocketFrame || frame instanceof PingWebSocketFrame ||
            frame instanceof PongWebSocketFrame || frame instanceof CloseWebSocketFrame);
        return 0 == frame.rsv() || COMPRESSED == frame.rsv() && isData;
    }
}
