package org.lockstep.gateway.venue;

/** Prices and volume over a stretch of time, as decoded; mantissas of the instrument. One event loop; reused. */
public final class BarValues
{
    /** First price. */
    public long openPrice;
    /** Highest price. */
    public long highPrice;
    /** Lowest price. */
    public long lowPrice;
    /** Last price. */
    public long closePrice;
    /** Base volume. */
    public long volume;
    /** Number of trades. */
    public long tradeCount;
}
