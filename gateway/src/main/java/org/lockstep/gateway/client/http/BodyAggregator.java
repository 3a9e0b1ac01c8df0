package org.lockstep.gateway.client.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Puts a request's body together, up to a bound; beyond it the request is refused and the connection ends. */
final class BodyAggregator extends HttpObjectAggregator
{
    BodyAggregator(final int maxLength)
    {
        super(maxLength, true);
    }

    @Override
    protected void handleOversizedMessage(final ChannelHandlerContext ctx, final HttpMessage oversized)
    {
        new HttpReply(ctx, false, false, null, () -> { }).problem(new Problem(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "too_large",
            "a body has at most " + maxContentLength() + " bytes"));
    }
}
