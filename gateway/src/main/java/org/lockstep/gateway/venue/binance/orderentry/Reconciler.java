package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.net.Backoff;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Tells the engine what the venue's books hold: open orders of every instrument of interest, every execution since the
 * last one known, every balance; between a begin and an end. Whatever goes wrong on the way abandons the round, and
 * another begins after a back-off. Threading: the session's loop. Cold: allocates.
 */
final class Reconciler
{
    /** Told how a round went. */
    interface Listener
    {
        void onReconciled(ReconcileCause cause);
    }

    private static final int OPEN_ORDERS_WEIGHT = 6;
    private static final int STATUS_WEIGHT = 4;
    private static final int ACCOUNT_WEIGHT = 20;

    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final OrderRows rows;
    private final Balances balances;
    private final Backoff backoff;
    private final Listener listener;
    private final RequestTemplate accountTemplate;
    private final RoundQuestions questions;
    private final MissedExecutions executions;
    private final JsonCursor cursor = new JsonCursor();
    private final List<Instrument> instruments = new ArrayList<>();
    private final List<ReportedOrder> openOrders = new ArrayList<>();

    private ReconcileCause cause;
    private ReconcileCause wanted;
    private boolean isRunning;
    private int round;
    private int position;
    private long deadlineNs;
    private long accountAskedNs;
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
        this.questions = new RoundQuestions(context, this::abandon);
        this.executions = new MissedExecutions(context, rows, questions, this::abandon);
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

    /** Does what is due over a connection that hears the account's events, null = there is none. */
    void poll(final long nowNs, final ApiConnection over)
    {
        if (isRunning && !questions.isOver(over))
        {
            abandon("the account's events were lost");
        }
        if (!isRunning && null != wanted && null != over && nowNs - notBeforeNs >= 0)
        {
            begin(nowNs, over);
        }
        else if (isRunning && nowNs - deadlineNs > 0)
        {
            abandon("it took too long");
        }
        else if (isRunning)
        {
            questions.poll(nowNs);
        }
    }

    private void begin(final long nowNs, final ApiConnection over)
    {
        cause = wanted;
        wanted = null;
        isRunning = true;
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
        questions.begin(over);
        publisher.reconciliation(round, ReconcilePhase.BEGIN, cause, "");
        nextOpenOrders();
    }

    // ------------------------------------------------------------------------------------------------- open orders

    private void nextOpenOrders()
    {
        if (position == instruments.size())
        {
            executions.begin(instruments, cause, this::askAccount);
            return;
        }
        final Instrument instrument = instruments.get(position);
        questions.ask(OPEN_ORDERS_WEIGHT, context.instruments().requests(instrument).openOrders, values -> { },
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
            if (order.generation > context.memory().generation(order.orderId) && 0 != order.orderId)
            {
                questions.proceed(() -> askPredecessors(instrument, order));
                return;
            }
        }
        for (final ReportedOrder order : openOrders)
        {
            PredecessorQuery.add(
                order, PredecessorQuery.executedBefore(context, order.orderId, order.generation));
            publisher.reported(instrument.id(), order);
        }
        position++;
        questions.proceed(this::nextOpenOrders);
    }

    private void askPredecessors(final Instrument instrument, final ReportedOrder order)
    {
        new PredecessorQuery(context, rows, instrument, order.orderId, order.generation,
            (generation, onAnswer) -> questions.askForAny(
                STATUS_WEIGHT, context.instruments().requests(instrument).query,
                values -> values.clientId(RequestValues.CLIENT_ID, order.orderId, generation), onAnswer),
            executed -> tellOpenOrders(instrument),
            this::abandon).next();
    }

    // ----------------------------------------------------------------------------------------------------- balances

    private void askAccount()
    {
        questions.ask(ACCOUNT_WEIGHT, accountTemplate, values -> accountAskedNs = System.nanoTime(), reply ->
        {
            if (balances.readSnapshot(reply.result(cursor), accountAskedNs))
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
        questions.end();
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
            questions.end();
            context.counters().increment(Counter.RECONCILIATIONS_ABANDONED);
            publisher.reconciliation(round, ReconcilePhase.ABANDONED, cause, reason);
            notBeforeNs = System.nanoTime() + backoff.nextDelayNs();
            want(cause);
        }
    }
}
