package org.lockstep.gateway.venue.binance.orderentry;

import io.netty.handler.codec.http.HttpMethod;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Asks the venue what became of an order: its state, under the id of its generation and then of the one before, and,
 * if any of it was executed, its executions, which are told first. An order that is not found is reported as such; that
 * is conclusive only when the venue would refuse the request as too old, should it arrive yet. A question that fails is
 * not told: the engine asks again. Threading: the session's loop. Cold: allocates.
 */
final class OrderQuery implements ReplyHandler, RestOrders.Handler
{
    private static final String ORDER_PATH = "/api/v3/order";
    private static final int NO_SUCH_ORDER = -2013;
    private static final int STATUS_WEIGHT = 4;
    private static final int TRADES_WEIGHT = 5;

    /** Beyond the receive window, for the differences of clocks. */
    private static final long MARGIN_NS = 1_000_000_000L;

    private final AccountContext context;
    private final OrderRows rows;
    private final RestOrders rest;
    private final Instrument instrument;
    private final long orderId;
    private final long requestedTimeNs;
    private final ReportedOrder found = new ReportedOrder();
    private final JsonCursor cursor = new JsonCursor();
    private ApiConnection connection;
    private int generation;
    private boolean isSecondTry;
    private boolean isPredecessorEnded;
    private boolean isFound;

    OrderQuery(
        final AccountContext context,
        final OrderRows rows,
        final RestOrders rest,
        final Instrument instrument,
        final long orderId,
        final int generation,
        final long requestedTimeNs)
    {
        this.context = context;
        this.rows = rows;
        this.rest = rest;
        this.instrument = instrument;
        this.orderId = orderId;
        this.generation = generation;
        this.requestedTimeNs = requestedTimeNs;
    }

    /** Asks over a connection, or over REST when there is none. */
    void ask(final ApiConnection over)
    {
        connection = over;
        context.sender().values().clientId(RequestValues.CLIENT_ID, orderId, generation);
        send(STATUS_WEIGHT, ORDER_PATH, requests().query, this);
    }

    @Override
    public void onReply(final ApiMessage reply)
    {
        if (!isOverSocket())
        {
            context.publisher().ingressTimeNs(context.clock().nanoTime());
        }
        if (isFound)
        {
            onTrades(reply);
        }
        else if (reply.isSuccess())
        {
            onOrder(reply);
        }
        else if (NO_SUCH_ORDER == reply.code())
        {
            onNotFound();
        }
    }

    private void onNotFound()
    {
        if (isPredecessorEnded)
        {
            report();
        }
        else if (generation > 0 && !isSecondTry)
        {
            isSecondTry = true;
            generation--;
            ask(connection);
        }
        else
        {
            publishNotFound();
        }
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

    /** An ended predecessor may have been replaced between the two questions: its successor is asked for once more. */
    private void onOrder(final ApiMessage reply)
    {
        if (!rows.readOrder(reply.result(cursor), instrument, ReconcileCause.QUERY, found))
        {
            return;
        }
        found.orderId = orderId;
        found.generation = generation;
        found.clientOrderId(reply.buffer(), 0, 0);
        context.memory().onOrder(instrument.id(), found.venueOrderId, orderId);
        if (isSecondTry && !isPredecessorEnded && VenueOrderState.WORKING != found.state)
        {
            isPredecessorEnded = true;
            context.sender().values().clientId(RequestValues.CLIENT_ID, orderId, generation + 1);
            generation++;
            send(STATUS_WEIGHT, ORDER_PATH, requests().query, this);
            generation--;
            return;
        }
        if (isPredecessorEnded)
        {
            found.generation = ++generation;
        }
        report();
    }

    private void report()
    {
        if (PredecessorQuery.isKnown(context, orderId, found.generation))
        {
            askTrades();
            return;
        }
        new PredecessorQuery(context, rows, instrument, orderId, found.generation,
            query -> send(STATUS_WEIGHT, ORDER_PATH, requests().query, query), this::askTrades, reason -> { }).next();
    }

    private void askTrades()
    {
        if (0 == found.cumulativeQuantity)
        {
            publishFound();
            return;
        }
        isFound = true;
        context.sender().values().number(RequestValues.NUMBER, found.venueOrderId);
        send(TRADES_WEIGHT, "/api/v3/myTrades", requests().tradesOf, this);
    }

    private void publishFound()
    {
        if (VenueOrderState.WORKING == found.state)
        {
            context.memory().onInForce(orderId);
        }
        PredecessorQuery.addTo(found, context);
        context.publisher().reported(instrument.id(), found);
    }

    private void onTrades(final ApiMessage reply)
    {
        if (!reply.isSuccess() || !reply.result(cursor).accept('['))
        {
            return;
        }
        final OrderEventPublisher publisher = context.publisher();
        final Execution execution = new Execution();
        while (rows.readTrade(cursor, instrument, execution))
        {
            execution.orderId = orderId;
            execution.cause = ReconcileCause.QUERY;
            publisher.filled(instrument.id(), execution);
            if (!cursor.accept(','))
            {
                break;
            }
        }
        publishFound();
    }

    private void publishNotFound()
    {
        final BinanceOrderConfig config = context.config();
        final long ageNs = context.clock().nanoTime() - requestedTimeNs;
        found.clear();
        found.orderId = orderId;
        found.generation = generation;
        found.state = VenueOrderState.NOT_FOUND;
        found.cause = ReconcileCause.QUERY;
        found.isConclusive =
            ageNs > (config.recvWindowMs() + config.times().maxRequestAgeMs()) * 1_000_000L + MARGIN_NS;
        context.publisher().reported(instrument.id(), found);
    }

    private InstrumentRequests requests()
    {
        return isOverSocket() ?
            context.instruments().requests(instrument) : context.instruments().restRequests(instrument);
    }

    private boolean isOverSocket()
    {
        return null != connection && ApiConnection.State.READY == connection.state();
    }

    private <H extends ReplyHandler & RestOrders.Handler> boolean send(
        final int weight, final String path, final RequestTemplate template, final H handler)
    {
        if (!isOverSocket())
        {
            return rest.submit(HttpMethod.GET, path, template, weight, handler);
        }
        return 0 == context.budget().tryRequest(weight) && connection.request(template, handler);
    }
}
