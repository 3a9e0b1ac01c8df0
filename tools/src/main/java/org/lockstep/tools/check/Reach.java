package org.lockstep.tools.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whether an address can be reached: name, TCP, TLS. */
final class Reach
{
    private static final int TIMEOUT_MS = 5_000;

    private final CheckSteps steps;

    Reach(final CheckSteps steps)
    {
        this.steps = steps;
    }

    boolean test(final String what, final URI uri)
    {
        final boolean secure = "https".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
        final int port = -1 != uri.getPort() ? uri.getPort() : secure ? 443 : 80;
        final boolean reached = steps.run("dns " + what, null,
            "check the name and this host's resolver (/etc/resolv.conf)",
            () -> CheckSteps.Found.good(resolve(uri.getHost()))) &&
            steps.run("tcp " + what, null, "a firewall may block port " + port + ", or nothing listens there", () ->
            {
                try (Socket socket = connect(uri.getHost(), port))
                {
                    return CheckSteps.Found.good("connected to " + socket.getRemoteSocketAddress());
                }
            });
        return reached && (!secure || steps.run("tls " + what, null,
            "the clock may be wrong, a proxy may intercept TLS, or this Java's certificates are too old",
            () -> CheckSteps.Found.good(handshake(uri.getHost(), port))));
    }

    private static String resolve(final String host) throws UnknownHostException
    {
        final InetAddress[] addresses = InetAddress.getAllByName(host);
        return host + " is " + addresses[0].getHostAddress() +
            (addresses.length > 1 ? " and " + (addresses.length - 1) + " more" : "");
    }

    private static Socket connect(final String host, final int port) throws IOException
    {
        final Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static String handshake(final String host, final int port) throws IOException
    {
        final SSLSocketFactory factory = (SSLSocketFactory)SSLSocketFactory.getDefault();
        try (Socket plain = connect(host, port);
            SSLSocket socket = (SSLSocket)factory.createSocket(plain, host, port, true))
        {
            socket.startHandshake();
            return socket.getSession().getProtocol() + ", " + socket.getSession().getCipherSuite();
        }
    }
}
