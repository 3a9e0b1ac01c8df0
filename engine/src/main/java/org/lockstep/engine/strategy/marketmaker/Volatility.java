package org.lockstep.engine.strategy.marketmaker;

import org.lockstep.engine.state.StateWriter;

/**
 * Variance of the mid price per second, in squared basis points: an exponentially weighted average of squared returns
 * over their time, {@code v += (1 - 2^(-dt / halfLife)) * (r^2 / dt - v)}, as in RiskMetrics (J.P. Morgan, 1996) for
 * samples at uneven times. Quotes that come closer together than {@link #MIN_SAMPLE_NS} are taken as one: the bounce
 * between them is not risk.
 */
final class Volatility
{
    static final long MIN_SAMPLE_NS = 100_000_000L;

    private static final double BPS = 10_000;
    private static final double NANOS = 1e9;
    private static final double LN_2 = 0.6931471805599453;

    private final long halfLifeNs;
    private double variance;
    private long lastPrice;
    private long lastTimeNs;
    private int sampleCount;

    Volatility(final long halfLifeNs)
    {
        this.halfLifeNs = halfLifeNs;
    }

    void update(final long price, final long timeNs)
    {
        final long elapsedNs = timeNs - lastTimeNs;
        if (0 == lastPrice)
        {
            lastPrice = price;
            lastTimeNs = timeNs;
        }
        else if (elapsedNs >= MIN_SAMPLE_NS)
        {
            final double returnBps = BPS * (price - lastPrice) / lastPrice;
            final double sample = returnBps * returnBps / (elapsedNs / NANOS);
            final double weight = 0 == sampleCount ? 1 : 1 - StrictMath.exp(-LN_2 * elapsedNs / halfLifeNs);
            variance += weight * (sample - variance);
            sampleCount = Math.min(sampleCount + 1, Integer.MAX_VALUE - 1);
            lastPrice = price;
            lastTimeNs = timeNs;
        }
    }

    /** Squared basis points per second, 0 before two samples. */
    double variance()
    {
        return variance;
    }

    void describe(final StateWriter out)
    {
        out.field("variance", variance);
        out.field("lastPrice", lastPrice);
        out.field("lastTimeNs", lastTimeNs);
        out.field("samples", sampleCount);
    }
}
