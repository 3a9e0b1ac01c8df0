package org.lockstep.engine.bar;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.state.StateWriter;

/**
 * Builds the bars of one instrument, for every interval at once, from its trades or from bars of the past.
 * <ul>
 * <li>A trade belongs to the bar of its own time: the venue's when it gives one, else ours.</li>
 * <li>A bar closes when time passes its end: at once by a later trade, else by {@link #advanceTo} when time is
 * {@link #GRACE_NS} past the end, so that trades still on their way are waited for. The venue's time now is taken to be
 * engine time less the difference seen at the last trade: a clock that is off, or a recording served long after it was
 * made, closes no bar too early. Nothing is known of a bar before it closed, and it never changes afterwards.</li>
 * <li>A late trade, of a minute whose bar is closed, is counted and left out of every interval: bars of five minutes
 * are always the sum of their minutes.</li>
 * <li>A trade whose venue's time is more than {@link #MAX_JUMP_NS} further from ours than that of the trade before is
 * counted and belongs to our time, moved by the difference seen before: one wrong time stops no bars. When
 * {@link #REANCHOR_COUNT} trades in a row agree on another difference, that one is right from then on (a recording
 * began anew, or the first trade was the wrong one); when it leads back in time, what is open is closed for it.</li>
 * <li>An interval without trades has no bar. The next bar's open is the price of its own first trade.</li>
 * <li>A bar of the past, of any interval, is closed as it comes; longer ones are made of it, and those that end with it
 * close with it. It stands instead of trades: one that overlaps a bar that is closed, or a minute that has trades, is
 * left out. Shorter intervals have no bars meanwhile.</li>
 * </ul>
 * Threading: the engine thread only. Allocates nothing except while the kept history grows to its bound.
 */
public final class Bars
{
    /** How long a bar waits for trades on their way, when no later trade has come, ns of engine time. */
    public static final long GRACE_NS = 1_000_000_000L;

    /** How many closed bars an interval usually keeps. */
    public static final int DEFAULT_KEPT_COUNT = 512;

    /** No bar is open. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How far the venue's time may jump away from ours between two trades, ns. */
    public static final long MAX_JUMP_NS = 60_000_000_000L;

    /** So many trades in a row decide that a jump was right. */
    public static final int REANCHOR_COUNT = 16;

    private static final int SHORTEST = 0;

    private final int instrumentId;
    private final BarSeries[] series = new BarSeries[Intervals.COUNT];
    private long nextCloseNs = NEVER;
    private long closedEndNs = Long.MIN_VALUE;
    private long clockDifferenceNs;
    private long lateTradeCount;
    private boolean isAnchored;
    private long suspectDifferenceNs;
    private int suspectCount;
    private long jumpedTradeCount;

