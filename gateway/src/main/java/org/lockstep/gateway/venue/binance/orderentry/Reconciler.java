package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Tells the engine what the venue's books hold: open orders of every instrument of interest, every execution since the
 * last one known, every balance; between a begin and an end. Whatever goes wrong on the way abandons the round, and
 * another begins after a back-off. One question at a time, as the budget allows.
 * <p>
 * Executions name the venue's order only. Whose it is the session mostly knows; else it asks. An instrument that was
 * never reconciled begins with the executions since the session's start, and with our own of the day before: a process
 * that crashed may have had them.
 * Threading: the session's loop. Cold: allocates.
 */
final class Reconciler
{
    /** Told how a round went. */
    interface Listener
    {
        void onReconciled(ReconcileCause cause);
    }

    private static final int OPEN_ORDERS_WEIGHT = 6;
    private static final int TRADES_WEIGHT = 20;
    private static final int STATUS_WEIGHT = 4;
    private static final int ACCOUNT_WEIGHT = 20;
    private static final int PAGE_LENGTH = 1000;
    private static final int NO_SUCH_ORDER = -2013;
    private static final long LOOK_BACK_NS = 86_400_000_000_000L;

    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final OrderRows rows;
    private final Balances balances;
    private final Backoff backoff;
    private final Listener listener;
    private final RequestTemplate accountTemplate;
    private final long startTimeNs;
    private final ReportedOrder reported = new ReportedOrder();
    private final Execution execution = new Execution();
    private final JsonCursor cursor = new JsonCursor();
    private final List<Instrument> instruments = new ArrayList<>();
    private final List<ReportedOrder> openOrders = new ArrayList<>();
    private final List<TradeRow> page = new ArrayList<>();

    private ApiConnection connection;
    private ReconcileCause cause;
    private ReconcileCause wanted;
    private Runnable step;
    private boolean isRunning;
    private boolean isAsking;
    private int round;
    private int position;
    private long fromTradeId;
    private long onlyOursBeforeNs;
    private long stepNotBeforeNs;
    private long deadlineNs;
    private long notBeforeNs;

    Reconciler(
        final AccountContext context,
        final OrderRows rows,
        final Balances balances,
        final Backoff backoff,
        final Listener listener)
    {
        this.context = context;
        this.publisher = context.publisher();
        this.rows = rows;
        this.balances = balances;
        this.backoff = backoff;
        this.listener = listener;
        this.accountTemplate = context.templates().account();
        this.startTimeNs = context.clock().nanoTime();
        this.notBeforeNs = System.nanoTime();
    }

    /** Wants a round; the one that runs does not count if it began before. */
    void want(final ReconcileCause newCause)
    {
        if (null == wanted || ReconcileCause.RECONNECT == newCause || ReconcileCause.START == newCause)
        {
            wanted = newCause;
        }
    }

    /** Does what is due over a connection, null = there is none. */
    void poll(final long nowNs, final ApiConnection over)
    {
        if (isRunning && over != connection)
        {
            abandon("the connection was lost");
        }
        if (!isRunning && null != wanted && null != over && nowNs - notBeforeNs >= 0)
        {
            begin(nowNs, over);
        }
        else if (isRunning && nowNs - deadlineNs > 0)
        {
            abandon("it took too long");
        }
        else if (isRunning && !isAsking && nowNs - stepNotBeforeNs >= 0)
        {
            step.run();
        }
    }

    boolean isRunning()
    {
        return isRunning;
    }

    private void begin(final long nowNs, final ApiConnection over)
    {
        connection = over;
        cause = wanted;
        wanted = null;
        isRunning = true;
        isAsking = false;
        round++;
        position = 0;
        deadlineNs = nowNs + context.config().times().reconcileTimeoutMs() * 1_000_000L;
        instruments.clear();
        for (int id = 0; id < context.instruments().limit(); id++)
        {
            if (context.instruments().isTouched(id))
            {
                instruments.add(context.instruments().byId(id));
            }
        }
        publisher.reconciliation(round, ReconcilePhase.BEGIN, cause, "");
        nextOpenOrders();
    }

    // ------------------------------------------------------------------------------------------------- open orders

    private void nextOpenOrders()
    {
        if (position == instruments.size())
        {
            position = 0;
            beginTrades();
            return;
        }
        final Instrument instrument = instruments.get(position);
        ask(OPEN_ORDERS_WEIGHT, context.instruments().requests(instrument).openOrders, RequestValues.NUMBER, 0,
            reply -> onOpenOrders(instrument, reply));
    }

