package org.lockstep.engine.order;

import org.lockstep.engine.state.StateWriter;

/**
 * What is open about an order at a live venue: since when its outcome is not known, how often the venue was asked, and
 * what still has to be done once it is known. Threading: the engine thread. Allocation: none.
 */
public final class OrderDoubt
{
    private static final long FIRST_DELAY_NS = 1_000_000_000L;
    private static final long LAST_DELAY_NS = 60_000_000_000L;
    private static final int LAST_DOUBLING = 6;

    private long sinceNs;
    private long nextQueryNs;
    private long requestTimeNs;
    private long cancelTimeNs;
    private int attempts;
    private int notFoundCount;
    private int seenRound;
    private int canceledGeneration;
    private boolean cancelWanted;
    private boolean endInferred;
    private boolean askedAfterEnd;
    private boolean differenceTold;

    void clear()
    {
        sinceNs = 0;
        nextQueryNs = 0;
        requestTimeNs = 0;
        cancelTimeNs = 0;
        attempts = 0;
        notFoundCount = 0;
        seenRound = 0;
        canceledGeneration = 0;
        cancelWanted = false;
        endInferred = false;
        askedAfterEnd = false;
        differenceTold = false;
    }

    void requested(final long timeNs)
    {
        requestTimeNs = timeNs;
    }

    void begin(final long timeNs)
    {
        sinceNs = timeNs;
        nextQueryNs = timeNs;
        attempts = 0;
        notFoundCount = 0;
        differenceTold = false;
    }

    void end()
    {
        sinceNs = 0;
        attempts = 0;
        notFoundCount = 0;
    }

    /** @return engine time since when the outcome is not known, 0 = it is known. */
    public long sinceNs()
    {
        return sinceNs;
    }

    /** @return engine time of the last request about the order: to place, cancel or replace it. */
    public long requestTimeNs()
    {
        return requestTimeNs;
    }

    /**
     * Is it time to ask the venue (again)?
     *
     * @param timeNs engine time.
     * @return true when the outcome is not known and the last question is long enough ago.
     */
    public boolean isQueryDue(final long timeNs)
    {
        return 0 != sinceNs && timeNs >= nextQueryNs;
    }

    /** The next question is due at once: the venue can be reached again, or its list did not show the order. */
    public void hurry()
    {
        nextQueryNs = 0;
    }

    /**
     * The venue is being asked. The next time is 1, 2, 4 ... 60 seconds later.
     *
     * @param timeNs engine time.
     * @return which question it is since the doubt began, from 1.
     */
    public int asked(final long timeNs)
    {
        attempts++;
        final int doubling = Math.min(attempts - 1, LAST_DOUBLING);
        nextQueryNs = timeNs + Math.min(LAST_DELAY_NS, FIRST_DELAY_NS << doubling);
        return attempts;
    }

    /** @return how often the venue has said conclusively that it has no such order, this time included. */
    public int notFound()
    {
        return ++notFoundCount;
    }

    /** @return round of reconciliation in which the venue last listed it, 0 = none. */
    public int seenRound()
    {
        return seenRound;
    }

    /**
     * The venue listed it.
     *
     * @param round of reconciliation.
     */
    public void seen(final int round)
    {
        seenRound = round;
    }

    /** @return whether a cancel was asked for that the venue has not carried out. */
    public boolean isCancelWanted()
    {
        return cancelWanted;
    }

    /** @return generation of the order that the last cancel named. */
    int canceledGeneration()
    {
        return canceledGeneration;
    }

    /** @return engine time at which the venue was last asked to take it back, 0 = never. */
    public long cancelTimeNs()
    {
        return cancelTimeNs;
    }

    void cancelAsked(final long timeNs)
    {
        cancelTimeNs = timeNs;
    }

    void cancelWanted(final boolean isWanted, final int generation)
    {
        cancelWanted = isWanted;
        canceledGeneration = generation;
    }

    /** @return whether it ended because the venue does not know it, and not because the venue said how it ended. */
    public boolean isEndInferred()
    {
        return endInferred;
    }

    /** Notes that its end is inferred from the venue not knowing it. */
    public void endInferred()
    {
        endInferred = true;
    }

    /** @return whether the venue was asked about it since it ended. */
    public boolean isAskedAfterEnd()
    {
        return askedAfterEnd;
    }

    /** Notes that the venue is asked about an order that has ended. */
    public void askedAfterEnd()
    {
        askedAfterEnd = true;
    }

    /** @return true the first time since the doubt began: a difference is told once. */
    public boolean tellDifference()
    {
        final boolean isFirst = !differenceTold;
        differenceTold = true;
        return isFirst;
    }

    void describe(final StateWriter out)
    {
        out.field("uncertainSinceNs", sinceNs);
        out.field("nextQueryNs", nextQueryNs);
        out.field("requestTimeNs", requestTimeNs);
        out.field("cancelTimeNs", cancelTimeNs);
        out.field("attempts", attempts);
        out.field("notFound", notFoundCount);
        out.field("seenRound", seenRound);
        out.field("cancelWanted", cancelWanted);
        out.field("canceledGeneration", canceledGeneration);
        out.field("endInferred", endInferred);
        out.field("askedAfterEnd", askedAfterEnd);
        out.field("differenceTold", differenceTold);
    }
}
