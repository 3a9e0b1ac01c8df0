package org.lockstep.gateway.venue.binance.orderentry;

/**
 * The requests that are not answered yet, found by the id that a reply echoes. A request whose time is up stays until
 * its connection ends or its slot is needed: a late answer is still an answer.
 * Threading: the session's loop. Allocation: none once constructed.
 */
final class InFlight
{
    /** Told of requests that will not be answered. */
    interface LossHandler
    {
        void onLost(Pending pending, String reason);
    }

    static final int CAPACITY = 2048;

    private final Pending[] slots = new Pending[CAPACITY];
    private long lastId;
    private int count;
    private int replaces;
    private int firstSteps;

    InFlight()
    {
        for (int i = 0; i < CAPACITY; i++)
        {
            slots[i] = new Pending();
        }
    }

    /** @return a slot, or null when too many requests are open. */
    Pending claim(final ApiConnection connection, final Pending.Kind kind, final long nowNs)
    {
        Pending slot = null;
        for (int i = 0; i < CAPACITY && null == slot; i++)
        {
            lastId++;
            final Pending candidate = slots[(int)lastId & CAPACITY - 1];
            if (0 == candidate.id || candidate.isReported)
            {
                slot = candidate;
            }
        }
        if (null == slot)
        {
            return null;
        }
        if (0 != slot.id)
        {
            release(slot);
        }
        slot.id = lastId;
        slot.kind = kind;
        slot.connection = connection;
        slot.sentNs = nowNs;
        count++;
        replaces += kind.isReplace() ? 1 : 0;
        firstSteps += Pending.Kind.REPLACE_CANCEL == kind ? 1 : 0;
        return slot;
    }

    /** @return the request with an id, or null. */
    Pending find(final long id)
    {
        final Pending slot = slots[(int)id & CAPACITY - 1];
        return id > 0 && id == slot.id ? slot : null;
    }

    /** @return the replace of an order that is under way, or null. */
    Pending replaceOf(final long orderId)
    {
        for (int i = 0; replaces > 0 && i < CAPACITY; i++)
        {
            if (0 != slots[i].id && orderId == slots[i].orderId && slots[i].kind.isReplace())
            {
                return slots[i];
            }
        }
        return null;
    }

    /** The order is to be cancelled: its replace, if it has not placed the successor yet, does not do so any more. */
    void stopReplaceOf(final long orderId)
    {
        for (int i = 0; firstSteps > 0 && i < CAPACITY; i++)
        {
            if (0 != slots[i].id && orderId == slots[i].orderId && Pending.Kind.REPLACE_CANCEL == slots[i].kind)
            {
                slots[i].isUnwanted = true;
            }
        }
    }

    void release(final Pending slot)
    {
        if (0 != slot.id)
        {
            count--;
            replaces -= slot.kind.isReplace() ? 1 : 0;
            firstSteps -= Pending.Kind.REPLACE_CANCEL == slot.kind ? 1 : 0;
            slot.clear();
        }
    }

    /** Tells once of each request that has waited too long; @return how many. */
    int pollTimeouts(final long nowNs, final long timeoutNs, final LossHandler handler)
    {
        int told = 0;
        for (int i = 0; count > 0 && i < CAPACITY; i++)
        {
            final Pending slot = slots[i];
            if (0 != slot.id && !slot.isReported && nowNs - slot.sentNs > timeoutNs)
            {
                slot.isReported = true;
                handler.onLost(slot, "no answer within " + timeoutNs / 1_000_000 + " ms");
                told++;
            }
        }
        return told;
    }

    /** Tells of every request of a connection that has ended, and forgets it; null = of all. */
    void onClosed(final ApiConnection connection, final String reason, final LossHandler handler)
    {
        for (int i = 0; count > 0 && i < CAPACITY; i++)
        {
            final Pending slot = slots[i];
            if (0 != slot.id && (null == connection || connection == slot.connection))
            {
                if (!slot.isReported)
                {
                    slot.isReported = true;
                    handler.onLost(slot, reason);
                }
                release(slot);
            }
        }
    }

    /** @return true while a request of a connection waits for its answer. */
    boolean isWaiting(final ApiConnection connection)
    {
        for (int i = 0; count > 0 && i < CAPACITY; i++)
        {
            if (0 != slots[i].id && connection == slots[i].connection && !slots[i].isReported)
            {
                return true;
            }
        }
        return false;
    }

    int count()
    {
        return count;
    }
}
