package org.lockstep.gateway.client.stream;

import java.util.ArrayDeque;
import java.util.function.Predicate;

import org.lockstep.gateway.client.view.Reader;

/** The newest events of one channel, rendered, for clients that were away for a moment. */
final class EventHistory
{
    private static final int CAPACITY = 2_048;

    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long coversFrom;

    /** One event, rendered without its envelope. */
    record Event(long sequence, int instrumentId, long timeMs, Predicate<Reader> admission, byte[] json)
    {
        boolean isFor(final Recovery recovery)
        {
            return recovery.wants(instrumentId, sequence) && admission.test(recovery.subscription.session.reader());
        }
    }

    void add(final Event event)
    {
        if (events.size() == CAPACITY)
        {
            coversFrom = events.poll().sequence() + 1;
        }
        events.add(event);
    }

    /** Forgets everything: events before a sequence were not seen. */
    void startFrom(final long sequence)
    {
        events.clear();
        coversFrom = sequence;
    }

    /** @return true when every event from a sequence on is here. */
    boolean covers(final long sequence)
    {
        return sequence >= coversFrom;
    }

    Iterable<Event> events()
    {
        return events;
    }

    int size()
    {
        return events.size();
    }
}
