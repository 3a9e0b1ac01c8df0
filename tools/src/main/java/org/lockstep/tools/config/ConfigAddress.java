package org.lockstep.tools.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Reads the addresses of venues in a configuration. */
final class ConfigAddress
{
    private ConfigAddress()
    {
    }

    /**
     * An address of a venue: scheme, host, port. A path is refused, because the venue's own paths are added to it.
     *
     * @param section it stands in.
     * @param key     of it.
     * @param scheme  without the s.
     * @return it, or null when there is none or it was reported.
     */
    static String read(final ConfigSection section, final String key, final String scheme)
    {
        final String value = section.text(key, null);
        if (null == value)
        {
            return null;
        }
        final String allowed = scheme + "://HOST:PORT or " + scheme + "s://HOST";
        final URI uri = uri(value);
        final String found = null == uri ? null : fault(uri, List.of(scheme, scheme + "s"), false);
        if (null == uri || null != found)
        {
            section.report(key, "'" + value + "'" + (null == found ? "" : ", " + found), allowed, null);
            return null;
        }
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    /**
     * An address whose path matters.
     *
     * @param section it stands in.
     * @param key     of it.
     * @param scheme  without the s.
     * @return it, or null when there is none or it was reported.
     */
    static String withPath(final ConfigSection section, final String key, final String scheme)
    {
        final String value = section.text(key, null);
        final URI uri = null == value ? null : uri(value);
        if (null == value || null != uri && null == fault(uri, List.of(scheme, scheme + "s"), true) &&
            uri.getRawPath().length() > 1)
        {
            return value;
        }
        section.report(key, "'" + value + "'", scheme + "://HOST:PORT/PATH or " + scheme + "s://HOST/PATH", null);
        return null;
    }

    /** Whether an address leads nowhere but to this host. */
    static boolean isLoopback(final String address)
    {
        final String host = String.valueOf(URI.create(address).getHost()).toLowerCase(Locale.ROOT);
        return "localhost".equals(host) || host.startsWith("127.") || "[::1]".equals(host);
    }

    /** What is served at an address, in words: what may share a journal has the same words. */
    static String market(final String stream)
    {
        final String host = null == stream ? "stream.binance.com" :
            String.valueOf(URI.create(stream).getHost()).toLowerCase(Locale.ROOT);
        if (host.endsWith(".binance.com") || host.endsWith(".binance.vision"))
        {
            return host.contains("testnet") ? "the test network" : host.startsWith("demo-") ? "the demo exchange" :
                "the live exchange";
        }
        return null != stream && isLoopback(stream) ? "an exchange on this host" : "the exchange at " + host;
    }

    private static URI uri(final String value)
    {
        try
        {
            return URI.create(value);
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    /** What is wrong with an address, or null. */
    private static String fault(final URI uri, final List<String> schemes, final boolean mayHavePath)
    {
        if (null == uri.getScheme() || !schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT)) ||
            null == uri.getRawAuthority())
        {
            return "which is not an address of that kind";
        }
        if (null != uri.getUserInfo())
        {
            return "with a user in it";
        }
        if (null == uri.getHost())
        {
            final String authority = uri.getRawAuthority();
            return authority.contains("_") ? "a host name with '_', which host names may not have" :
                "without a host name or port that could be used";
        }
        if (0 == uri.getPort() || uri.getPort() > 65_535)
        {
            return "with a port that does not exist";
        }
        if (null != uri.getRawQuery() || null != uri.getRawFragment() ||
            !mayHavePath && !uri.getRawPath().isEmpty() && !"/".equals(uri.getRawPath()))
        {
            return "with a path, which would be ignored";
        }
        return null;
    }
}
