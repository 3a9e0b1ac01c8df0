package org.lockstep.engine.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.risk.RejectReason;

/**
 * The rules of {@link MatchingBook} written down plainly: at each price there is a queue of strangers and of our
 * orders, which trades eat from the front. Slow, and meant to be read.
 */
final class PlainMatching
{
    private final PlainDepth depth;
    private final MatchListener listener;
    private final TreeMap<Long, List<Place>> buys = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, List<Place>> sells = new TreeMap<>();
    private final List<Own> waiting = new ArrayList<>();
    private final Map<Long, Taken> takenBids = new LinkedHashMap<>();
    private final Map<Long, Taken> takenAsks = new LinkedHashMap<>();

    PlainMatching(final PlainDepth depth, final MatchListener listener)
    {
        this.depth = depth;
        this.listener = listener;
    }

    void submit(
        final long id, final Side side, final OrderType type, final TimeInForce time, final long price, final long qty)
    {
        final Own own = new Own(id, Side.BUY == side, type, time, price, qty);
        if (OrderType.LIMIT_MAKER == type && crosses(own, price))
        {
            listener.onRejected(id, RejectReason.POST_ONLY_WOULD_TAKE);
            return;
        }
        listener.onAccepted(id);
        execute(own, time);
    }

    void submitStop(
        final long id, final Side side, final OrderType type, final TimeInForce time,
        final long stop, final long price, final long qty, final int protectionBps)
    {
        final Own own = new Own(id, Side.BUY == side, type, time, price, qty);
        own.stop = stop;
        own.protectionBps = protectionBps;
        if (isReached(own, depth.lastTradePrice()))
        {
            listener.onRejected(id, RejectReason.STOP_WOULD_TRIGGER);
            return;
        }
        listener.onAccepted(id);
        waiting.add(own);
    }

    void submitPair(
        final long limitId, final long stopId, final Side side, final OrderType stopType,
        final long price, final long stop, final long stopLimit, final long qty, final int protectionBps)
    {
        final Own limit = new Own(limitId, Side.BUY == side, OrderType.LIMIT_MAKER, TimeInForce.GTC, price, qty);
        final Own second = new Own(stopId, Side.BUY == side, stopType, TimeInForce.GTC, stopLimit, qty);
        second.stop = stop;
        second.protectionBps = protectionBps;
        final RejectReason reason = crosses(limit, price) ? RejectReason.POST_ONLY_WOULD_TAKE :
            isReached(second, depth.lastTradePrice()) ? RejectReason.STOP_WOULD_TRIGGER : RejectReason.NONE;
        if (RejectReason.NONE != reason)
        {
            listener.onRejected(limitId, reason);
            listener.onRejected(stopId, reason);
            return;
        }
        listener.onAccepted(limitId);
        listener.onAccepted(stopId);
        limit.peer = second;
        second.peer = limit;
        join(limit);
        waiting.add(second);
    }

    boolean cancel(final long id)
    {
        final Own own = find(id);
        if (null == own)
        {
            return false;
        }
        final Own peer = own.peer;
        remove(own);
        listener.onCanceled(id, own.rest());
        if (null != peer)
        {
            remove(peer);
            listener.onCanceled(peer.id, peer.rest());
        }
        return true;
    }

    boolean replace(final long id, final long price, final long qty)
    {
        final Own own = find(id);
        if (null == own)
        {
            return false;
        }
        if (null != own.peer)
        {
            listener.onRejected(id, RejectReason.REPLACE_NOT_POSSIBLE);
        }
        else if (qty <= own.executed)
        {
            listener.onRejected(id, RejectReason.REPLACE_TOO_LATE);
        }
        else if (OrderType.LIMIT_MAKER == own.type && crosses(own, price))
        {
            listener.onRejected(id, RejectReason.POST_ONLY_WOULD_TAKE);
        }
        else
        {
            final boolean keepsPlace = waiting.contains(own) || price == own.price && qty <= own.qty;
            if (!keepsPlace)
            {
                remove(own);
            }
            own.price = price;
            own.qty = qty;
            listener.onReplaced(id, price, qty);
            if (!keepsPlace)
            {
                execute(own, TimeInForce.GTC);
            }
        }
        return true;
    }

