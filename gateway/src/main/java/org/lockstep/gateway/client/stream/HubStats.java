package org.lockstep.gateway.client.stream;

/** Counters of the fan-out. Written by the client event loop, which also reads them. */
public final class HubStats
{
    long messagesEncoded;
    long messagesSent;
    long eventsRecovered;
    long eventsFromJournal;
    long valuesDeferred;
    long publicTradesSkipped;
    long slowClosed;
    long sessionsOpened;
    long messagesReceived;
    long rateLimited;
    long errorsSent;

    /** @return messages encoded; one encoding serves all subscribers. */
    public long messagesEncoded()
    {
        return messagesEncoded;
    }

    /** @return messages written to clients. */
    public long messagesSent()
    {
        return messagesSent;
    }

    /** @return events sent from memory or journal to returning clients. */
    public long eventsRecovered()
    {
        return eventsRecovered;
    }

    /** @return of those, events that memory no longer held. */
    public long eventsFromJournal()
    {
        return eventsFromJournal;
    }

    /** @return state values put off because a client was full. */
    public long valuesDeferred()
    {
        return valuesDeferred;
    }

    /** @return public trades not sent to clients that were full; each was told how many. */
    public long publicTradesSkipped()
    {
        return publicTradesSkipped;
    }

    /** @return clients closed for reading too slowly. */
    public long slowClosed()
    {
        return slowClosed;
    }

    /** @return clients that signed in. */
    public long sessionsOpened()
    {
        return sessionsOpened;
    }

    /** @return messages from clients. */
    public long messagesReceived()
    {
        return messagesReceived;
    }

    /** @return messages refused over the rate limit. */
    public long rateLimited()
    {
        return rateLimited;
    }

    /** @return error messages sent. */
    public long errorsSent()
    {
        return errorsSent;
    }
}
