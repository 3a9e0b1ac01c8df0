package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.TradeTape;

import java.util.ArrayList;
import java.util.List;

/**
 * Matches the orders of all accounts in one symbol against the visible market and against one another, on the
 * pessimistic side of what is possible:
 * <ul>
 * <li><b>Taking.</b> An incoming order sweeps visible levels and resting orders of accounts by price; at one price the
 * visible quantity comes first. What was taken is gone until the level shows another quantity.</li>
 * <li><b>Resting.</b> An order stands behind all quantity visible at its price. Public trades at the price eat that
 * first; when the level shrinks for another reason, the cancels are taken to be behind the order.</li>
 * <li><b>Trades and quotes through the price</b> fill at the order's own price, up to the quantity that is there.</li>
 * <li><b>Conditional orders</b> wait for the last price.</li>
 * </ul>
 * The visible market does not notice any of this. Event loop only.
 */
final class SymbolBook
{
    private static final long ANY_PRICE = Long.MAX_VALUE;

    private final InstrumentView instrument;
    private final SymbolFilters filters;
    private final Clearing clearing;
    private final RestingSide buys = new RestingSide(true);
    private final RestingSide sells = new RestingSide(false);
    private final List<Order> waiting = new ArrayList<>();
    private final TakenLiquidity takenBids = new TakenLiquidity();
    private final TakenLiquidity takenAsks = new TakenLiquidity();
    private final VisibleSide visible = new VisibleSide();

    private long lastPriceE8;
    private long tradesSeen;
    private long nextOrderId = 1;
    private long nextTradeId = 1;
    private long nextPreventedId = 1;

    SymbolBook(final InstrumentView instrument, final Clearing clearing)
    {
        this.instrument = instrument;
        this.filters = new SymbolFilters(instrument.symbol());
        this.clearing = clearing;
        final TradeTape trades = instrument.trades();
        this.tradesSeen = trades.nextId();
        this.lastPriceE8 = trades.firstId() == trades.nextId() ?
            instrument.symbol().priceE8() : trades.priceE8(tradesSeen - 1);
    }

    InstrumentView instrument()
    {
        return instrument;
    }

    SymbolFilters filters()
    {
        return filters;
    }

    long lastPriceE8()
    {
        return lastPriceE8;
    }

    long nextOrderId()
    {
        return nextOrderId++;
    }

    /** Whether an order of this side and limit would trade at once. */
    boolean isCrossing(final boolean isBuy, final long limitE8)
    {
        final RestingSide makers = isBuy ? sells : buys;
        if (makers.count() > 0 && isWithin(isBuy, limitE8, makers.get(0).terms().priceE8()))
        {
            return true;
        }
        visible.load(instrument, !isBuy, 1);
        return visible.count() > 0 && isWithin(isBuy, limitE8, visible.priceE8(0));
    }

    /** Whether the last price already is where a conditional order would begin to work. */
    boolean isTriggered(final OrderTerms terms)
    {
        return terms.isBuy() == terms.type().isStopLoss() ?
            lastPriceE8 >= terms.stopPriceE8() : lastPriceE8 <= terms.stopPriceE8();
    }

    /** What an order would do if it came now. */
    Plan plan(final Account account, final OrderTerms terms, final long quantityE8)
    {
        final boolean isBuy = terms.isBuy();
        final long limitE8 = terms.type().isMarket() ? ANY_PRICE : terms.priceE8();
        final RestingSide makers = isBuy ? sells : buys;
        final TakenLiquidity taken = isBuy ? takenAsks : takenBids;
        final Plan plan = new Plan();
        final long stepE8 = instrument.symbol().stepE8();
        visible.load(instrument, !isBuy, Integer.MAX_VALUE);
        int level = 0;
        int maker = 0;
        while (true)
        {
            final boolean hasLevel = level < visible.count() && isWithin(isBuy, limitE8, visible.priceE8(level));
            final boolean hasMaker =
                maker < makers.count() && isWithin(isBuy, limitE8, makers.get(maker).terms().priceE8());
            final boolean fromMaker = hasMaker && (!hasLevel ||
                isBetter(isBuy, makers.get(maker).terms().priceE8(), visible.priceE8(level)));
            final long priceE8 = fromMaker ? makers.get(maker).terms().priceE8() :
                hasLevel ? visible.priceE8(level) : lastPriceE8;
            final long wantedE8 = terms.quoteQuantityE8() > 0 ?
                filters.floor(E8.divide(terms.quoteQuantityE8() - plan.quoteE8, priceE8)) :
                quantityE8 - plan.quantityE8;
            plan.isComplete = wantedE8 < stepE8;
            if (plan.isComplete || !hasLevel && !hasMaker)
            {
                return plan;
            }
            if (fromMaker)
            {
                final Order met = makers.get(maker++);
                final long metE8 = Math.min(wantedE8, met.remainingE8());
                final boolean isPrevented =
                    met.account() == account && SelfTradePrevention.NONE != terms.prevention();
                plan.add(new Match(priceE8, metE8, 0, met, isPrevented));
                if (isPrevented && SelfTradePrevention.EXPIRE_MAKER != terms.prevention())
                {
                    return plan;
                }
            }
            else
            {
                final long visibleE8 = visible.quantityE8(level++);
                final long availableE8 = filters.floor(taken.availableE8(priceE8, visibleE8));
                if (availableE8 > 0)
                {
                    plan.add(new Match(priceE8, Math.min(wantedE8, availableE8), visibleE8, null, false));
                }
            }
        }
    }

