package org.lockstep.gateway.client;

/** Who may read {@code /metrics} and {@code /ws/stats}. */
public enum MetricsAccess
{
    /** Everybody while the server is bound to loopback, else whoever has a token. */
    AUTO,
    /** Everybody. */
    OPEN,
    /** Whoever has a token. */
    TOKEN
}
