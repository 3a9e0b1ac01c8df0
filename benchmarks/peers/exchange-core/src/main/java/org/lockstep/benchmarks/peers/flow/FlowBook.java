package org.lockstep.benchmarks.peers.flow;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import org.lockstep.benchmarks.peers.flow.OrderFlow.Kind;

/** The book of one symbol while a flow is made: plain price and time, slow and obvious. */
final class FlowBook
{
    private static final int CENTRE = 100_000;
    private static final int DEPTH = 60;
    private static final int OWN_DISTANCE = 8;
    private static final int MAX_QUANTITY = 100;
    private static final int MARKET_OWN_ORDERS = 10;

    /** An order that rests. */
    private static final class Resting
    {
        private final int orderId;
        private final boolean isBuy;
        private final boolean isOwn;
        private final int price;
        private int quantity;

        private Resting(
            final int orderId, final boolean isBuy, final boolean isOwn, final int price, final int quantity)
        {
            this.orderId = orderId;
            this.isBuy = isBuy;
            this.isOwn = isOwn;
            this.price = price;
            this.quantity = quantity;
        }
    }

    private final OrderFlow flow;
    private final int symbol;
    private final RandomGenerator random;
    private final NavigableMap<Integer, List<Resting>> bids = new TreeMap<>((a, b) -> b - a);
    private final NavigableMap<Integer, List<Resting>> asks = new TreeMap<>();
    private final List<Resting> own = new ArrayList<>();
    private final List<Resting> market = new ArrayList<>();
    private final int ownWanted;

    FlowBook(final OrderFlow flow, final int symbol, final RandomGenerator random, final int ownWanted)
    {
        this.flow = flow;
        this.symbol = symbol;
        this.random = random;
        this.ownWanted = ownWanted;
    }

    /** Makes one command of it, with a new id should it be an order; false when none was possible. */
    boolean next(final int orderId)
    {
        final int dice = random.nextInt(100);
        final boolean isOwn = random.nextInt(2) == 0;
        if (market.size() < ownWanted * MARKET_OWN_ORDERS / 2)
        {
            return add(orderId, false);
        }
        if (dice < 20)
        {
            return take(orderId, isOwn);
        }
        final List<Resting> orders = isOwn ? own : market;
        final int wanted = isOwn ? ownWanted : ownWanted * MARKET_OWN_ORDERS;
        return orders.size() < wanted && dice < 65 || orders.isEmpty() ?
            add(orderId, isOwn) : cancel(orders.get(random.nextInt(orders.size())), false);
    }

    /** Cancels all there is: ours first, so that nothing of the market stands before one of ours. */
    void cancelAll()
    {
        while (!own.isEmpty())
        {
            cancel(own.get(own.size() - 1), true);
        }
        while (!market.isEmpty())
        {
            cancel(market.get(market.size() - 1), true);
        }
    }

    private boolean add(final int orderId, final boolean isOwn)
    {
        final boolean isBuy = random.nextBoolean();
        final NavigableMap<Integer, List<Resting>> other = side(!isBuy);
        final int best = other.isEmpty() ? CENTRE + (isBuy ? 1 : 0) : other.firstKey();
        // Around a fixed centre, or the price would drift away from risk limits in a long flow.
        final int distance = 1 + random.nextInt(1 + random.nextInt(isOwn ? OWN_DISTANCE : DEPTH));
        final int price = isBuy ? Math.min(best - 1, CENTRE + DEPTH - distance) :
            Math.max(best + 1, CENTRE - DEPTH + distance);
        final int away = isBuy ? Math.min(price, best - distance) : Math.max(price, best + distance);
        final Resting order = new Resting(orderId, isBuy, isOwn, away, 1 + random.nextInt(MAX_QUANTITY));
        side(isBuy).computeIfAbsent(away, key -> new ArrayList<>()).add(order);
        (isOwn ? own : market).add(order);
        flow.command(isOwn ? Kind.OWN_ADD : Kind.MARKET_ADD, symbol, isBuy, orderId, away, order.quantity);
        if (!isOwn)
        {
            showLevel(isBuy, away);
        }
        return true;
    }

