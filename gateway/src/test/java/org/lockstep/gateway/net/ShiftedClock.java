package org.lockstep.gateway.net;

import java.util.concurrent.atomic.AtomicLong;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** The machine's clock, moved by as much as a test says. Allocates nothing once it is warm. */
public final class ShiftedClock implements EpochNanoClock
{
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final AtomicLong shiftNs = new AtomicLong();

    public void shift(final long byNs)
    {
        shiftNs.addAndGet(byNs);
    }

    @Override
    public long nanoTime()
    {
        return clock.nanoTime() + shiftNs.get();
    }
}
