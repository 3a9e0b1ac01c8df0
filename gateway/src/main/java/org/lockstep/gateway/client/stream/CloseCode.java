package org.lockstep.gateway.client.stream;

/** WebSocket close codes of the client protocol. */
public final class CloseCode
{
    /** The server goes away, or nothing was heard for too long. */
    public static final int GOING_AWAY = 1001;
    /** An origin that is not on the allow-list. */
    public static final int BAD_ORIGIN = 1008;
    /** A message beyond the limit. */
    public static final int TOO_BIG = 1009;
    /** No token or a bad one. */
    public static final int UNAUTHORISED = 4001;
    /** The role is not enough. */
    public static final int FORBIDDEN = 4003;
    /** The client reads too slowly. */
    public static final int SLOW_CONSUMER = 4008;
    /** Too many connections of one user. */
    public static final int TOO_MANY_CONNECTIONS = 4009;
    /** The token ran out. */
    public static final int EXPIRED = 4010;
    /** Too many messages for too long. */
    public static final int RATE_LIMITED = 4029;

    private CloseCode()
    {
    }
}
