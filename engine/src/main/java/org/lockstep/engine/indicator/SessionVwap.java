package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/**
 * Volume-weighted average price since the session began: the sum of price times volume, divided by the sum of volumes,
 * begun afresh at each multiple of the session's length since the epoch (a day: at midnight UTC). Ready with the first
 * volume of a session.
 */
public final class SessionVwap implements Indicator
{
    /** A day, the usual session. */
    public static final long DAY_NS = 86_400_000_000_000L;

    private final long sessionLengthNs;
    private long sessionStartNs = Long.MIN_VALUE;
    private double amount;
    private double amountError;
    private double volume;

    /** Sessions of a day. */
    public SessionVwap()
    {
        this(DAY_NS);
    }

    /**
     * Nothing seen yet.
     *
     * @param sessionLengthNs from 1.
     */
    public SessionVwap(final long sessionLengthNs)
    {
        if (sessionLengthNs < 1)
        {
            throw new IllegalArgumentException("session length must be 1 ns or more, found " + sessionLengthNs);
        }
        this.sessionLengthNs = sessionLengthNs;
    }

    /**
     * Takes the next bar or trade. One of an earlier session than the last counts into the running one.
     *
     * @param timeNs when it was (of a bar: its open time), epoch ns.
     * @param price  its average price.
     * @param volume not negative.
     */
    public void update(final long timeNs, final double price, final double volume)
    {
        final long startNs = timeNs - Math.floorMod(timeNs, sessionLengthNs);
        if (startNs > sessionStartNs)
        {
            reset();
            sessionStartNs = startNs;
        }
        final double added = price * volume;
        final double total = amount + added;
        amountError += Math.abs(amount) >= Math.abs(added) ? amount - total + added : added - total + amount;
        amount = total;
        this.volume += volume;
    }

    @Override
    public boolean isReady()
    {
        return volume > 0;
    }

    @Override
    public double value()
    {
        return isReady() ? (amount + amountError) / volume : Double.NaN;
    }

    @Override
    public void reset()
    {
        sessionStartNs = Long.MIN_VALUE;
        amount = 0;
        amountError = 0;
        volume = 0;
    }

    @Override
    public void describe(final StateWriter writer)
    {
        writer.field("sessionStartNs", sessionStartNs);
        writer.field("amount", amount);
        writer.field("amountError", amountError);
        writer.field("volume", volume);
    }
}
