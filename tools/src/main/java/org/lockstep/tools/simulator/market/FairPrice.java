package org.lockstep.tools.simulator.market;

/**
 * The price that makers and takers of a synthetic market have in mind: a slow random walk with trends that come and go,
 * a fast mean-reverting part, and a volatility that changes regime. Deterministic in seed and times. One thread.
 */
final class FairPrice
{
    private static final double BASIS_POINT = 1e-4;
    private static final double WALK_PER_ROOT_SECOND = 1.2 * BASIS_POINT;
    private static final double TREND_PER_SECOND = 1.4 * BASIS_POINT;
    private static final double TREND_MEAN_SECONDS = 9;
    private static final double REVERTING_STANDARD_DEVIATION = 5 * BASIS_POINT;
    private static final double REVERTING_SECONDS = 5;
    private static final double VOLATILITY_MEAN_SECONDS = 14;
    private static final double[] VOLATILITIES = {0.5, 0.8, 1.0, 1.6, 2.4};
    private static final double ANCHOR_SECONDS = 3_600;
    private static final double LONGEST_STEP_SECONDS = 2;

    private final SeededRandom random;
    private final double anchor;
    private double walk;
    private double reverting;
    private double trend;
    private double trendSeconds;
    private double volatility = 1;
    private double volatilitySeconds;

    FairPrice(final long seed, final double anchor)
    {
        this.random = new SeededRandom(seed);
        this.anchor = anchor;
    }

    /** Moves on by some seconds and returns the new price, in the unit of the anchor. */
    double advance(final double elapsedSeconds)
    {
        final double seconds = Math.min(LONGEST_STEP_SECONDS, elapsedSeconds);
        trendSeconds -= seconds;
        if (trendSeconds < 0)
        {
            trendSeconds = TREND_MEAN_SECONDS * random.nextExponential();
            trend = TREND_PER_SECOND * (random.nextInt(3) - 1) * (0.4 + random.nextDouble());
        }
        volatilitySeconds -= seconds;
        if (volatilitySeconds < 0)
        {
            volatilitySeconds = VOLATILITY_MEAN_SECONDS * random.nextExponential();
            volatility = VOLATILITIES[random.nextInt(VOLATILITIES.length)];
        }
        final double root = Math.sqrt(seconds) * volatility;
        walk += trend * volatility * seconds + WALK_PER_ROOT_SECOND * root * random.nextGaussian() -
            walk * seconds / ANCHOR_SECONDS;
        reverting += -reverting * Math.min(1, seconds / REVERTING_SECONDS) +
            REVERTING_STANDARD_DEVIATION * Math.sqrt(2 / REVERTING_SECONDS) * root * random.nextGaussian();
        return anchor * (1 + walk + reverting);
    }

    double volatility()
    {
        return volatility;
    }
}
