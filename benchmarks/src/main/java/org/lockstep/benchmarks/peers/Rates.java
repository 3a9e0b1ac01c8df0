package org.lockstep.benchmarks.peers;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * How fast a lane was.
 *
 * @param perSecond    commands a second of the clock.
 * @param perCpuSecond commands a second that any core worked for it.
 */
record Rates(double perSecond, double perCpuSecond)
{
    /** The best of so many rounds at least, for so long at least, after one that does not count. */
    static Rates best(final int count, final int rounds, final long millis, final Runnable run)
    {
        final OperatingSystemMXBean system =
            (OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
        double wallNs = Double.MAX_VALUE;
        double cpuNs = Double.MAX_VALUE;
        final long endNs = System.nanoTime() + millis * 1_000_000;
        for (int round = 0; round <= rounds || System.nanoTime() - endNs < 0; round++)
        {
            final long startNs = System.nanoTime();
            final long startCpuNs = system.getProcessCpuTime();
            run.run();
            if (round > 0)
            {
                wallNs = Math.min(wallNs, System.nanoTime() - startNs);
                cpuNs = Math.min(cpuNs, system.getProcessCpuTime() - startCpuNs);
            }
        }
        return new Rates(count * 1e9 / wallNs, count * 1e9 / cpuNs);
    }
}
