package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Refusal;

/** A request refused, with HTTP status, code, words and details. Carries no stack trace. */
public final class ApiError extends Exception
{
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient JsonNode data;
    private final long retryAtMs;

    ApiError(final int status, final int code, final String message, final JsonNode data, final long retryAtMs)
    {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.data = data;
        this.retryAtMs = retryAtMs;
    }

    /**
     * A refusal.
     *
     * @param status  HTTP status.
     * @param code    of the venue.
     * @param message the venue's words.
     */
    public ApiError(final int status, final int code, final String message)
    {
        this(status, code, message, null, 0);
    }

    ApiError(final int code, final String message)
    {
        this(400, code, message);
    }

    ApiError(final Refusal refusal)
    {
        this(400, refusal.code(), refusal.getMessage());
    }

    static ApiError missing(final String parameter)
    {
        return new ApiError(-1102,
            "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }

    /** @return HTTP status. */
    public int status()
    {
        return status;
    }

    /** @return the venue's code. */
    public int code()
    {
        return code;
    }

    /** @return epoch milliseconds at which to come back, 0 = not said. */
    public long retryAtMs()
    {
        return retryAtMs;
    }

    /** @return as it is in a body. */
    public ObjectNode json()
    {
        final ObjectNode node = JsonNodeFactory.instance.objectNode().put("code", code).put("msg", getMessage());
        if (null != data)
        {
            node.set("data", data);
        }
        return node;
    }
}