    /** Takes in an order that has been accepted and has its money held. */
    void submit(final Order order)
    {
        if (order.terms().type().isConditional())
        {
            waiting.add(order);
        }
        else
        {
            work(order);
        }
    }

    /** Lets an order trade, and rest if it may. */
    private void work(final Order order)
    {
        final OrderTerms terms = order.terms();
        if (Order.NONE == order.workingUs)
        {
            order.workingUs = clearing.nowUs();
        }
        final Plan plan = plan(order.account(), terms, order.quantityE8);
        if (TimeInForce.FOK == terms.timeInForce() && !plan.isComplete)
        {
            expire(order, "UNFILLED_FOK_ORDER_EXPIRED");
            return;
        }
        if (terms.quoteQuantityE8() > 0)
        {
            order.quantityE8 = plan.quantityE8 + (plan.isComplete ? 0 : Math.max(instrument.symbol().stepE8(),
                filters.floor(E8.divide(terms.quoteQuantityE8() - plan.quoteE8, lastPriceE8))));
        }
        for (final Match match : plan.matches)
        {
            if (match.isPrevented())
            {
                prevent(order, match);
            }
            else
            {
                execute(order, match);
            }
        }
        if (!order.status().isOpen())
        {
            return;
        }
        if (terms.type().isMarket())
        {
            expire(order, "INSUFFICIENT_LIQUIDITY");
        }
        else if (TimeInForce.IOC == terms.timeInForce())
        {
            expire(order, "UNFILLED_IOC_QUANTITY_EXPIRED");
        }
        else
        {
            order.queueAheadE8 = instrument.visibleE8(order.isBuy(), terms.priceE8());
            (order.isBuy() ? buys : sells).add(order);
        }
    }

    private void execute(final Order taker, final Match match)
    {
        final long tradeId = nextTradeId++;
        lastPriceE8 = match.priceE8();
        if (null == match.maker())
        {
            (taker.isBuy() ? takenAsks : takenBids).add(match.priceE8(), match.visibleE8(), match.quantityE8());
            clearing.trade(taker, tradeId, match.priceE8(), match.quantityE8(), false);
        }
        else
        {
            choose(match.maker());
            clearing.trade(taker, tradeId, match.priceE8(), match.quantityE8(), false);
            clearing.trade(match.maker(), tradeId, match.priceE8(), match.quantityE8(), true);
            settle(match.maker());
        }
    }

    private void prevent(final Order taker, final Match match)
    {
        final PreventedMatch prevented = new PreventedMatch(
            nextPreventedId++, taker.id(), match.maker().id(), match.priceE8(), match.quantityE8());
        if (SelfTradePrevention.EXPIRE_TAKER != taker.terms().prevention())
        {
            withdraw(match.maker());
            choose(match.maker());
            clearing.end(match.maker(), OrderStatus.EXPIRED_IN_MATCH, ExecutionType.TRADE_PREVENTION, null, prevented);
            finish(match.maker());
        }
        if (SelfTradePrevention.EXPIRE_MAKER != taker.terms().prevention())
        {
            clearing.end(taker, OrderStatus.EXPIRED_IN_MATCH, ExecutionType.TRADE_PREVENTION, null, prevented);
            finish(taker);
        }
    }

    private void expire(final Order order, final String reason)
    {
        order.expiryReason = reason;
        clearing.end(order, OrderStatus.EXPIRED, ExecutionType.EXPIRED, null);
        finish(order);
    }

    /** Takes an order out of whatever it waits in. */
    void withdraw(final Order order)
    {
        if (!waiting.remove(order))
        {
            (order.isBuy() ? buys : sells).remove(order);
        }
    }

    /** An order of a list goes its way: the other one ends, and hands over what it holds. */
    private void choose(final Order chosen)
    {
        if (null == chosen.list)
        {
            return;
        }
        for (final Order other : chosen.list.orders())
        {
            if (other != chosen && other.status().isOpen())
            {
                withdraw(other);
                clearing.end(other, OrderStatus.EXPIRED, ExecutionType.EXPIRED, null);
                clearing.hold(chosen, Money.heldE8(chosen.terms(), chosen.remainingE8()));
            }
        }
    }

    private void settle(final Order order)
    {
        if (!order.status().isOpen())
        {
            withdraw(order);
            finish(order);
        }
    }

