package org.lockstep.gateway.client.http;

import java.util.List;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that cannot be served, to be told as a problem document (RFC 9457). */
final class Problem extends Exception
{
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;
    private final String code;
    private final String field;
    private final long retryAfterMs;
    private String allow;

    Problem(final HttpResponseStatus status, final String code, final String detail)
    {
        this(status, code, detail, null, 0);
    }

    Problem(
        final HttpResponseStatus status,
        final String code,
        final String detail,
        final String field,
        final long retryAfterMs)
    {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfterMs = retryAfterMs;
    }

    /** Methods that the target takes, or null. */
    String allow()
    {
        return allow;
    }

    Problem allowing(final List<String> methods)
    {
        allow = String.join(", ", methods);
        return this;
    }

    HttpResponseStatus status()
    {
        return status;
    }

    String code()
    {
        return code;
    }

    String field()
    {
        return field;
    }

    long retryAfterMs()
    {
        return retryAfterMs;
    }
}
