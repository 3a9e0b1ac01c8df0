package org.lockstep.benchmarks.peer;

/** A quote as a method, for Chronicle's method writer. */
public interface QuoteLog
{
    /**
     * A quote.
     *
     * @param timeNs     when it was sent.
     * @param price      of it.
     * @param quantity   of it.
     * @param instrument of it.
     */
    void quote(long timeNs, long price, long quantity, int instrument);
}
