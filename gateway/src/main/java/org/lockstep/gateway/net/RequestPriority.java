package org.lockstep.gateway.net;

/**
 * How urgent a request is, most urgent first, and how much of a window's budget its class may leave used. What is less
 * urgent stops earlier, so that a storm of polls never takes the weight that a snapshot or a cancel needs. Housekeeping
 * goes last but may use more than polls may: an outage must not keep the venue's clock from being measured.
 */
public enum RequestPriority
{
    /** Orders, cancels and the reconciliation of them. */
    ORDER(100),
    /** Book snapshots. */
    SNAPSHOT(90),
    /** Polling while there is no socket. */
    POLL(70),
    /** Metadata and clock measurements. */
    COLD(80);

    private static final RequestPriority[] VALUES = values();

    private final int ceilingPercent;

    RequestPriority(final int ceilingPercent)
    {
        this.ceilingPercent = ceilingPercent;
    }

    /** @return share of a budget up to which this class may use it, percent. */
    public int ceilingPercent()
    {
        return ceilingPercent;
    }

    static int count()
    {
        return VALUES.length;
    }
}
