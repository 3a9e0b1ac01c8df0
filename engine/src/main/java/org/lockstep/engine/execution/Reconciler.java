package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderDoubt;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

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
    /** How often overdue answers are looked for. */
    static final long WATCH_INTERVAL_NS = 500_000_000L;

    /** After this long a request without answer is in doubt. The session says so earlier when it knows. */
    static final long ANSWER_TIMEOUT_NS = 6_000_000_000L;

    /** After this long a cancel that did not go through is asked for again. */
    static final long CANCEL_RETRY_NS = 1_000_000_000L;

    private static final int NOT_FOUND_ENOUGH = 2;
    private static final int PREDECESSOR_ENOUGH = 2;

    private final EngineClock clock;
    private final Accounts accounts;
    private final Orders orders;
    private final OrderDesk desk;
    private final ReportDesk reports;
    private final OutputProxy outputs;
    private final Timers timers;

    Reconciler(
        final EngineClock clock,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final ReportDesk reports,
        final OutputProxy outputs,
        final Timers timers)
    {
        this.clock = clock;
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.reports = reports;
        this.outputs = outputs;
        this.timers = timers;
    }

    // ------------------------------------------------------------------------------------------------- sessions

    /** A run of the process begins: what was in flight when the last one ended may or may not have arrived. */
    void onSessionStarted()
    {
        for (int i = 0; i < accounts.count(); i++)
        {
            accounts.find(i).venueLedger().onSessionStarted();
        }
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if (!accounts.find(order.accountId()).terms().isPaper() && !order.status().isWorking())
            {
                doubt(order, "the process stopped with the request in flight");
            }
        }
    }

    void onAccountStatus(final int accountId, final AccountState state, final CharSequence reason)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final AccountState before = account.venueLedger().state();
        account.venueLedger().state(state);
        if (before == state)
        {
            return;
        }
        outputs.alert(-1, accountId, AlertCode.ACCOUNT.code(), severity(before, state),
            "account " + account.name() + " is " + state + (reason.length() > 0 ? ": " + reason : ""));
        timers.cancelAll(TimerKind.ORDER_WATCH, accountId);
        if (AccountState.STOPPED != state && AccountState.REFUSED != state)
        {
            timers.set(clock.timeNs() + WATCH_INTERVAL_NS, TimerKind.ORDER_WATCH, accountId);
        }
        if (AccountState.LIVE == state)
        {
            onLive(account);
        }
    }

    void onBalanceChanged(final int accountId, final CharSequence asset, final long free, final long locked)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final AssetBalances balances = account.venueLedger().balances();
        final int index = balances.indexOf(asset);
        if (account.venueLedger().isInRound() && index >= 0 &&
            balances.free(index) + balances.locked(index) != free + locked)
        {
            outputs.difference(0, -1, accountId, -1, DifferenceKind.BALANCE, account.venueLedger().cause(),
                balances.free(index) + balances.locked(index), free + locked, asset);
        }
        balances.set(asset, free, locked);
    }

    // --------------------------------------------------------------------------------------------------- rounds

    void onReconciliation(
        final int accountId, final int round, final ReconcilePhase phase, final ReconcileCause cause)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final VenueLedger ledger = account.venueLedger();
        switch (phase)
        {
            case BEGIN -> ledger.beginRound(round, cause, clock.timeNs());
            case END ->
            {
                if (ledger.isInRound() && ledger.round() == round)
                {
                    ledger.endRound();
                    ledger.forgetForeignOrders();
                    askAboutUnlisted(account);
                }
            }
            default -> ledger.endRound();
        }
    }

    void onTradesReconciled(final int accountId, final int instrumentId, final long tradeId)
    {
        final Account account = live(accountId);
        if (null != account && instrumentId >= 0)
        {
            account.venueLedger().marks(instrumentId).reconciled(tradeId);
        }
    }

    void onOutcomeUnknown(final long orderId, final RequestKind request, final CharSequence reason)
    {
        final Order order = orders.find(orderId);
        if (null == order)
        {
            reports.onUnknown(orderId, false);
            return;
        }
        final boolean isOpen = switch (request)
        {
            case PLACE -> !order.isAcknowledged();
            case CANCEL -> OrderStatus.PENDING_CANCEL == order.status();
            default -> order.isReplaceOpen() || OrderStatus.PENDING_CANCEL == order.status();
        };
        if (isOpen && order.isOpen())
        {
            doubt(order, reason);
        }
    }

    /**
     * The venue itself refused to cancel or replace an order it had acknowledged: most often because it has ended
     * and the event that would have told was lost. So it is asked.
     */
    void onRefused(final long orderId, final RequestKind request, final int code)
    {
        final Order order = orders.find(orderId);
        if (code < 0 && RequestKind.PLACE != request && null != order && order.status().isWorking() &&
            null != live(order.accountId()))
        {
            outputs.queryRequested(order, order.doubt().requestTimeNs(), order.doubt().asked(clock.timeNs()));
        }
    }

    // -------------------------------------------------------------------------------------------------- reports

    void onOrderReported(final ReportedOrder report)
    {
        final Account account = live(report.accountId);
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

    void onWatchDue(final int accountId)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        timers.set(clock.timeNs() + WATCH_INTERVAL_NS, TimerKind.ORDER_WATCH, accountId);
        final long nowNs = clock.timeNs();
        Order order = orders.firstOpen();
        while (null != order)
        {
            final Order next = orders.nextOpen(order);
            if (order.accountId() == accountId && !order.status().isWorking())
            {
                if (OrderStatus.UNKNOWN != order.status() &&
                    nowNs - order.doubt().requestTimeNs() >= ANSWER_TIMEOUT_NS)
                {
                    doubt(order, "no answer from the venue");
                }
                askWhenDue(account, order);
            }
            else if (order.accountId() == accountId && order.doubt().isCancelWanted() && account.isLive() &&
                nowNs - order.doubt().requestTimeNs() >= CANCEL_RETRY_NS)
            {
                desk.cancel(order);
            }
            order = next;
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
        if (OrderStatus.UNKNOWN == status || OrderStatus.PENDING_NEW == status)
        {
            final boolean isCancelWanted = order.doubt().isCancelWanted();
            tell(order, DifferenceKind.MISSED_STATE, report, 0, 0, "the venue has it, working");
            if (report.generation > order.generation())
            {
                reports.onReplaced(order.orderId(), report.price, report.quantity, report.generation);
            }
            else
            {
                reports.onReport(order.orderId(), OrderEvent.ACCEPTED, report.venueOrderId);
                if (order.askedGeneration() > order.generation())
                {
                    reports.onReport(order.orderId(), OrderEvent.REPLACE_REJECTED, 0);
                }
            }
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
            ask(order);
        }
    }

    /** A list may be older than the end it contradicts, so only an answer to a question takes an order up again. */
    private void onWorkingAfterEnd(final Order order, final ReportedOrder report)
    {
        if (ReconcileCause.QUERY == report.cause)
        {
            outputs.difference(order.orderId(), order.botId(), order.accountId(), order.instrumentId(),
                DifferenceKind.REAPPEARED, report.cause, 0, report.quantity - report.cumulativeQuantity,
                "the venue has it working after it had ended here");
            order.venueOrderId(report.venueOrderId);
            order.replaced(report.price, report.quantity, report.generation);
            reports.reopen(order);
            if (order.doubt().isCancelWanted() || desk.isStopped(order))
            {
                desk.cancel(order);
            }
        }
        else
        {
            ask(order);
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
        if (report.generation < order.askedGeneration() && order.doubt().predecessorEnded() < PREDECESSOR_ENOUGH)
        {
            // A replace ends its predecessor; whether there is a successor, only a question about that can tell.
            outputs.queryRequested(order, order.doubt().requestTimeNs(), order.doubt().asked(clock.timeNs()));
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
            doubt(order, "executions are missing");
            return;
        }
        tell(order, DifferenceKind.MISSED_END, report, order.remainingQuantity(), 0, report.state.name());
        final OrderEvent event = VenueOrderState.EXPIRED == report.state ? OrderEvent.EXPIRED :
            VenueOrderState.REJECTED == report.state && !order.isAcknowledged() ? OrderEvent.REJECTED :
            OrderEvent.CANCELED;
        reports.onReport(order.orderId(), event, report.venueOrderId);
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

    private void askAboutUnlisted(final Account account)
    {
        final VenueLedger ledger = account.venueLedger();
        Order order = orders.firstOpen();
        while (null != order)
        {
            final Order next = orders.nextOpen(order);
            if (order.accountId() == account.id() && order.doubt().seenRound() != ledger.round() &&
                order.lastUpdateTimeNs() < ledger.roundBeganNs())
            {
                if (order.status().isWorking())
                {
                    doubt(order, "the venue does not list it as open");
                }
                if (OrderStatus.UNKNOWN == order.status())
                {
                    order.doubt().hurry();
                    askWhenDue(account, order);
                }
            }
            order = next;
        }
    }

    private void onLive(final Account account)
    {
        Order order = orders.firstOpen();
        while (null != order)
        {
            final Order next = orders.nextOpen(order);
            if (order.accountId() == account.id())
            {
                if (OrderStatus.UNKNOWN == order.status())
                {
                    order.doubt().hurry();
                    askWhenDue(account, order);
                }
                else if (order.status().isWorking() && order.doubt().isCancelWanted())
                {
                    desk.cancel(order);
                }
            }
            order = next;
        }
    }

    private void askWhenDue(final Account account, final Order order)
    {
        final OrderDoubt doubt = order.doubt();
        if (account.isLive() && OrderStatus.UNKNOWN == order.status() && doubt.isQueryDue(clock.timeNs()))
        {
            ask(order);
        }
    }

    private void ask(final Order order)
    {
        outputs.queryRequested(order, order.doubt().requestTimeNs(), order.doubt().asked(clock.timeNs()));
    }

    private void doubt(final Order order, final CharSequence reason)
    {
        final boolean isNew = OrderStatus.UNKNOWN != order.status();
        order.apply(OrderEvent.OUTCOME_LOST, clock.timeNs());
        if (isNew)
        {
            outputs.orderUncertain(order, true, order.doubt().sinceNs(), reason);
            askWhenDue(accounts.find(order.accountId()), order);
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

    private Account live(final int accountId)
    {
        final Account account = accounts.find(accountId);
        return null == account || account.terms().isPaper() ? null : account;
    }

    private static AlertSeverity severity(final AccountState before, final AccountState state)
    {
        return switch (state)
        {
            case REFUSED -> AlertSeverity.CRITICAL;
            case RECONNECTING -> AccountState.LIVE == before ? AlertSeverity.WARNING : AlertSeverity.INFO;
            default -> AlertSeverity.INFO;
        };
    }
}
