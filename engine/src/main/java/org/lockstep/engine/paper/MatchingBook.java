package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;

/**
 * Matches orders of ours against a market we only see. The rules, each on the pessimistic side of what is possible:
 * <ul>
 * <li><b>Taking.</b> An incoming order sweeps the visible levels up to its limit, at their prices. What was taken of a
 * level is not there again until the level grows or goes, see {@link TakenLiquidity}. A market order stops at its
 * protection price; without more liquidity its rest expires.</li>
 * <li><b>Joining.</b> A resting order stands behind all quantity visible at its price, and behind our own that rest
 * there already. Where the quantity cannot be seen, it stands behind the best level's until its price becomes visible.
 * </li>
 * <li><b>Queue.</b> Trades at the price eat the queue ahead, then the order; what an order of ours got of a trade, the
 * market behind it did not. When the level shrinks for another reason, the cancels are taken to be behind us: the queue
 * ahead is only cut to what is still visible.</li>
 * <li><b>Trades through the price</b> fill at the order's own price, up to the quantity traded.</li>
 * <li><b>Quotes through the price</b> (the other side's best at our price or beyond) fill at the order's own price, up
 * to what is visible there and was not taken.</li>
 * <li><b>Stops</b> wait for a public trade at their stop price, then become market orders, protected from the best
 * price of that moment, or limit orders. One that the last trade would trigger at once is refused.</li>
 * <li><b>Pairs.</b> A limit-maker and a stop of which one cancels the other: the first execution of the limit ends the
 * stop, the trigger of the stop ends the limit, a cancel of one takes both off. Neither can be replaced.</li>
 * <li><b>Replace.</b> Less quantity at the same price keeps the place in the queue; anything else goes to its end, and
 * takes if it crosses.</li>
 * </ul>
 * Our orders never match one another. Threading: one thread. Allocation: none once warm. Reports must not call back.
 */
public final class MatchingBook
{
    private final Depth depth;
    private final MatchListener listener;
    private final RestingSide buys = new RestingSide(true);
    private final RestingSide sells = new RestingSide(false);
    final StopOrders stops = new StopOrders();
    final VisibleLiquidity liquidity;
    private final OrderPool pool = new OrderPool();

    /**
     * An empty book.
     *
     * @param depth    the visible market, read whenever something happens.
     * @param listener takes the reports.
     */
    public MatchingBook(final Depth depth, final MatchListener listener)
    {
        this.depth = depth;
        this.listener = listener;
        this.liquidity = new VisibleLiquidity(depth);
    }

    /**
     * An order arrives.
     *
     * @param orderId       unique among those resting.
     * @param side          buy or sell.
     * @param orderType     limit, market or limit-maker.
     * @param timeInForce   how long.
     * @param price         limit; of a market order the protection price, the worst it may trade at.
     * @param quantity      mantissa, from 1.
     */
    public void submit(
        final long orderId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price,
        final long quantity)
    {
        final boolean isBuy = Side.BUY == side;
        if (OrderType.LIMIT_MAKER == orderType && liquidity.isCrossing(isBuy, price))
        {
            listener.onRejected(orderId, RejectReason.POST_ONLY_WOULD_TAKE);
            return;
        }
        listener.onAccepted(orderId);
        execute(pool.take().init(orderId, isBuy, orderType, price, quantity), timeInForce);
    }

    /**
     * An order arrives that waits for its stop price.
     *
     * @param orderId       unique among those resting and waiting.
     * @param side          buy or sell.
     * @param orderType     one of the stop-loss and take-profit types.
     * @param timeInForce   of the limit order it becomes.
     * @param stopPrice     mantissa.
     * @param price         limit; of a type that becomes a market order 0.
     * @param quantity      mantissa, from 1.
     * @param protectionBps how far from the best price of that moment a market order may sweep, 1/10,000.
     */
    public void submitStop(
        final long orderId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long stopPrice,
        final long price,
        final long quantity,
        final int protectionBps)
    {
        if (wouldTrigger(side, orderType, stopPrice))
        {
            listener.onRejected(orderId, RejectReason.STOP_WOULD_TRIGGER);
            return;
        }
        listener.onAccepted(orderId);
        stops.add(pool.take().init(orderId, Side.BUY == side, orderType, price, quantity)
            .stop(stopPrice, timeInForce, protectionBps));
    }

