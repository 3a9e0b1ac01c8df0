package org.lockstep.gateway.venue.binance.orderentry;

import io.netty.handler.codec.http.HttpMethod;
import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.QueryRequestedDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/**
 * Translates the engine's requests into the venue's and sends them: over the socket; cancels (and, where configured,
 * new orders) over REST while there is none. What did not leave is reported at once.
 * <p>
 * A replace never makes more execute than was wanted. The venue replaces in one request, but takes the new quantity
 * literally, whatever was executed until then. So that request is used only for an order of which nothing was executed
 * since its last replace, and on that condition; else the order is cancelled, the answer says what it executed, and the
 * next one is placed with what is left.
 * Threading: the session's loop. Allocation: none over the socket, but for queries.
 */
final class OrderRequests implements FrameHandler
{
    private static final String ORDER_PATH = "/api/v3/order";

    private final AccountContext context;
    private final OrderReplies replies;
    private final OrderRows rows;
    private final RestOrders rest;
    private final RequestValues values;
    private final OrderRequestedDecoder order = new OrderRequestedDecoder();
    private final CancelRequestedDecoder cancel = new CancelRequestedDecoder();
    private final ReplaceRequestedDecoder replace = new ReplaceRequestedDecoder();
    private final OrderListRequestedDecoder list = new OrderListRequestedDecoder();
    private final QueryRequestedDecoder query = new QueryRequestedDecoder();

    private final WaitingQuestions waiting = new WaitingQuestions();
    private ApiConnection connection;
    private long causeTimeNs;
    private Instrument instrument;

    OrderRequests(
        final AccountContext context, final OrderReplies replies, final OrderRows rows, final RestOrders rest)
    {
        this.context = context;
        this.replies = replies;
        this.rows = rows;
        this.rest = rest;
        this.values = context.sender().values();
    }

    /** Sets where requests go; null = there is no socket. */
    void connection(final ApiConnection newConnection)
    {
        connection = newConnection;
    }