    void onTrade(final long price, final long quantity, final Side aggressor)
    {
        final boolean isBuy = Side.SELL == aggressor;
        long left = quantity;
        for (final long at : List.copyOf(side(isBuy).keySet()))
        {
            if (isBuy ? at < price : at > price)
            {
                break;
            }
            for (final Place place : List.copyOf(side(isBuy).get(at)))
            {
                final long eaten = at == price ? Math.min(left, place.strangers) : 0;
                place.strangers = at == price ? place.strangers - eaten : 0;
                left -= eaten;
                final long filled = Math.min(left, place.own.rest());
                left -= filled;
                if (filled > 0)
                {
                    make(place.own, filled);
                }
            }
        }
        while (waiting.stream().anyMatch(own -> isReached(own, price)))
        {
            trigger(waiting.stream().filter(own -> isReached(own, price)).findFirst().orElseThrow());
        }
    }

    void onDepth()
    {
        remember(true, takenBids);
        remember(false, takenAsks);
        for (final boolean isBuy : new boolean[]{true, false})
        {
            side(isBuy).forEach((price, places) -> see(places, depth.quantityAt(isBuy, price)));
            for (final long price : depth.prices(!isBuy))
            {
                for (final Own own : resting(isBuy))
                {
                    final long quantity = Math.min(own.rest(), available(!isBuy, price));
                    if (isWithin(own, price) && quantity > 0)
                    {
                        take(!isBuy, price, quantity);
                        make(own, quantity);
                    }
                }
            }
        }
    }

    private void execute(final Own own, final TimeInForce time)
    {
        final long enough = depth.prices(!own.isBuy).stream().filter(price -> isWithin(own, price))
            .mapToLong(price -> available(!own.isBuy, price)).sum();
        if (TimeInForce.FOK == time && enough < own.rest())
        {
            listener.onExpired(own.id, own.rest(), "");
            return;
        }
        for (final long price : depth.prices(!own.isBuy))
        {
            final long quantity = Math.min(own.rest(), available(!own.isBuy, price));
            if (isWithin(own, price) && quantity > 0)
            {
                take(!own.isBuy, price, quantity);
                own.executed += quantity;
                listener.onFilled(own.id, price, quantity, Liquidity.TAKER);
            }
        }
        if (own.rest() > 0 && (OrderType.MARKET == own.type || TimeInForce.GTC != time))
        {
            listener.onExpired(own.id, own.rest(), "");
        }
        else if (own.rest() > 0)
        {
            join(own);
        }
    }

    private void trigger(final Own own)
    {
        final Own peer = own.peer;
        remove(own);
        if (null != peer)
        {
            remove(peer);
            listener.onExpired(peer.id, peer.rest(), "");
        }
        if (OrderType.STOP_LOSS == own.type || OrderType.TAKE_PROFIT == own.type)
        {
            own.type = OrderType.MARKET;
            final List<Long> prices = depth.prices(!own.isBuy);
            final long margin = prices.isEmpty() ? 0 : prices.get(0) * own.protectionBps / 10_000;
            own.price = prices.isEmpty() ? 0 : prices.get(0) + (own.isBuy ? margin : -margin);
        }
        else
        {
            own.type = OrderType.LIMIT;
        }
        execute(own, own.time);
    }

    private void make(final Own own, final long quantity)
    {
        final Own peer = own.peer;
        own.executed += quantity;
        if (null != peer)
        {
            waiting.remove(peer);
            own.peer = null;
        }
        if (0 == own.rest())
        {
            remove(own);
        }
        listener.onFilled(own.id, own.price, quantity, Liquidity.MAKER);
        if (null != peer)
        {
            listener.onExpired(peer.id, peer.rest(), "");
        }
    }

    private void join(final Own own)
    {
        final List<Place> places = side(own.isBuy).computeIfAbsent(own.price, price -> new ArrayList<>());
        final long visible = depth.quantityAt(own.isBuy, own.price);
        final boolean isKnown = Depth.NOT_VISIBLE != visible;
        final long best = 0 == depth.count(own.isBuy) ? 0 : depth.quantity(own.isBuy, 0);
        final long before = places.stream().mapToLong(place -> place.strangers).sum();
        places.add(new Place(own, Math.max(0, (isKnown ? visible : best) - before), isKnown));
    }

