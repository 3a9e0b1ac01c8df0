package org.lockstep.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Counts what the current thread allocates.
 * <p>
 * The virtual machine allocates on that thread too: whoever asks for a method to be compiled first creates all string
 * constants of its class that were not used before, a {@code String} and its bytes each (HotSpot,
 * {@code ConstantPool::resolve_string_constants}, "to prevent allocation during compilation"). That happens once a
 * class, whenever its first method becomes hot, so also late and anywhere. An interpreter that never compiles,
 * {@code -Xint}, has none of it: see {@code InterpretedAllocationTest}. Here, rounds must be clean several times in a
 * row, which what allocates now and then is not.
 */
public final class ThreadAllocation
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int CLEAN_ROUNDS = 3;
    private static final int MAX_ROUNDS = 40;

    private ThreadAllocation()
    {
    }

    /**
     * Runs an action so many times to warm up, then in rounds of as many, until it has allocated not one byte in three
     * rounds in a row; fails when that does not come.
     *
     * @param count  how often.
     * @param action to run.
     */
    public static void assertNothingAllocated(final int count, final Runnable action)
    {
        allocatedIn(count, action);
        final List<Long> rounds = new ArrayList<>(MAX_ROUNDS);
        int cleanCount = 0;
        while (cleanCount < CLEAN_ROUNDS && rounds.size() < MAX_ROUNDS)
        {
            final long bytes = allocatedIn(count, action);
            cleanCount = 0 == bytes ? cleanCount + 1 : 0;
            rounds.add(bytes);
        }

        assertEquals(CLEAN_ROUNDS, cleanCount, "bytes allocated in rounds of " + count + " runs: " + rounds);
    }

    /**
     * Runs an action so many times.
     *
     * @param count  how often.
     * @param action to run.
     * @return bytes that the current thread allocated meanwhile.
     */
    public static long allocatedIn(final int count, final Runnable action)
    {
        final long before = allocatedBytes();
        run(count, action);
        return allocatedBytes() - before;
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
