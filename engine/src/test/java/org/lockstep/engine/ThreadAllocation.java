package org.lockstep.engine;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Counts what the current thread allocates. */
public final class ThreadAllocation
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 25;

    private ThreadAllocation()
    {
    }

    /**
     * Runs an action so many times to warm up, then as often again, and fails if that allocated. The virtual machine
     * itself now and then allocates a little on the thread (when compiled code is replaced), so there are a few rounds:
     * what allocates in each of them is the action.
     *
     * @param count  how often.
     * @param action to run.
     */
    public static void assertNothingAllocated(final int count, final Runnable action)
    {
        run(count, action);
        allocatedBytes();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && 0 != allocated; round++)
        {
            final long before = allocatedBytes();
            run(count, action);
            allocated = allocatedBytes() - before;
        }

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
