package org.lockstep.gateway.venue;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Figures about an order session. Threading: the session's loop writes (refusals by a full port: the engine's thread),
 * any thread reads. Allocation: none.
 */
public final class OrderSessionCounters
{
    /** What is counted. */
    public enum Counter
    {
        /** Requests that left over the socket. */
        REQUESTS_SENT,
        /** Requests that left over REST because there was no socket. */
        REST_REQUESTS_SENT,
        /** Requests reported as not sent. */
        REQUESTS_NOT_SENT,
        /** Requests that found the port full. */
        PORT_FULL,
        /** Requests whose refusal could not even be noted. */
        REQUESTS_LOST,
        /** Requests reported as of unknown outcome. */
        OUTCOMES_UNKNOWN,
        /** Refusals by the venue. */
        VENUE_REJECTS,
        /** Messages received. */
        MESSAGES_RECEIVED,
        /** Messages that were not understood. */
        MESSAGES_REJECTED,
        /** Events of the account. */
        EVENTS,
        /** Events of instruments that are not known here. */
        EVENTS_OF_UNKNOWN_INSTRUMENTS,
        /** Events of orders that are not ours. */
        FOREIGN_EVENTS,
        /** Frames published. */
        FRAMES_PUBLISHED,
        /** Connections opened. */
        CONNECTIONS,
        /** Connections lost without having been renewed before. */
        DISCONNECTS,
        /** Connections renewed without a gap. */
        RENEWALS,
        /** Reconciliations that ran to their end. */
        RECONCILIATIONS,
        /** Reconciliations given up. */
        RECONCILIATIONS_ABANDONED,
        /** Answers that said too many requests, 429 and 418. */
        LIMITS_HIT,
        /** Answers that said the clock is off. */
        CLOCK_REFUSALS
    }

    private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);

    /**
     * Counts one.
     *
     * @param counter which.
     */
    public void increment(final Counter counter)
    {
        counts.getAndIncrement(counter.ordinal());
    }

    /**
     * Says how many.
     *
     * @param counter which.
     * @return since the session was made.
     */
    public long get(final Counter counter)
    {
        return counts.get(counter.ordinal());
    }
}
