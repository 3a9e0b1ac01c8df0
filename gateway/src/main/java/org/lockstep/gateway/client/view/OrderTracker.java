package org.lockstep.gateway.client.view;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderUncertainDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

/**
 * Orders that are open, and the newest closed ones for reference. Executions are summed as the engine sums them. What a
 * venue says when asked is taken by the engine's conclusion, its ReconciliationDifference: the report alone may be of
 * what a replace took the place of, or be short of executions.
 */
final class OrderTracker
{
    private static final int MAX_CLOSED = 20_000;
    private static final int MAX_REFUSED = 200;
    private static final int MAX_SUBMITTED = 1_000;
    private static final long MAX_CLOSED_EXECUTIONS = 200_000;
    private static final int ORDER_ID_AT = Frame.HEADER_LENGTH + Long.BYTES;

    private final Long2ObjectHashMap<OrderView> orders = new Long2ObjectHashMap<>();
    private final ArrayDeque<OrderView> closed = new ArrayDeque<>();
    private final ArrayDeque<OrderView> refused = new ArrayDeque<>();
    private final ArrayDeque<OrderView> submitted = new ArrayDeque<>();
    private final Int2IntCounterMap openCounts = new Int2IntCounterMap(0);
    private final PerformanceBook performances;
    private final OrderRequestedDecoder requested = new OrderRequestedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final OrderReportedDecoder reported = new OrderReportedDecoder();
    private final OrderUncertainDecoder uncertain = new OrderUncertainDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final ReplaceRequestedDecoder replaceRequested = new ReplaceRequestedDecoder();
    private long closedExecutions;

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

    /** @return the newest of those that were refused before they became orders, oldest first. */
    Collection<OrderView> refused()
    {
        return refused;
    }

    /** @return what was refused with the frame of a sequence, or null when it is not among the newest. */
    OrderView refused(final long sequence)
    {
        return find(refused, sequence);
    }

    /** Remembers the terms of an order entered by hand: should it be refused, the refusal does not tell them. */
    void onSubmitted(final long sequence, final int instrumentId, final CommandDecoder command)
    {
        final OrderView order = new OrderView(0);
        order.sequence = sequence;
        order.instrumentId = instrumentId;
        order.side = command.side();
        order.type = command.orderType();
        order.timeInForce = command.timeInForce();
        order.price = command.price();
        order.quantity = command.quantity();
        submitted.add(order);
        if (submitted.size() > MAX_SUBMITTED)
        {
            submitted.poll();
        }
    }

    private void onRefused(final DirectBuffer buffer, final int offset)
    {
        wrap(rejected, buffer, offset);
        final OrderView asked = find(submitted, rejected.causeSequence());
        final OrderView order = new OrderView(0);
        order.instrumentId = Frame.instrumentId(buffer, offset);
        order.botId = rejected.botId();
        order.accountId = rejected.accountId();
        if (null != asked && order.instrumentId == asked.instrumentId)
        {
            order.side = asked.side;
            order.type = asked.type;
            order.timeInForce = asked.timeInForce;
            order.price = asked.price;
            order.quantity = asked.quantity;
        }
        order.status = "rejected";
        order.isClosed = true;
        order.code = rejected.code();
        order.reason = rejected.reason();
        seen(order, buffer, offset);
        refused.add(order);
        if (refused.size() > MAX_REFUSED)
        {
            refused.poll();
        }
    }

    private static OrderView find(final ArrayDeque<OrderView> orders, final long sequence)
    {
        for (final Iterator<OrderView> newest = orders.descendingIterator(); newest.hasNext();)
        {
            final OrderView order = newest.next();
            if (order.sequence <= sequence)
            {
                return order.sequence == sequence ? order : null;
            }
        }
        return null;
    }

    /** @return how many orders of a bot are open. */
    int openCount(final int botId)
    {
        return openCounts.get(botId);
    }

