package org.lockstep.gateway.client.http;

import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.lockstep.gateway.client.view.JsonWriter;

/** Answers one request, then lets the next one in. */
final class HttpReply
{
    static final String CONTENT_SECURITY_POLICY =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ChannelHandlerContext context;
    private final boolean keepAlive;
    private final boolean isHead;
    private final String allowedOrigin;
    private final Runnable next;
    private boolean isSent;

    HttpReply(
        final ChannelHandlerContext context,
        final boolean keepAlive,
        final boolean isHead,
        final String allowedOrigin,
        final Runnable next)
    {
        this.next = next;
        this.context = context;
        this.keepAlive = keepAlive;
        this.isHead = isHead;
        this.allowedOrigin = allowedOrigin;
    }

    ChannelHandlerContext context()
    {
        return context;
    }

    /** @return true once an answer has been given. */
    boolean isSent()
    {
        return isSent;
    }

    String allowedOrigin()
    {
        return allowedOrigin;
    }

    void json(final HttpResponseStatus status, final Consumer<JsonWriter> content)
    {
        final JsonWriter json = new JsonWriter();
        content.accept(json);
        send(status, "application/json", json.toByteArray(), null);
    }

    void problem(final Problem problem)
    {
        final JsonWriter json = new JsonWriter();
        json.beginObject()
            .field("type", "urn:lockstep:problem:" + problem.code())
            .field("title", problem.status().reasonPhrase())
            .field("status", problem.status().code())
            .field("detail", problem.getMessage())
            .field("code", problem.code());
        if (null != problem.field())
        {
            json.field("field", problem.field());
        }
        if (problem.retryAfterMs() > 0)
        {
            json.field("retryAfterMs", problem.retryAfterMs());
        }
        json.endObject();
        send(problem.status(), "application/problem+json", json.toByteArray(), response ->
        {
            if (HttpResponseStatus.UNAUTHORIZED.equals(problem.status()))
            {
                response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            }
            if (null != problem.allow())
            {
                response.headers().set(HttpHeaderNames.ALLOW, problem.allow());
            }
            if (problem.retryAfterMs() > 0)
            {
                response.headers().set(
                    HttpHeaderNames.RETRY_AFTER, Math.max(1, (problem.retryAfterMs() + 999) / 1000));
            }
        });
    }

    /** Answers, unless that was done: one that comes after a fault was told would be taken for the next one's. */
    void send(
        final HttpResponseStatus status,
        final String contentType,
        final byte[] content,
        final Consumer<FullHttpResponse> change)
    {
        if (isSent)
        {
            return;
        }
        isSent = true;
        final FullHttpResponse response = new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
        if (null != contentType)
        {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        response.headers()
            .set(HttpHeaderNames.CONTENT_LENGTH, content.length)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set("X-Content-Type-Options", "nosniff")
            .set("Referrer-Policy", "no-referrer")
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
        if (null != allowedOrigin)
        {
            response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
        if (null != change)
        {
            change.accept(response);
        }
        if (keepAlive)
        {
            // Only then: answers that nobody reads must not pile up.
            context.writeAndFlush(response).addListener(written ->
            {
                if (written.isSuccess())
                {
                    next.run();
                }
            });
        }
        else
        {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
