package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderDoubt;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.timer.EngineClock;

/**
 * Orders whose outcome is not known. A request that got no answer makes its order UNKNOWN; then the venue is asked, at
 * growing intervals, until it says what became of it. Nothing is ever sent again on a guess; a cancel that is still
 * wanted once the order is known to work is the exception.
 * Threading: the engine thread.
 */
final class Doubts
{
    /** After this long a request without answer is in doubt. The session says so earlier when it knows. */
    static final long ANSWER_TIMEOUT_NS = 6_000_000_000L;

    /** After this long a cancel that did not go through is asked for again. */
    static final long CANCEL_RETRY_NS = 1_000_000_000L;

    private static final int NAMED_AT_STOP = 10;

    private final EngineClock clock;
    private final Accounts accounts;
    private final Orders orders;
    private final OrderDesk desk;
    private final ReportDesk reports;
    private final OutputProxy outputs;

    Doubts(
        final EngineClock clock,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final ReportDesk reports,
        final OutputProxy outputs)
    {
        this.clock = clock;
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.reports = reports;
        this.outputs = outputs;
    }

    /** A run of the process begins: what was in flight when the last one ended may or may not have arrived. */
    void onSessionStarted()
    {
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if (!accounts.find(order.accountId()).terms().isPaper() && !order.status().isWorking())
            {
                doubt(order, "the process stopped with the request in flight");
            }
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
            !accounts.find(order.accountId()).terms().isPaper())
        {
            ask(order);
        }
    }

    /** Looks for overdue answers, questions that are due, and cancels that did not go through. */
    void onWatchDue(final Account account)
    {
        final long nowNs = clock.timeNs();
        Order order = orders.firstOpen();
        while (null != order)
        {
            final Order next = orders.nextOpen(order);
            if (order.accountId() == account.id() && !order.status().isWorking())
            {
                if (OrderStatus.UNKNOWN != order.status() &&
                    nowNs - order.doubt().requestTimeNs() >= ANSWER_TIMEOUT_NS)
                {
                    doubt(order, "no answer from the venue");
                }
                askWhenDue(account, order);
            }
            else if (order.accountId() == account.id() && order.doubt().isCancelWanted() && account.isLive() &&
                nowNs - order.doubt().requestTimeNs() >= CANCEL_RETRY_NS)
            {
                desk.cancel(order);
            }
            order = next;
        }
    }

    /** A round has ended: what it did not list, and should have, is asked about. */
    void askAboutUnlisted(final Account account)
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

    /** The venue can be reached again: what waits for that is done. */
    void onLive(final Account account)
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

    /**
     * The session ends: whoever stopped it hears which orders nobody knows the outcome of, and how many others stay in
     * the venue's book. The next start asks about them.
     */
    void tellWhatStays(final Account account)
    {
        final StringBuilder uncertain = new StringBuilder();
        int uncertainCount = 0;
        int openCount = 0;
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if (order.accountId() == account.id())
            {
                openCount++;
                if (!order.status().isWorking() && ++uncertainCount <= NAMED_AT_STOP)
                {
                    uncertain.append(1 == uncertainCount ? " " : ", ").append(order.orderId());
                }
            }
        }
        if (uncertainCount > 0)
        {
            outputs.alert(-1, account.id(), AlertCode.ORDERS_LEFT.code(), AlertSeverity.CRITICAL, "account " +
                account.name() + " stops while the outcome of " + uncertainCount + " orders is not known:" + uncertain +
                (uncertainCount > NAMED_AT_STOP ? " and others" : "") + "; the next start asks about them");
        }
        if (openCount > uncertainCount)
        {
            outputs.alert(-1, account.id(), AlertCode.ORDERS_LEFT.code(), AlertSeverity.WARNING, "account " +
                account.name() + " stops with " + (openCount - uncertainCount) + " orders open at the venue");
        }
    }

    /** Asks the venue what became of an order. */
    void ask(final Order order)
    {
        if (!order.isOpen())
        {
            order.doubt().askedAfterEnd();
        }
        outputs.queryRequested(order, order.doubt().requestTimeNs(), order.doubt().asked(clock.timeNs()));
    }

    /** Nobody knows what became of the order. */
    void doubt(final Order order, final CharSequence reason)
    {
        final boolean isNew = OrderStatus.UNKNOWN != order.status();
        order.apply(OrderEvent.OUTCOME_LOST, clock.timeNs());
        if (isNew)
        {
            outputs.orderUncertain(order, true, order.doubt().sinceNs(), reason);
            askWhenDue(accounts.find(order.accountId()), order);
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
}
