package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.binance.api.RestReply;

/** A request that the venue refuses with an error code; carries no stack trace. */
final class RestException extends Exception
{
    private final transient RestReply reply;

    RestException(final int code, final String message)
    {
        super(message, null, false, false);
        reply = RestReply.error(400, code, message);
    }

    RestReply reply()
    {
        return reply;
    }

    static RestException missing(final String parameter)
    {
        return new RestException(-1102,
            "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }
}
