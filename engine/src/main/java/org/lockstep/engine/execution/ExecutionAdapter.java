package org.lockstep.engine.execution;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.order.OrderEvent;

/** Decodes what venues report about orders and hands it to the desk. Engine thread. Allocates nothing. */
public final class ExecutionAdapter
{
    private final OrderDesk desk;
    private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final OrderExpiredDecoder expired = new OrderExpiredDecoder();

    /**
     * An adapter.
     *
     * @param desk that applies the reports.
     */
    public ExecutionAdapter(final OrderDesk desk)
    {
        this.desk = desk;
    }

    /**
     * Applies one report.
     *
     * @param buffer     holds the frame.
     * @param offset     of the frame.
     * @param templateId of the frame.
     */
    public void onReport(final DirectBuffer buffer, final int offset, final int templateId)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (templateId)
        {
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                accepted.wrap(buffer, body, blockLength, version);
                desk.onReport(accepted.orderId(), OrderEvent.ACCEPTED, accepted.venueOrderId());
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(buffer, body, blockLength, version);
                desk.onReport(rejected.orderId(), OrderEvent.REJECTED, 0);
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filled.wrap(buffer, body, blockLength, version);
                desk.onFilled(filled.orderId(), filled.venueOrderId(), filled.tradeId(), filled.price(),
                    filled.quantity(), filled.fee());
            }
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceled.wrap(buffer, body, blockLength, version);
                desk.onReport(canceled.orderId(), OrderEvent.CANCELED, 0);
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replaced.wrap(buffer, body, blockLength, version);
                desk.onReplaced(replaced.orderId(), replaced.price(), replaced.quantity(),
                    Math.max(0, replaced.generation()));
            }
            default ->
            {
                expired.wrap(buffer, body, blockLength, version);
                desk.onReport(expired.orderId(), OrderEvent.EXPIRED, 0);
            }
        }
    }
}
