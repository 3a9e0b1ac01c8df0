package org.lockstep.gateway.client.view;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Collection;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;

/** Orders that are open, and the newest closed ones for reference. */
final class OrderTracker
{
    private static final int MAX_CLOSED = 20_000;
    private static final int ORDER_ID_AT = Frame.HEADER_LENGTH + Long.BYTES;

    private final Long2ObjectHashMap<OrderView> orders = new Long2ObjectHashMap<>();
    private final ArrayDeque<OrderView> closed = new ArrayDeque<>();
    private final Int2IntCounterMap openCounts = new Int2IntCounterMap(0);
    private final PerformanceBook performances;
    private final OrderRequestedDecoder requested = new OrderRequestedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();

    OrderTracker(final PerformanceBook performances)
    {
        this.performances = performances;
    }

    OrderView order(final long orderId)
    {
        return orders.get(orderId);
    }

    Collection<OrderView> all()
    {
        return orders.values();
    }

    /** @return how many orders of a bot are open. */
    int openCount(final int botId)
    {
        return openCounts.get(botId);
    }

    /** @return the order when it began or ended with this frame, else null. */
    OrderView onFrame(final int templateId, final DirectBuffer buffer, final int offset)
    {
        if (OrderRequestedDecoder.TEMPLATE_ID == templateId)
        {
            return onRequested(buffer, offset);
        }
        if (0 == (EventChannels.of(templateId, buffer, offset) & EventChannels.bit(DataChannel.ORDERS)))
        {
            return null;
        }
        // Every order message has the cause first and the order id next.
        final OrderView order = orders.get(
            buffer.getLong(offset + ORDER_ID_AT, ByteOrder.LITTLE_ENDIAN));
        if (null == order || order.isClosed && OrderFilledDecoder.TEMPLATE_ID != templateId)
        {
            return null;
        }
        order.sequence = Frame.sequence(buffer, offset);
        order.timeNs = ClientView.timeNs(buffer, offset);
        switch (templateId)
        {
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                if (!order.isAcknowledged)
                {
                    performances.onAcknowledged(order, Frame.ingressTimeNs(buffer, offset));
                }
                order.isAcknowledged = true;
                order.status = "new";
            }
            case CancelRequestedDecoder.TEMPLATE_ID -> order.status = "pendingCancel";
            case ReplaceRequestedDecoder.TEMPLATE_ID -> order.status = "pendingReplace";
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                wrap(replaced, buffer, offset);
                order.price = replaced.price();
                order.quantity = replaced.quantity();
                order.status = working(order);
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filled.wrap(buffer, offset + Frame.HEADER_LENGTH,
                    Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
                order.isAcknowledged = true;
                order.filledQuantity = filled.cumulativeQuantity();
                order.status = order.filledQuantity >= order.quantity ? "filled" : "partiallyFilled";
            }
            // Once acknowledged, only a cancel or a replace can be refused: the order works on.
            case OrderRejectedDecoder.TEMPLATE_ID -> order.status = order.isAcknowledged ? working(order) : "rejected";
            case OrderCanceledDecoder.TEMPLATE_ID -> order.status = "canceled";
            case OrderExpiredDecoder.TEMPLATE_ID -> order.status = "expired";
            default ->
            {
                return null;
            }
        }
        return closeIfDone(order) ? order : null;
    }

    private void wrap(final OrderReplacedDecoder decoder, final DirectBuffer buffer, final int offset)
    {
        decoder.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
    }

    private OrderView onRequested(final DirectBuffer buffer, final int offset)
    {
        requested.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final OrderView order = new OrderView(requested.orderId());
        order.instrumentId = Frame.instrumentId(buffer, offset);
        order.botId = requested.botId();
        order.accountId = requested.accountId();
        order.side = requested.side();
        order.type = requested.orderType();
        order.timeInForce = requested.timeInForce();
        order.price = requested.price();
        order.quantity = requested.quantity();
        order.status = "pendingNew";
        order.requestedNs = Frame.ingressTimeNs(buffer, offset);
        order.sequence = Frame.sequence(buffer, offset);
        order.timeNs = Frame.ingressTimeNs(buffer, offset);
        orders.put(order.orderId, order);
        openCounts.incrementAndGet(order.botId);
        return order;
    }

    private static String working(final OrderView order)
    {
        return order.filledQuantity > 0 ? "partiallyFilled" : "new";
    }

    private boolean closeIfDone(final OrderView order)
    {
        final boolean isDone = switch (order.status)
        {
            case "filled", "rejected", "canceled", "expired" -> true;
            default -> false;
        };
        if (!isDone || order.isClosed)
        {
            return false;
        }
        order.isClosed = true;
        openCounts.decrementAndGet(order.botId);
        closed.add(order);
        if (closed.size() > MAX_CLOSED)
        {
            orders.remove(closed.poll().orderId);
        }
        return true;
    }
}
