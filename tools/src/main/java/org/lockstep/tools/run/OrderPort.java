package org.lockstep.tools.run;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.FrameHandler;

/** Takes every output of the engine: counts it, and hands requests on to the sessions. Threading: the engine thread. */
final class OrderPort implements FrameHandler
{
    private final OutputTally tally;
    private final Notices notices;
    private volatile FrameHandler router;

    OrderPort(final OutputTally tally, final Notices notices)
    {
        this.tally = tally;
        this.notices = notices;
    }

    void routeTo(final FrameHandler newRouter)
    {
        router = newRouter;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final FrameHandler current = router;
        if (null != current)
        {
            current.onFrame(buffer, offset, length);
        }
        tally.onFrame(buffer, offset, length);
        notices.onFrame(buffer, offset, length);
    }
}
