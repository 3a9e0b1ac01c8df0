package org.lockstep.engine.paper;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.state.StateWriter;

/** What there is to take from the visible market, less what was taken of it. Allocates nothing. */
final class VisibleLiquidity
{
    private static final long BPS = 10_000;

    private final Depth depth;
    private final TakenLiquidity takenBids;
    private final TakenLiquidity takenAsks;

    VisibleLiquidity(final Depth depth)
    {
        this.depth = depth;
        this.takenBids = new TakenLiquidity(depth, true);
        this.takenAsks = new TakenLiquidity(depth, false);
    }

    void onDepth()
    {
        takenBids.onDepth();
        takenAsks.onDepth();
    }

    /** All that can be seen from now on is new, but for what our orders had of it before. */
    void renew(final long price, final long takenQuantity, final long shown)
    {
        takenBids.clear();
        takenAsks.clear();
        if (takenQuantity > 0)
        {
            takenBids.take(price, takenQuantity, shown);
            takenAsks.take(price, takenQuantity, shown);
        }
    }

    /** What both sides together had of what is shown at a price. */
    long takenAt(final long price, final long shown)
    {
        return 2 * shown - takenBids.available(price, shown) - takenAsks.available(price, shown);
    }

    /** Sweeps the levels up to the order's limit at their prices. */
    void take(final RestingOrder order, final MatchListener listener)
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
    }

    /** Is there so much up to a limit? */
    boolean isAvailable(final boolean isBuy, final long limit, final long quantity)
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

    /** Would an order of this side and limit trade at once? */
    boolean isCrossing(final boolean isBuy, final long price)
    {
        return !depth.isEmpty(!isBuy) && isAtOrBeyond(isBuy, depth.price(!isBuy, 0), price);
    }

    /** Would an order of this side and limit trade at this price of the other side? */
    static boolean isAtOrBeyond(final boolean isBuy, final long otherPrice, final long limit)
    {
        return isBuy ? otherPrice <= limit : otherPrice >= limit;
    }

    /** The worst price a market order may trade at now, 0 when the other side is empty. */
    long protectionPrice(final boolean isBuy, final int protectionBps)
    {
        if (depth.isEmpty(!isBuy))
        {
            return 0;
        }
        final long best = depth.price(!isBuy, 0);
        final long margin = Decimals.mulDivExact(best, protectionBps, BPS, Rounding.DOWN);
        return isBuy ? Math.addExact(best, margin) : best - margin;
    }

    TakenLiquidity takenOf(final boolean isBid)
    {
        return isBid ? takenBids : takenAsks;
    }

    void describe(final StateWriter out)
    {
        out.begin("takenBids");
        takenBids.describe(out);
        out.end();
        out.begin("takenAsks");
        takenAsks.describe(out);
        out.end();
    }
}
