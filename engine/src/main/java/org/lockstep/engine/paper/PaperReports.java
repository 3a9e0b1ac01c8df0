package org.lockstep.engine.paper;

import org.lockstep.engine.execution.ReportDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.Orders;

/**
 * Where reports of the paper venue arrive: each goes out as an output frame first and is then applied, exactly as a
 * report from a real venue is. Threading: the engine thread. Allocation: none.
 */
final class PaperReports
{
    private final Orders orders;
    private final OutputProxy outputs;
    private final ReportDesk desk;

    PaperReports(final Orders orders, final OutputProxy outputs, final ReportDesk desk)
    {
        this.orders = orders;
        this.outputs = outputs;
        this.desk = desk;
    }

    void onReport(final PaperMessage report)
    {
        final long orderId = report.orderId;
        final Order order = orders.find(orderId);
        if (null == order)
        {
            return;
        }
        switch (report.kind)
        {
            case ACCEPTED ->
            {
                outputs.orderAccepted(order, report.venueOrderId);
                desk.onReport(orderId, OrderEvent.ACCEPTED, report.venueOrderId);
            }
            case REJECTED ->
            {
                final boolean isReplace = RequestKind.REPLACE == report.request;
                if (isReplace && !order.isOpen())
                {
                    return;
                }
                outputs.orderRejected(orderId, order.botId(), order.accountId(), order.instrumentId(),
                    report.rejectReason, report.request);
                desk.onReport(orderId, isReplace ? OrderEvent.REPLACE_REJECTED : OrderEvent.REJECTED, 0);
            }
            case FILLED ->
            {
                outputs.orderFilled(
                    order, report.tradeId, report.price, report.quantity, report.fee, report.liquidity);
                desk.onFilled(
                    orderId, order.venueOrderId(), report.tradeId, report.price, report.quantity, report.fee);
            }
            case CANCELED ->
            {
                outputs.orderCanceled(order, report.quantity, report.text);
                desk.onReport(orderId, OrderEvent.CANCELED, 0);
            }
            case REPLACED ->
            {
                outputs.orderReplaced(order, report.price, report.quantity);
                desk.onReplaced(orderId, report.price, report.quantity, order.askedGeneration());
            }
            default ->
            {
                outputs.orderExpired(order, report.quantity, report.text);
                desk.onReport(orderId, OrderEvent.EXPIRED, 0);
            }
        }
    }
}
