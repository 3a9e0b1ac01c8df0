package org.lockstep.tools.simulator.market;

/**
 * A small random source (SplitMix64) that gives the same numbers on every JVM. One thread.
 */
final class SeededRandom
{
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;
    private static final int EXPONENTIAL_ENTRIES = 4_096;
    private static final double[] EXPONENTIAL = new double[EXPONENTIAL_ENTRIES];

    static
    {
        for (int i = 0; i < EXPONENTIAL_ENTRIES; i++)
        {
            EXPONENTIAL[i] = -StrictMath.log((i + 0.5) / EXPONENTIAL_ENTRIES);
        }
    }

    private long state;

    SeededRandom(final long seed)
    {
        state = mix(seed);
    }

    static long mix(final long value)
    {
        long z = value + GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1) that depends on the two keys only. */
    static double hash(final long seed, final long key)
    {
        return (mix(seed ^ mix(key)) >>> 11) * UNIT;
    }

    long nextLong()
    {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    double nextDouble()
    {
        return (nextLong() >>> 11) * UNIT;
    }

    int nextInt(final int bound)
    {
        return (int)((nextLong() >>> 33) * bound >>> 31);
    }

    boolean nextBoolean()
    {
        return nextLong() < 0;
    }

    /** Mean 0, variance 1, within ±3.5: the sum of four uniforms. */
    double nextGaussian()
    {
        final long bits = nextLong();
        final double sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum * 0x1.0p-16 - 2.0) * 1.7320508075688772;
    }

    /** Mean 1. */
    double nextExponential()
    {
        return EXPONENTIAL[(int)(nextLong() >>> 52)];
    }
}