    /**
     * A one-cancels-the-other pair arrives: a limit-maker on one side of the market, a stop on the other. Both are
     * taken or both refused, the limit first.
     *
     * @param limitOrderId   unique among those resting and waiting.
     * @param stopOrderId    likewise.
     * @param side           buy or sell, of both.
     * @param stopType       one of the stop-loss and take-profit types.
     * @param price          of the limit.
     * @param stopPrice      of the stop.
     * @param stopLimitPrice limit of the stop; of a type that becomes a market order 0.
     * @param quantity       of each, mantissa, from 1.
     * @param protectionBps  how far from the best price of that moment a market order may sweep, 1/10,000.
     */
    public void submitPair(
        final long limitOrderId,
        final long stopOrderId,
        final Side side,
        final OrderType stopType,
        final long price,
        final long stopPrice,
        final long stopLimitPrice,
        final long quantity,
        final int protectionBps)
    {
        final boolean isBuy = Side.BUY == side;
        if (liquidity.isCrossing(isBuy, price) || wouldTrigger(side, stopType, stopPrice))
        {
            final RejectReason reason = liquidity.isCrossing(isBuy, price) ?
                RejectReason.POST_ONLY_WOULD_TAKE : RejectReason.STOP_WOULD_TRIGGER;
            listener.onRejected(limitOrderId, reason);
            listener.onRejected(stopOrderId, reason);
            return;
        }
        listener.onAccepted(limitOrderId);
        listener.onAccepted(stopOrderId);
        final RestingOrder limit = pool.take().init(limitOrderId, isBuy, OrderType.LIMIT_MAKER, price, quantity);
        final RestingOrder stop = pool.take().init(stopOrderId, isBuy, stopType, stopLimitPrice, quantity)
            .stop(stopPrice, TimeInForce.GTC, protectionBps);
        limit.peer = stop;
        stop.peer = limit;
        rest(limit);
        stops.add(stop);
    }

    /**
     * A cancel arrives.
     *
     * @param orderId as submitted.
     * @return false when the order is not there (any more); nothing is reported then.
     */
    public boolean cancel(final long orderId)
    {
        final RestingOrder order = find(orderId);
        if (null == order)
        {
            return false;
        }
        final RestingOrder peer = order.peer;
        cancel(order);
        if (null != peer)
        {
            cancel(peer);
        }
        return true;
    }

    /**
     * A replace arrives.
     *
     * @param orderId  as submitted.
     * @param price    wanted, mantissa.
     * @param quantity wanted, whole (what was executed included), mantissa.
     * @return false when the order is not there (any more); nothing is reported then.
     */
    public boolean replace(final long orderId, final long price, final long quantity)
    {
        final RestingOrder order = find(orderId);
        if (null == order)
        {
            return false;
        }
        if (null != order.peer)
        {
            listener.onRejected(orderId, RejectReason.REPLACE_NOT_POSSIBLE);
        }
        else if (quantity <= order.executedQuantity)
        {
            listener.onRejected(orderId, RejectReason.REPLACE_TOO_LATE);
        }
        else if (OrderType.LIMIT_MAKER == order.orderType && liquidity.isCrossing(order.isBuy, price))
        {
            listener.onRejected(orderId, RejectReason.POST_ONLY_WOULD_TAKE);
        }
        else if (order.isWaiting() || price == order.price && quantity <= order.quantity)
        {
            order.price = price;
            order.quantity = quantity;
            listener.onReplaced(orderId, price, quantity);
        }
        else
        {
            remove(order);
            order.price = price;
            order.quantity = quantity;
            listener.onReplaced(orderId, price, quantity);
            execute(order, TimeInForce.GTC);
        }
        return true;
    }

    /**
     * A public trade.
     *
     * @param price     mantissa.
     * @param quantity  mantissa.
     * @param aggressor side of the taker: a seller hits buyers.
     */
    public void onTrade(final long price, final long quantity, final Side aggressor)
    {
        fillByTrade(price, quantity, aggressor);
        trigger(price);
    }

    void trigger(final long price)
    {
        for (RestingOrder stop = stops.firstTriggered(price); null != stop; stop = stops.firstTriggered(price))
        {
            trigger(stop);
        }
    }

    /** Quote or book changed. */
    public void onDepth()
    {
        liquidity.onDepth();
        if (buys.count() > 0)
        {
            onDepth(buys, true);
        }
        if (sells.count() > 0)
        {
            onDepth(sells, false);
        }
    }

    /** @return orders that rest or wait. */
    public int count()
    {
        return buys.count() + sells.count() + stops.count();
    }

    /**
     * The worst price a market order may trade at now.
     *
     * @param side          of the order.
     * @param protectionBps how far from the best price, 1/10,000.
     * @return mantissa, 0 when the other side is empty.
     */
    public long protectionPrice(final Side side, final int protectionBps)
    {
        return liquidity.protectionPrice(Side.BUY == side, protectionBps);
    }

    /**
     * Describes resting orders by price and age.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("buys");
        buys.describe(out);
        out.end();
        out.begin("sells");
        sells.describe(out);
        out.end();
        out.begin("stops");
        stops.describe(out);
        out.end();
        liquidity.describe(out);
    }

    /** Takes what it can; the rest of it rests, or ends by its type and time in force. */
    private void execute(final RestingOrder order, final TimeInForce timeInForce)
    {
        final boolean isMarket = OrderType.MARKET == order.orderType;
        if (TimeInForce.FOK == timeInForce && !liquidity.isAvailable(order.isBuy, order.price, order.remaining()))
        {
            expire(order, "not enough liquidity to fill at once");
            return;
        }
        liquidity.take(order, listener);
        if (0 == order.remaining())
        {
            pool.release(order);
        }
        else if (isMarket || TimeInForce.GTC != timeInForce)
        {
            expire(order, isMarket ? "no more liquidity within protection" : "immediate or cancel");
        }
        else
        {
            rest(order);
        }
    }

