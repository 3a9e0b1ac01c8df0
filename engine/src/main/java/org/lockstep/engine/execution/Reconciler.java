package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderDoubt;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;

/**
 * Brings the engine's orders and the venue's books together. The rules:
 * <ul>
 * <li>An order whose request got no answer is UNKNOWN; the venue is asked, at growing intervals, until it says what
 * became of it. Nothing is ever sent again on a guess, and an order leaves only on the venue's word.</li>
 * <li>That the venue has no such order counts only once it would refuse the request as too old, only for an order it
 * never acknowledged, and only when said twice. Should the order show up after all, it is taken up again.</li>
 * <li>A round of reconciliation lists the venue's open orders. One of ours that it does not list, and that was not
 * just sent, is asked about.</li>
 * <li>A list may be older than the events that overtook it. So what it says of an ended order is only a reason to
 * ask.</li>
 * <li>Everything the venue knew better goes out as ReconciliationDifference; a second round finds none.</li>
 * </ul>
 * Threading: the engine thread.
 */
final class Reconciler
{
    private static final int NOT_FOUND_ENOUGH = 2;

    private final Accounts accounts;
    private final Orders orders;
    private final OrderDesk desk;
    private final ReportDesk reports;
    private final Doubts doubts;
    private final OutputProxy outputs;

    Reconciler(
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final ReportDesk reports,
        final Doubts doubts,
        final OutputProxy outputs)
    {
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.reports = reports;
        this.doubts = doubts;
        this.outputs = outputs;
    }

    // --------------------------------------------------------------------------------------------------- events

    /** An end that the venue tells of. While it is not known whether the order was replaced, it may be another's. */
    void onEndReported(final long orderId, final OrderEvent event)
    {
        final Order order = orders.find(orderId);
        if (null != order && OrderStatus.UNKNOWN == order.status() && order.isReplaceOpen() &&
            null != accounts.findLive(order.accountId()))
        {
            doubts.ask(order);
            return;
        }
        reports.onReport(orderId, event, 0);
        if (isInferredEnd(order))
        {
            doubts.ask(order);
        }
    }

    /**
     * The venue has told something that only an order it has (had) can do. If that order ended because the venue did
     * not know it, it did arrive after all: it is open again, and asked about.
     */
    void onEvidence(final long orderId)
    {
        final Order order = orders.find(orderId);
        if (isInferredEnd(order) && OrderStatus.FILLED != order.status())
        {
            outputs.difference(order.orderId(), order.botId(), order.accountId(), order.instrumentId(),
                DifferenceKind.REAPPEARED, ReconcileCause.NULL_VAL, 0, order.quantity() - order.cumulativeQuantity(),
                "the venue tells of it after it was thought never to have arrived");
            reports.reopen(order);
            if (order.doubt().isCancelWanted() || desk.isStopped(order))
            {
                desk.cancel(order);
            }
            else
            {
                doubts.doubt(order, "it was thought never to have arrived, and did");
            }
        }
    }

    /** As {@link #onEvidence}; an execution in another instrument is none of the order's. */
    void onExecution(final long orderId, final int instrumentId)
    {
        final Order order = orders.find(orderId);
        if (null != order && order.instrumentId() == instrumentId)
        {
            onEvidence(orderId);
        }
    }

    /** A replace was confirmed; should its order be counted as ended although more of it can execute, that is asked. */
    void onReplaceConfirmed(final long orderId, final long quantity)
    {
        final Order order = orders.find(orderId);
        if (null != order && OrderStatus.FILLED == order.status() && quantity > order.cumulativeQuantity() &&
            null != accounts.findLive(order.accountId()))
        {
            doubts.ask(order);
        }
        onEvidence(orderId);
    }

    private boolean isInferredEnd(final Order order)
    {
        return null != order && !order.isOpen() && order.doubt().isEndInferred() &&
            null != accounts.findLive(order.accountId());
    }

    // -------------------------------------------------------------------------------------------------- reports

    void onOrderReported(final ReportedOrder report)
    {
        final Account account = accounts.findLive(report.accountId);
        if (null == account)
        {
            return;
        }
        if (ClientOrderIds.NULL_ORDER_ID == report.orderId)
        {
            onForeign(account, report);
            return;
        }
        final Order order = orders.find(report.orderId);
        if (null == order)
        {
            onOrphan(account, report);
            return;
        }
        if (ReconcileCause.QUERY != report.cause)
        {
            order.doubt().seen(account.venueLedger().round());
        }
        switch (report.state)
        {
            case WORKING -> onWorking(order, report);
            case NOT_FOUND -> onNotFound(order, report);
            default -> onEnded(order, report);
        }
    }

