package org.lockstep.benchmarks.latency;

import org.HdrHistogram.Histogram;

/** One way from a sender to whoever reacts, measured from the intended time of sending to the reaction. */
abstract class Lane implements AutoCloseable
{
    private static final long HIGHEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final String label;
    private final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
    private volatile long received;

    Lane(final String label)
    {
        this.label = label;
    }

    final String label()
    {
        return label;
    }

    final Histogram histogram()
    {
        return histogram;
    }

    /** Messages that have arrived. */
    final long received()
    {
        return received;
    }

    /** Sends one message; on the sender's thread. */
    abstract void send(long intendedNs);

    /** Lets the receiver work; on the receiver's thread. Returns how much it did. */
    abstract int poll();

    /** The receiver has reacted; on its thread. */
    final void onArrival(final long intendedNs)
    {
        histogram.recordValue(Math.max(0, Math.min(HIGHEST_NS, System.nanoTime() - intendedNs)));
        received = received + 1;
    }

    /** Forgets what warming up was; while nobody sends. */
    void reset()
    {
        histogram.reset();
    }

    @Override
    public void close()
    {
    }
}
