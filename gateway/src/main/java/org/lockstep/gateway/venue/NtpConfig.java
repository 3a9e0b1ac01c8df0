package org.lockstep.gateway.venue;

/**
 * Where the time of the network is asked for.
 *
 * @param host       name or address of the server.
 * @param port       UDP port, [1, 65535]; 123 by the standard.
 * @param intervalMs between two measurements, from 10; public servers want 64 s or more.
 * @param timeoutMs  for one answer, [1, 60000].
 */
public record NtpConfig(String host, int port, long intervalMs, int timeoutMs)
{
    /** The port of the standard. */
    public static final int DEFAULT_PORT = 123;

    /** Checks every range. */
    public NtpConfig
    {
        if (null == host || host.isBlank())
        {
            throw new IllegalArgumentException("NTP needs a host");
        }
        if (port < 1 || port > 65_535 || intervalMs < 10 || timeoutMs < 1 || timeoutMs > 60_000)
        {
            throw new IllegalArgumentException("NTP needs port in [1, 65535], interval from 10 ms and time-out in " +
                "[1, 60000] ms, found " + port + ", " + intervalMs + ", " + timeoutMs);
        }
    }

    /**
     * A server at the standard's port, asked every 64 seconds.
     *
     * @param host name or address.
     * @return the configuration.
     */
    public static NtpConfig of(final String host)
    {
        return new NtpConfig(host, DEFAULT_PORT, 64_000, 2_000);
    }
}
