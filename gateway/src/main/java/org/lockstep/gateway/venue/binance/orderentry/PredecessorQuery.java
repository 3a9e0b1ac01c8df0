package org.lockstep.gateway.venue.binance.orderentry;

import java.util.function.Consumer;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * The venue counts a replaced order from zero again, the engine does not. What an order's predecessors executed the
 * session remembers, if it saw them replaced; else (after a restart) it asks for them, one after the other, and
 * remembers the sum. Threading: the session's loop. Cold: allocates.
 */
final class PredecessorQuery implements ReplyHandler, RestOrders.Handler
{
    /** Sends one question whose values are set. */
    interface Asker
    {
        /** Returns false when it could not be sent, and the query hears nothing. */
        boolean ask(PredecessorQuery query);
    }

    private static final int NO_SUCH_ORDER = -2013;

    private final AccountContext context;
    private final OrderRows rows;
    private final Instrument instrument;
    private final long orderId;
    private final int generation;
    private final Asker asker;
    private final Runnable onKnown;
    private final Consumer<String> onFailed;
    private final ReportedOrder predecessor = new ReportedOrder();
    private final JsonCursor cursor = new JsonCursor();
    private int asked;
    private long executed;

    PredecessorQuery(
        final AccountContext context,
        final OrderRows rows,
        final Instrument instrument,
        final long orderId,
        final int generation,
        final Asker asker,
        final Runnable onKnown,
        final Consumer<String> onFailed)
    {
        this.context = context;
        this.rows = rows;
        this.instrument = instrument;
        this.orderId = orderId;
        this.generation = generation;
        this.asker = asker;
        this.onKnown = onKnown;
        this.onFailed = onFailed;
    }

    /** @return true when nothing has to be asked. */
    static boolean isKnown(final AccountContext context, final long orderId, final int generation)
    {
        return 0 == orderId || 0 == generation || context.memory().generation(orderId) == generation;
    }

    /** Counts what predecessors executed in. */
    static void addTo(final ReportedOrder order, final AccountContext context)
    {
        if (order.generation > 0 && context.memory().generation(order.orderId) == order.generation)
        {
            final long executedBefore = context.memory().executedBefore(order.orderId);
            order.quantity += executedBefore;
            order.cumulativeQuantity += executedBefore;
        }
    }

    /** Asks for the next predecessor. */
    void next()
    {
        if (asked == generation)
        {
            context.memory().onReplaced(orderId, generation, executed);
            onKnown.run();
            return;
        }
        context.sender().values().clientId(RequestValues.CLIENT_ID, orderId, asked);
        if (!asker.ask(this))
        {
            onFailed.accept("a question could not be sent");
        }
    }

    @Override
    public void onReply(final ApiMessage reply)
    {
        if (reply.isSuccess() && rows.readOrder(reply.result(cursor), instrument, ReconcileCause.QUERY, predecessor))
        {
            executed += predecessor.cumulativeQuantity;
        }
        else if (NO_SUCH_ORDER != reply.code())
        {
            onFailed.accept("predecessor of a replaced order: " + reply.errorText());
            return;
        }
        asked++;
        next();
    }

    @Override
    public void onLost(final String reason)
    {
        onFailed.accept(reason);
    }

    @Override
    public void onFailure(final String reason, final boolean isSent)
    {
        onFailed.accept(reason);
    }
}
