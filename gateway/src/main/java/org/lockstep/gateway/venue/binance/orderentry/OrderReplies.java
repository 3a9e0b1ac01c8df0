package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Translates the venue's answers to order requests into frames. Threading: the session's loop. Allocation: none, but
 * for outcomes that stay unknown.
 */
final class OrderReplies
{
    /** Told what else a refusal means. */
    interface Listener
    {
        /** Our times are wrong. */
        void onClockRefused();

        /** The first step of a replace is done; returns false when the second is not taken any more. */
        boolean placeSuccessor(Pending pending, long executed);

        /** The order of a cancel or replace is not open any more: how it ended may have been lost. */
        void onGone(int instrumentId, long orderId, int generation);
    }

    private static final int ORDER_ID = ObjectFields.NAMED;
    private static final int CLIENT_ORDER_ID = ORDER_ID + 1;
    private static final int ORIG_CLIENT_ORDER_ID = ORDER_ID + 2;
    private static final int TRANSACT_TIME = ORDER_ID + 3;
    private static final int ORIG_QTY = ORDER_ID + 4;
    private static final int EXECUTED_QTY = ORDER_ID + 5;
    private static final int ORDER_REPORTS = ORDER_ID + 6;
    private static final int ORDERS = ORDER_ID + 7;
    private static final int TRANSACTION_TIME = ORDER_ID + 8;
    private static final int CODE = ORDER_ID + 9;
    private static final int MSG = ORDER_ID + 10;

    private static final int CANCEL_RESULT = ObjectFields.NAMED;
    private static final int NEW_RESULT = CANCEL_RESULT + 1;
    private static final int CANCEL_RESPONSE = CANCEL_RESULT + 2;
    private static final int NEW_RESPONSE = CANCEL_RESULT + 3;
    private static final byte[] SUCCESS = "SUCCESS".getBytes(StandardCharsets.US_ASCII);
    private static final int BAD_TIMESTAMP = -1021;
    private static final int NO_OPEN_ORDER = -2011;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BANNED = 418;
    private static final int FORBIDDEN = 403;

    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final Listener listener;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor innerCursor = new JsonCursor();
    private final ObjectFields result = newOrderFields();
    private final ObjectFields inner = newOrderFields();
    private final ObjectFields replace =
        new ObjectFields("cancelResult", "newOrderResult", "cancelResponse", "newOrderResponse");
    private final UnsafeBuffer noText = new UnsafeBuffer(new byte[1]);

    OrderReplies(final AccountContext context, final Listener listener)
    {
        this.context = context;
        this.publisher = context.publisher();
        this.listener = listener;
    }

    private static ObjectFields newOrderFields()
    {
        return new ObjectFields("orderId", "clientOrderId", "origClientOrderId", "transactTime", "origQty",
            "executedQty", "orderReports", "orders", "transactionTime", "code", "msg");
    }

    /** Translates one answer. */
    void onReply(final Pending pending, final ApiMessage reply)
    {
        if (!reply.isSuccess())
        {
            onError(pending, reply);
            return;
        }
        if (Pending.Kind.REPLACE == pending.kind)
        {
            onReplaced(pending, reply.result(cursor));
        }
        else if (!result.read(reply.result(cursor)))
        {
            onUnknown(pending, "the venue's answer was not understood");
        }
        else
        {
            switch (pending.kind)
            {
                case PLACE -> onPlaced(pending);
                case CANCEL -> onCanceled(pending);
                case REPLACE_CANCEL -> onPredecessorCanceled(pending);
                case REPLACE_PLACE -> onSuccessorPlaced(pending);
                default -> onListPlaced(pending);
            }
        }
    }

    /** No answer will come; the request may or may not have been carried out. */
    void onUnknown(final Pending pending, final String reason)
    {
        context.counters().increment(Counter.OUTCOMES_UNKNOWN);
        final RequestKind request = pending.kind.request();
        if (Pending.Kind.REPLACE == pending.kind || Pending.Kind.REPLACE_PLACE == pending.kind)
        {
            context.memory().onReplaceOpen(pending.orderId, pending.generation);
        }
        publisher.outcomeUnknown(pending.instrumentId, pending.orderId, request, reason);
        if (0 != pending.secondOrderId)
        {
            publisher.outcomeUnknown(pending.instrumentId, pending.secondOrderId, request, reason);
        }
    }

    // ---------------------------------------------------------------------------------------------------- successes

    private void onPlaced(final Pending pending)
    {
        final long venueOrderId = result.number(ORDER_ID, 0);
        context.memory().onOrder(pending.instrumentId, venueOrderId, pending.orderId);
        publisher.accepted(pending.instrumentId, pending.orderId, venueOrderId, result.timeNs(TRANSACT_TIME));
    }

