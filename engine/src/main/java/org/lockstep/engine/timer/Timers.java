package org.lockstep.engine.timer;

import java.util.Arrays;

import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.engine.state.StateWriter;

/**
 * Everything that is due at a time, in a binary heap ordered by (deadline, id). Ids grow, so equal deadlines fire in
 * the order they were set, which neither a heap nor a timer wheel gives by itself.
 * Threading: the engine thread. Allocation: none until more timers are set at once than ever before.
 */
public final class Timers
{
    /** No timer. */
    public static final long NULL_TIMER_ID = 0;

    private long[] deadlines = new long[64];
    private long[] ids = new long[64];
    private int[] owners = new int[64];
    private TimerKind[] kinds = new TimerKind[64];
    private int count;
    private long lastId;
    private long dueId;
    private int dueOwner;
    private TimerKind dueKind = TimerKind.STATE_HASH;

    /**
     * Sets a timer.
     *
     * @param deadlineNs engine time at which it is due; one that has passed fires at the next look.
     * @param kind       whom it belongs to.
     * @param owner      bot id or slot.
     * @return its id, from 1, never used again.
     */
    public long set(final long deadlineNs, final TimerKind kind, final int owner)
    {
        if (count == ids.length)
        {
            final int capacity = count * 2;
            deadlines = Arrays.copyOf(deadlines, capacity);
            ids = Arrays.copyOf(ids, capacity);
            owners = Arrays.copyOf(owners, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
        }
        final long id = ++lastId;
        put(siftUp(count++, deadlineNs, id), deadlineNs, id, owner, kind);
        return id;
    }

    /**
     * Takes a timer back.
     *
     * @param timerId as set.
     * @param kind    must match.
     * @param owner   must match.
     * @return false when there is no such timer (any more).
     */
    public boolean cancel(final long timerId, final TimerKind kind, final int owner)
    {
        for (int i = 0; i < count; i++)
        {
            if (ids[i] == timerId)
            {
                if (kinds[i] != kind || owners[i] != owner)
                {
                    return false;
                }
                remove(i);
                return true;
            }
        }
        return false;
    }

    /**
     * Takes all timers of an owner back.
     *
     * @param kind  of timer.
     * @param owner bot id or slot.
     */
    public void cancelAll(final TimerKind kind, final int owner)
    {
        int i = 0;
        while (i < count)
        {
            if (kinds[i] == kind && owners[i] == owner)
            {
                remove(i);
                i = 0;
            }
            else
            {
                i++;
            }
        }
    }

    /** @return the earliest deadline, or {@link StateMachine#NO_DEADLINE}. */
    public long nextDeadlineNs()
    {
        return 0 == count ? StateMachine.NO_DEADLINE : deadlines[0];
    }

    /**
     * Takes the first timer that is due off; then {@link #dueKind()}, {@link #dueOwner()} and {@link #dueId()} say
     * which it was.
     *
     * @param timeNs engine time.
     * @return false when none is due.
     */
    public boolean pollDue(final long timeNs)
    {
        if (0 == count || deadlines[0] > timeNs)
        {
            return false;
        }
        dueId = ids[0];
        dueOwner = owners[0];
        dueKind = kinds[0];
        remove(0);
        return true;
    }

    /** @return kind of the timer taken off last. */
    public TimerKind dueKind()
    {
        return dueKind;
    }

    /** @return owner of the timer taken off last. */
    public int dueOwner()
    {
        return dueOwner;
    }

    /** @return id of the timer taken off last. */
    public long dueId()
    {
        return dueId;
    }

    /** @return timers that are set. */
    public int count()
    {
        return count;
    }

    /**
     * Describes the heap as it lies, which is a function of what was set and fired.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("timers");
        out.field("lastId", lastId);
        for (int i = 0; i < count; i++)
        {
            out.begin("timer", ids[i]);
            out.field("deadlineNs", deadlines[i]);
            out.field("kind", kinds[i].name());
            out.field("owner", owners[i]);
            out.end();
        }
        out.end();
    }

    private void remove(final int index)
    {
        count--;
        if (index < count)
        {
            final int moved = siftDown(index, deadlines[count], ids[count]);
            if (moved == index)
            {
                place(siftUp(index, deadlines[count], ids[count]), count);
            }
            else
            {
                place(moved, count);
            }
        }
    }

    private void put(final int index, final long deadlineNs, final long id, final int owner, final TimerKind kind)
    {
        deadlines[index] = deadlineNs;
        ids[index] = id;
        owners[index] = owner;
        kinds[index] = kind;
    }

    private void place(final int index, final int from)
    {
        put(index, deadlines[from], ids[from], owners[from], kinds[from]);
    }

    /** Moves those that come later down from a hole, until a timer may go there; returns where. */
    private int siftUp(final int hole, final long deadlineNs, final long id)
    {
        int index = hole;
        while (index > 0)
        {
            final int parent = (index - 1) >>> 1;
            if (!isBefore(deadlineNs, id, parent))
            {
                return index;
            }
            place(index, parent);
            index = parent;
        }
        return index;
    }

    /** Moves those that come earlier up into a hole, until a timer may go there; returns where. */
    private int siftDown(final int hole, final long deadlineNs, final long id)
    {
        int index = hole;
        for (int child = 2 * index + 1; child < count; child = 2 * index + 1)
        {
            if (child + 1 < count && isBefore(deadlines[child + 1], ids[child + 1], child))
            {
                child++;
            }
            if (isBefore(deadlineNs, id, child))
            {
                return index;
            }
            place(index, child);
            index = child;
        }
        return index;
    }

    private boolean isBefore(final long deadlineNs, final long id, final int other)
    {
        return deadlineNs < deadlines[other] || deadlineNs == deadlines[other] && id < ids[other];
    }
}
