package org.lockstep.gateway.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The client's opening handshake of RFC 6455: the request, and the check of the response. Once per connection. */
final class WebSocketHandshake
{
    static final int SWITCHING_PROTOCOLS = 101;
    static final int MAX_RESPONSE_LENGTH = 16 * 1024;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_LENGTH = 16;

    private final String key;
    private int status;
    private long retryAfterSeconds;

    WebSocketHandshake()
    {
        final byte[] nonce = new byte[KEY_LENGTH];
        ThreadLocalRandom.current().nextBytes(nonce);
        key = Base64.getEncoder().encodeToString(nonce);
    }

    /** @return the bytes of the request. */
    byte[] request(final URI uri)
    {
        final String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) +
            (null == uri.getRawQuery() ? "" : "?" + uri.getRawQuery());
        final String host = -1 == uri.getPort() ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        final String text = "GET " + path + " HTTP/1.1\r\nHost: " + host +
            "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key +
            "\r\nUser-Agent: lockstep\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Checks the head of a response.
     *
     * @param head status line and headers, without the blank line.
     * @return null when the server agreed, else what was wrong.
     */
    String check(final String head)
    {
        final String[] lines = head.split("\r\n");
        final String[] statusLine = lines[0].split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("[1-5][0-9][0-9]"))
        {
            return "no HTTP response to the handshake: " + excerpt(lines[0]);
        }
        status = Integer.parseInt(statusLine[1]);
        String accept = null;
        for (final String line : lines)
        {
            final String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("sec-websocket-accept:"))
            {
                accept = line.substring(line.indexOf(':') + 1).trim();
            }
            else if (lower.startsWith("retry-after:") && lower.substring(12).trim().matches("[0-9]{1,9}"))
            {
                retryAfterSeconds = Long.parseLong(lower.substring(12).trim());
            }
        }
        if (SWITCHING_PROTOCOLS != status)
        {
            return "handshake refused: " + excerpt(lines[0]);
        }
        return expectedAccept(key).equals(accept) ? null : "handshake answered with a wrong Sec-WebSocket-Accept";
    }

    /** @return HTTP status of the response, 0 before one was seen. */
    int status()
    {
        return status;
    }

    long retryAfterSeconds()
    {
        return retryAfterSeconds;
    }

    /** @return what a server must answer to a key. */
    static String expectedAccept(final String key)
    {
        try
        {
            final byte[] digest =
                MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JDK has SHA-1", ex);
        }
    }

    private static String excerpt(final String line)
    {
        return line.substring(0, Math.min(120, line.length()));
    }
}
