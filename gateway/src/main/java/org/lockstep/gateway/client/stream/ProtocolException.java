package org.lockstep.gateway.client.stream;

/** A message that cannot be served; the connection stays. */
final class ProtocolException extends Exception
{
    private static final long serialVersionUID = 1L;

    private final transient ProtocolError error;

    ProtocolException(final String code, final String message, final String field)
    {
        super(message, null, false, false);
        error = new ProtocolError(code, message, field, 0);
    }

    ProtocolError error()
    {
        return error;
    }
}