    private static void see(final List<Place> places, final long visible)
    {
        long ahead = 0;
        long cutAhead = 0;
        for (final Place place : places)
        {
            if (Depth.NOT_VISIBLE != visible)
            {
                ahead += place.strangers;
                final long cut = place.isKnown ? Math.min(ahead, visible) : visible;
                place.isKnown = true;
                place.strangers = cut - cutAhead;
                cutAhead = cut;
            }
        }
    }

    private void remove(final Own own)
    {
        if (null != own.peer)
        {
            own.peer.peer = null;
            own.peer = null;
        }
        if (waiting.remove(own))
        {
            return;
        }
        final List<Place> places = side(own.isBuy).get(own.price);
        final int index = places.indexOf(places.stream().filter(place -> place.own == own).findFirst().orElseThrow());
        final Place gone = places.remove(index);
        if (index < places.size())
        {
            places.get(index).strangers += gone.strangers;
        }
        if (places.isEmpty())
        {
            side(own.isBuy).remove(own.price);
        }
    }

    private Own find(final long id)
    {
        final List<Own> all = new ArrayList<>(waiting);
        all.addAll(resting(true));
        all.addAll(resting(false));
        return all.stream().filter(own -> own.id == id).findFirst().orElse(null);
    }

    private List<Own> resting(final boolean isBuy)
    {
        return side(isBuy).values().stream().flatMap(List::stream).map(place -> place.own).toList();
    }

    private TreeMap<Long, List<Place>> side(final boolean isBuy)
    {
        return isBuy ? buys : sells;
    }

    private boolean crosses(final Own own, final long price)
    {
        final List<Long> prices = depth.prices(!own.isBuy);
        return !prices.isEmpty() && (own.isBuy ? prices.get(0) <= price : prices.get(0) >= price);
    }

    private static boolean isWithin(final Own own, final long price)
    {
        return own.isBuy ? price <= own.price : price >= own.price;
    }

    private static boolean isReached(final Own own, final long tradePrice)
    {
        if (0 == tradePrice)
        {
            return false;
        }
        return switch (own.type)
        {
            case STOP_LOSS, STOP_LOSS_LIMIT -> own.isBuy ? tradePrice >= own.stop : tradePrice <= own.stop;
            default -> own.isBuy ? tradePrice <= own.stop : tradePrice >= own.stop;
        };
    }

    private long available(final boolean isBid, final long price)
    {
        final Taken taken = (isBid ? takenBids : takenAsks).get(price);
        return Math.max(0, depth.quantityAt(isBid, price) - (null == taken ? 0 : taken.quantity));
    }

    private void take(final boolean isBid, final long price, final long quantity)
    {
        final Taken taken = (isBid ? takenBids : takenAsks).computeIfAbsent(price, at -> new Taken());
        taken.quantity += quantity;
        taken.displayed = depth.quantityAt(isBid, price);
    }

    private void remember(final boolean isBid, final Map<Long, Taken> takenByPrice)
    {
        for (final long price : List.copyOf(takenByPrice.keySet()))
        {
            final Taken taken = takenByPrice.get(price);
            final long shown = depth.quantityAt(isBid, price);
            if (Depth.NOT_VISIBLE != shown)
            {
                taken.quantity -= Math.max(0, taken.displayed - shown);
                taken.displayed = shown;
                if (taken.quantity <= 0 || 0 == shown)
                {
                    takenByPrice.remove(price);
                }
            }
        }
    }

    private static final class Own
    {
        final long id;
        final boolean isBuy;
        OrderType type;
        final TimeInForce time;
        long price;
        long qty;
        long executed;
        long stop;
        int protectionBps;
        Own peer;

        Own(final long id, final boolean isBuy, final OrderType type, final TimeInForce time, final long price,
            final long qty)
        {
            this.id = id;
            this.isBuy = isBuy;
            this.type = type;
            this.time = time;
            this.price = price;
            this.qty = qty;
        }

        long rest()
        {
            return qty - executed;
        }
    }

    /** One of ours in the queue, and the strangers between it and the one of ours before. */
    private static final class Place
    {
        final Own own;
        long strangers;
        boolean isKnown;

        Place(final Own own, final long strangers, final boolean isKnown)
        {
            this.own = own;
            this.strangers = strangers;
            this.isKnown = isKnown;
        }
    }

    private static final class Taken
    {
        long quantity;
        long displayed;
    }
}
