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
 * @param limits           for clients.
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
    ClientLimits limits,
    String version)
{
    /** Checks every value. */
    public ClientGatewayConfig
    {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(version, "version");
        allowedOrigins = List.copyOf(allowedOrigins);
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
            "127.0.0.1", port, keys, null, null, List.of(), true, ClientLimits.DEFAULT, "0.1.0");
    }

    /** @return the same, bound elsewhere. */
    public ClientGatewayConfig withHost(final String newHost)
    {
        return new ClientGatewayConfig(
            newHost, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, limits, version);
    }

    /** @return the same, with further origins allowed. */
    public ClientGatewayConfig withAllowedOrigins(final List<String> origins)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, origins, allowsQueryToken, limits, version);
    }

    /** @return the same, for tokens of one audience and issuer; null = any. */
    public ClientGatewayConfig withTokensFor(final String newAudience, final String newIssuer)
    {
        return new ClientGatewayConfig(
            host, port, keys, newAudience, newIssuer, allowedOrigins, allowsQueryToken, limits, version);
    }

    /** @return the same, with or without {@code ?token=}. */
    public ClientGatewayConfig withQueryToken(final boolean isAllowed)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, isAllowed, limits, version);
    }

    /** @return the same, with other limits. */
    public ClientGatewayConfig withLimits(final ClientLimits newLimits)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, newLimits, version);
    }

    /** @return the same, of another version of the software. */
    public ClientGatewayConfig withVersion(final String newVersion)
    {
        return new ClientGatewayConfig(
            host, port, keys, audience, issuer, allowedOrigins, allowsQueryToken, limits, newVersion);
    }
}
