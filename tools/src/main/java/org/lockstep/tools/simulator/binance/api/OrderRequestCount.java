package org.lockstep.tools.simulator.binance.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the requests that change orders, as they arrive and before they are done, and lets things happen at a count.
 * So a fault meets the same request each time, however fast things go. Event loop only.
 */
public final class OrderRequestCount
{
    private final List<Due> dues = new ArrayList<>();
    private long count;

    /** Of none so far. */
    OrderRequestCount()
    {
    }

    /** @return how many have arrived. */
    public long count()
    {
        return count;
    }

    /**
     * Does something once, as a request arrives.
     *
     * @param more which of those to come, from 1.
     * @param task to be run then.
     * @return for {@link #hurry}.
     */
    public Object after(final long more, final Runnable task)
    {
        final Due due = new Due(count + more, task);
        dues.add(due);
        return due;
    }

    /**
     * Does now what still waits.
     *
     * @param handle what {@link #after} returned.
     */
    public void hurry(final Object handle)
    {
        if (dues.remove(handle))
        {
            ((Due)handle).task.run();
        }
    }

    /**
     * Whether something has yet to be done.
     *
     * @param handle what {@link #after} returned.
     * @return false once it was done or forgotten.
     */
    public boolean isWaiting(final Object handle)
    {
        return dues.contains(handle);
    }

    /** Forgets what waits. */
    public void clear()
    {
        dues.clear();
    }

    /** One has arrived. */
    void onRequest()
    {
        count++;
        for (int i = 0; i < dues.size(); i++)
        {
            if (dues.get(i).count <= count)
            {
                dues.remove(i--).task.run();
            }
        }
    }

    private static final class Due
    {
        private final long count;
        private final Runnable task;

        private Due(final long count, final Runnable task)
        {
            this.count = count;
            this.task = task;
        }
    }
}
