package org.lockstep.gateway.client.http;

import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.stream.SessionContext;

/**
 * What requests are served with.
 *
 * @param sessions         what sessions work with.
 * @param ports            of the process.
 * @param health           report.
 * @param allowsQueryToken whether {@code ?token=} counts.
 * @param opensMetrics     whether figures are shown without a token.
 * @param opensFigures     whether they are with those of all bots and accounts.
 * @param compresses       whether WebSocket messages are compressed for those that take it.
 */
public record ApiContext(
    SessionContext sessions,
    GatewayPorts ports,
    HealthReport health,
    boolean allowsQueryToken,
    boolean opensMetrics,
    boolean opensFigures,
    boolean compresses)
{
}
