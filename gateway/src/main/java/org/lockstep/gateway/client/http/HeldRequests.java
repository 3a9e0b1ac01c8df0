package org.lockstep.gateway.client.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.agrona.concurrent.EpochClock;

/**
 * Requests that came before the journal of earlier runs was read, when nothing true could be said yet: served, in the
 * order they came, as soon as it has been, or told to come again when that takes too long. One a connection at most,
 * forgotten with it. Client event loop only.
 */
public final class HeldRequests
{
    /** Of the time a request may take to arrive: clients that wait for as long at the other end get an answer. */
    private static final double SHARE_OF_TIMEOUT = 0.8;
    private static final int RELEASES_PER_POLL = 64;

    private final BooleanSupplier isCaughtUp;
    private final EpochClock clock;
    private final long maxHeldMs;
    private final Map<HttpApi, Long> deadlines = new LinkedHashMap<>();

    /**
     * Nothing is held yet.
     *
     * @param isCaughtUp       whether the journal has been read.
     * @param clock            our clock.
     * @param requestTimeoutMs for a whole request to arrive; it is held a little shorter.
     */
    public HeldRequests(final BooleanSupplier isCaughtUp, final EpochClock clock, final int requestTimeoutMs)
    {
        this.isCaughtUp = isCaughtUp;
        this.clock = clock;
        maxHeldMs = (long)(requestTimeoutMs * SHARE_OF_TIMEOUT);
    }

    /** @return true once requests can be answered. */
    boolean isCaughtUp()
    {
        return isCaughtUp.getAsBoolean();
    }

    void add(final HttpApi connection)
    {
        deadlines.put(connection, clock.time() + maxHeldMs);
    }

    void remove(final HttpApi connection)
    {
        deadlines.remove(connection);
    }

    /** @return requests that are held. */
    public int count()
    {
        return deadlines.size();
    }

    /**
     * Serves what has waited long enough, a bounded number at a time.
     *
     * @return 0 when there was nothing to do.
     */
    public int poll()
    {
        return deadlines.isEmpty() ? 0 : release(isCaughtUp(), clock.time(), RELEASES_PER_POLL);
    }

    /** Tells all to come again: the server goes away. */
    public void close()
    {
        release(false, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    private int release(final boolean isServed, final long nowMs, final int maxCount)
    {
        int count = 0;
        Iterator<Map.Entry<HttpApi, Long>> oldest = deadlines.entrySet().iterator();
        while (count < maxCount && oldest.hasNext())
        {
            final Map.Entry<HttpApi, Long> next = oldest.next();
            if (!isServed && next.getValue() - nowMs > 0)
            {
                break;
            }
            final HttpApi connection = next.getKey();
            oldest.remove();
            connection.onHeld(isServed);
            count++;
            oldest = deadlines.entrySet().iterator();       // serving one may have closed others
        }
        return count;
    }
}