    private void onListPlaced(final Pending pending)
    {
        if (!result.has(ORDERS) || !result.at(cursor, ORDERS).accept('['))
        {
            onUnknown(pending, "the venue's answer was not understood");
            return;
        }
        final long timeNs = result.timeNs(TRANSACTION_TIME);
        while (inner.read(cursor))
        {
            final long orderId = orderId(inner, CLIENT_ORDER_ID);
            if (orderId == pending.orderId || orderId == pending.secondOrderId)
            {
                final long venueOrderId = inner.number(ORDER_ID, 0);
                context.memory().onOrder(pending.instrumentId, venueOrderId, orderId);
                publisher.accepted(pending.instrumentId, orderId, venueOrderId, timeNs);
            }
            if (!cursor.accept(','))
            {
                break;
            }
        }
    }

    /** The cancel of a leg cancels its list: then there is one report for each leg. */
    private void onCanceled(final Pending pending)
    {
        if (!result.has(ORDER_REPORTS))
        {
            publishCanceled(result, pending.instrumentId, pending.orderId, null);
            return;
        }
        if (result.at(cursor, ORDER_REPORTS).accept('['))
        {
            while (inner.read(cursor))
            {
                final long orderId = orderId(inner, ORIG_CLIENT_ORDER_ID);
                if (0 != orderId)
                {
                    publishCanceled(inner, pending.instrumentId, orderId, null);
                }
                if (!cursor.accept(','))
                {
                    break;
                }
            }
        }
    }

    private void onReplaced(final Pending pending, final JsonCursor at)
    {
        if (!replace.read(at) || !replace.is(CANCEL_RESULT, SUCCESS) || !replace.is(NEW_RESULT, SUCCESS) ||
            !inner.read(replace.at(innerCursor, CANCEL_RESPONSE)) ||
            !result.read(replace.at(innerCursor, NEW_RESPONSE)))
        {
            onUnknown(pending, "the venue's answer was not understood");
            return;
        }
        final Instrument instrument = context.instruments().byId(pending.instrumentId);
        final long asked = pending.quantity - pending.executedQuantity;
        final long executed = inner.has(EXECUTED_QTY) ? context.memory().executedBefore(pending.orderId) +
            inner.decimalOrZero(EXECUTED_QTY, instrument.quantityScale()) : 0;
        final long venueOrderId = result.number(ORDER_ID, 0);
        final long wholeQuantity = asked + Math.max(executed, pending.executedQuantity);
        context.memory().onOrder(pending.instrumentId, venueOrderId, pending.orderId);
        context.memory().onReplaced(
            pending.orderId, pending.generation, Math.max(executed, pending.executedQuantity));
        publisher.replaced(pending.instrumentId, pending.orderId, venueOrderId, pending.generation, pending.price,
            wholeQuantity, result.timeNs(TRANSACT_TIME));
    }

    /** The engine was told meanwhile that nobody knows, or wants it no more: then there is no second step. */
    private void onPredecessorCanceled(final Pending pending)
    {
        if (!result.has(EXECUTED_QTY))
        {
            onCanceled(pending);
            return;
        }
        final int scale = context.instruments().byId(pending.instrumentId).quantityScale();
        final long executed = Math.max(pending.executedQuantity,
            context.memory().executedBefore(pending.orderId) + result.decimalOrZero(EXECUTED_QTY, scale));
        pending.canceledQuantity =
            Math.max(0, result.decimalOrZero(ORIG_QTY, scale) - result.decimalOrZero(EXECUTED_QTY, scale));
        if (pending.isReported || pending.isUnwanted || executed >= pending.quantity ||
            !listener.placeSuccessor(pending, executed))
        {
            publishCanceled(result, pending.instrumentId, pending.orderId, null);
        }
    }

    private void onSuccessorPlaced(final Pending pending)
    {
        final long venueOrderId = result.number(ORDER_ID, 0);
        context.memory().onOrder(pending.instrumentId, venueOrderId, pending.orderId);
        context.memory().onReplaced(pending.orderId, pending.generation, pending.executedQuantity);
        publisher.replaced(pending.instrumentId, pending.orderId, venueOrderId, pending.generation, pending.price,
            pending.quantity, result.timeNs(TRANSACT_TIME));
    }

    // ------------------------------------------------------------------------------------------------------- errors

    private void onError(final Pending pending, final ApiMessage reply)
    {
        if (BAD_TIMESTAMP == reply.code())
        {
            context.counters().increment(Counter.CLOCK_REFUSALS);
            listener.onClockRefused();
        }
        if (isOpen(reply.status(), reply.code()))
        {
            onUnknown(pending, reply.errorText());
        }
        else if (Pending.Kind.REPLACE_PLACE == pending.kind)
        {
            context.counters().increment(Counter.VENUE_REJECTS);
            publisher.canceled(pending.instrumentId, pending.orderId, pending.canceledQuantity, 0, reply.buffer(),
                reply.reasonOffset(), reply.reasonLength());
        }
        else if (Pending.Kind.REPLACE == pending.kind && replace.read(reply.errorData(cursor)) &&
            replace.has(CANCEL_RESULT))
        {
            onReplaceFailed(pending, reply);
        }
        else
        {
            reject(pending, isPassing(pending, reply) ? RejectReason.VENUE_BUDGET.code() : code(reply), reply);
            onRefused(pending, reply.code());
        }
    }

