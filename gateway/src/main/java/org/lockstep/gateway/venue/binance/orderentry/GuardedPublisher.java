package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.FramePublisher;

/**
 * Knows when a claim is waited for: where the loop runs the engine, the engine may run in there, and what it asks for
 * must not be sent from within. Threading: the session's loop. Allocation: none.
 */
final class GuardedPublisher implements FramePublisher
{
    private final FramePublisher publisher;
    private boolean isClaiming;

    GuardedPublisher(final FramePublisher publisher)
    {
        this.publisher = publisher;
    }

    @Override
    public long claim()
    {
        isClaiming = true;
        try
        {
            return publisher.claim();
        }
        finally
        {
            isClaiming = false;
        }
    }

    @Override
    public long tryClaim()
    {
        return publisher.tryClaim();
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return publisher.buffer();
    }

    @Override
    public int offset(final long claim)
    {
        return publisher.offset(claim);
    }

    @Override
    public void publish(final long claim)
    {
        publisher.publish(claim);
    }

    @Override
    public void abort(final long claim)
    {
        publisher.abort(claim);
    }

    /** @return true inside of {@link #claim()}. */
    boolean isClaiming()
    {
        return isClaiming;
    }
}
