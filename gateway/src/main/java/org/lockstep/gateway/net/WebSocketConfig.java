package org.lockstep.gateway.net;

/**
 * Limits and times of WebSocket sessions.
 *
 * @param connectTimeoutMs      to a TCP connection, from 1.
 * @param idleTimeoutNs         without a byte from the server, handshake included, before the session is given up.
 * @param pingAfterNs           without a byte from the server before it is asked for one; below the idle time-out.
 * @param maxMessageLengthBytes longest message taken, [1024, 16 MiB].
 * @param framesPerSecond       own frames, from 1; a second never sees more than this plus the burst.
 * @param frameBurst            own frames that may leave at once, from 1.
 */
public record WebSocketConfig(
    int connectTimeoutMs,
    long idleTimeoutNs,
    long pingAfterNs,
    int maxMessageLengthBytes,
    int framesPerSecond,
    int frameBurst)
{
    /** Checks every range. */
    public WebSocketConfig
    {
        if (connectTimeoutMs < 1 || pingAfterNs < 1 || idleTimeoutNs <= pingAfterNs)
        {
            throw new IllegalArgumentException("web socket needs connect time-out >= 1 ms and 1 <= ping after < idle " +
                "time-out, found " + connectTimeoutMs + " ms, " + pingAfterNs + " ns, " + idleTimeoutNs + " ns");
        }
        if (maxMessageLengthBytes < 1024 || maxMessageLengthBytes > 16 << 20 || framesPerSecond < 1 || frameBurst < 1)
        {
            throw new IllegalArgumentException("web socket limits out of range: " + maxMessageLengthBytes +
                " bytes (1024 to 16777216), " + framesPerSecond + " frames/s, burst " + frameBurst);
        }
    }
}
