package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.concurrent.EpochNanoClock;

/**
 * The venue's clock as far as it was measured: of the latest few measurements the one with the shortest round trip
 * says most. Threading: the session's loop. Allocation: none.
 */
final class VenueOffset
{
    private static final long MAX_AGE_NS = 900_000_000_000L;

    private final EpochNanoClock clock;
    private long offsetNs;
    private long roundTripNs = Long.MAX_VALUE;
    private long measuredNs;

    VenueOffset(final EpochNanoClock clock)
    {
        this.clock = clock;
    }

    /** Takes a measurement: the venue's clock stood at a time between two readings of ours. */
    void onSample(final long sentNs, final long receivedNs, final long venueNs)
    {
        final long tripNs = receivedNs - sentNs;
        if (tripNs >= 0 && (tripNs <= roundTripNs || receivedNs - measuredNs > MAX_AGE_NS))
        {
            roundTripNs = tripNs;
            offsetNs = venueNs - (sentNs + tripNs / 2);
            measuredNs = receivedNs;
        }
    }

    /** The venue says our times are wrong: whatever is measured next counts. */
    void distrust()
    {
        roundTripNs = Long.MAX_VALUE;
    }

    boolean isMeasured()
    {
        return Long.MAX_VALUE != roundTripNs;
    }

    /** @return venue minus ours, nanoseconds. */
    long offsetNs()
    {
        return offsetNs;
    }

    /** @return the venue's time now, milliseconds since the epoch. */
    long venueMs()
    {
        return (clock.nanoTime() + offsetNs) / 1_000_000L;
    }
}
