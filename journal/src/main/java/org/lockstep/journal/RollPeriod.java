package org.lockstep.journal;

import net.openhft.chronicle.queue.RollCycles;

/** How long one file of the journal is written to, by UTC clock. Decided when a journal is created, then fixed. */
public enum RollPeriod
{
    /** A file every five minutes. */
    FIVE_MINUTES(RollCycles.FIVE_MINUTELY),
    /** A file an hour. */
    HOUR(RollCycles.FAST_HOURLY),
    /** A file a day. */
    DAY(RollCycles.FAST_DAILY);

    private final RollCycles cycle;

    RollPeriod(final RollCycles cycle)
    {
        this.cycle = cycle;
    }

    /** @return Chronicle's name for it. */
    public RollCycles cycle()
    {
        return cycle;
    }

    /** @return length, milliseconds. */
    public long lengthMs()
    {
        return cycle.lengthInMillis();
    }
}