    private void onOpenOrders(final Instrument instrument, final ApiMessage reply)
    {
        openOrders.clear();
        boolean isUnderstood = reply.result(cursor).accept('[');
        ReportedOrder order = new ReportedOrder();
        while (isUnderstood && rows.readOrder(cursor, instrument, cause, order))
        {
            openOrders.add(order);
            order = new ReportedOrder();
            if (!cursor.accept(','))
            {
                break;
            }
        }
        isUnderstood = isUnderstood && cursor.accept(']');
        if (!isUnderstood)
        {
            abandon("open orders: the answer was not understood");
            return;
        }
        tellOpenOrders(instrument);
    }

    private void tellOpenOrders(final Instrument instrument)
    {
        for (final ReportedOrder order : openOrders)
        {
            if (!PredecessorQuery.isKnown(context, order.orderId, order.generation))
            {
                proceed(() -> askPredecessors(instrument, order));
                return;
            }
        }
        for (final ReportedOrder order : openOrders)
        {
            PredecessorQuery.addTo(order, context);
            publisher.reported(instrument.id(), order);
        }
        position++;
        proceed(this::nextOpenOrders);
    }

    private void askPredecessors(final Instrument instrument, final ReportedOrder order)
    {
        isAsking = true;
        new PredecessorQuery(context, rows, instrument, order.orderId, order.generation,
            query -> 0 == context.budget().tryRequest(STATUS_WEIGHT) && connection.request(
                context.instruments().requests(instrument).query, new SameRound(query, round)),
            () ->
            {
                isAsking = false;
                tellOpenOrders(instrument);
            },
            this::abandon).next();
    }

    // -------------------------------------------------------------------------------------------------- executions

    private void beginTrades()
    {
        if (position == instruments.size())
        {
            askAccount();
            return;
        }
        fromTradeId = context.instruments().reconciledTradeId(instruments.get(position).id()) + 1;
        nextTrades();
    }

    private void nextTrades()
    {
        final Instrument instrument = instruments.get(position);
        final boolean isFirst = OrderSessionSeed.NEVER_RECONCILED == fromTradeId - 1;
        final InstrumentRequests requests = context.instruments().requests(instrument);
        ask(TRADES_WEIGHT, isFirst ? requests.lastTrades : requests.tradesFrom, RequestValues.NUMBER,
            Math.max(0, fromTradeId), reply -> onTrades(instrument, reply, isFirst));
    }

    private void onTrades(final Instrument instrument, final ApiMessage reply, final boolean isFirst)
    {
        page.clear();
        boolean isUnderstood = reply.result(cursor).accept('[');
        while (isUnderstood && rows.readTrade(cursor, instrument, execution))
        {
            page.add(new TradeRow(execution));
            if (!cursor.accept(','))
            {
                break;
            }
        }
        isUnderstood = isUnderstood && cursor.accept(']');
        if (!isUnderstood)
        {
            abandon("executions: the answer was not understood");
            return;
        }
        page.sort((a, b) -> Long.compare(a.execution.tradeId, b.execution.tradeId));
        final boolean hasMore = !isFirst && PAGE_LENGTH == page.size();
        final long lastTradeId = page.isEmpty() ?
            isFirst ? -1 : fromTradeId - 1 : page.get(page.size() - 1).execution.tradeId;
        onlyOursBeforeNs = isFirst ? startTimeNs + context.offset().offsetNs() : 0;
        page.removeIf(row -> row.execution.venueTimeNs < onlyOursBeforeNs - LOOK_BACK_NS);
        resolve(lastTradeId, hasMore);
    }

    /** Finds out whose executions they are, one question at a time, then tells them. */
    private void resolve(final long lastTradeId, final boolean hasMore)
    {
        final Instrument instrument = instruments.get(position);
        for (final TradeRow row : page)
        {
            final long venueOrderId = row.execution.venueOrderId;
            if (OrderMemory.UNKNOWN == context.memory().orderId(instrument.id(), venueOrderId))
            {
                proceed(() -> askWhose(instrument, venueOrderId, lastTradeId, hasMore));
                return;
            }
        }
        for (final TradeRow row : page)
        {
            row.execution.orderId = context.memory().orderId(instrument.id(), row.execution.venueOrderId);
            row.execution.cause = cause;
            if (0 == row.execution.orderId)
            {
                row.foreignId(context.memory().foreignId(instrument.id(), row.execution.venueOrderId));
            }
            if (0 != row.execution.orderId || row.execution.venueTimeNs >= onlyOursBeforeNs)
            {
                publisher.filled(instrument.id(), row.execution);
            }
        }
        page.clear();
        if (hasMore)
        {
            fromTradeId = lastTradeId + 1;
            proceed(this::nextTrades);
            return;
        }
        context.instruments().reconciled(instrument.id(), lastTradeId);
        publisher.tradesReconciled(instrument.id(), lastTradeId);
        position++;
        proceed(this::beginTrades);
    }

