package org.lockstep.gateway.client;

import java.util.Objects;

import org.lockstep.gateway.client.stream.ClientLimits;

/**
 * What the client server can do differently. Immutable.
 *
 * @param limits     for clients.
 * @param metrics    who may read the figures.
 * @param compresses whether WebSocket messages are compressed for clients that can take it.
 * @param tls        certificate and key, or null for plain connections.
 */
public record GatewayOptions(ClientLimits limits, MetricsAccess metrics, boolean compresses, TlsConfig tls)
{
    /** What the protocol says. */
    public static final GatewayOptions DEFAULT =
        new GatewayOptions(ClientLimits.DEFAULT, MetricsAccess.AUTO, true, null);

    /** Checks that nothing is missing. */
    public GatewayOptions
    {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(metrics, "metrics");
    }

    /** @return the same, with other limits. */
    public GatewayOptions withLimits(final ClientLimits newLimits)
    {
        return new GatewayOptions(newLimits, metrics, compresses, tls);
    }

    /** @return the same, with other readers of figures. */
    public GatewayOptions withMetrics(final MetricsAccess newMetrics)
    {
        return new GatewayOptions(limits, newMetrics, compresses, tls);
    }

    /** @return the same, with or without compression. */
    public GatewayOptions withCompression(final boolean newCompresses)
    {
        return new GatewayOptions(limits, metrics, newCompresses, tls);
    }

    /** @return the same, over TLS. */
    public GatewayOptions withTls(final TlsConfig newTls)
    {
        return new GatewayOptions(limits, metrics, compresses, newTls);
    }
}