    /** Asks what had to wait. */
    void poll(final long nowNs)
    {
        waiting.poll(nowNs);
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        final int instrumentId = Frame.instrumentId(buffer, offset);
        context.publisher().ingressTimeNs(context.clock().nanoTime());
        causeTimeNs = Frame.ingressTimeNs(buffer, offset);
        instrument = context.instruments().byId(instrumentId);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                order.wrap(buffer, body, blockLength, version);
                if (0 == order.listId())
                {
                    place(instrumentId);
                }
            }
            case CancelRequestedDecoder.TEMPLATE_ID ->
            {
                cancel.wrap(buffer, body, blockLength, version);
                cancel(instrumentId);
            }
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
            {
                replace.wrap(buffer, body, blockLength, version);
                replace(instrumentId);
            }
            case OrderListRequestedDecoder.TEMPLATE_ID ->
            {
                list.wrap(buffer, body, blockLength, version);
                placeList(instrumentId);
            }
            case QueryRequestedDecoder.TEMPLATE_ID ->
            {
                query.wrap(buffer, body, blockLength, version);
                query();
            }
            default ->
            {
                // No request.
            }
        }
    }

    /** Reports a request that never left. */
    void refuse(final int instrumentId, final long orderId, final RequestKind request, final RejectReason reason)
    {
        context.counters().increment(Counter.REQUESTS_NOT_SENT);
        context.publisher().rejected(instrumentId, orderId, request, reason.code(), reason.utf8());
    }

    // ------------------------------------------------------------------------------------------------------ requests

    private void place(final int instrumentId)
    {
        final long orderId = order.orderId();
        final OrderType type = order.orderType();
        final Side side = order.side();
        final TimeInForce timeInForce = order.timeInForce();
        final RejectReason problem = problem(1);
        if (RejectReason.NONE != problem)
        {
            refuse(instrumentId, orderId, RequestKind.PLACE, problem);
            return;
        }
        final boolean isOverSocket = isOverSocket();
        final RequestTemplate template = requests(isOverSocket).place(side, type, timeInForce);
        final Pending pending = null == template ? null : claim(isOverSocket, Pending.Kind.PLACE, orderId);
        if (null == pending)
        {
            refuse(instrumentId, orderId, RequestKind.PLACE,
                null == template ? RejectReason.INVALID_ORDER_TYPE : RejectReason.ORDER_PORT_FULL);
            return;
        }
        values.clientId(RequestValues.CLIENT_ID, orderId, 0);
        values.decimal(RequestValues.QUANTITY, order.quantity(), instrument.quantityScale());
        values.decimal(RequestValues.PRICE, order.price(), instrument.priceScale());
        values.decimal(RequestValues.STOP_PRICE, order.stopPrice(), instrument.priceScale());
        context.memory().onStopPrice(orderId, order.stopPrice());
        send(pending, template, isOverSocket, HttpMethod.POST);
    }

    private void cancel(final int instrumentId)
    {
        final long orderId = cancel.orderId();
        final boolean isOverSocket = isOverSocket();
        if (null == instrument)
        {
            refuse(instrumentId, orderId, RequestKind.CANCEL, RejectReason.UNKNOWN_INSTRUMENT);
            return;
        }
        context.inFlight().stopReplaceOf(orderId);
        if (isOverSocket && 0 != context.budget().tryRequest(1))
        {
            refuse(instrumentId, orderId, RequestKind.CANCEL, RejectReason.VENUE_BUDGET);
            return;
        }
        final Pending pending = claim(isOverSocket, Pending.Kind.CANCEL, orderId);
        if (null == pending)
        {
            refuse(instrumentId, orderId, RequestKind.CANCEL, RejectReason.ORDER_PORT_FULL);
            return;
        }
        pending.generation = generation(cancel.generation());
        values.clientId(RequestValues.CLIENT_ID, orderId, pending.generation);
        send(pending, requests(isOverSocket).cancel, isOverSocket, HttpMethod.DELETE);
    }

    private void replace(final int instrumentId)
    {
        final long orderId = replace.orderId();
        final int generation = generation(replace.generation());
        final long before = executedBefore(orderId, generation - 1);
        if (OrderMemory.UNKNOWN == before && null != instrument)
        {
            // How much is left when the cancel is answered could not be told then: refused, and asked for.
            refuse(instrumentId, orderId, RequestKind.REPLACE, RejectReason.NOT_SENT);
            ask(instrument, orderId, generation - 1, context.clock().nanoTime());
            return;
        }
        final boolean isUntouched = replace.executedQuantity() == before;
        final RejectReason problem = replaceProblem(orderId, generation, isUntouched);
        final RequestTemplate template = RejectReason.NONE != problem ? null : isUntouched ?
            requests(true).replace(replace.side(), replace.orderType(), replace.timeInForce()) :
            requests(true).place(replace.side(), replace.orderType(), replace.timeInForce());
        final Pending pending = null == template ? null :
            claim(true, isUntouched ? Pending.Kind.REPLACE : Pending.Kind.REPLACE_CANCEL, orderId);
        if (null == pending)
        {
            refuse(instrumentId, orderId, RequestKind.REPLACE, RejectReason.NONE != problem ? problem :
                null == template ? RejectReason.INVALID_ORDER_TYPE : RejectReason.ORDER_PORT_FULL);
            return;
        }
        pending.generation = generation;
        pending.price = replace.price();
        pending.quantity = replace.quantity();
        pending.executedQuantity = replace.executedQuantity();
        pending.stopPrice = context.memory().stopPrice(orderId);
        if (isUntouched)
        {
            values.clientId(RequestValues.OTHER_CLIENT_ID, orderId, generation - 1);
            setSuccessor(pending);
            send(pending, template, true, HttpMethod.POST);
        }
        else
        {
            pending.placeTemplate = template;
            pending.notAfterNs = causeTimeNs + context.config().times().maxRequestAgeMs() * 1_000_000L;
            values.clientId(RequestValues.CLIENT_ID, orderId, generation - 1);
            send(pending, requests(true).cancel, true, HttpMethod.DELETE);
        }
    }

    /** What keeps a replace from leaving. */
    private RejectReason replaceProblem(final long orderId, final int generation, final boolean isUntouched)
    {
        if (!isOverSocket())
        {
            return RejectReason.NOT_SENT;
        }
        if (generation < 1 || replace.quantity() <= replace.executedQuantity())
        {
            return RejectReason.REPLACE_TOO_LATE;
        }
        if (OrderWords.hasStop(replace.orderType()) && 0 == context.memory().stopPrice(orderId))
        {
            return RejectReason.INVALID_STOP_PRICE;
        }
        final RejectReason problem = problem(1);
        return RejectReason.NONE != problem || isUntouched || 0 == context.budget().tryRequest(1) ?
            problem : RejectReason.VENUE_BUDGET;
    }

    /** What an order's generations before one executed, or {@link OrderMemory#UNKNOWN}. */
    private long executedBefore(final long orderId, final int generation)
    {
        return generation <= 0 ? 0 : context.memory().generation(orderId) == generation ?
            context.memory().executedBefore(orderId) : OrderMemory.UNKNOWN;
    }

    /** Second step of a replace, once it is known what the first ended with; false when it is not taken any more. */
    boolean placeSuccessor(final Pending canceled, final long executed)
    {
        instrument = context.instruments().byId(canceled.instrumentId);
        final Pending pending = isOverSocket() && context.clock().nanoTime() <= canceled.notAfterNs ?
            claim(true, Pending.Kind.REPLACE_PLACE, canceled.orderId) : null;
        if (null == pending)
        {
            return false;
        }
        pending.generation = canceled.generation;
        pending.price = canceled.price;
        pending.quantity = canceled.quantity;
        pending.executedQuantity = executed;
        pending.canceledQuantity = canceled.canceledQuantity;
        pending.stopPrice = canceled.stopPrice;
        setSuccessor(pending);
        if (connection.trySend(pending, canceled.placeTemplate))
        {
            context.counters().increment(Counter.REQUESTS_SENT);
            return true;
        }
        context.inFlight().release(pending);
        return false;
    }

    private void setSuccessor(final Pending pending)
    {
        values.clientId(RequestValues.CLIENT_ID, pending.orderId, pending.generation);
        values.decimal(
            RequestValues.QUANTITY, pending.quantity - pending.executedQuantity, instrument.quantityScale());
        values.decimal(RequestValues.PRICE, pending.price, instrument.priceScale());
        values.decimal(RequestValues.STOP_PRICE, pending.stopPrice, instrument.priceScale());
    }

    private void placeList(final int instrumentId)
    {
        final RejectReason problem = isOverSocket() ? problem(2) : RejectReason.NOT_SENT;
        final Pending pending =
            RejectReason.NONE == problem ? claim(true, Pending.Kind.LIST, list.firstOrderId()) : null;
        if (null == pending)
        {
            final RejectReason reason = RejectReason.NONE == problem ? RejectReason.ORDER_PORT_FULL : problem;
            refuse(instrumentId, list.firstOrderId(), RequestKind.PLACE, reason);
            refuse(instrumentId, list.secondOrderId(), RequestKind.PLACE, reason);
            return;
        }
        pending.secondOrderId = list.secondOrderId();
        context.memory().onStopPrice(list.secondOrderId(), list.stopPrice());
        values.clientId(RequestValues.CLIENT_ID, list.firstOrderId(), 0);
        values.clientId(RequestValues.OTHER_CLIENT_ID, list.secondOrderId(), 0);
        values.decimal(RequestValues.QUANTITY, list.quantity(), instrument.quantityScale());
        values.decimal(RequestValues.PRICE, list.price(), instrument.priceScale());
        values.decimal(RequestValues.STOP_PRICE, list.stopPrice(), instrument.priceScale());
        values.decimal(RequestValues.STOP_LIMIT_PRICE, list.stopLimitPrice(), instrument.priceScale());
        send(pending, requests(true).list(list.side(), 0 != list.stopLimitPrice()), true, HttpMethod.POST);
    }

    private void query()
    {
        if (null != instrument)
        {
            final int generation = generation(query.generation());
            if (generation > context.memory().generation(query.orderId()))
            {
                context.memory().onReplaceOpen(query.orderId(), generation);
            }
            ask(instrument, query.orderId(), generation, query.requestedTimeNs());
        }
    }

    /** Asks what became of an order that is said not to be open, unless the answer to a replace will tell. */
    void askGone(final int instrumentId, final long orderId, final int generation)
    {
        final Pending replace = context.inFlight().replaceOf(orderId);
        if (null == replace || replace.generation <= generation || replace.isReported)
        {
            final OrderMemory memory = context.memory();
            final int newest = Math.max(memory.generation(orderId), memory.openReplace(orderId));
            ask(context.instruments().byId(instrumentId), orderId, Math.max(generation, newest),
                context.clock().nanoTime());
        }
    }

    private void ask(final Instrument of, final long orderId, final int generation, final long requestedTimeNs)
    {
        new OrderQuery(context, rows, rest, waiting, () -> connection, of, orderId, generation, requestedTimeNs).ask();
    }

    // ------------------------------------------------------------------------------------------------------- sending

    /** What keeps new orders from leaving. */
    private RejectReason problem(final int orders)
    {
        if (null == instrument)
        {
            return RejectReason.UNKNOWN_INSTRUMENT;
        }
        if (!isOverSocket() && !context.config().placesOverRest() ||
            context.clock().nanoTime() - causeTimeNs > context.config().times().maxRequestAgeMs() * 1_000_000L)
        {
            return RejectReason.NOT_SENT;
        }
        return context.budget().tryPlace(orders) ? RejectReason.NONE : RejectReason.VENUE_BUDGET;
    }

    private Pending claim(final boolean isOverSocket, final Pending.Kind kind, final long orderId)
    {
        final Pending pending =
            context.inFlight().claim(isOverSocket ? connection : null, kind, System.nanoTime());
        if (null != pending)
        {
            pending.orderId = orderId;
            pending.instrumentId = instrument.id();
        }
        return pending;
    }

    private void send(
        final Pending pending, final RequestTemplate template, final boolean isOverSocket, final HttpMethod method)
    {
        final boolean isTaken = isOverSocket ?
            connection.trySend(pending, template) : sendOverRest(pending.id, template, method);
        if (isTaken)
        {
            context.counters().increment(isOverSocket ? Counter.REQUESTS_SENT : Counter.REST_REQUESTS_SENT);
        }
        else
        {
            refuse(pending, RejectReason.NOT_SENT);
        }
    }

    /** The weight of a request over REST is taken by the client. */
    private boolean sendOverRest(final long id, final RequestTemplate template, final HttpMethod method)
    {
        return rest.submit(method, ORDER_PATH, template, 1, new RestOrders.Handler()
        {
            @Override
            public void onReply(final ApiMessage reply)
            {
                final Pending pending = context.inFlight().find(id);
                if (null != pending)
                {
                    context.publisher().ingressTimeNs(context.clock().nanoTime());
                    replies.onReply(pending, reply);
                    context.inFlight().release(pending);
                }
            }

            @Override
            public void onFailure(final String reason, final boolean isSent)
            {
                final Pending pending = context.inFlight().find(id);
                if (null == pending)
                {
                    return;
                }
                context.publisher().ingressTimeNs(context.clock().nanoTime());
                if (!isSent)
                {
                    refuse(pending, RejectReason.NOT_SENT);
                }
                else
                {
                    if (!pending.isReported)
                    {
                        replies.onUnknown(pending, reason);
                    }
                    context.inFlight().release(pending);
                }
            }
        });
    }

    private void refuse(final Pending pending, final RejectReason reason)
    {
        final RequestKind request = pending.kind.request();
        refuse(pending.instrumentId, pending.orderId, request, reason);
        if (0 != pending.secondOrderId)
        {
            refuse(pending.instrumentId, pending.secondOrderId, request, reason);
        }
        context.inFlight().release(pending);
    }

    private boolean isOverSocket()
    {
        return null != connection && ApiConnection.State.READY == connection.state();
    }

    private InstrumentRequests requests(final boolean isOverSocket)
    {
        return isOverSocket ?
            context.instruments().requests(instrument) : context.instruments().restRequests(instrument);
    }

    /** An absent one is the first. */
    private static int generation(final int encoded)
    {
        return Math.max(0, encoded);
    }
}
