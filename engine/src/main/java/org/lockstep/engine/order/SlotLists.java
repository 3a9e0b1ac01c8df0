package org.lockstep.engine.order;

import java.util.Arrays;

/**
 * Doubly linked lists over slot numbers; a slot is in at most one list of an instance at a time. What is appended comes
 * last.
 * Threading: the engine thread. Allocation: when a higher list or slot than ever before is used.
 */
final class SlotLists
{
    static final int NONE = -1;

    private int[] first;
    private int[] last;
    private int[] next;
    private int[] previous;

    SlotLists(final int lists, final int slots)
    {
        first = filled(new int[lists], 0);
        last = filled(new int[lists], 0);
        next = filled(new int[slots], 0);
        previous = filled(new int[slots], 0);
    }

    int first(final int list)
    {
        return list < first.length ? first[list] : NONE;
    }

    int next(final int slot)
    {
        return next[slot];
    }

    void append(final int list, final int slot)
    {
        grow(list, slot);
        final int tail = last[list];
        next[slot] = NONE;
        previous[slot] = tail;
        if (NONE == tail)
        {
            first[list] = slot;
        }
        else
        {
            next[tail] = slot;
        }
        last[list] = slot;
    }

    void remove(final int list, final int slot)
    {
        final int before = previous[slot];
        final int after = next[slot];
        if (NONE == before)
        {
            first[list] = after;
        }
        else
        {
            next[before] = after;
        }
        if (NONE == after)
        {
            last[list] = before;
        }
        else
        {
            previous[after] = before;
        }
    }

    private void grow(final int list, final int slot)
    {
        if (list >= first.length)
        {
            final int length = first.length;
            final int capacity = Math.max(list + 1, 2 * length);
            first = filled(Arrays.copyOf(first, capacity), length);
            last = filled(Arrays.copyOf(last, capacity), length);
        }
        if (slot >= next.length)
        {
            final int length = next.length;
            final int capacity = Math.max(slot + 1, 2 * length);
            next = filled(Arrays.copyOf(next, capacity), length);
            previous = filled(Arrays.copyOf(previous, capacity), length);
        }
    }

    private static int[] filled(final int[] numbers, final int from)
    {
        Arrays.fill(numbers, from, numbers.length, NONE);
        return numbers;
    }
}
