package org.lockstep.engine.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** A market set by hand: all of it is visible, or only the best levels of each side. */
final class PlainDepth implements Depth
{
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private int visibleCount = Integer.MAX_VALUE;
    private long lastTradePrice;

    PlainDepth set(final boolean isBid, final long price, final long quantity)
    {
        if (0 == quantity)
        {
            side(isBid).remove(price);
        }
        else
        {
            side(isBid).put(price, quantity);
        }
        return this;
    }

    PlainDepth bid(final long price, final long quantity)
    {
        return set(true, price, quantity);
    }

    PlainDepth ask(final long price, final long quantity)
    {
        return set(false, price, quantity);
    }

    PlainDepth lastTrade(final long price)
    {
        lastTradePrice = price;
        return this;
    }

    PlainDepth visible(final int levels)
    {
        visibleCount = levels;
        return this;
    }

    TreeMap<Long, Long> side(final boolean isBid)
    {
        return isBid ? bids : asks;
    }

    /** Prices that can be seen, best first. */
    List<Long> prices(final boolean isBid)
    {
        final List<Long> prices = new ArrayList<>(side(isBid).keySet());
        return prices.subList(0, Math.min(visibleCount, prices.size()));
    }

    @Override
    public long lastTradePrice()
    {
        return lastTradePrice;
    }

    @Override
    public boolean isKnownSince(final long since)
    {
        return version() == since;
    }

    @Override
    public boolean isChangedBid(final long changeVersion)
    {
        throw new AssertionError("changes are not known");
    }

    @Override
    public long changedPrice(final long changeVersion)
    {
        throw new AssertionError("changes are not known");
    }

    @Override
    public long version()
    {
        return Objects.hash(bids, asks, visibleCount) & 0xFFFF_FFFFL;
    }

    @Override
    public int count(final boolean isBid)
    {
        return prices(isBid).size();
    }

    @Override
    public long price(final boolean isBid, final int level)
    {
        return prices(isBid).get(level);
    }

    @Override
    public long quantity(final boolean isBid, final int level)
    {
        return side(isBid).get(price(isBid, level));
    }

    @Override
    public long quantityAt(final boolean isBid, final long price)
    {
        if (Integer.MAX_VALUE == visibleCount)
        {
            return side(isBid).getOrDefault(price, 0L);
        }
        final List<Long> prices = prices(isBid);
        final long worst = prices.isEmpty() ? price : prices.get(prices.size() - 1);
        return !prices.isEmpty() && (isBid ? price >= worst : price <= worst) ?
            side(isBid).getOrDefault(price, 0L) : NOT_VISIBLE;
    }
}
