package org.lockstep.gateway.venue.binance.orderentry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Tells every execution since the last one known, instrument by instrument.
 * <p>
 * Executions name the venue's order only. Whose it is the session mostly knows; else it asks. An instrument that was
 * never reconciled begins with the executions since the session's start, and with our own of the day before: a process
 * that crashed may have had them.
 * Threading: the session's loop. Cold: allocates.
 */
final class MissedExecutions
{
    private static final int TRADES_WEIGHT = 20;
    private static final int STATUS_WEIGHT = 4;
    private static final int PAGE_LENGTH = 1000;
    private static final int NO_SUCH_ORDER = -2013;
    private static final int DENIALS_ENOUGH = 3;
    private static final long LOOK_BACK_NS = 86_400_000_000_000L;

    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final OrderRows rows;
    private final RoundQuestions questions;
    private final Consumer<String> onFailed;
    private final long startTimeNs;
    private final ReportedOrder reported = new ReportedOrder();
    private final Execution execution = new Execution();
    private final JsonCursor cursor = new JsonCursor();
    private final List<TradeRow> page = new ArrayList<>();

    private List<Instrument> instruments;
    private ReconcileCause cause;
    private Runnable onTold;
    private int position;
    private long fromTradeId;
    private long onlyOursBeforeNs;

    MissedExecutions(
        final AccountContext context,
        final OrderRows rows,
        final RoundQuestions questions,
        final Consumer<String> onFailed)
    {
        this.context = context;
        this.publisher = context.publisher();
        this.rows = rows;
        this.questions = questions;
        this.onFailed = onFailed;
        this.startTimeNs = context.clock().nanoTime();
    }

    void begin(final List<Instrument> ofInstruments, final ReconcileCause newCause, final Runnable whenTold)
    {
        instruments = ofInstruments;
        cause = newCause;
        onTold = whenTold;
        position = 0;
        nextInstrument();
    }

    private void nextInstrument()
    {
        if (position == instruments.size())
        {
            onTold.run();
            return;
        }
        final Instrument instrument = instruments.get(position);
        final long reconciledTradeId = context.instruments().reconciledTradeId(instrument.id());
        if (OrderSessionSeed.NEVER_RECONCILED == reconciledTradeId)
        {
            onlyOursBeforeNs = startTimeNs + context.offset().offsetNs();
            fromTradeId = 0;
            questions.ask(TRADES_WEIGHT, context.instruments().requests(instrument).lastTrades, values -> { },
                reply -> onPage(instrument, reply, true));
            return;
        }
        onlyOursBeforeNs = 0;
        fromTradeId = reconciledTradeId + 1;
        nextPage();
    }

    private void nextPage()
    {
        final Instrument instrument = instruments.get(position);
        questions.ask(TRADES_WEIGHT, context.instruments().requests(instrument).tradesFrom,
            values -> values.number(RequestValues.NUMBER, fromTradeId), reply -> onPage(instrument, reply, false));
    }

    /** The last page does not hold all that an earlier process may have had: from the beginning of its day on. */
    private void wholeDay(final Instrument instrument)
    {
        questions.ask(TRADES_WEIGHT, context.instruments().requests(instrument).tradesSince,
            values -> values.number(RequestValues.NUMBER, (onlyOursBeforeNs - LOOK_BACK_NS) / 1_000_000),
            reply -> onPage(instrument, reply, false));
    }

    private void onPage(final Instrument instrument, final ApiMessage reply, final boolean isLast)
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
            onFailed.accept("executions: the answer was not understood");
            return;
        }
        page.sort((a, b) -> Long.compare(a.execution.tradeId, b.execution.tradeId));
        final boolean isFull = PAGE_LENGTH == page.size();
        if (isLast && isFull && page.get(0).execution.venueTimeNs >= onlyOursBeforeNs - LOOK_BACK_NS)
        {
            questions.proceed(() -> wholeDay(instrument));
            return;
        }
        final long lastTradeId = page.isEmpty() ? fromTradeId - 1 : page.get(page.size() - 1).execution.tradeId;
        page.removeIf(row -> row.execution.venueTimeNs < onlyOursBeforeNs - LOOK_BACK_NS);
        resolve(lastTradeId, isFull && !isLast);
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
                questions.proceed(() -> askWhose(instrument, venueOrderId, lastTradeId, hasMore, 1));
                return;
            }
        }
        for (final TradeRow row : page)
        {
            tell(instrument, row);
        }
        page.clear();
        if (hasMore)
        {
            fromTradeId = lastTradeId + 1;
            questions.proceed(this::nextPage);
            return;
        }
        context.instruments().reconciled(instrument.id(), lastTradeId);
        publisher.tradesReconciled(instrument.id(), lastTradeId);
        position++;
        questions.proceed(this::nextInstrument);
    }

    private void tell(final Instrument instrument, final TradeRow row)
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

    /** The venue has just told of an execution of it; should it deny the order all the same, it is asked again. */
    private void askWhose(
        final Instrument instrument,
        final long venueOrderId,
        final long lastTradeId,
        final boolean hasMore,
        final int attempt)
    {
        questions.askForAny(STATUS_WEIGHT, context.instruments().requests(instrument).queryVenueOrder,
            values -> values.number(RequestValues.NUMBER, venueOrderId),
            reply ->
            {
                if (NO_SUCH_ORDER == reply.code() && attempt < DENIALS_ENOUGH)
                {
                    questions.proceedLater(
                        () -> askWhose(instrument, venueOrderId, lastTradeId, hasMore, attempt + 1));
                }
                else if (reply.isSuccess() && rows.readOrder(reply.result(cursor), instrument, cause, reported) ||
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
                    onFailed.accept("order of an execution: " + reply.errorText());
                }
            });
    }
}
