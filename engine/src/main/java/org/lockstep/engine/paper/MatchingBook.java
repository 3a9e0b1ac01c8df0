package org.lockstep.engine.paper;

import java.util.Arrays;

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
    private final TakenLiquidity takenBids;
    private final TakenLiquidity takenAsks;
    private RestingOrder[] pool = new RestingOrder[16];
    private int pooledCount;

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
        this.takenBids = new TakenLiquidity(depth, true);
        this.takenAsks = new TakenLiquidity(depth, false);
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
        if (OrderType.LIMIT_MAKER == orderType && isCrossing(isBuy, price))
        {
            listener.onRejected(orderId, RejectReason.POST_ONLY_WOULD_TAKE);
            return;
        }
        listener.onAccepted(orderId);
        if (TimeInForce.FOK == timeInForce && !isAvailable(isBuy, price, quantity))
        {
            listener.onExpired(orderId, quantity, "not enough liquidity to fill at once");
            return;
        }
        final RestingOrder order = take(pooled().init(orderId, isBuy, orderType, price, quantity));
        if (order.remaining() > 0 && OrderType.MARKET != orderType && TimeInForce.GTC == timeInForce)
        {
            rest(order);
            return;
        }
        if (order.remaining() > 0)
        {
            listener.onExpired(orderId, order.remaining(),
                OrderType.MARKET == orderType ? "no more liquidity within protection" : "immediate or cancel");
        }
        release(order);
    }

    /**
     * A cancel arrives.
     *
     * @param orderId as submitted.
     * @return false when the order is not there (any more); nothing is reported then.
     */
    public boolean cancel(final long orderId)
    {
        final RestingSide side = sideOf(orderId);
        if (null == side)
        {
            return false;
        }
        final RestingOrder order = side.remove(side.indexOf(orderId));
        final long remaining = order.remaining();
        release(order);
        listener.onCanceled(orderId, remaining);
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
        final RestingSide side = sideOf(orderId);
        if (null == side)
        {
            return false;
        }
        final int index = side.indexOf(orderId);
        final RestingOrder order = side.get(index);
        if (quantity <= order.executedQuantity)
        {
            listener.onRejected(orderId, RejectReason.REPLACE_TOO_LATE);
        }
        else if (OrderType.LIMIT_MAKER == order.orderType && isCrossing(order.isBuy, price))
        {
            listener.onRejected(orderId, RejectReason.POST_ONLY_WOULD_TAKE);
        }
        else if (price == order.price && quantity <= order.quantity)
        {
            order.quantity = quantity;
            listener.onReplaced(orderId, price, quantity);
        }
        else
        {
            side.remove(index);
            order.price = price;
            order.quantity = quantity;
            listener.onReplaced(orderId, price, quantity);
            take(order);
            if (order.remaining() > 0)
            {
                rest(order);
            }
            else
            {
                release(order);
            }
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
        final RestingSide side = Side.SELL == aggressor ? buys : sells;
        long left = quantity;
        int index = 0;
        while (index < side.count())
        {
            final RestingOrder order = side.get(index);
            final long beyond = order.isBuy ? order.price - price : price - order.price;
            if (beyond < 0)
            {
                return;
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
    }

    /** Quote or book changed. */
    public void onDepth()
    {
        takenBids.onDepth();
        takenAsks.onDepth();
        if (buys.count() > 0)
        {
            onDepth(buys, true);
        }
        if (sells.count() > 0)
        {
            onDepth(sells, false);
        }
    }

    /** @return resting orders. */
    public int count()
    {
        return buys.count() + sells.count();
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
        out.begin("takenBids");
        takenBids.describe(out);
        out.end();
        out.begin("takenAsks");
        takenAsks.describe(out);
        out.end();
    }

    private void onDepth(final RestingSide side, final boolean isBuy)
    {
        for (int i = 0; i < side.count(); i++)
        {
            updateQueue(side.get(i));
        }
        final TakenLiquidity taken = takenOf(!isBuy);
        final int count = depth.count(!isBuy);
        int level = 0;
        while (level < count && side.count() > 0)
        {
            final long price = depth.price(!isBuy, level);
            if (!isAtOrBeyond(isBuy, price, side.get(0).price))
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

    private void updateQueue(final RestingOrder order)
    {
        final long visible = depth.quantityAt(order.isBuy, order.price);
        if (Depth.NOT_VISIBLE != visible)
        {
            order.queueAhead = order.isQueueKnown ? Math.min(order.queueAhead, visible) : visible;
            order.isQueueKnown = true;
        }
    }

    private void rest(final RestingOrder order)
    {
        final long visible = depth.quantityAt(order.isBuy, order.price);
        order.isQueueKnown = Depth.NOT_VISIBLE != visible;
        if (order.isQueueKnown)
        {
            order.queueAhead = visible;
        }
        else
        {
            order.queueAhead = depth.count(order.isBuy) > 0 ? depth.quantity(order.isBuy, 0) : 0;
        }
        final RestingSide side = order.isBuy ? buys : sells;
        final int index = side.add(order);
        if (index > 0 && side.get(index - 1).price == order.price)
        {
            order.queueAhead = Math.max(order.queueAhead, side.get(index - 1).queueAhead);
        }
    }

    private RestingOrder take(final RestingOrder order)
    {
        final boolean isBuy = order.isBuy;
        final TakenLiquidity taken = takenOf(!isBuy);
        final int count = depth.count(!isBuy);
        for (int level = 0; level < count && order.remaining() > 0; level++)
        {
            final long price = depth.price(!isBuy, level);
            if (!isAtOrBeyond(isBuy, price, order.price))
            {
                break;
            }
            final long shown = depth.quantity(!isBuy, level);
            final long quantity = Math.min(order.remaining(), taken.available(price, shown));
            if (quantity > 0)
            {
                taken.take(price, quantity, shown);
                order.executedQuantity += quantity;
                listener.onFilled(order.orderId, price, quantity, Liquidity.TAKER);
            }
        }
        return order;
    }

    private boolean isAvailable(final boolean isBuy, final long limit, final long quantity)
    {
        long available = 0;
        final int count = depth.count(!isBuy);
        for (int level = 0; level < count && available < quantity; level++)
        {
            final long price = depth.price(!isBuy, level);
            if (!isAtOrBeyond(isBuy, price, limit))
            {
                break;
            }
            available += takenOf(!isBuy).available(price, depth.quantity(!isBuy, level));
        }
        return available >= quantity;
    }

    private boolean isCrossing(final boolean isBuy, final long price)
    {
        return depth.count(!isBuy) > 0 && isAtOrBeyond(isBuy, depth.price(!isBuy, 0), price);
    }

    /** Would an order of this side and limit trade at this price of the other side? */
    private static boolean isAtOrBeyond(final boolean isBuy, final long otherPrice, final long limit)
    {
        return isBuy ? otherPrice <= limit : otherPrice >= limit;
    }

    private TakenLiquidity takenOf(final boolean isBid)
    {
        return isBid ? takenBids : takenAsks;
    }

    /** Executes at the order's own price; returns whether the order is complete and therefore gone. */
    private boolean fill(final RestingSide side, final int index, final long quantity)
    {
        final RestingOrder order = side.get(index);
        order.executedQuantity += quantity;
        final long orderId = order.orderId;
        final long price = order.price;
        final boolean isComplete = 0 == order.remaining();
        if (isComplete)
        {
            side.remove(index);
            release(order);
        }
        listener.onFilled(orderId, price, quantity, Liquidity.MAKER);
        return isComplete;
    }

    private RestingSide sideOf(final long orderId)
    {
        if (buys.indexOf(orderId) >= 0)
        {
            return buys;
        }
        return sells.indexOf(orderId) >= 0 ? sells : null;
    }

    private RestingOrder pooled()
    {
        return 0 == pooledCount ? new RestingOrder() : pool[--pooledCount];
    }

    private void release(final RestingOrder order)
    {
        if (pooledCount == pool.length)
        {
            pool = Arrays.copyOf(pool, pooledCount * 2);
        }
        pool[pooledCount++] = order;
    }
}
