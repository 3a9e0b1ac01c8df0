package org.lockstep.benchmarks.peers;

import java.lang.management.ManagementFactory;

/** What the heap holds once nothing more can be collected. */
final class Heap
{
    private static final int MOST_COLLECTIONS = 10;
    private static final long SETTLED_BYTES = 1024;

    private Heap()
    {
    }

    /** Collects until that changes no more. */
    static long usedBytes()
    {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++)
        {
            System.gc();
            final long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (Math.abs(used - now) < SETTLED_BYTES)
            {
                return now;
            }
            used = now;
        }
        return used;
    }
}
