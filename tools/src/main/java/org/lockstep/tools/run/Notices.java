package org.lockstep.tools.run;

import java.nio.ByteBuffer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.risk.AlertCode;

/**
 * Carries what a person should hear of, alerts, refusals and differences from the venues' books, from the engine to
 * whoever prints it. Bounded: what nobody takes is counted and no more. Threading: the engine thread writes, one other
 * reads; the counts may be read by any. Allocates nothing.
 */
final class Notices implements FrameHandler
{
    private static final int CAPACITY = 1 << 18;

    private final OneToOneRingBuffer ring =
        new OneToOneRingBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(
            CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private final AlertDecoder alert = new AlertDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private volatile long infos;
    private volatile long warnings;
    private volatile long criticals;
    private volatile long differences;
    private volatile long lost;
    private volatile boolean isStopping;

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int template = Frame.templateId(buffer, offset);
        if (ReconciliationDifferenceDecoder.TEMPLATE_ID == template)
        {
            differences++;
            offer(template, buffer, offset, length);
        }
        else if (OrderRejectedDecoder.TEMPLATE_ID == template)
        {
            onRejected(buffer, offset, length);
        }
        else if (AlertDecoder.TEMPLATE_ID == template)
        {
            alert.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            if (isStopping && AlertCode.FEED.code() == alert.code())
            {
                // That feeds end when they are ended is nothing to hear of.
                return;
            }
            if (AlertSeverity.CRITICAL == alert.severity())
            {
                criticals++;
                offer(template, buffer, offset, length);
            }
            else if (AlertSeverity.WARNING == alert.severity())
            {
                warnings++;
                offer(template, buffer, offset, length);
            }
            else
            {
                infos++;
            }
        }
    }

    /** Takes an input: a venue's refusal is one. */
    void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        if (OrderRejectedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            onRejected(buffer, offset, length);
        }
    }

    /** Says that the process is being stopped as planned, feeds first; any thread. */
    void stopping()
    {
        isStopping = true;
    }

    /** Takes what has come since the last time; the reader's thread. */
    int poll(final MessageHandler handler)
    {
        return ring.read(handler);
    }

    long infos()
    {
        return infos;
    }

    long warnings()
    {
        return warnings;
    }

    long criticals()
    {
        return criticals;
    }

    long differences()
    {
        return differences;
    }

    /** Those that were counted but did not fit. */
    long lost()
    {
        return lost;
    }

    /** That a cancel came too late is everyday life; the order has ended. */
    private void onRejected(final DirectBuffer buffer, final int offset, final int length)
    {
        rejected.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        if (RequestKind.CANCEL != rejected.request())
        {
            offer(OrderRejectedDecoder.TEMPLATE_ID, buffer, offset, length);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void offer(final int template, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!ring.write(template, buffer, offset, length))
        {
            lost++;
        }
    }
}
