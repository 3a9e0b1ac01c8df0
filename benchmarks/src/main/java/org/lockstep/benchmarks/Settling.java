package org.lockstep.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Warms code up at full speed until the JVM's compilers rest. What is timed for a fraction of a second would otherwise
 * be in good part code that is not compiled yet, and the more so the more code there is: that would flatter the limits.
 */
public final class Settling
{
    /** How long it may take unless told otherwise, milliseconds. */
    public static final long MOST_MS = 3_000;

    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(150);

    private Settling()
    {
    }

    /**
     * Warms up.
     *
     * @param turn   some milliseconds of what is to be compiled; run at least once.
     * @param mostMs how long to go on at most, should the compilers never rest.
     */
    public static void settle(final Runnable turn, final long mostMs)
    {
        final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        final long startNs = System.nanoTime();
        final long mostNs = TimeUnit.MILLISECONDS.toNanos(mostMs);
        long compiledMs = -1;
        long restSinceNs = startNs;
        long nowNs;
        do
        {
            turn.run();
            nowNs = System.nanoTime();
            final long totalMs = null == compilers ? 0 : compilers.getTotalCompilationTime();
            if (totalMs != compiledMs)
            {
                compiledMs = totalMs;
                restSinceNs = nowNs;
            }
        }
        while (nowNs - restSinceNs < REST_NS && nowNs - startNs < mostNs);
    }
}
