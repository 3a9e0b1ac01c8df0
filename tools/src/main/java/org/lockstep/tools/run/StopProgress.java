package org.lockstep.tools.run;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.SessionStoppingDecoder;
import org.lockstep.engine.order.Orders;

/**
 * Tells whether the engine has seen that the session stops, and no order is open any more: those of bots, those placed
 * by hand, and those of earlier runs. Written by the engine thread after each input, read by any.
 */
final class StopProgress implements FrameHandler
{
    private final Orders orders;
    private boolean isStopping;
    private volatile boolean areOrdersEnded;

    StopProgress(final Orders orders)
    {
        this.orders = orders;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        if (SessionStoppingDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            isStopping = true;
        }
        if (isStopping)
        {
            areOrdersEnded = 0 == orders.openCount();
        }
    }

    boolean areOrdersEnded()
    {
        return areOrdersEnded;
    }
}
