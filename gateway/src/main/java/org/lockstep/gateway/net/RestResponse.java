package org.lockstep.gateway.net;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A whole response. The body is Netty's, valid only during the callback.
 *
 * @param status         HTTP status code.
 * @param headers        of the response.
 * @param body           bytes of the response.
 * @param sentTimeNs     when the request was written, epoch ns.
 * @param receivedTimeNs when the response was whole, epoch ns.
 */
public record RestResponse(int status, HttpHeaders headers, ByteBuf body, long sentTimeNs, long receivedTimeNs)
{
    private static final int MAX_EXCERPT = 200;

    /** @return true for 2xx. */
    public boolean isSuccess()
    {
        return status >= 200 && status < 300;
    }

    /**
     * A header that holds a number.
     *
     * @param name of the header.
     * @return its value, or -1 when absent or not a number.
     */
    public long number(final String name)
    {
        final String value = headers.get(name);
        return null != value && value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
    }

    /** @return status and beginning of the body, for logs. */
    public String excerpt()
    {
        final int length = Math.min(MAX_EXCERPT, body.readableBytes());
        return "HTTP " + status + " " + body.toString(body.readerIndex(), length, StandardCharsets.UTF_8);
    }
}
