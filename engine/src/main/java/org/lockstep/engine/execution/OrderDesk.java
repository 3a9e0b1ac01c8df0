package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.order.Transition;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;

/**
 * Where an intent becomes an order and a report becomes state: submit, cancel and replace go through risk and out;
 * what a venue reports, real or paper, goes through the table of transitions to orders, positions and their bot.
 * Threading: the engine thread. Allocation: none once warm.
 */
public final class OrderDesk
{
    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final RiskGate riskGate;
    private final OutputProxy outputs;
    private final PaperFunds paperFunds;
    private final SelfTradeGuard selfTrades;
    private final OrderIntent replaceIntent = new OrderIntent();
    private Traders traders;
    private PaperPort paper;
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
     * @param riskGate checks every order.
     * @param outputs  takes what goes out.
     */
    public OrderDesk(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final RiskGate riskGate,
        final OutputProxy outputs)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.riskGate = riskGate;
        this.outputs = outputs;
        this.paperFunds = new PaperFunds(markets);
        this.selfTrades = new SelfTradeGuard(orders, this);
    }

    /**
     * Completes the wiring, once.
     *
     * @param newTraders the bots.
     * @param newPaper   the paper venue.
     */
    public void connect(final Traders newTraders, final PaperPort newPaper)
    {
        traders = newTraders;
        paper = newPaper;
    }

    // ----------------------------------------------------------------------------------------------- requests out

    /**
     * Takes an intent through risk and, when it passes, out.
     *
     * @param intent what is wanted.
     * @return client order id, positive; or the negative code of a {@link RejectReason}, which has then also gone out
     *     as OrderRejected.
     */
    public long submit(final OrderIntent intent)
    {
        final int botId = intent.botId();
        final RiskSubject bot = traders.risk(botId);
        final Account account = accounts.find(intent.accountId());
        final Market market = markets.find(intent.instrumentId());
        long orderId = ClientOrderIds.NULL_ORDER_ID;
        RejectReason reason = precondition(intent, bot, account, market);
        if (RejectReason.NONE == reason)
        {
            orderId = traders.nextOrderId(botId);
            if (ClientOrderIds.NULL_ORDER_ID == orderId)
            {
                reason = RejectReason.ORDER_IDS_EXHAUSTED;
            }
            else if (null != orders.find(orderId))
            {
                reason = RejectReason.DUPLICATE_ORDER_ID;
            }
            else if (Orders.MAX_OPEN == orders.openCount())
            {
                reason = RejectReason.ORDER_TABLE_FULL;
            }
            else
            {
                reason = riskGate.check(intent, market, bot, account.risk(), 0, false, clock.timeNs());
            }
        }
        if (RejectReason.NONE == reason && account.terms().isPaper() && !intent.isClosing())
        {
            reason = paperFunds.check(intent, account, 0, 0);
        }
        if (RejectReason.NONE == reason)
        {
            reason = selfTrades.check(intent, account, market);
        }
        if (RejectReason.NONE != reason)
        {
            return refuse(orderId, intent, reason, RequestKind.PLACE);
        }
        open(orderId, intent, bot, account);
        return orderId;
    }

    /**
     * Asks the venue to take an order back. Never refused by risk.
     *
     * @param orderId client order id.
     * @param botId   who asks; must own the order.
     * @return 0, or the negative code of a {@link RejectReason}.
     */
    public int cancel(final long orderId, final int botId)
    {
        final Order order = orders.find(orderId);
        if (null == order)
        {
            return -RejectReason.UNKNOWN_ORDER.code();
        }
        return order.botId() == botId ? cancel(order) : -RejectReason.NOT_OWNER.code();
    }

    /**
     * Asks the venue to take an order back, whoever owns it.
     *
     * @param order as found.
     * @return 0, or the negative code of a {@link RejectReason}.
     */
    public int cancel(final Order order)
    {
        if (!order.isOpen())
        {
            return -RejectReason.ORDER_ENDED.code();
        }
        if (Transition.REFUSED == order.apply(OrderEvent.CANCEL_REQUESTED, clock.timeNs()))
        {
            return -RejectReason.ORDER_BUSY.code();
        }
        outputs.cancelRequested(order);
        final Account account = accounts.find(order.accountId());
        if (account.terms().isPaper())
        {
            paper.onCancelRequested(order, account.nextPaperDeadlineNs(clock.timeNs()));
        }
        return 0;
    }

    /**
     * Asks for every open order of a bot to be taken back; those with a cancel in flight are left alone.
     *
     * @param botId dense id, or -1 for all bots.
     * @param accountId dense id, or -1 for all accounts.
     */
    public void cancelAll(final int botId, final int accountId)
    {
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if ((botId < 0 || order.botId() == botId) && (accountId < 0 || order.accountId() == accountId))
            {
                cancel(order);
            }
        }
    }

    /**
     * Asks the venue to change price and quantity of a working order, after risk has passed the result.
     *
     * @param orderId  client order id.
     * @param botId    who asks; must own the order.
     * @param price    wanted, mantissa.
     * @param quantity wanted whole quantity (what was executed included), mantissa.
     * @return 0, or the negative code of a {@link RejectReason}, which has then also gone out as OrderRejected.
     */
    public int replace(final long orderId, final int botId, final long price, final long quantity)
    {
        final Order order = orders.find(orderId);
        if (null == order || order.botId() != botId)
        {
            return -(null == order ? RejectReason.UNKNOWN_ORDER : RejectReason.NOT_OWNER).code();
        }
        if (!order.status().isWorking())
        {
            return -(order.isOpen() ? RejectReason.ORDER_BUSY : RejectReason.ORDER_ENDED).code();
        }
        final Account account = accounts.find(order.accountId());
        if (ClientOrderIdText.MAX_GENERATION == order.askedGeneration() && !account.terms().isPaper())
        {
            return -RejectReason.REPLACE_LIMIT.code();
        }
        final Market market = markets.find(order.instrumentId());
        final RiskSubject bot = traders.risk(botId);
        replaceIntent.of(botId, order.accountId(), order.instrumentId())
            .order(order.side(), order.orderType(), order.timeInForce(), price,
                quantity - order.cumulativeQuantity());
        RejectReason reason = precondition(replaceIntent, bot, account, market);
        if (RejectReason.NONE == reason)
        {
            reason = riskGate.check(
                replaceIntent, market, bot, account.risk(), order.openQuantity(), true, clock.timeNs());
        }
        if (RejectReason.NONE == reason && account.terms().isPaper())
        {
            reason = paperFunds.check(replaceIntent, account, order.openQuantity(), order.price());
        }
        if (RejectReason.NONE == reason)
        {
            reason = selfTrades.check(replaceIntent, account, market);
        }
        if (RejectReason.NONE != reason)
        {
            return (int)refuse(orderId, replaceIntent, reason, RequestKind.REPLACE);
        }
        final long before = order.openQuantity();
        order.apply(OrderEvent.REPLACE_REQUESTED, clock.timeNs());
        order.replaceAsked(quantity);
        onOpenQuantity(order, order.openQuantity() - before);
        outputs.replaceRequested(order, price, quantity);
        if (account.terms().isPaper())
        {
            paper.onReplaceRequested(order, price, quantity, account.nextPaperDeadlineNs(clock.timeNs()));
        }
        return 0;
    }

    // ------------------------------------------------------------------------------------------------- reports in

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
            order.venueOrderId(venueOrderId);
            settle(order, order.apply(event, clock.timeNs()), before, wasOpen, event);
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
            final Transition transition = order.apply(OrderEvent.REPLACED, clock.timeNs());
            if (Transition.TO_WORKING == transition || Transition.NOTED == transition)
            {
                order.replaced(price, quantity, generation);
            }
            settle(order, transition, before, wasOpen, OrderEvent.REPLACED);
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
        final Order order = findReported(orderId, OrderEvent.FILLED);
        if (null == order)
        {
            return;
        }
        final long before = order.openQuantity();
        final boolean wasOpen = order.isOpen();
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
        account.risk().holdings().onFill(market.instrument(), side, price, quantity, fee, clock.timeNs());
        outputs.positionChanged(order.botId(), order.accountId(), position);
        if (account.terms().isPaper())
        {
            outputs.balanceChanged(account);
        }
        settle(order, transition, before, wasOpen, OrderEvent.FILLED);
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
        traders.risk(order.botId()).onOrderOpened();
        accounts.find(order.accountId()).risk().onOrderOpened();
        onOpenQuantity(order, order.openQuantity());
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

    // -------------------------------------------------------------------------------------------------- private

    private RejectReason precondition(
        final OrderIntent intent, final RiskSubject bot, final Account account, final Market market)
    {
        if (null == bot)
        {
            return RejectReason.UNKNOWN_BOT;
        }
        if (null == account)
        {
            return RejectReason.UNKNOWN_ACCOUNT;
        }
        if (null == market)
        {
            return RejectReason.UNKNOWN_INSTRUMENT;
        }
        if (market.instrument().venue() != account.venue())
        {
            return RejectReason.WRONG_VENUE;
        }
        if (!account.isLive())
        {
            return RejectReason.ACCOUNT_NOT_LIVE;
        }
        return account.asset().equals(market.instrument().quoteAsset()) ?
            traders.refusal(intent.botId(), market.instrument().id(), intent.isClosing()) : RejectReason.WRONG_ASSET;
    }

    private long refuse(
        final long orderId, final OrderIntent intent, final RejectReason reason, final RequestKind request)
    {
        outputs.orderRejected(orderId, intent.botId(), intent.accountId(), intent.instrumentId(), reason,
            request);
        if (RejectReason.RISK_FAILURE == reason)
        {
            traders.onRiskTrip(intent.botId(), reason);
        }
        return -reason.code();
    }

    private void open(final long orderId, final OrderIntent intent, final RiskSubject bot, final Account account)
    {
        final Order order = orders.create(orderId, intent.botId(), intent.accountId(), intent.instrumentId(),
            intent.side(), intent.orderType(), intent.timeInForce(), intent.price());
        orders.requested(order, intent.quantity(), clock.timeNs());
        bot.onOrderOpened();
        traders.onOrderRequested(intent.botId());
        account.risk().onOrderOpened();
        onOpenQuantity(order, intent.quantity());
        outputs.orderRequested(order, intent.quantity());
        if (account.terms().isPaper())
        {
            paper.onOrderRequested(order, account.nextPaperDeadlineNs(clock.timeNs()));
        }
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
        onOpenQuantity(order, order.openQuantity() - openBefore);
        if (wasOpen && !order.isOpen())
        {
            traders.risk(order.botId()).onOrderEnded();
            accounts.find(order.accountId()).risk().onOrderEnded();
            orders.retire(order);
        }
        traders.onOrderChanged(order, OrderEvent.FILLED == event);
    }

    private void onOpenQuantity(final Order order, final long delta)
    {
        if (0 != delta)
        {
            traders.risk(order.botId()).holdings().position(order.instrumentId()).onOpenQuantity(order.side(), delta);
            accounts.find(order.accountId()).risk().holdings().position(order.instrumentId())
                .onOpenQuantity(order.side(), delta);
        }
    }
}
