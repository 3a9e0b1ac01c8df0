package org.lockstep.tools.simulator.market;

/**
 * Bars of one symbol at any interval: the past as a function of the seed, the present from its trades. Longer bars are
 * made of minutes, so all intervals from a minute up agree. Run by the simulator's event loop.
 */
public final class Candles
{
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 86_400_000;
    private static final int MINUTES_KEPT = 10_080;
    private static final int SECONDS_KEPT = 1_024;
    private static final long SECONDS_OF_HISTORY_MS = 3_600_000;

    private final PriceHistory history;
    private final BarSeries minutes = new BarSeries(MINUTE_MS, MINUTES_KEPT);
    private final BarSeries seconds = new BarSeries(1_000, SECONDS_KEPT);
    private final BarSeries pastMinutes = new BarSeries(MINUTE_MS, 2 * (int)(DAY_MS / MINUTE_MS));
    private final Bar trade = new Bar();

    /** Creates candles that know no more than the trades they are given. */
    public Candles()
    {
        this(null);
    }

    Candles(final PriceHistory history)
    {
        this.history = history;
    }

    /**
     * Adds a trade.
     *
     * @param timeMs       epoch milliseconds, not going back by more than is kept.
     * @param priceE8      eight decimals.
     * @param quantityE8   eight decimals.
     * @param buyerIsMaker whether the taker sold.
     */
    public void onTrade(final long timeMs, final long priceE8, final long quantityE8, final boolean buyerIsMaker)
    {
        final long quoteE8 = E8.multiply(priceE8, quantityE8);
        trade.open = priceE8;
        trade.high = priceE8;
        trade.low = priceE8;
        trade.close = priceE8;
        trade.volume = quantityE8;
        trade.quoteVolume = quoteE8;
        trade.takerVolume = buyerIsMaker ? 0 : quantityE8;
        trade.takerQuoteVolume = buyerIsMaker ? 0 : quoteE8;
        trade.count = 1;
        mergeInto(minutes, timeMs);
        mergeInto(seconds, timeMs);
    }

    private void mergeInto(final BarSeries series, final long timeMs)
    {
        final boolean fresh = series.isEmpty();
        final Bar bar = series.at(timeMs);
        if (fresh && null != history && history.endMs() > bar.openTimeMs && series == minutes)
        {
            history.minute(bar.openTimeMs, bar);
        }
        if (null != bar)
        {
            bar.merge(trade);
        }
    }

    /** @return time of the first bar there is, epoch milliseconds. */
    public long startMs()
    {
        return null != history ? history.startMs() : minutes.isEmpty() ? Long.MAX_VALUE : minutes.firstMs();
    }

    /**
     * Builds a bar from the steps between two times.
     *
     * @param interval  its length.
     * @param fromMs    start of a minute (of a second for {@link Interval#S1}).
     * @param toMs      end, exclusive.
     * @param nowMs     the market's time: nothing after it exists.
     * @param bar       merged into, not reset before.
     */
    public void accumulate(final Interval interval, final long fromMs, final long toMs, final long nowMs, final Bar bar)
    {
        final long stepMs = Interval.S1 == interval ? 1_000 : MINUTE_MS;
        for (long timeMs = Math.max(fromMs, startMs()); timeMs < toMs && timeMs <= nowMs; timeMs += stepMs)
        {
            step(Interval.S1 == interval, timeMs, nowMs, bar);
        }
    }

    private void step(final boolean second, final long timeMs, final long nowMs, final Bar bar)
    {
        final BarSeries live = second ? seconds : minutes;
        final boolean past = null != history && (live.isEmpty() || timeMs < live.firstMs());
        if (past && timeMs < history.endMs())
        {
            if (!second)
            {
                final Bar cached = nowMs - timeMs < 2 * DAY_MS - MINUTE_MS ? cachedMinute(timeMs) : null;
                if (null == cached)
                {
                    history.minute(timeMs, bar);
                }
                else
                {
                    bar.merge(cached);
                }
            }
            else if (timeMs >= nowMs - SECONDS_OF_HISTORY_MS)
            {
                history.second(timeMs, bar);
            }
        }
        else if (!live.isEmpty() && timeMs >= live.firstMs())
        {
            final Bar found = live.at(timeMs);
            if (null != found)
            {
                bar.merge(found);
            }
        }
    }

    /** Minutes of the last two days, computed once. */
    private Bar cachedMinute(final long timeMs)
    {
        if (pastMinutes.isEmpty())
        {
            final long firstMs = Math.max(history.startMs(), history.endMs() - 2 * DAY_MS + 2 * MINUTE_MS);
            for (long minuteMs = firstMs / MINUTE_MS * MINUTE_MS; minuteMs < history.endMs(); minuteMs += MINUTE_MS)
            {
                final Bar bar = pastMinutes.at(minuteMs);
                bar.reset(minuteMs);
                history.minute(minuteMs, bar);
            }
        }
        return timeMs < pastMinutes.firstMs() ? null : pastMinutes.at(timeMs);
    }

    /**
     * Price at the end of the step before a time, for windows in which nothing was traded.
     *
     * @param timeMs epoch milliseconds.
     * @param nowMs  the market's time.
     * @return eight decimals, 0 when there is no history.
     */
    public long closeBeforeE8(final long timeMs, final long nowMs)
    {
        final Bar bar = new Bar();
        final long minuteMs = timeMs / MINUTE_MS * MINUTE_MS - MINUTE_MS;
        accumulate(Interval.M1, minuteMs, minuteMs + MINUTE_MS, nowMs, bar);
        return bar.close;
    }
}
