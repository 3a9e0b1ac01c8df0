package org.lockstep.gateway.client.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpRequest;

/** Marks a request with too many headers as failed, so that it is refused before anything looks at it. */
final class HeaderCount extends ChannelInboundHandlerAdapter
{
    private final int maxHeaders;

    HeaderCount(final int maxHeaders)
    {
        this.maxHeaders = maxHeaders;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        if (message instanceof HttpRequest request && request.headers().size() > maxHeaders)
        {
            request.setDecoderResult(DecoderResult.failure(
                new TooLongFrameException("more than " + maxHeaders + " headers")));
        }
        ctx.fireChannelRead(message);
    }
}
