package org.lockstep.gateway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Where the server listens, and how that is written into an address for people and browsers. */
public final class BindAddress
{
    /** What may stand as a host. */
    public static final String ALLOWED =
        "an IPv4 or IPv6 address, or a name of letters, digits, '-' and '.', such as 127.0.0.1, ::1 or localhost";

    private static final Pattern NAME = Pattern.compile(
        "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?" +
        "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\\.?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");
    private static final Pattern ORIGIN = Pattern.compile(
        "(https?)://(\\[[0-9A-Fa-f:.]+]|[^/\\s?#@:\\[\\]]+)(:\\d{1,5})?");

    private BindAddress()
    {
    }

    /**
     * Says whether a text can be listened on and written into a URL.
     *
     * @param host as configured, IPv6 addresses with or without brackets.
     * @return false for what no browser could connect to, such as a name with an underscore.
     */
    public static boolean isHost(final String host)
    {
        final String bare = bare(host);
        return NAME.matcher(bare).matches() || IPV6.matcher(bare).matches() && isAddress(bare);
    }

    /**
     * Says whether a text is an origin as browsers send it.
     *
     * @param origin such as {@code https://desk.example.com:8443}.
     * @return false when it has a path, a user, a wild card, or no scheme of the web.
     */
    public static boolean isOrigin(final String origin)
    {
        final var matcher = ORIGIN.matcher(origin);
        return matcher.matches() && isHost(matcher.group(2)) &&
            (null == matcher.group(3) || Integer.parseInt(matcher.group(3).substring(1)) <= 65_535);
    }

    /**
     * A host without the brackets of a URL.
     *
     * @param host as configured.
     * @return as it is bound.
     */
    public static String bare(final String host)
    {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * A host as it stands in a URL.
     *
     * @param host as configured.
     * @return with brackets around an IPv6 address.
     */
    public static String inUrl(final String host)
    {
        final String bare = bare(host);
        return bare.indexOf(':') >= 0 ? "[" + bare.replace("%", "%25") + "]" : bare;
    }

    /**
     * Address a browser on this host can open.
     *
     * @param host  as configured; of a wild card the loopback address.
     * @param port  bound.
     * @param isTls whether it is https.
     * @return the URL, without a slash at the end.
     */
    public static String url(final String host, final int port, final boolean isTls)
    {
        final String bare = bare(host);
        final String reachable = switch (bare)
        {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "0:0:0:0:0:0:0:0" -> "::1";
            default -> bare;
        };
        return (isTls ? "https://" : "http://") + inUrl(reachable) + ":" + port;
    }

    /**
     * Says whether only this host can connect.
     *
     * @param host as configured.
     * @return false also for names that cannot be resolved.
     */
    public static boolean isLoopback(final String host)
    {
        final InetSocketAddress address = new InetSocketAddress(bare(host), 0);
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    private static boolean isAddress(final String text)
    {
        final int zone = text.indexOf('%');
        try
        {
            // With a colon in it this never asks a name server.
            return null != InetAddress.getByName(zone < 0 ? text : text.substring(0, zone));
        }
        catch (final UnknownHostException ex)
        {
            return false;
        }
    }
}
