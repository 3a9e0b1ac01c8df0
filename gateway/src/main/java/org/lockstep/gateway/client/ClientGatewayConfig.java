package org.lockstep.gateway.client;

import java.util.List;
import java.util.Objects;

import org.lockstep.gateway.client.auth.AuthKeys;
import org.lockstep.gateway.client.stream.ClientLimits;

/**
 * How the client server is set up. Immutable.
 *
 * @param host             to bind, an address or name.
 * @param port             to bind, 0 = a free one.
 * @param keys             tokens are verified with.
 * @param audience         that tokens must name, or null for any.
 * @param issuer           that tokens must name, or null for any.
 * @param allowedOrigins   of browsers besides the gateway's own, such as {@code https://desk.example.com}.
 * @param allowsQueryToken whether {@code ?token=} counts; it is never logged.
 * @param options          limits and the like.
 * @param version          of the software.
 */
public record ClientGatewayConfig(
    String host,
    int port,
    AuthKeys keys,
    String audience,
    String issuer,
    List<String> allowedOrigins,
    boolean allowsQueryToken,
    GatewayOptions options,
    String version)
{
    /** Checks every value. */
    public ClientGatewayConfig
    {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(version, "version");
        allowedOrigins = List.copyOf(allowedOrigins);
        if (!BindAddress.isHost(host))
        {
            throw new IllegalArgumentException("host: found '" + host + "', allowed " + BindAddress.ALLOWED);
        }
        for (final String origin : allowedOrigins)
        {
            if (!BindAddress.isOrigin(origin))
            {
                throw new IllegalArgumentException("allowedOrigins: found '" + origin +
                    "', allowed scheme, host and port alone, such as https://desk.example.com");
            }
        }
        if (port < 0 || port > 65_535)
        {
            throw new IllegalArgumentException("port must be in [0, 65535], found " + port);
        }
    }

    /**
     * The defaults: loopback, any audience and issuer, own origins only.
     *
     * @param keys tokens are verified with.
     * @param port to bind, 0 = a free one.
     * @return the configuration.
     */
    public static ClientGatewayConfig of(final AuthKeys keys, final int port)
    {
        return new ClientGatewayConfig(
            "127.0.0.1", port, keys, null, null, List.of(), true, GatewayOptions.DEFAULT, "0.1.0");
    }

    /** @return the same, bound elsewhere. */
    public ClientGatewayConfig withHost(final String newHost)
    {
        return new ClientGatewayConfig(
            newHost, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, options, version);
    }

    /** @return the same, with further origins allowed. */
    public ClientGatewayConfig withAllowedOrigins(final List<String> origins)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, origins, allowsQueryToken, options, version);
    }

    /** @return the same, for tokens of one audience and issuer; null = any. */
    public ClientGatewayConfig withTokensFor(final String newAudience, final String newIssuer)
    {
        return new ClientGatewayConfig(
            host, port, keys, newAudience, newIssuer, allowedOrigins, allowsQueryToken, options, version);
    }

    /** @return the same, with or without {@code ?token=}. */
    public ClientGatewayConfig withQueryToken(final boolean isAllowed)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, isAllowed, options, version);
    }

    /** @return the same, with other limits. */
    public ClientGatewayConfig withLimits(final ClientLimits newLimits)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, options.withLimits(newLimits),
            version);
    }

    /** @return the same, with other options. */
    public ClientGatewayConfig withOptions(final GatewayOptions newOptions)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, newOptions, version);
    }

    /** @return limits of clients. */
    public ClientLimits limits()
    {
        return options.limits();
    }

    /** @return true when figures are shown without a token. */
    public boolean opensMetrics()
    {
        return MetricsAccess.OPEN == options.metrics() ||
            MetricsAccess.AUTO == options.metrics() && BindAddress.isLoopback(host);
    }

    /** @return the same, on another port. */
    public ClientGatewayConfig withPort(final int newPort)
    {
        return new ClientGatewayConfig(
            host, newPort, keys, audience, issuer, allowedOrigins, allowsQueryToken, options, version);
    }

    /** @return the same, of another version of the software. */
    public ClientGatewayConfig withVersion(final String newVersion)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, options, newVersion);
    }
}
