package org.lockstep.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * Bars of a minute each in plain arrays, from a seeded random walk. Prices are whole ticks, so that sums of them are
 * exact in every kind of number and no rule depends on how somebody rounds. All have the volume that the rule trades.
 */
final class MinuteBars
{
    static final long MINUTE_NS = 60_000_000_000L;
    static final long START_NS = 1_672_531_200_000_000_000L;

    private static final long START_PRICE = 6_000_000;
    private static final int STEP = 2_000;

    private final long[] opens;
    private final long[] highs;
    private final long[] lows;
    private final long[] closes;
    private final long[] volumes;

    private MinuteBars(final int count)
    {
        opens = new long[count];
        highs = new long[count];
        lows = new long[count];
        closes = new long[count];
        volumes = new long[count];
    }

    static MinuteBars random(final int count, final long seed)
    {
        final MinuteBars bars = new MinuteBars(count);
        final SplittableRandom random = new SplittableRandom(seed);
        long price = START_PRICE;
        for (int i = 0; i < count; i++)
        {
            bars.opens[i] = price;
            price = Math.max(START_PRICE / 10, price + random.nextInt(-STEP, STEP + 1));
            bars.closes[i] = price;
            bars.highs[i] = Math.max(bars.opens[i], price) + random.nextInt(STEP);
            bars.lows[i] = Math.min(bars.opens[i], price) - random.nextInt(STEP);
            bars.volumes[i] = BarCrossover.QUANTITY + random.nextInt(1_000_000);
        }
        return bars;
    }

    int count()
    {
        return closes.length;
    }

    long openTimeNs(final int index)
    {
        return START_NS + index * MINUTE_NS;
    }

    long open(final int index)
    {
        return opens[index];
    }

    long high(final int index)
    {
        return highs[index];
    }

    long low(final int index)
    {
        return lows[index];
    }

    long close(final int index)
    {
        return closes[index];
    }

    long volume(final int index)
    {
        return volumes[index];
    }
}
