package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.handler.codec.http.HttpMethod;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Asks the venue what became of an order: its state, under the id of its generation and then of the one before, and,
 * if any of it was executed, all executions of it and of what it replaced, which are told first. That it is not found,
 * or only what it was to replace, is reported as such; that is conclusive only when, as the question left, the venue
 * would have refused the request as too old. A question waits until the rate budget has room for it; one that fails is
 * not told: the engine asks again. Threading: the session's loop. Cold: allocates.
 */
final class OrderQuery
{
    private static final String ORDER_PATH = "/api/v3/order";
    private static final String TRADES_PATH = "/api/v3/myTrades";
    private static final int NO_SUCH_ORDER = -2013;
    private static final int STATUS_WEIGHT = 4;
    private static final int TRADES_WEIGHT = 5;
    private static final int PAGE_LENGTH = 1000;

    private final AccountContext context;
    private final OrderRows rows;
    private final RestOrders rest;
    private final WaitingQuestions waiting;
    private final Supplier<ApiConnection> connection;
    private final Instrument instrument;
    private final long orderId;
    private final int generation;
    private final long requestedTimeNs;
    private final ReportedOrder found = new ReportedOrder();
    private final Execution execution = new Execution();
    private final Deque<Long> executedOrders = new ArrayDeque<>();
    private final JsonCursor cursor = new JsonCursor();
    private long askedTimeNs;
    private long executedBefore;

    OrderQuery(
        final AccountContext context,
        final OrderRows rows,
        final RestOrders rest,
        final WaitingQuestions waiting,
        final Supplier<ApiConnection> connection,
        final Instrument instrument,
        final long orderId,
        final int generation,
        final long requestedTimeNs)
    {
        this.context = context;
        this.rows = rows;
        this.rest = rest;
        this.waiting = waiting;
        this.connection = connection;
        this.instrument = instrument;
        this.orderId = orderId;
        this.generation = generation;
        this.requestedTimeNs = requestedTimeNs;
    }

    /** Asks over the connection, or over REST when there is none. */
    void ask()
    {
        askStatus(generation, reply ->
        {
            if (reply.isSuccess())
            {
                onFound(reply, generation);
            }
            else if (NO_SUCH_ORDER == reply.code() && generation > 0)
            {
                askStatus(generation - 1, this::onPredecessor);
            }
            else if (NO_SUCH_ORDER == reply.code())
            {
                publishNotFound();
            }
        });
    }

    // -------------------------------------------------------------------------------------------------------- state

    /** An ended predecessor may have been replaced between the two questions: its successor is asked for once more. */
    private void onPredecessor(final ApiMessage reply)
    {
        if (NO_SUCH_ORDER == reply.code())
        {
            publishNotFound();
        }
        else if (reply.isSuccess() && read(reply, generation - 1))
        {
            if (VenueOrderState.WORKING == found.state)
            {
                report();
            }
            else
            {
                askStatus(generation, this::onSuccessor);
            }
        }
    }

    private void onSuccessor(final ApiMessage reply)
    {
        if (reply.isSuccess())
        {
            onFound(reply, generation);
        }
        else if (NO_SUCH_ORDER == reply.code())
        {
            report();
        }
    }

    private void onFound(final ApiMessage reply, final int of)
    {
        if (read(reply, of))
        {
            report();
        }
    }

    private boolean read(final ApiMessage reply, final int of)
    {
        if (!rows.readOrder(reply.result(cursor), instrument, ReconcileCause.QUERY, found))
        {
            return false;
        }
        found.orderId = orderId;
        found.generation = of;
        found.clientOrderId(reply.buffer(), 0, 0);
        context.memory().onOrder(instrument.id(), found.venueOrderId, orderId);
        return true;
    }

    /** Executions are told before the state that counts them. */
    private void report()
    {
        found.isConclusive = found.generation < generation && isTooOldToArrive();
        if (found.cumulativeQuantity > 0)
        {
            executedOrders.add(found.venueOrderId);
        }
        final PredecessorQuery[] query = new PredecessorQuery[1];
        query[0] = new PredecessorQuery(context, rows, instrument, orderId, found.generation, this::askStatus,
            executed ->
            {
                executedBefore = executed;
                executedOrders.addAll(query[0].executedOrders());
                nextTrades(0);
            },
            reason -> { });
        query[0].next();
    }

