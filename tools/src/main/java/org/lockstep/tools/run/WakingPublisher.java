package org.lockstep.tools.run;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.FramePublisher;

/**
 * Says that something was published to whoever may sleep until then. For what comes seldom and is waited for, such as
 * commands of clients; a feed's events are run by the thread that reads them, and need nobody woken.
 * Threading: that of the publisher it writes to; the wake-up runs on the thread that publishes.
 */
final class WakingPublisher implements FramePublisher
{
    private final FramePublisher publisher;
    private final Runnable wakeUp;

    WakingPublisher(final FramePublisher publisher, final Runnable wakeUp)
    {
        this.publisher = publisher;
        this.wakeUp = wakeUp;
    }

    @Override
    public long claim()
    {
        return publisher.claim();
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
        wakeUp.run();
    }

    @Override
    public void abort(final long claim)
    {
        publisher.abort(claim);
    }
}
