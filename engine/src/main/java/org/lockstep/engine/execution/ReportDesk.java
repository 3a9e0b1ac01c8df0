package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.order.Transition;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;

/**
 * Where a report becomes state: what a venue says, real or paper, goes through the table of transitions to orders,
 * positions and their bot. Threading: the engine thread. Allocation: none once warm.
 */
public final class ReportDesk
{
    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final OutputProxy outputs;
    private final PaperBalances paperBalances;
    private Traders traders;
    private Reservations reservations;
    private long unknownOrderCount;
    private long lateFillCount;
    private long contradictionCount;

    /**
     * A desk without traders; see {@link #connect}.
     *
     * @param clock    engine time.
     * @param markets  all instruments.
     * @param accounts all accounts.
     * @param orders   table to keep.
     * @param outputs  takes what goes out.
     */
    public ReportDesk(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OutputProxy outputs)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.outputs = outputs;
        this.paperBalances = new PaperBalances(markets, outputs);
    }

    /**
     * Completes the wiring, once.
     *
     * @param newTraders the bots.
     */
    public void connect(final Traders newTraders)
    {
        traders = newTraders;
        reservations = new Reservations(newTraders, accounts);
    }

    /**
     * Applies a report other than an execution or a replace.
     *
     * @param orderId      client order id.
     * @param event        what the venue says.
     * @param venueOrderId the venue's id, 0 = not said.
     */
    public void onReport(final long orderId, final OrderEvent event, final long venueOrderId)
    {
        final Order order = findReported(orderId, event);
        if (null != order)
        {
            final long before = order.openQuantity();
            final boolean wasOpen = order.isOpen();
            final long doubtedSinceNs = order.doubt().sinceNs();
            order.venueOrderId(venueOrderId);
            settle(order, order.apply(event, clock.timeNs()), before, wasOpen, doubtedSinceNs, event);
        }
    }

    /**
     * Applies a refusal.
     *
     * @param orderId client order id.
     * @param event   which request was refused: REJECTED, CANCEL_REJECTED or REPLACE_REJECTED.
     * @param code    the venue's negative one, or a {@link RejectReason}'s when the request never left.
     */
    void onRejected(final long orderId, final OrderEvent event, final int code)
    {
        final Order order = orders.find(orderId);
        if (null != order && OrderEvent.CANCEL_REJECTED == event && code < 0)
        {
            order.cancelRefused();
        }
        onReport(orderId, event, 0);
    }

    /** Notes the venue's id of an order. */
    void onVenueOrderId(final long orderId, final long venueOrderId)
    {
        final Order order = orders.find(orderId);
        if (null != order)
        {
            order.venueOrderId(venueOrderId);
        }
    }

    /**
     * Applies a confirmed replace.
     *
     * @param orderId  client order id.
     * @param price    in force, mantissa.
     * @param quantity in force, mantissa.
     * @param generation in force, 0 = not said.
     */
    public void onReplaced(final long orderId, final long price, final long quantity, final int generation)
    {
        final Order order = findReported(orderId, OrderEvent.REPLACED);
        if (null != order)
        {
            final long before = order.openQuantity();
            final boolean wasOpen = order.isOpen();
            final long doubtedSinceNs = order.doubt().sinceNs();
            final Transition transition = order.apply(OrderEvent.REPLACED, clock.timeNs());
            if (Transition.TO_WORKING == transition || Transition.NOTED == transition)
            {
                orders.replaced(order, price, quantity, generation);
            }
            settle(order, transition, before, wasOpen, doubtedSinceNs, OrderEvent.REPLACED);
        }
    }

    /**
     * Applies one execution: order, positions of bot and account, balance, then the bot hears of it.
     *
     * @param orderId      client order id.
     * @param venueOrderId the venue's id, 0 = not said.
     * @param tradeId      execution id.
     * @param price        mantissa.
     * @param quantity     of this execution, mantissa.
     * @param fee          8 decimals.
     */
    public void onFilled(
        final long orderId,
        final long venueOrderId,
        final long tradeId,
        final long price,
        final long quantity,
        final long fee)
    {
        onFilled(orderId, venueOrderId, tradeId, price, quantity, fee, false);
    }

    /** As above; {@code isCounted}: the account has counted it already, when nobody knew whose it was. */
    void onFilled(
        final long orderId,
        final long venueOrderId,
        final long tradeId,
        final long price,
        final long quantity,
        final long fee,
        final boolean isCounted)
    {
        final Order order = findReported(orderId, OrderEvent.FILLED);
        if (null == order)
        {
            return;
        }
        final long before = order.openQuantity();
        final boolean wasOpen = order.isOpen();
        final long doubtedSinceNs = order.doubt().sinceNs();
        order.venueOrderId(venueOrderId);
        final Transition transition = order.applyFill(tradeId, quantity, clock.timeNs());
        if (Transition.DUPLICATE == transition)
        {
            return;
        }
        final Market market = markets.find(order.instrumentId());
        final RiskSubject bot = traders.risk(order.botId());
        final Account account = accounts.find(order.accountId());
        final Side side = order.side();
        final Position position =
            bot.holdings().onFill(market.instrument(), side, price, quantity, fee, clock.timeNs());
        if (!isCounted)
        {
            account.risk().holdings().onFill(market.instrument(), side, price, quantity, fee, clock.timeNs());
        }
        outputs.positionChanged(order.botId(), order.accountId(), position);
        settle(order, transition, before, wasOpen, doubtedSinceNs, OrderEvent.FILLED);
    }

    /** Evidence about an order nobody here knows. */
    void onUnknown(final long orderId, final boolean isFill)
    {
        unknownOrderCount++;
        outputs.alert(-1, -1, AlertCode.UNKNOWN_ORDER.code(), isFill ? AlertSeverity.CRITICAL : AlertSeverity.WARNING,
            (isFill ? "execution of" : "report about") + " an order that is not known: " + orderId);
    }

    /** The venue shows an order working that had ended here. */
    void reopen(final Order order)
    {
        order.reopen(clock.timeNs());
        orders.reopen(order);
        reservations.onOrderOpened(order.botId(), order.accountId());
        reservations.onOpenQuantity(order, order.openQuantity());
        traders.onOrderChanged(order, false);
    }

    /** @return reports about orders nobody here knows. */
    public long unknownOrderCount()
    {
        return unknownOrderCount;
    }

    /** @return executions of orders that had ended. */
    public long lateFillCount()
    {
        return lateFillCount;
    }

    /** @return reports that contradicted what was known. */
    public long contradictionCount()
    {
        return contradictionCount;
    }

    /**
     * Describes its counters.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.field("unknownOrders", unknownOrderCount);
        out.field("lateFills", lateFillCount);
        out.field("contradictions", contradictionCount);
    }

    private Order findReported(final long orderId, final OrderEvent event)
    {
        final Order order = orders.find(orderId);
        if (null == order)
        {
            onUnknown(orderId, OrderEvent.FILLED == event);
        }
        return order;
    }

    private void settle(
        final Order order,
        final Transition transition,
        final long openBefore,
        final boolean wasOpen,
        final long doubtedSinceNs,
        final OrderEvent event)
    {
        switch (transition)
        {
            case DUPLICATE ->
            {
                return;
            }
            case CONTRADICTION ->
            {
                contradictionCount++;
                outputs.alert(order.botId(), order.accountId(), AlertCode.CONTRADICTION.code(), AlertSeverity.WARNING,
                    "report " + event + " contradicts order " + order.orderId() + " in " + order.status());
                return;
            }
            case LATE_FILL ->
            {
                lateFillCount++;
                outputs.alert(order.botId(), order.accountId(), AlertCode.LATE_FILL.code(), AlertSeverity.WARNING,
                    "execution of order " + order.orderId() + " after it had ended; position includes it");
            }
            default ->
            {
            }
        }
        reservations.onOpenQuantity(order, order.openQuantity() - openBefore);
        outputs.doubtEnded(order, doubtedSinceNs);
        final Account account = accounts.find(order.accountId());
        if (OrderEvent.FILLED == event)
        {
            paperBalances.onExecution(account);
        }
        else
        {
            paperBalances.onOrder(account);
        }
        if (wasOpen && !order.isOpen())
        {
            reservations.onOrderEnded(order.botId(), order.accountId());
            orders.retire(order);
        }
        traders.onOrderChanged(order, OrderEvent.FILLED == event);
    }
}