    private boolean isTooOldToArrive()
    {
        return askedTimeNs - requestedTimeNs > context.config().maxArrivalNs();
    }

    // --------------------------------------------------------------------------------------------------- executions

    private void nextTrades(final long fromTradeId)
    {
        if (executedOrders.isEmpty())
        {
            publishFound();
            return;
        }
        question(TRADES_WEIGHT, TRADES_PATH, requests -> requests.tradesOf,
            values ->
            {
                values.number(RequestValues.NUMBER, executedOrders.peek());
                values.number(RequestValues.FROM_ID, fromTradeId);
            },
            this::onTrades);
    }

    private void onTrades(final ApiMessage reply)
    {
        if (!reply.isSuccess() || !reply.result(cursor).accept('['))
        {
            return;
        }
        int count = 0;
        long lastTradeId = 0;
        while (rows.readTrade(cursor, instrument, execution))
        {
            execution.orderId = orderId;
            execution.cause = ReconcileCause.QUERY;
            context.publisher().filled(instrument.id(), execution);
            lastTradeId = Math.max(lastTradeId, execution.tradeId);
            count++;
            if (!cursor.accept(','))
            {
                break;
            }
        }
        if (count < PAGE_LENGTH)
        {
            executedOrders.remove();
            nextTrades(0);
        }
        else
        {
            nextTrades(lastTradeId + 1);
        }
    }

    private void publishFound()
    {
        if (VenueOrderState.WORKING == found.state && (found.generation == generation || found.isConclusive))
        {
            context.memory().onInForce(orderId);
        }
        PredecessorQuery.add(found, executedBefore);
        context.publisher().reported(instrument.id(), found);
    }

    private void publishNotFound()
    {
        found.clear();
        found.orderId = orderId;
        found.generation = Math.max(0, generation - 1);
        found.state = VenueOrderState.NOT_FOUND;
        found.cause = ReconcileCause.QUERY;
        found.isConclusive = isTooOldToArrive();
        context.publisher().reported(instrument.id(), found);
    }

    // ------------------------------------------------------------------------------------------------------- asking

    private void askStatus(final int of, final Consumer<ApiMessage> onAnswer)
    {
        question(STATUS_WEIGHT, ORDER_PATH, requests -> requests.query,
            values ->
            {
                values.clientId(RequestValues.CLIENT_ID, orderId, of);
                if (of == generation)
                {
                    askedTimeNs = context.clock().nanoTime();
                }
            },
            onAnswer);
    }

    private void question(
        final int weight,
        final String path,
        final Function<InstrumentRequests, RequestTemplate> template,
        final Consumer<RequestValues> values,
        final Consumer<ApiMessage> onAnswer)
    {
        final ApiConnection over = connection.get();
        final boolean isOverSocket = null != over && ApiConnection.State.READY == over.state();
        final long waitNs = isOverSocket ? context.budget().tryRequest(weight) : 0;
        if (waitNs > 0)
        {
            waiting.add(orderId, waitNs, () -> question(weight, path, template, values, onAnswer));
            return;
        }
        values.accept(context.sender().values());
        if (isOverSocket)
        {
            over.request(template.apply(context.instruments().requests(instrument)), new Answer(true, onAnswer));
        }
        else
        {
            rest.submit(HttpMethod.GET, path, template.apply(context.instruments().restRequests(instrument)), weight,
                new Answer(false, onAnswer));
        }
    }

    /** Over either way; what fails the engine asks again. */
    private final class Answer implements ReplyHandler, RestOrders.Handler
    {
        private final boolean isOverSocket;
        private final Consumer<ApiMessage> onAnswer;

        Answer(final boolean isOverSocket, final Consumer<ApiMessage> onAnswer)
        {
            this.isOverSocket = isOverSocket;
            this.onAnswer = onAnswer;
        }

        @Override
        public void onReply(final ApiMessage reply)
        {
            if (!isOverSocket)
            {
                context.publisher().ingressTimeNs(context.clock().nanoTime());
            }
            onAnswer.accept(reply);
        }

        @Override
        public void onLost(final String reason)
        {
            // The engine asks again.
        }

        @Override
        public void onFailure(final String reason, final boolean isSent)
        {
            // The engine asks again.
        }
    }
}