    private void trigger(final RestingOrder stop)
    {
        stops.remove(stop);
        final RestingOrder limit = stop.peer;
        if (null != limit)
        {
            remove(limit);
            unpair(limit);
            expire(limit, "the other order of its pair was triggered");
        }
        stop.stopPrice = 0;
        if (StopOrders.isMarket(stop.orderType))
        {
            stop.orderType = OrderType.MARKET;
            stop.price = liquidity.protectionPrice(stop.isBuy, stop.protectionBps);
        }
        else
        {
            stop.orderType = OrderType.LIMIT;
        }
        execute(stop, stop.timeInForce);
    }

    private boolean wouldTrigger(final Side side, final OrderType orderType, final long stopPrice)
    {
        final long last = depth.lastTradePrice();
        return 0 != last && StopOrders.isTriggered(Side.BUY == side, orderType, stopPrice, last);
    }

    /** Returns what resting orders leave of a trade. */
    long fillByTrade(final long price, final long quantity, final Side aggressor)
    {
        final RestingSide side = Side.SELL == aggressor ? buys : sells;
        long left = quantity;
        int index = 0;
        while (index < side.count())
        {
            final RestingOrder order = side.get(index);
            final long beyond = order.isBuy ? order.price - price : price - order.price;
            if (beyond < 0)
            {
                return left;
            }
            final long available = 0 == beyond ? left - order.queueAhead : left;
            order.queueAhead = 0 == beyond ? Math.max(0, order.queueAhead - left) : 0;
            if (available > 0)
            {
                final long filled = Math.min(available, order.remaining());
                left -= filled;
                index += fill(side, index, filled) ? 0 : 1;
            }
            else
            {
                index++;
            }
        }
        return left;
    }

    private void onDepth(final RestingSide side, final boolean isBuy)
    {
        side.see(depth);
        if (!liquidity.isCrossing(isBuy, side.get(0).price))
        {
            return;
        }
        final TakenLiquidity taken = liquidity.takenOf(!isBuy);
        final int count = depth.count(!isBuy);
        int level = 0;
        while (level < count && side.count() > 0)
        {
            final long price = depth.price(!isBuy, level);
            if (!VisibleLiquidity.isAtOrBeyond(isBuy, price, side.get(0).price))
            {
                return;
            }
            final long shown = depth.quantity(!isBuy, level);
            final long quantity = Math.min(side.get(0).remaining(), taken.available(price, shown));
            if (quantity > 0)
            {
                taken.take(price, quantity, shown);
                fill(side, 0, quantity);
            }
            else
            {
                level++;
            }
        }
    }

    private void rest(final RestingOrder order)
    {
        order.join(depth);
        final RestingSide side = order.isBuy ? buys : sells;
        final int index = side.add(order);
        if (index > 0 && side.get(index - 1).price == order.price)
        {
            order.queueAhead = Math.max(order.queueAhead, side.get(index - 1).queueAhead);
        }
    }

    /** Executes at the order's own price; returns whether the order is complete and therefore gone. */
    private boolean fill(final RestingSide side, final int index, final long quantity)
    {
        final RestingOrder order = side.get(index);
        order.executedQuantity += quantity;
        final long orderId = order.orderId;
        final long price = order.price;
        final RestingOrder peer = order.peer;
        final boolean isComplete = 0 == order.remaining();
        if (null != peer)
        {
            stops.remove(peer);
            unpair(order);
        }
        if (isComplete)
        {
            side.remove(index);
            pool.release(order);
        }
        listener.onFilled(orderId, price, quantity, Liquidity.MAKER);
        if (null != peer)
        {
            expire(peer, "the other order of its pair executed");
        }
        return isComplete;
    }

    private RestingOrder find(final long orderId)
    {
        final RestingOrder buy = buys.find(orderId);
        final RestingOrder resting = null == buy ? sells.find(orderId) : buy;
        return null == resting ? stops.find(orderId) : resting;
    }

    private void remove(final RestingOrder order)
    {
        if (order.isWaiting())
        {
            stops.remove(order);
        }
        else
        {
            (order.isBuy ? buys : sells).remove(order);
        }
    }

    private void cancel(final RestingOrder order)
    {
        final long orderId = order.orderId;
        final long remaining = order.remaining();
        remove(order);
        unpair(order);
        pool.release(order);
        listener.onCanceled(orderId, remaining);
    }

    private void expire(final RestingOrder order, final String reason)
    {
        final long orderId = order.orderId;
        final long remaining = order.remaining();
        pool.release(order);
        listener.onExpired(orderId, remaining, reason);
    }

    private static void unpair(final RestingOrder order)
    {
        if (null != order.peer)
        {
            order.peer.peer = null;
            order.peer = null;
        }
    }
}