    /** Ends the list of an order when none of its orders is open any more. */
    void finish(final Order order)
    {
        final OrderList list = order.list;
        if (null != list && !list.isDone && list.orders().stream().noneMatch(leg -> leg.status().isOpen()))
        {
            list.isDone = true;
            clearing.report(list);
        }
    }

    /** The visible market has moved: trades, then quotes, then conditional orders. */
    void onMarket()
    {
        final TradeTape trades = instrument.trades();
        final long endId = trades.nextId();
        final boolean isIdle = 0 == buys.count() && 0 == sells.count() && waiting.isEmpty();
        for (long id = isIdle ? endId : Math.max(tradesSeen, trades.firstId()); id < endId; id++)
        {
            lastPriceE8 = trades.priceE8(id);
            onTrade(trades.priceE8(id), filters.floor(trades.quantityE8(id)), trades.buyerIsMaker(id));
            runTriggers();
        }
        if (tradesSeen != endId)
        {
            tradesSeen = endId;
            lastPriceE8 = trades.priceE8(endId - 1);
        }
        if (!isIdle)
        {
            onQuotes(buys, takenAsks);
            onQuotes(sells, takenBids);
            runTriggers();
        }
        clearing.flush();
    }

    private void onTrade(final long priceE8, final long quantityE8, final boolean buyerIsMaker)
    {
        final RestingSide side = buyerIsMaker ? buys : sells;
        long filledE8 = 0;
        int index = 0;
        while (index < side.count() && filledE8 < quantityE8)
        {
            final Order order = side.get(index);
            final long beyond = order.isBuy() ? order.terms().priceE8() - priceE8 : priceE8 - order.terms().priceE8();
            if (beyond < 0)
            {
                return;
            }
            final long aheadE8 = 0 == beyond ? order.queueAheadE8 : 0;
            order.queueAheadE8 = Math.max(0, aheadE8 - quantityE8);
            final long availableE8 = filters.floor(Math.max(0, quantityE8 - filledE8 - aheadE8));
            final long fillE8 = Math.min(availableE8, order.remainingE8());
            index += fillE8 == order.remainingE8() ? 0 : 1;
            if (fillE8 > 0)
            {
                filledE8 += fillE8;
                fillResting(order, fillE8);
            }
        }
    }

    private void onQuotes(final RestingSide side, final TakenLiquidity taken)
    {
        if (0 == side.count())
        {
            return;
        }
        final boolean isBuy = side.get(0).isBuy();
        visible.load(instrument, !isBuy, 32);
        int level = 0;
        int index = 0;
        while (index < side.count())
        {
            final Order order = side.get(index);
            final long priceE8 = order.terms().priceE8();
            order.queueAheadE8 = Math.min(order.queueAheadE8, instrument.visibleE8(isBuy, priceE8));
            if (level == visible.count() || !isWithin(isBuy, priceE8, visible.priceE8(level)))
            {
                index++;
                continue;
            }
            final long levelE8 = visible.priceE8(level);
            final long visibleE8 = visible.quantityE8(level);
            final long availableE8 = filters.floor(taken.availableE8(levelE8, visibleE8));
            final long fillE8 = Math.min(availableE8, order.remainingE8());
            level += fillE8 == availableE8 ? 1 : 0;
            if (fillE8 > 0)
            {
                taken.add(levelE8, visibleE8, fillE8);
                fillResting(order, fillE8);
            }
        }
    }

    private void fillResting(final Order order, final long quantityE8)
    {
        choose(order);
        clearing.trade(order, nextTradeId++, order.terms().priceE8(), quantityE8, true);
        settle(order);
    }

    /** Starts the conditional orders that the last price has reached; their trades may reach others. */
    void runTriggers()
    {
        for (int i = 0; i < waiting.size(); i++)
        {
            final Order order = waiting.get(i);
            if (isTriggered(order.terms()))
            {
                waiting.remove(i);
                i = -1;
                trigger(order);
            }
        }
    }

    private void trigger(final Order order)
    {
        choose(order);
        order.isTriggered = true;
        order.workingUs = clearing.nowUs();
        order.updatedUs = order.workingUs;
        clearing.report(order, ExecutionType.NEW);
        if (order.terms().type().isMarket())
        {
            clearing.hold(order, 0);
            final Plan plan = plan(order.account(), order.terms(), order.quantityE8);
            if (order.isBuy() && plan.quoteE8 > Clearing.spending(order).freeE8())
            {
                expire(order, "INSUFFICIENT_BALANCES");
                return;
            }
        }
        work(order);
    }

    private static boolean isWithin(final boolean isBuy, final long limitE8, final long priceE8)
    {
        return ANY_PRICE == limitE8 || (isBuy ? priceE8 <= limitE8 : priceE8 >= limitE8);
    }

    private static boolean isBetter(final boolean isBuy, final long priceE8, final long thanE8)
    {
        return isBuy ? priceE8 < thanE8 : priceE8 > thanE8;
    }
}
