package org.lockstep.gateway.client.stream;

/**
 * Limits a client lives within.
 *
 * @param connectionsPerUser    at most, beyond it 4009.
 * @param connections           at most in all; more are not accepted.
 * @param messagesPerSecond     from a client, and the burst it may save up.
 * @param rateGraceMs           how long a client may keep exceeding the rate before 4029.
 * @param maxMessageLength      bytes of one message from a client.
 * @param maxQueuedBytes        waiting for one client before it is told and closed 4008.
 * @param authTimeoutMs         for the first auth message.
 * @param idleTimeoutMs         without any traffic from a client.
 * @param pingIntervalMs        between pings.
 * @param pongTimeoutMs         for an answer to a ping.
 * @param conflateMs            default of state channels.
 * @param connectionsPerAddress at most from one address; a proxy in front counts as one.
 * @param requestTimeoutMs      for the whole head and body of a request, from its first byte or the connection's start;
 *                              after a restart a request waits four fifths of it at most for the journal to be read.
 * @param bridgedInstruments    at most, of those that clients alone want.
 * @param bridgeGraceMs         for which one is kept when no client wants it any more.
 */
public record ClientLimits(
    int connectionsPerUser,
    int connections,
    int messagesPerSecond,
    int rateGraceMs,
    int maxMessageLength,
    int maxQueuedBytes,
    int authTimeoutMs,
    int idleTimeoutMs,
    int pingIntervalMs,
    int pongTimeoutMs,
    int conflateMs,
    int connectionsPerAddress,
    int requestTimeoutMs,
    int bridgedInstruments,
    int bridgeGraceMs)
{
    /** What the protocol says. */
    public static final ClientLimits DEFAULT = new ClientLimits(
        5, 10_000, 50, 10_000, 64 * 1024, 1024 * 1024, 10_000, 60_000, 30_000, 10_000, 150, 1_000, 10_000, 100, 60_000);

    /** Checks every range. */
    public ClientLimits
    {
        check("connectionsPerUser", connectionsPerUser, 1, 100_000);
        check("connections", connections, 1, 1_000_000);
        check("messagesPerSecond", messagesPerSecond, 1, 1_000_000);
        check("rateGraceMs", rateGraceMs, 1, 3_600_000);
        check("maxMessageLength", maxMessageLength, 1024, 16 * 1024 * 1024);
        check("maxQueuedBytes", maxQueuedBytes, 16 * 1024, 256 * 1024 * 1024);
        check("authTimeoutMs", authTimeoutMs, 1, 3_600_000);
        check("idleTimeoutMs", idleTimeoutMs, 1, 3_600_000);
        check("pingIntervalMs", pingIntervalMs, 1, 3_600_000);
        check("pongTimeoutMs", pongTimeoutMs, 1, 3_600_000);
        check("conflateMs", conflateMs, 0, ConflationGroup.MAX_CONFLATE_MS);
        check("connectionsPerAddress", connectionsPerAddress, 1, 1_000_000);
        check("requestTimeoutMs", requestTimeoutMs, 1, 3_600_000);
        check("bridgedInstruments", bridgedInstruments, 0, 10_000);
        check("bridgeGraceMs", bridgeGraceMs, 1, 86_400_000);
    }

    private static void check(final String name, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "], found " + value);
        }
    }
}
