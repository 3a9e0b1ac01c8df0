package org.lockstep.tools.rehearse;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.tools.run.WatchedEngine;

/** Halts an engine at an input or a request, counted from the start of its life. Threading: the engine thread. */
final class CrashPoint
{
    private final CrashKind kind;
    private int left;

    /** Kind null, or one that needs nothing here, lets everything pass. */
    CrashPoint(final CrashKind kind, final int count)
    {
        this.kind = kind;
        this.left = count;
    }

    /** What stands before the engine. */
    StateMachine before(final StateMachine engine)
    {
        return CrashKind.AT_START == kind || CrashKind.AT_REPORT == kind ?
            new WatchedEngine(engine, this::onInput) : engine;
    }

    /** What stands before the order port. */
    FrameHandler before(final FrameHandler port)
    {
        return CrashKind.AT_REQUEST != kind ? port : (buffer, offset, length) ->
        {
            if (isRequest(Frame.templateId(buffer, offset)))
            {
                count();
            }
            port.onFrame(buffer, offset, length);
        };
    }

    private void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        if (CrashKind.AT_START == kind || isReport(Frame.templateId(buffer, offset)))
        {
            count();
        }
    }

    private void count()
    {
        if (--left <= 0)
        {
            throw new PlannedCrash(kind);
        }
    }

    private static boolean isRequest(final int templateId)
    {
        return switch (templateId)
        {
            case OrderRequestedDecoder.TEMPLATE_ID, CancelRequestedDecoder.TEMPLATE_ID,
                ReplaceRequestedDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private static boolean isReport(final int templateId)
    {
        return switch (templateId)
        {
            case OrderAcceptedDecoder.TEMPLATE_ID, OrderFilledDecoder.TEMPLATE_ID, OrderCanceledDecoder.TEMPLATE_ID,
                OrderReplacedDecoder.TEMPLATE_ID, OrderRejectedDecoder.TEMPLATE_ID, OrderExpiredDecoder.TEMPLATE_ID,
                OrderReportedDecoder.TEMPLATE_ID, OutcomeUnknownDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }
}
