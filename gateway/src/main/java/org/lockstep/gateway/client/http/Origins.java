package org.lockstep.gateway.client.http;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.netty.channel.Channel;

/**
 * Which browser origins may use the gateway: the listed ones and its own. Its own are loopback names and the literal
 * address a client has connected to; a host name is never taken from the request, which an attacker's DNS could forge.
 */
final class Origins
{
    private final Set<String> allowed = new HashSet<>();

    Origins(final List<String> configured, final String host, final int port)
    {
        configured.forEach(origin -> allowed.add(origin.toLowerCase(Locale.ROOT)));
        for (final String name : List.of("127.0.0.1", "localhost", "[::1]", host.toLowerCase(Locale.ROOT)))
        {
            allowed.add("http://" + name + ":" + port);
            allowed.add("https://" + name + ":" + port);
        }
    }

    /** @return true for no origin at all, which no browser page sends. */
    boolean allows(final String origin, final Channel channel)
    {
        if (null == origin || allowed.contains(origin.toLowerCase(Locale.ROOT)))
        {
            return true;
        }
        if (channel.localAddress() instanceof InetSocketAddress local)
        {
            final String literal = local.getAddress().getHostAddress();
            final String host = literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal;
            return origin.equals("http://" + host + ":" + local.getPort());
        }
        return false;
    }
}
