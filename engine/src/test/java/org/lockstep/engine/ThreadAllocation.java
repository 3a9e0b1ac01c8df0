package org.lockstep.engine;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Counts what the current thread allocates. */
public final class ThreadAllocation
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private ThreadAllocation()
    {
    }

    /**
     * Runs an action so many times to warm up, then as often again, and fails if the second half allocated.
     *
     * @param count  how often.
     * @param action to run.
     */
    public static void assertNothingAllocated(final int count, final Runnable action)
    {
        run(count, action);
        allocatedBytes();
        final long before = allocatedBytes();
        run(count, action);
        final long allocated = allocatedBytes() - before;

        assertEquals(0, allocated, "bytes allocated in " + count + " runs");
    }

    private static void run(final int count, final Runnable action)
    {
        for (int i = 0; i < count; i++)
        {
            action.run();
        }
    }

    private static long allocatedBytes()
    {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
