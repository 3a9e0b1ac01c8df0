package org.lockstep.benchmarks.peers;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

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
            final long now = collectedBytes();
            if (Math.abs(used - now) < SETTLED_BYTES)
            {
                return now;
            }
            used = now;
        }
        return used;
    }

    /**
     * What the last collection left. What is in use now would hold the buffers, of a megabyte each, that threads have
     * taken since to allocate from: as much as many bots.
     */
    private static long collectedBytes()
    {
        long bytes = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
        {
            if (MemoryType.HEAP == pool.getType())
            {
                final MemoryUsage left = pool.getCollectionUsage();
                bytes += null == left ? pool.getUsage().getUsed() : left.getUsed();
            }
        }
        return bytes;
    }
}
