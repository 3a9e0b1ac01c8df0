package org.lockstep.gateway.client.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import org.lockstep.gateway.client.BindAddress;

/**
 * Which browser origins may use the gateway: the listed ones and its own. Its own are loopback names and the literal
 * address a client has connected to; a host name is never taken from the request, which an attacker's DNS could forge.
 */
final class Origins
{
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private final Set<String> allowed = new HashSet<>();

    Origins(final List<String> configured, final String host, final int port)
    {
        configured.forEach(origin -> allowed.add(withoutDefaultPort(origin.toLowerCase(Locale.ROOT))));
        for (final String name : List.of("127.0.0.1", "localhost", "[::1]", BindAddress.inUrl(host)))
        {
            for (final String scheme : List.of(HTTP, HTTPS))
            {
                allowed.add(withoutDefaultPort(scheme + name.toLowerCase(Locale.ROOT) + ":" + port));
            }
        }
    }

    /** @return true for no origin at all, which no browser page sends. */
    boolean allows(final String origin, final Channel channel)
    {
        if (null == origin || allowed.contains(withoutDefaultPort(origin.toLowerCase(Locale.ROOT))))
        {
            return true;
        }
        if (channel.localAddress() instanceof InetSocketAddress local)
        {
            final String authority = literal(local.getAddress()) + ":" + local.getPort();
            return origin.equals(withoutDefaultPort(HTTP + authority)) ||
                origin.equals(withoutDefaultPort(HTTPS + authority));
        }
        return false;
    }

    /** As a browser writes it: the shortest form of an IPv6 address, without its zone. */
    private static String literal(final InetAddress address)
    {
        return address instanceof Inet6Address v6 ?
            "[" + NetUtil.toAddressString(v6) + "]" : address.getHostAddress();
    }

    /** Browsers leave the default port out. */
    private static String withoutDefaultPort(final String origin)
    {
        if (origin.startsWith(HTTP) && origin.endsWith(":80"))
        {
            return origin.substring(0, origin.length() - 3);
        }
        return origin.startsWith(HTTPS) && origin.endsWith(":443") ?
            origin.substring(0, origin.length() - 4) : origin;
    }
}
