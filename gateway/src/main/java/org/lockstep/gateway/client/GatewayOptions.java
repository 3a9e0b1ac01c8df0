package org.lockstep.gateway.client;

import java.util.Objects;

import org.lockstep.gateway.client.stream.ClientLimits;

/**
 * What the client server can do differently. Immutable.
 *
 * @param limits  for clients.
 * @param metrics who may read the figures.
 */
public record GatewayOptions(ClientLimits limits, MetricsAccess metrics)
{
    /** What the protocol says. */
    public static final GatewayOptions DEFAULT = new GatewayOptions(ClientLimits.DEFAULT, MetricsAccess.AUTO);

    /** Checks that nothing is missing. */
    public GatewayOptions
    {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(metrics, "metrics");
    }

    /** @return the same, with other limits. */
    public GatewayOptions withLimits(final ClientLimits newLimits)
    {
        return new GatewayOptions(newLimits, metrics);
    }

    /** @return the same, with other readers of figures. */
    public GatewayOptions withMetrics(final MetricsAccess newMetrics)
    {
        return new GatewayOptions(limits, newMetrics);
    }
}
