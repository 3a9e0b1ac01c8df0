package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * The venue counts a replaced order from zero again, the engine does not. What an order's predecessors executed the
 * session remembers, if it saw them replaced; else (after a restart) it asks for them, the latest first, and remembers
 * the sum. Threading: the session's loop. Cold: allocates.
 */
final class PredecessorQuery
{
    /** Sends a question for the state of one generation. */
    interface Asker
    {
        /** Asks now or as soon as the budget allows; {@code onAnswer} hears any answer, or nothing. */
        void askStatus(int generation, Consumer<ApiMessage> onAnswer);
    }

    private static final int NO_SUCH_ORDER = -2013;

    private final AccountContext context;
    private final OrderRows rows;
    private final Instrument instrument;
    private final long orderId;
    private final int generation;
    private final long known;
    private final Asker asker;
    private final LongConsumer onKnown;
    private final Consumer<String> onFailed;
    private final List<Long> executedOrders = new ArrayList<>();
    private final ReportedOrder predecessor = new ReportedOrder();
    private final JsonCursor cursor = new JsonCursor();
    private int asked;
    private long executed;

    /** {@code onKnown} gets what the predecessors executed together. */
    PredecessorQuery(
        final AccountContext context,
        final OrderRows rows,
        final Instrument instrument,
        final long orderId,
        final int generation,
        final Asker asker,
        final LongConsumer onKnown,
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
        this.asked = generation;
        this.known = isKnown(context, orderId, generation) ? executedBefore(context, orderId, generation) : -1;
    }

    /** @return true when the sum is known without a question. */
    static boolean isKnown(final AccountContext context, final long orderId, final int generation)
    {
        return 0 == orderId || 0 == generation || context.memory().generation(orderId) == generation;
    }

    /** @return the sum, where it is known. */
    static long executedBefore(final AccountContext context, final long orderId, final int generation)
    {
        return generation > 0 && context.memory().generation(orderId) == generation ?
            context.memory().executedBefore(orderId) : 0;
    }

    /** Counts what predecessors executed in. */
    static void add(final ReportedOrder order, final long executedBefore)
    {
        order.quantity += executedBefore;
        order.cumulativeQuantity += executedBefore;
    }

    /** @return the venue's ids of the predecessors of which something was executed. */
    List<Long> executedOrders()
    {
        return executedOrders;
    }

    /** Asks for the next predecessor. */
    void next()
    {
        if (0 == asked || executed == known)
        {
            if (known < 0 && context.memory().generation(orderId) < generation)
            {
                context.memory().onReplaced(orderId, generation, executed);
            }
            onKnown.accept(executed);
            return;
        }
        asker.askStatus(asked - 1, this::onReply);
    }

    private void onReply(final ApiMessage reply)
    {
        if (reply.isSuccess() && rows.readOrder(reply.result(cursor), instrument, ReconcileCause.QUERY, predecessor))
        {
            executed += predecessor.cumulativeQuantity;
            if (predecessor.cumulativeQuantity > 0)
            {
                executedOrders.add(predecessor.venueOrderId);
            }
        }
        else if (NO_SUCH_ORDER != reply.code())
        {
            onFailed.accept("predecessor of a replaced order: " + reply.errorText());
            return;
        }
        asked--;
        next();
    }
}
