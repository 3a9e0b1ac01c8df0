package org.lockstep.gateway.client;

import java.util.List;
import java.util.Objects;

import org.lockstep.gateway.client.notify.AlertTarget;
import org.lockstep.gateway.client.stream.ClientLimits;

/**
 * What the client server can do differently. Immutable.
 *
 * @param limits     for clients.
 * @param metrics    who may read the figures.
 * @param compresses whether WebSocket messages are compressed for clients that can take it.
 * @param tls        certificate and key, or null for plain connections.
 * @param alerts     where alerts are sent.
 */
public record GatewayOptions(
    ClientLimits limits, MetricsAccess metrics, boolean compresses, TlsConfig tls, List<AlertTarget> alerts)
{
    /** What the protocol says. */
    public static final GatewayOptions DEFAULT =
        new GatewayOptions(ClientLimits.DEFAULT, MetricsAccess.AUTO, true, null, List.of());

    /** Checks that nothing is missing. */
    public GatewayOptions
    {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(metrics, "metrics");
        alerts = List.copyOf(alerts);
    }

    /** @return the same, with other limits. */
    public GatewayOptions withLimits(final ClientLimits newLimits)
    {
        return new GatewayOptions(newLimits, metrics, compresses, tls, alerts);
    }

    /** @return the same, with other readers of figures. */
    public GatewayOptions withMetrics(final MetricsAccess newMetrics)
    {
        return new GatewayOptions(limits, newMetrics, compresses, tls, alerts);
    }

    /** @return the same, with or without compression. */
    public GatewayOptions withCompression(final boolean newCompresses)
    {
        return new GatewayOptions(limits, metrics, newCompresses, tls, alerts);
    }

    /** @return the same, over TLS. */
    public GatewayOptions withTls(final TlsConfig newTls)
    {
        return new GatewayOptions(limits, metrics, compresses, newTls, alerts);
    }

    /** @return the same, with alerts sent elsewhere. */
    public GatewayOptions withAlerts(final List<AlertTarget> newAlerts)
    {
        return new GatewayOptions(limits, metrics, compresses, tls, newAlerts);
    }
}