    /** One step of two, or none, was carried out. */
    private void onReplaceFailed(final Pending pending, final ApiMessage reply)
    {
        if (replace.is(CANCEL_RESULT, SUCCESS))
        {
            if (replace.is(NEW_RESULT, SUCCESS) || !inner.read(replace.at(innerCursor, CANCEL_RESPONSE)) ||
                !replace.has(NEW_RESPONSE) || !result.read(replace.at(innerCursor, NEW_RESPONSE)) ||
                isOpen(0, (int)result.number(CODE, 0)))
            {
                onUnknown(pending, reply.errorText());
            }
            else
            {
                context.counters().increment(Counter.VENUE_REJECTS);
                publishCanceled(inner, pending.instrumentId, pending.orderId, result);
            }
        }
        else if (replace.is(NEW_RESULT, SUCCESS))
        {
            onUnknown(pending, reply.errorText());
        }
        else
        {
            final boolean isRead = inner.read(replace.at(innerCursor, CANCEL_RESPONSE));
            final int cancelCode = isRead ? (int)inner.number(CODE, 0) : 0;
            if (isOpen(0, cancelCode))
            {
                onUnknown(pending, reply.errorText());
                return;
            }
            context.counters().increment(Counter.VENUE_REJECTS);
            publisher.rejected(pending.instrumentId, pending.orderId, RequestKind.REPLACE,
                0 == cancelCode ? code(reply) : cancelCode, 0,
                isRead ? inner.buffer() : noText, isRead ? inner.offset(MSG) : 0, isRead ? inner.length(MSG) : 0);
            onRefused(pending, cancelCode);
        }
    }

    private void onRefused(final Pending pending, final int code)
    {
        if (pending.isCancelSeen)
        {
            publishCanceledMeanwhile(pending);
        }
        else if (NO_OPEN_ORDER == code && Pending.Kind.LIST != pending.kind && Pending.Kind.PLACE != pending.kind)
        {
            listener.onGone(pending.instrumentId, pending.orderId, pending.generation);
        }
    }

    private void reject(final Pending pending, final int code, final ApiMessage reply)
    {
        context.counters().increment(Counter.VENUE_REJECTS);
        final RequestKind request = pending.kind.request();
        publisher.rejected(pending.instrumentId, pending.orderId, request, code, 0, reply.buffer(),
            reply.reasonOffset(), reply.reasonLength());
        if (0 != pending.secondOrderId)
        {
            publisher.rejected(pending.instrumentId, pending.secondOrderId, request, code, 0, reply.buffer(),
                reply.reasonOffset(), reply.reasonLength());
        }
    }

    /** A cancel that was taken for a part of the replace, and was none. */
    private void publishCanceledMeanwhile(final Pending pending)
    {
        publisher.canceled(pending.instrumentId, pending.orderId, pending.canceledQuantity, 0, noText, 0, 0);
    }

    private void publishCanceled(
        final ObjectFields order, final int instrumentId, final long orderId, final ObjectFields reason)
    {
        final int scale = context.instruments().byId(instrumentId).quantityScale();
        final long remaining =
            Math.max(0, order.decimalOrZero(ORIG_QTY, scale) - order.decimalOrZero(EXECUTED_QTY, scale));
        final boolean hasReason = null != reason && reason.has(MSG);
        publisher.canceled(instrumentId, orderId, remaining, order.timeNs(TRANSACT_TIME),
            hasReason ? reason.buffer() : noText, hasReason ? reason.offset(MSG) : 0,
            hasReason ? reason.length(MSG) : 0);
    }

    private long orderId(final ObjectFields fields, final int key)
    {
        return context.ids().decode(fields.buffer(), fields.offset(key), fields.length(key));
    }

    /** A cancel that is refused for the moment, and not for what it is, is one that the engine asks for again. */
    private static boolean isPassing(final Pending pending, final ApiMessage reply)
    {
        final int status = reply.status();
        return Pending.Kind.CANCEL == pending.kind && (TOO_MANY_REQUESTS == status || BANNED == status ||
            FORBIDDEN == status || BAD_TIMESTAMP == reply.code());
    }

    private static int code(final ApiMessage reply)
    {
        return 0 == reply.code() ? -reply.status() : reply.code();
    }

    /** True when the venue itself does not say whether the request was carried out. */
    private static boolean isOpen(final int status, final int code)
    {
        return status >= SERVER_ERROR || -1000 == code || -1001 == code || -1006 == code || -1007 == code;
    }
}