    // -------------------------------------------------------------------------------------------------- private

    private void onWorking(final Order order, final ReportedOrder report)
    {
        if (!order.isOpen())
        {
            onWorkingAfterEnd(order, report);
            return;
        }
        final OrderStatus status = order.status();
        if (OrderStatus.UNKNOWN == status && !report.isConclusive && report.generation < order.askedGeneration())
        {
            onPredecessorWorking(order, report);
            return;
        }
        if (OrderStatus.UNKNOWN == status || OrderStatus.PENDING_NEW == status)
        {
            final boolean isCancelWanted = order.doubt().isCancelWanted();
            tell(order, DifferenceKind.MISSED_STATE, report, 0, 0, "the venue has it, working");
            takeUp(order, report);
            if (isCancelWanted && order.status().isWorking())
            {
                desk.cancel(order);
            }
        }
        order.venueOrderId(report.venueOrderId);
        if (order.generation() < report.generation && order.isOpen())
        {
            reports.onReplaced(order.orderId(), report.price, report.quantity, report.generation);
        }
        else if (order.status().isWorking() && order.generation() == report.generation &&
            (order.quantity() != report.quantity || order.price() != report.price))
        {
            outputs.difference(order.orderId(), order.botId(), order.accountId(), order.instrumentId(),
                DifferenceKind.TERMS, report.cause, order.quantity(), report.quantity,
                "price or quantity differ; the venue's are taken");
            reports.onReplaced(order.orderId(), report.price, report.quantity, report.generation);
        }
        if (order.isOpen() && order.cumulativeQuantity() < report.cumulativeQuantity &&
            ReconcileCause.QUERY != report.cause)
        {
            doubts.ask(order);
        }
    }

    /**
     * What a replace would take the place of works, and the replace may still arrive: that is no answer. A cancel need
     * not wait for one: without its predecessor the replace cannot succeed any more.
     */
    private void onPredecessorWorking(final Order order, final ReportedOrder report)
    {
        order.venueOrderId(report.venueOrderId);
        if (order.doubt().isCancelWanted())
        {
            desk.cancel(order);
        }
    }

    /**
     * A list may be older than the end it contradicts, and so may an answer. So only what the venue answers to a
     * question asked since then takes an order up again, unless its end was inferred, or was its predecessor's, and
     * this is the evidence against it; never one that nothing is left of.
     */
    private void onWorkingAfterEnd(final Order order, final ReportedOrder report)
    {
        final OrderDoubt doubt = order.doubt();
        final boolean isOutdated =
            report.quantity <= order.cumulativeQuantity() || report.generation < order.generation();
        if (isOutdated || report.cumulativeQuantity < order.cumulativeQuantity() && doubt.isAskedAfterEnd())
        {
            return;
        }
        final boolean isEvidence =
            doubt.isAskedAfterEnd() || doubt.isEndInferred() || report.generation > order.generation();
        if (ReconcileCause.QUERY != report.cause || !isEvidence)
        {
            doubts.ask(order);
            return;
        }
        outputs.difference(order.orderId(), order.botId(), order.accountId(), order.instrumentId(),
            DifferenceKind.REAPPEARED, report.cause, 0, report.quantity - report.cumulativeQuantity,
            "the venue has it working after it had ended here");
        order.venueOrderId(report.venueOrderId);
        orders.replaced(order, report.price, report.quantity, report.generation);
        reports.reopen(order);
        if (doubt.isCancelWanted() || desk.isStopped(order))
        {
            desk.cancel(order);
        }
    }