    /** @return the order when it began, ended or was taken up again with this frame, else null. */
    OrderView onFrame(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                return onRequested(buffer, offset);
            }
            case OrderReportedDecoder.TEMPLATE_ID ->
            {
                return onReported(buffer, offset);
            }
            case OrderUncertainDecoder.TEMPLATE_ID ->
            {
                onUncertain(buffer, offset);
                return null;
            }
            case ReconciliationDifferenceDecoder.TEMPLATE_ID ->
            {
                return onDifference(buffer, offset);
            }
            default ->
            {
                return 0 == (EventChannels.of(templateId, buffer, offset) & EventChannels.bit(DataChannel.ORDERS)) ?
                    null : onOrder(templateId, buffer, offset);
            }
        }
    }

    /** What the engine says of an order after the venue was asked about it. */
    static String statusAfter(final DifferenceKind kind, final String text, final OrderView order)
    {
        if (null != order && order.isClosed)
        {
            return order.status;
        }
        return switch (kind)
        {
            case MISSED_END -> endOf(text);
            case NEVER_ARRIVED -> "rejected";
            default -> null == order ? "new" : working(order);
        };
    }

    private OrderView onOrder(final int templateId, final DirectBuffer buffer, final int offset)
    {
        // Every order message has the cause first and the order id next.
        final long orderId = buffer.getLong(offset + ORDER_ID_AT, ByteOrder.LITTLE_ENDIAN);
        final OrderView order = orders.get(orderId);
        if (null == order && 0 == orderId && OrderRejectedDecoder.TEMPLATE_ID == templateId)
        {
            onRefused(buffer, offset);
        }
        if (null == order || order.isClosed && OrderFilledDecoder.TEMPLATE_ID != templateId)
        {
            return null;
        }
        seen(order, buffer, offset);
        switch (templateId)
        {
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                if (!order.isAcknowledged)
                {
                    performances.onAcknowledged(order, Frame.ingressTimeNs(buffer, offset));
                }
                order.isAcknowledged = true;
                // An execution or a request may have overtaken it.
                order.status = "pendingNew".equals(order.status) ? "new" : order.status;
            }
            case CancelRequestedDecoder.TEMPLATE_ID -> order.status = "pendingCancel";
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
            {
                wrap(replaceRequested, buffer, offset);
                order.askedQuantity = Math.max(order.askedQuantity, replaceRequested.quantity());
                order.status = "pendingReplace";
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                wrap(replaced, buffer, offset);
                order.isAcknowledged = true;
                onTerms(order, replaced.price(), replaced.quantity(), replaced.generation());
                order.status = working(order);
            }
            case OrderFilledDecoder.TEMPLATE_ID -> onFilled(order, buffer, offset);
            case OrderRejectedDecoder.TEMPLATE_ID -> onRejected(order, buffer, offset);
            case OrderCanceledDecoder.TEMPLATE_ID -> onEnd(order, "canceled");
            case OrderExpiredDecoder.TEMPLATE_ID -> onEnd(order, "expired");
            default ->
            {
                return null;
            }
        }
        return closeIfDone(order) ? order : null;
    }

    private static void seen(final OrderView order, final DirectBuffer buffer, final int offset)
    {
        order.sequence = Frame.sequence(buffer, offset);
        order.timeNs = ClientView.timeNs(buffer, offset);
    }

    /** As the engine counts: each execution once, whoever tells of it, and none of another instrument. */
    private void onFilled(final OrderView order, final DirectBuffer buffer, final int offset)
    {
        wrap(filled, buffer, offset);
        final long sum = order.filledQuantity + filled.quantity();
        final boolean isLast = sum >= Math.max(order.quantity, order.askedQuantity);
        if (order.instrumentId != Frame.instrumentId(buffer, offset) ||
            !order.executions.add(filled.tradeId(), sum, isLast))
        {
            return;
        }
        order.isAcknowledged = true;
        order.filledQuantity = sum;
        if (isLast)
        {
            order.status = "filled";
        }
        else if (!order.isClosed)
        {
            order.status = "partiallyFilled";
        }
        if (order.isClosed)
        {
            closedExecutions++;
        }
    }

    /** Once acknowledged, only a cancel or a replace can be refused: the order works on. */
    private void onRejected(final OrderView order, final DirectBuffer buffer, final int offset)
    {
        wrap(rejected, buffer, offset);
        final RequestKind request = rejected.request();
        if (RequestKind.CANCEL != request && !order.isUncertain)
        {
            order.askedQuantity = 0;
        }
        if (order.isAcknowledged)
        {
            order.status = 0 != order.askedQuantity ? "pendingReplace" : working(order);
        }
        else
        {
            order.status = RequestKind.CANCEL == request || RequestKind.REPLACE == request ? "pendingNew" : "rejected";
        }
        if ("rejected".equals(order.status))
        {
            order.code = rejected.code();
            order.reason = rejected.reason();
        }
    }

    /** While it is not known whether it was replaced, the end may be its predecessor's; the engine will tell. */
    private static void onEnd(final OrderView order, final String status)
    {
        if (!order.isUncertain || 0 == order.askedQuantity)
        {
            order.status = status;
        }
    }

    private static void onTerms(final OrderView order, final long price, final long quantity, final int generation)
    {
        order.price = price;
        order.quantity = quantity;
        order.generation = Math.max(order.generation, generation);
        order.askedQuantity = 0;
    }

    /** What it says of an order's state counts only once the engine has drawn its conclusion. */
    private OrderView onReported(final DirectBuffer buffer, final int offset)
    {
        wrap(reported, buffer, offset);
        final OrderView order = orders.get(reported.orderId());
        if (null == order)
        {
            return null;
        }
        order.reportSequence = Frame.sequence(buffer, offset);
        order.reportPrice = reported.price();
        order.reportQuantity = reported.quantity();
        order.reportGeneration = reported.generation();
        if (order.isClosed || VenueOrderState.WORKING != reported.state() ||
            order.reportGeneration <= order.generation)
        {
            return null;
        }
        seen(order, buffer, offset);
        onTerms(order, order.reportPrice, order.reportQuantity, order.reportGeneration);
        if (!"pendingCancel".equals(order.status))
        {
            order.status = working(order);
        }
        return closeIfDone(order) ? order : null;
    }

    private void onUncertain(final DirectBuffer buffer, final int offset)
    {
        wrap(uncertain, buffer, offset);
        final OrderView order = orders.get(uncertain.orderId());
        if (null != order)
        {
            order.isUncertain = YesNo.YES == uncertain.uncertain();
        }
    }

    private OrderView onDifference(final DirectBuffer buffer, final int offset)
    {
        wrap(difference, buffer, offset);
        final OrderView order = orders.get(difference.orderId());
        final DifferenceKind kind = difference.kind();
        if (null == order || order.isClosed != (DifferenceKind.REAPPEARED == kind))
        {
            return null;
        }
        final boolean isOfReport = order.reportSequence == difference.causeSequence();
        switch (kind)
        {
            case MISSED_END ->
            {
                if (isOfReport && order.reportGeneration > order.generation)
                {
                    onTerms(order, order.reportPrice, order.reportQuantity, order.reportGeneration);
                }
                final String end = endOf(difference.text());
                // A refusal of what the venue had acknowledged takes back the rest of it.
                order.status = order.filledQuantity >= order.quantity ? "filled" :
                    "filled".equals(end) || "rejected".equals(end) && order.isAcknowledged ? "canceled" : end;
            }
            case NEVER_ARRIVED -> order.status = "rejected";
            case MISSED_STATE, TERMS, REAPPEARED ->
            {
                order.isAcknowledged = true;
                order.askedQuantity = 0;
                if (isOfReport && DifferenceKind.MISSED_STATE != kind)
                {
                    onTerms(order, order.reportPrice, order.reportQuantity, order.reportGeneration);
                }
                reopen(order);
                order.status = working(order);
            }
            default ->
            {
                return null;
            }
        }
        seen(order, buffer, offset);
        return closeIfDone(order) || DifferenceKind.REAPPEARED == kind ? order : null;
    }

    /** @return the status that the engine's word for a venue's state stands for. */
    private static String endOf(final String state)
    {
        return switch (state)
        {
            case "FILLED" -> "filled";
            case "EXPIRED" -> "expired";
            case "REJECTED" -> "rejected";
            default -> "canceled";
        };
    }

    private static void wrap(final MessageDecoderFlyweight decoder, final DirectBuffer buffer, final int offset)
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
        return 0 == order.filledQuantity ? "new" :
            order.filledQuantity >= order.quantity ? "filled" : "partiallyFilled";
    }

    private void reopen(final OrderView order)
    {
        if (order.isClosed)
        {
            order.isClosed = false;
            order.isUncertain = false;
            closed.remove(order);
            closedExecutions -= order.executions.count();
            openCounts.incrementAndGet(order.botId);
        }
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
        closedExecutions += order.executions.count();
        while (closed.size() > MAX_CLOSED || closedExecutions > MAX_CLOSED_EXECUTIONS && closed.size() > 1)
        {
            final OrderView oldest = closed.poll();
            closedExecutions -= oldest.executions.count();
            orders.remove(oldest.orderId);
        }
        return true;
    }
}