    private void askWhose(
        final Instrument instrument, final long venueOrderId, final long lastTradeId, final boolean hasMore)
    {
        final RequestTemplate template = context.instruments().requests(instrument).queryVenueOrder;
        if (!tryAsk(STATUS_WEIGHT, template, RequestValues.NUMBER, venueOrderId, new ReplyHandler()
        {
            @Override
            public void onReply(final ApiMessage reply)
            {
                if (!isRunning)
                {
                    return;
                }
                isAsking = false;
                if (reply.isSuccess() && rows.readOrder(reply.result(cursor), instrument, cause, reported) ||
                    NO_SUCH_ORDER == reply.code())
                {
                    if (OrderMemory.UNKNOWN == context.memory().orderId(instrument.id(), venueOrderId))
                    {
                        context.memory().onForeign(instrument.id(), venueOrderId, "");
                    }
                    resolve(lastTradeId, hasMore);
                }
                else
                {
                    abandon("order of an execution: " + reply.errorText());
                }
            }

            @Override
            public void onLost(final String reason)
            {
                abandon("order of an execution: " + reason);
            }
        }))
        {
            step = () -> askWhose(instrument, venueOrderId, lastTradeId, hasMore);
        }
    }

    // ----------------------------------------------------------------------------------------------------- balances

    private void askAccount()
    {
        final long askedNs = System.nanoTime();
        ask(ACCOUNT_WEIGHT, accountTemplate, RequestValues.NUMBER, 0, reply ->
        {
            if (balances.readSnapshot(reply.result(cursor), askedNs))
            {
                end();
            }
            else
            {
                abandon("balances: the answer was not understood");
            }
        });
    }

    private void end()
    {
        isRunning = false;
        backoff.reset();
        context.counters().increment(Counter.RECONCILIATIONS);
        publisher.reconciliation(round, ReconcilePhase.END, cause, "");
        listener.onReconciled(cause);
    }

    private void abandon(final String reason)
    {
        if (isRunning)
        {
            isRunning = false;
            isAsking = false;
            page.clear();
            context.counters().increment(Counter.RECONCILIATIONS_ABANDONED);
            publisher.reconciliation(round, ReconcilePhase.ABANDONED, cause, reason);
            notBeforeNs = System.nanoTime() + backoff.nextDelayNs();
            want(cause);
        }
    }

    // ------------------------------------------------------------------------------------------------------- asking

    /** The next step is taken by the next poll, so that a long round never holds up the loop. */
    private void proceed(final Runnable next)
    {
        step = next;
        stepNotBeforeNs = System.nanoTime();
    }

    private void ask(
        final int weight,
        final RequestTemplate template,
        final int variable,
        final long value,
        final Consumer<ApiMessage> onSuccess)
    {
        final ReplyHandler handler = new ReplyHandler()
        {
            @Override
            public void onReply(final ApiMessage reply)
            {
                if (!isRunning)
                {
                    return;
                }
                isAsking = false;
                if (reply.isSuccess())
                {
                    onSuccess.accept(reply);
                }
                else
                {
                    abandon(reply.errorText());
                }
            }

            @Override
            public void onLost(final String reason)
            {
                abandon(reason);
            }
        };
        if (!tryAsk(weight, template, variable, value, handler))
        {
            step = () -> ask(weight, template, variable, value, onSuccess);
        }
    }

    private boolean tryAsk(
        final int weight,
        final RequestTemplate template,
        final int variable,
        final long value,
        final ReplyHandler handler)
    {
        final int asked = round;
        final long waitNs = context.budget().tryRequest(weight);
        if (waitNs > 0)
        {
            stepNotBeforeNs = System.nanoTime() + Math.min(waitNs, 1_000_000_000L);
            return false;
        }
        context.sender().values().number(variable, value);
        isAsking = true;
        if (!connection.request(template, new SameRound(handler, asked)))
        {
            abandon("a question could not be sent");
        }
        return true;
    }

    /** Keeps an answer to an earlier round from being taken for one to this. */
    private final class SameRound implements ReplyHandler
    {
        private final ReplyHandler handler;
        private final int asked;

        SameRound(final ReplyHandler handler, final int asked)
        {
            this.handler = handler;
            this.asked = asked;
        }

        @Override
        public void onReply(final ApiMessage reply)
        {
            if (asked == round && isRunning)
            {
                handler.onReply(reply);
            }
        }

        @Override
        public void onLost(final String reason)
        {
            if (asked == round && isRunning)
            {
                handler.onLost(reason);
            }
        }
    }
}
