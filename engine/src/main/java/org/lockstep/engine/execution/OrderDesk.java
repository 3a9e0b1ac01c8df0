package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.order.Transition;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.timer.EngineClock;

/**
 * Where an intent becomes an order: submit, cancel and replace go through risk and out. What comes back is the
 * {@link ReportDesk}'s.
 * Threading: the engine thread. Allocation: none once warm.
 */
public final class OrderDesk
{
    private static final long CANCEL_AGAIN_NS = 1_000_000_000L;

    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final RiskGate riskGate;
    private final OutputProxy outputs;
    private final PaperFunds paperFunds;
    private final PaperBalances paperBalances;
    private final SelfTradeGuard selfTrades;
    private final OrderIntent replaceIntent = new OrderIntent();
    private Traders traders;
    private PaperPort paper;
    private Reservations reservations;

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
        this.paperBalances = new PaperBalances(markets, outputs);
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
        reservations = new Reservations(newTraders, accounts);
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
        final long orderId = admit(intent);
        if (orderId > 0)
        {
            send(open(orderId, intent, ClientOrderIds.NULL_ORDER_ID));
        }
        return orderId;
    }

    /**
     * Takes a native pair of orders out, of which the venue cancels one when the other executes: a limit order and a
     * stop order of the same side and quantity. Both pass risk or none goes out.
     *
     * @param limit the limit leg: LIMIT_MAKER.
     * @param stop  the stop leg: STOP_LOSS or STOP_LOSS_LIMIT.
     * @return client order id of the limit leg, positive, that of the stop leg is the next; or the negative code of a
     *     {@link RejectReason}, which has then also gone out as OrderRejected.
     */
    public long submitPair(final OrderIntent limit, final OrderIntent stop)
    {
        if (orders.openCount() > Orders.MAX_OPEN - 2)
        {
            return refuse(ClientOrderIds.NULL_ORDER_ID, limit, RejectReason.ORDER_TABLE_FULL, RequestKind.PLACE);
        }
        final long limitId = admit(limit);
        if (limitId < 0)
        {
            return limitId;
        }
        reservations.onOrderOpened(limit.botId(), limit.accountId());
        final long stopId = admit(stop);
        reservations.onOrderEnded(limit.botId(), limit.accountId());
        if (stopId < 0)
        {
            return stopId;
        }
        final Order first = open(limitId, limit, limitId);
        final Order second = open(stopId, stop, limitId);
        outputs.orderListRequested(first, second, limit.quantity());
        final Account account = accounts.find(first.accountId());
        if (account.terms().isPaper())
        {
            paper.onPairRequested(first, second, account.nextPaperDeadlineNs(clock.timeNs()));
        }
        return limitId;
    }

    private long admit(final OrderIntent intent)
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
        return RejectReason.NONE == reason ? orderId : refuse(orderId, intent, reason, RequestKind.PLACE);
    }

    /**
     * Would orders of this kind be looked at at all now? For those who send them later.
     *
     * @param intent says who and where.
     * @return {@link RejectReason#NONE}, or what is in the way: identity, state, or a kill switch.
     */
    public RejectReason admission(final OrderIntent intent)
    {
        final RiskSubject bot = traders.risk(intent.botId());
        final Account account = accounts.find(intent.accountId());
        final RejectReason reason = precondition(intent, bot, account, markets.find(intent.instrumentId()));
        return RejectReason.NONE == reason ? riskGate.checkSwitches(bot, account.risk()) : reason;
    }

    /**
     * Could the owner of an order not send it now, because it is stopped or a kill switch is on?
     *
     * @param order open.
     * @return true when the order has nobody who would manage it.
     */
    boolean isStopped(final Order order)
    {
        final RiskSubject bot = traders.risk(order.botId());
        return RejectReason.NONE != riskGate.checkSwitches(bot, accounts.find(order.accountId()).risk()) ||
            RejectReason.NONE != traders.refusal(order.botId(), order.instrumentId(), false);
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
        final long doubtedSinceNs = order.doubt().sinceNs();
        if (Transition.REFUSED == order.apply(OrderEvent.CANCEL_REQUESTED, clock.timeNs()))
        {
            return -RejectReason.ORDER_BUSY.code();
        }
        outputs.doubtEnded(order, doubtedSinceNs);
        outputs.cancelRequested(order);
        final Account account = accounts.find(order.accountId());
        if (account.terms().isPaper())
        {
            paper.onCancelRequested(order, account.nextPaperDeadlineNs(clock.timeNs()));
        }
        return 0;
    }

    /**
     * Asks the venue to take an order back, unless it was asked within the last second: it may have refused, and asking
     * at every tick would not change its mind.
     *
     * @param order as found.
     */
    public void cancelAgain(final Order order)
    {
        final long askedNs = Math.max(order.doubt().requestTimeNs(), order.doubt().cancelTimeNs());
        if (clock.timeNs() - askedNs >= CANCEL_AGAIN_NS)
        {
            cancel(order);
        }
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
            .order(order.side(), order.orderType(), order.timeInForce(), price, quantity - order.cumulativeQuantity())
            .stop(order.stopPrice());
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
        reservations.onOpenQuantity(order, order.openQuantity() - before);
        outputs.replaceRequested(order, price, quantity);
        paperBalances.onOrder(account);
        if (account.terms().isPaper())
        {
            paper.onReplaceRequested(order, price, quantity, account.nextPaperDeadlineNs(clock.timeNs()));
        }
        return 0;
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

    private Order open(final long orderId, final OrderIntent intent, final long listId)
    {
        final Order order = orders.create(orderId, intent.botId(), intent.accountId(), intent.instrumentId(),
            intent.side(), intent.orderType(), intent.timeInForce(), intent.price());
        order.conditional(intent.stopPrice(), listId);
        orders.requested(order, intent.quantity(), clock.timeNs());
        traders.onOrderRequested(intent.botId());
        reservations.onOrderOpened(intent.botId(), intent.accountId());
        reservations.onOpenQuantity(order, intent.quantity());
        outputs.orderRequested(order, intent.quantity());
        paperBalances.onOrder(accounts.find(intent.accountId()));
        return order;
    }

    private void send(final Order order)
    {
        final Account account = accounts.find(order.accountId());
        if (account.terms().isPaper())
        {
            paper.onOrderRequested(order, account.nextPaperDeadlineNs(clock.timeNs()));
        }
    }
}