    private boolean cancel(final Resting order, final boolean isForced)
    {
        final List<Resting> level = side(order.isBuy).get(order.price);
        final int index = level.indexOf(order);
        for (int i = index + 1; !isForced && !order.isOwn && i < level.size(); i++)
        {
            if (level.get(i).isOwn)
            {
                return false;
            }
        }
        level.remove(index);
        if (level.isEmpty())
        {
            side(order.isBuy).remove(order.price);
        }
        (order.isOwn ? own : market).remove(order);
        flow.command(order.isOwn ? Kind.OWN_CANCEL : Kind.MARKET_CANCEL, symbol, order.isBuy, order.orderId,
            order.price, order.quantity);
        if (!order.isOwn)
        {
            showLevel(order.isBuy, order.price);
        }
        return true;
    }

    private boolean take(final int orderId, final boolean isOwn)
    {
        final boolean isBuy = random.nextBoolean();
        final NavigableMap<Integer, List<Resting>> makers = side(!isBuy);
        int limit = 0;
        int levels = 1 + random.nextInt(3);
        for (final Map.Entry<Integer, List<Resting>> entry : makers.entrySet())
        {
            if (0 == levels-- || isOwn && entry.getValue().stream().anyMatch(maker -> maker.isOwn))
            {
                break;
            }
            limit = entry.getKey();
        }
        if (0 == limit)
        {
            return false;
        }
        final int quantity = 1 + random.nextInt(2 * MAX_QUANTITY);
        flow.command(isOwn ? Kind.OWN_TAKE : Kind.MARKET_TAKE, symbol, isBuy, orderId, limit, quantity);
        sweep(makers, isBuy, isOwn, limit, quantity);
        return true;
    }

    private void sweep(
        final NavigableMap<Integer, List<Resting>> makers,
        final boolean isBuy,
        final boolean isOwn,
        final int limit,
        final int quantity)
    {
        final List<Integer> changed = new ArrayList<>();
        int left = quantity;
        final Iterator<Map.Entry<Integer, List<Resting>>> levels = makers.entrySet().iterator();
        while (left > 0 && levels.hasNext())
        {
            final Map.Entry<Integer, List<Resting>> entry = levels.next();
            if (isBuy ? entry.getKey() > limit : entry.getKey() < limit)
            {
                break;
            }
            final int traded = fill(entry.getValue(), left);
            left -= traded;
            changed.add(entry.getKey());
            if (isOwn)
            {
                flow.ownFill(traded);
            }
            else
            {
                flow.event(true, isBuy, entry.getKey(), traded);
            }
            if (entry.getValue().isEmpty())
            {
                levels.remove();
            }
        }
        changed.forEach(price -> showLevel(!isBuy, price));
    }

    private int fill(final List<Resting> level, final int wanted)
    {
        int left = wanted;
        while (left > 0 && !level.isEmpty())
        {
            final Resting maker = level.get(0);
            final int quantity = Math.min(left, maker.quantity);
            left -= quantity;
            maker.quantity -= quantity;
            flow.trade(quantity);
            if (maker.isOwn)
            {
                flow.ownFill(quantity);
            }
            if (0 == maker.quantity)
            {
                level.remove(0);
                (maker.isOwn ? own : market).remove(maker);
            }
        }
        return wanted - left;
    }

    /** What the market has at a price now; ours is not of the market. */
    private void showLevel(final boolean isBid, final int price)
    {
        int quantity = 0;
        for (final Resting order : side(isBid).getOrDefault(price, List.of()))
        {
            quantity += order.isOwn ? 0 : order.quantity;
        }
        flow.event(false, isBid, price, quantity);
    }

    private NavigableMap<Integer, List<Resting>> side(final boolean isBid)
    {
        return isBid ? bids : asks;
    }
}