    /**
     * No bars yet.
     *
     * @param instrumentId dense id.
     * @param keptCount    closed bars kept per interval, [1, 65,536].
     */
    public Bars(final int instrumentId, final int keptCount)
    {
        if (keptCount < 1 || keptCount > 65_536)
        {
            throw new IllegalArgumentException("bars kept must be in [1, 65536], found " + keptCount);
        }
        this.instrumentId = instrumentId;
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            series[i] = new BarSeries(i, keptCount);
        }
    }

    /**
     * Adds a trade; closes the bars that end at or before it first.
     *
     * @param venueTimeNs   venue's time of the trade, epoch ns, 0 = none.
     * @param ingressTimeNs our time of the trade, epoch ns.
     * @param price         mantissa.
     * @param quantity      mantissa; a trade of nothing is ignored.
     * @param handler       called back for each bar that closes.
     */
    public void onTrade(
        final long venueTimeNs,
        final long ingressTimeNs,
        final long price,
        final long quantity,
        final BarHandler handler)
    {
        if (quantity <= 0)
        {
            return;
        }
        final long timeNs = 0 == venueTimeNs ? ingressTimeNs : tradeTimeNs(venueTimeNs, ingressTimeNs, handler);
        closeUntil(timeNs, handler);
        if (timeNs < earliestTimeNs())
        {
            lateTradeCount++;
            return;
        }

        clockDifferenceNs = ingressTimeNs - timeNs;
        final boolean isFirst = !series[SHORTEST].isOpen();
        series[SHORTEST].add(timeNs, price, quantity, Math.multiplyHigh(price, quantity), price * quantity);
        if (isFirst)
        {
            updateNextClose();
        }
    }

    /**
     * Can a bar begin there? Its interval must begin at such times.
     *
     * @param index      of its interval.
     * @param openTimeNs when it begins, epoch ns.
     * @return false when no bar of the interval does.
     */
    public boolean isAligned(final int index, final long openTimeNs)
    {
        return series[index].isAligned(openTimeNs);
    }

    /**
     * Makes way for a bar of the past: closes the bars that end at or before its beginning.
     *
     * @param openTimeNs when it begins, epoch ns.
     * @param handler    called back for each bar that closes.
     * @return false when it overlaps what is there already; then it is not to be added.
     */
    public boolean makeWay(final long openTimeNs, final BarHandler handler)
    {
        closeUntil(openTimeNs, handler);
        return openTimeNs >= closedEndNs && !series[SHORTEST].isOpen();
    }

    /**
     * Adds a bar of the past for which there is {@link #makeWay way}; it closes, and with it the longer ones that end
     * with it.
     *
     * @param index         of its interval.
     * @param openTimeNs    when it begins, epoch ns.
     * @param ingressTimeNs our time of its end, epoch ns.
     * @param open          mantissa.
     * @param high          mantissa.
     * @param low           mantissa.
     * @param close         mantissa.
     * @param volume        mantissa.
     * @param tradeCount    0 = not known.
     * @param handler       called back for each bar that closes.
     */
    public void onHistoricalBar(
        final int index,
        final long openTimeNs,
        final long ingressTimeNs,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume,
        final long tradeCount,
        final BarHandler handler)
    {
        series[index].open(openTimeNs).set(openTimeNs, open, high, low, close, volume, tradeCount);
        final long endNs = series[index].openEndNs();
        clockDifferenceNs = ingressTimeNs - endNs;
        isAnchored = false;
        suspectCount = 0;
        closedEndNs = endNs;
        for (int i = index; i < Intervals.COUNT && series[i].openEndNs() <= endNs; i++)
        {
            final Bar closed = series[i].closeWithPast();
            if (i + 1 < Intervals.COUNT)
            {
                series[i + 1].add(closed);
            }
            handler.onBar(instrumentId, closed);
        }
        updateNextClose();
    }

    /**
     * Lets engine time pass: closes the bars that ended {@link #GRACE_NS} before.
     *
     * @param timeNs  engine time, epoch ns.
     * @param handler called back for each bar that closes.
     */
    public void advanceTo(final long timeNs, final BarHandler handler)
    {
        closeUntil(timeNs - clockDifferenceNs - GRACE_NS, handler);
    }

    /** @return engine time at which {@link #advanceTo} will close a bar, epoch ns, or {@link #NEVER}. */
    public long nextCloseNs()
    {
        return NEVER == nextCloseNs ? NEVER : nextCloseNs + clockDifferenceNs + GRACE_NS;
    }

    /** @return dense id. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /**
     * The bar that is being built, as it is now.
     *
     * @param interval of the bar.
     * @return the bar, valid until the next trade, or null when there was no trade in this interval yet.
     */
    public Bar open(final BarInterval interval)
    {
        return open(Intervals.index(interval));
    }

    /**
     * How many closed bars can be looked at.
     *
     * @param interval of the bars.
     * @return [0, kept count].
     */
    public int closedCount(final BarInterval interval)
    {
        return series[Intervals.index(interval)].keptClosedCount();
    }

    /**
     * A closed bar.
     *
     * @param interval of the bar.
     * @param ago      0 = the last that closed, up to {@link #closedCount} exclusive.
     * @return the kept bar, valid until as many more have closed as are kept.
     */
    public Bar closed(final BarInterval interval, final int ago)
    {
        return series[Intervals.index(interval)].closed(ago);
    }

    /** @return trades left out because they came too late. */
    public long lateTradeCount()
    {
        return lateTradeCount;
    }

    /** @return trades whose venue's time was not believed. */
    public long jumpedTradeCount()
    {
        return jumpedTradeCount;
    }

    /**
     * Describes open bars and a hash over all closed ones.
     *
     * @param writer takes the description.
     */
    public void describe(final StateWriter writer)
    {
        writer.field("closedEndNs", closedEndNs);
        writer.field("clockDifferenceNs", clockDifferenceNs);
        writer.field("lateTradeCount", lateTradeCount);
        writer.field("isAnchored", isAnchored);
        writer.field("suspectDifferenceNs", suspectDifferenceNs);
        writer.field("suspectCount", suspectCount);
        writer.field("jumpedTradeCount", jumpedTradeCount);
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            series[i].describe(writer, open(i));
        }
    }

    /** The venue's time, unless it jumps away from ours; then ours, moved by the difference seen before. */
    private long tradeTimeNs(final long venueTimeNs, final long ingressTimeNs, final BarHandler handler)
    {
        final long differenceNs = ingressTimeNs - venueTimeNs;
        if (!isAnchored || Math.abs(differenceNs - clockDifferenceNs) <= MAX_JUMP_NS)
        {
            isAnchored = true;
            suspectCount = 0;
            return venueTimeNs;
        }
        suspectCount =
            suspectCount > 0 && Math.abs(differenceNs - suspectDifferenceNs) <= MAX_JUMP_NS ? suspectCount + 1 : 1;
        suspectDifferenceNs = differenceNs;
        if (suspectCount < REANCHOR_COUNT)
        {
            jumpedTradeCount++;
            return ingressTimeNs - clockDifferenceNs;
        }
        suspectCount = 0;
        if (venueTimeNs < earliestTimeNs())
        {
            closeUntil(Long.MAX_VALUE - 1, handler);
            closedEndNs = Long.MIN_VALUE;
        }
        return venueTimeNs;
    }

    private void closeUntil(final long timeNs, final BarHandler handler)
    {
        if (timeNs < nextCloseNs)
        {
            return;
        }
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            final long endNs = series[i].openEndNs();
            if (series[i].isOpen() && endNs <= timeNs)
            {
                closedEndNs = Math.max(closedEndNs, endNs);
                final Bar closed = series[i].close();
                if (i + 1 < Intervals.COUNT)
                {
                    series[i + 1].add(closed);
                }
                handler.onBar(instrumentId, closed);
            }
        }
        updateNextClose();
    }

    /** An open bar is what it has taken in, and what the open ones of shorter intervals have. */
    private Bar open(final int index)
    {
        Bar bar = series[SHORTEST].open();
        for (int i = SHORTEST + 1; i <= index; i++)
        {
            bar = series[i].openWith(bar);
        }
        return bar;
    }

    /** Before this some bar that a trade would belong to is closed, or was skipped. */
    private long earliestTimeNs()
    {
        final Bar shortest = series[SHORTEST].open();
        return null == shortest ? closedEndNs : Math.max(closedEndNs, shortest.openTimeNs());
    }

    /** An open bar ends no later than a longer one that is open: it belongs to that. */
    private void updateNextClose()
    {
        int shortest = SHORTEST;
        while (shortest < Intervals.COUNT - 1 && !series[shortest].isOpen())
        {
            shortest++;
        }
        nextCloseNs = series[shortest].openEndNs();
    }
}
