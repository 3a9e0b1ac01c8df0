package org.lockstep.gateway.net;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that wait to be sent: bounded, the most urgent class first and within a class in the order given, one per
 * key. When it is full, a more urgent request displaces the newest of the least urgent ones.
 * Threading: the client's event loop.
 */
final class RestQueue
{
    private final int capacity;
    private final List<List<PendingRequest>> byPriority = new ArrayList<>();
    private int size;

    RestQueue(final int capacity)
    {
        this.capacity = capacity;
        for (int i = 0; i < RequestPriority.count(); i++)
        {
            byPriority.add(new ArrayList<>());
        }
    }

    /** Takes the place of the waiting request with the same key, and returns that; null when there is none. */
    PendingRequest replace(final PendingRequest pending)
    {
        final String key = pending.request.key();
        final List<PendingRequest> peers = peers(pending);
        for (int i = 0; null != key && i < peers.size(); i++)
        {
            if (key.equals(peers.get(i).request.key()))
            {
                return peers.set(i, pending);
            }
        }
        return null;
    }

    boolean isFull()
    {
        return size >= capacity;
    }

    /** Takes out the newest of the least urgent requests, if they are less urgent than this one; else null. */
    PendingRequest displacedBy(final PendingRequest pending)
    {
        for (int i = byPriority.size() - 1; i > pending.request.priority().ordinal(); i--)
        {
            final List<PendingRequest> candidates = byPriority.get(i);
            if (!candidates.isEmpty())
            {
                size--;
                return candidates.remove(candidates.size() - 1);
            }
        }
        return null;
    }

    void add(final PendingRequest pending)
    {
        peers(pending).add(pending);
        size++;
    }

    /** Puts a request back that was the first of its class already; it may exceed the bound by itself. */
    void addFirst(final PendingRequest pending)
    {
        peers(pending).add(0, pending);
        size++;
    }

    boolean remove(final PendingRequest pending)
    {
        final boolean isRemoved = peers(pending).remove(pending);
        size -= isRemoved ? 1 : 0;
        return isRemoved;
    }

    /** Takes out a waiting request by its key; null when there is none. */
    PendingRequest remove(final RequestPriority priority, final String key)
    {
        for (final PendingRequest pending : byPriority.get(priority.ordinal()))
        {
            if (key.equals(pending.request.key()))
            {
                remove(pending);
                return pending;
            }
        }
        return null;
    }

    /** The first request of a class, which stays; null when there is none. */
    PendingRequest first(final int priority)
    {
        final List<PendingRequest> peers = byPriority.get(priority);
        return peers.isEmpty() ? null : peers.get(0);
    }

    /** Takes out the most urgent request; null when there is none. */
    PendingRequest poll()
    {
        for (int i = 0; i < byPriority.size(); i++)
        {
            final PendingRequest first = first(i);
            if (null != first)
            {
                remove(first);
                return first;
            }
        }
        return null;
    }

    int size()
    {
        return size;
    }

    private List<PendingRequest> peers(final PendingRequest pending)
    {
        return byPriority.get(pending.request.priority().ordinal());
    }
}
