package org.lockstep.gateway.venue;

/**
 * How far a venue's clock is from ours, as last measured. Signed requests bear the venue's time: ours plus the offset.
 * Threading: any thread; allocation: none. For values that belong together take one {@link #measurement()}.
 */
public interface VenueClock
{
    /**
     * One measurement. Immutable.
     *
     * @param offsetNs     venue minus ours.
     * @param roundTripNs  of the request it was measured by; the offset is exact to half of it.
     * @param measuredAtNs when, epoch ns by our clock, 0 = never yet.
     */
    record Measurement(long offsetNs, long roundTripNs, long measuredAtNs)
    {
        /** No measurement yet. */
        public static final Measurement NONE = new Measurement(0, 0, 0);
    }

    /** @return the last measurement, {@link Measurement#NONE} before the first. */
    Measurement measurement();

    /** Asks for a measurement now, as after a request that the venue refused for its time. */
    void measureNow();

    /** @return venue minus ours, nanoseconds; 0 before the first measurement. */
    default long offsetNs()
    {
        return measurement().offsetNs();
    }

    /** @return round trip of the measurement, nanoseconds; 0 before the first. */
    default long roundTripNs()
    {
        return measurement().roundTripNs();
    }

    /** @return when it was measured, epoch ns; 0 = never yet. */
    default long measuredAtNs()
    {
        return measurement().measuredAtNs();
    }

    /** @return true once there is a measurement. */
    default boolean isMeasured()
    {
        return 0 != measurement().measuredAtNs();
    }
}