    private void onNotFound(final Order order, final ReportedOrder report)
    {
        if (!order.isOpen() || !report.isConclusive)
        {
            return;
        }
        if (order.isAcknowledged())
        {
            if (order.doubt().tellDifference())
            {
                tell(order, DifferenceKind.NOT_FOUND, report, order.remainingQuantity(), 0,
                    "the venue had acknowledged it and now does not know it; it stays open here");
                outputs.alert(order.botId(), order.accountId(), AlertCode.RECONCILIATION.code(),
                    AlertSeverity.CRITICAL, "the venue denies order " + order.orderId() + " it had acknowledged");
            }
        }
        else if (order.doubt().notFound() >= NOT_FOUND_ENOUGH)
        {
            tell(order, DifferenceKind.NEVER_ARRIVED, report, order.remainingQuantity(), 0,
                "the request never reached the venue");
            order.doubt().endInferred();
            reports.onReport(order.orderId(), OrderEvent.REJECTED, 0);
        }
    }

    private void onEnded(final Order order, final ReportedOrder report)
    {
        if (!order.isOpen())
        {
            return;
        }
        if (VenueOrderState.CANCELED == report.state && report.generation < order.askedGeneration() &&
            !report.isConclusive)
        {
            // A replace cancels its predecessor; there may be a successor yet.
            doubts.doubt(order, "what it was to replace is cancelled");
            return;
        }
        order.venueOrderId(report.venueOrderId);
        if (order.cumulativeQuantity() < report.cumulativeQuantity)
        {
            // Executions are still missing; they come with the next answer, and only then is its end complete.
            if (order.doubt().tellDifference())
            {
                tell(order, DifferenceKind.QUANTITY, report, order.cumulativeQuantity(), report.cumulativeQuantity,
                    "more was executed than was told");
            }
            doubts.doubt(order, "executions are missing");
            return;
        }
        tell(order, DifferenceKind.MISSED_END, report, order.remainingQuantity(), 0, report.state.name());
        takeUp(order, report);
        if (!order.isOpen())
        {
            return;
        }
        final OrderEvent event = VenueOrderState.EXPIRED == report.state ? OrderEvent.EXPIRED :
            VenueOrderState.REJECTED == report.state && !order.isAcknowledged() ? OrderEvent.REJECTED :
            OrderEvent.CANCELED;
        reports.onReport(order.orderId(), event, report.venueOrderId);
    }

    /** Takes over what the venue says of a replace: that it was done, or that it was not and will not be. */
    private void takeUp(final Order order, final ReportedOrder report)
    {
        if (report.generation > order.generation())
        {
            reports.onReplaced(order.orderId(), report.price, report.quantity, report.generation);
        }
        else if (VenueOrderState.WORKING == report.state || order.isReplaceOpen())
        {
            reports.onReport(order.orderId(), OrderEvent.ACCEPTED, report.venueOrderId);
            if (order.askedGeneration() > order.generation())
            {
                reports.onReport(order.orderId(), OrderEvent.REPLACE_REJECTED, 0);
            }
        }
    }

    private void onForeign(final Account account, final ReportedOrder report)
    {
        if (VenueOrderState.WORKING == report.state && account.venueLedger().foreignOrder(report.venueOrderId))
        {
            outputs.difference(0, -1, account.id(), report.instrumentId, DifferenceKind.FOREIGN_ORDER, report.cause,
                0, report.quantity - report.cumulativeQuantity,
                "order " + report.clientOrderId + " of the account is not ours; it is left alone");
        }
    }

    /** One of ours by its id, but the journal does not have it: its tail was lost. Nobody would manage it: cancel. */
    private void onOrphan(final Account account, final ReportedOrder report)
    {
        if (VenueOrderState.WORKING == report.state)
        {
            final int botId = ClientOrderIds.botId(report.orderId);
            outputs.difference(report.orderId, botId, account.id(), report.instrumentId,
                DifferenceKind.REAPPEARED, report.cause, 0, report.quantity - report.cumulativeQuantity,
                "ours by its id, but not in this journal; it is cancelled");
            outputs.alert(botId, account.id(), AlertCode.UNKNOWN_ORDER.code(), AlertSeverity.CRITICAL,
                "the venue has order " + report.orderId + " open that this journal has lost; cancelling it");
            outputs.orphanCancelRequested(report.orderId, report.venueOrderId, botId, account.id(),
                report.instrumentId, report.generation);
        }
    }

    private void tell(
        final Order order,
        final DifferenceKind kind,
        final ReportedOrder report,
        final long expected,
        final long actual,
        final String message)
    {
        outputs.difference(order.orderId(), order.botId(), order.accountId(), order.instrumentId(), kind,
            report.cause, expected, actual, message);
    }
}
