package org.lockstep.engine;

import org.agrona.DirectBuffer;
import org.lockstep.engine.bar.BarHandler;
import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.bot.Bots;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.HistoricalBarDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.paper.PaperVenue;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;

/**
 * Runs bars of the past, which come at their end, instead of trades and quotes.
 * <ol>
 * <li>One that contradicts itself, or has not ended by engine time, is left out: counted, and the first of an
 * instrument told of. One that began before what is known of the market came, or overlaps bars that are there, is
 * late: counted and left out. So bars may warm up what then goes on live, and never reach back.</li>
 * <li>Orders on paper, and emulated ones, meet its prices: the open, the extreme that is nearer to it (the low, when
 * both are as far), the other one, the close, each with a quarter of the volume, the close with the rest. A bar without
 * volume has no way. Orders that are sent because of a price on the way meet the market at the close; one that is taken
 * back because of a price on the way meets no later one.</li>
 * <li>The market is at the close: the last trade, bid and ask are there, with its volume on both sides.</li>
 * <li>What happened on the way is reported on the way, as far as its report arrives before the bar has ended.</li>
 * <li>Positions are valued at the close, and nowhere else.</li>
 * <li>It closes, and so do the longer bars that end with it; bots hear of each. They hear of no quote and no trade,
 * since there was none that anybody knows.</li>
 * </ol>
 * Of bars that say that more of their time follow, the last two steps, requests and timers wait until the last has
 * come: who hears of one bar must find every market where that time left it, whichever came first. Only who hears of an
 * execution on the way finds the others as they were before. Should time pass before the last has come, all that waits
 * no longer does.
 * <p>
 * Threading: the engine thread. Allocation: none but for a bar that contradicts itself.
 */
final class HistoricalBarAdapter
{
    private final EngineClock clock;
    private final PaperVenue paper;
    private final Bots bots;
    private final OutputProxy outputs;
    private final BarHandler barHandler;
    private final Runnable dueTimers;
    private final HistoricalBarDecoder bar = new HistoricalBarDecoder();
    private final HeldBars held = new HeldBars();

    HistoricalBarAdapter(
        final EngineClock clock,
        final PaperVenue paper,
        final Bots bots,
        final OutputProxy outputs,
        final BarHandler barHandler,
        final Runnable dueTimers)
    {
        this.clock = clock;
        this.paper = paper;
        this.bots = bots;
        this.outputs = outputs;
        this.barHandler = barHandler;
        this.dueTimers = dueTimers;
    }

    /** Runs a bar of a market, or of none that is known: then it only ends those that were held for it. */
    void onBar(final Market market, final DirectBuffer buffer, final int offset)
    {
        bar.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        final boolean hasMore = YesNo.YES.value() == bar.hasMoreRaw();
        if (null != market)
        {
            run(market, hasMore);
        }
        if (!hasMore && held.isHolding())
        {
            held.release(paper, dueTimers, bots, barHandler);
        }
    }

    /** Is there more to come of this moment, so that nothing may happen in between? */
    boolean isHolding()
    {
        return held.isHolding();
    }

    void releaseOverdue()
    {
        if (clock.timeNs() >= heldUntilNs())
        {
            held.release(paper, dueTimers, bots, barHandler);
        }
    }

    /** Engine time from which bars that are held wait no longer for others, epoch ns. */
    long heldUntilNs()
    {
        return held.timeNs() + 1;
    }

    void describe(final StateWriter out)
    {
        held.describe(out);
    }

    private void run(final Market market, final boolean hasMore)
    {
        final int interval = bar.intervalRaw() - 1;
        final long openTimeNs = bar.openTimeNs();
        final long open = bar.openPrice();
        final long high = bar.highPrice();
        final long low = bar.lowPrice();
        final long close = bar.closePrice();
        final long volume = bar.volume();
        final long tradeCount = bar.tradeCount();
        if (interval < 0 || interval >= Intervals.COUNT)
        {
            refuse(market, "there is no interval " + bar.intervalRaw());
            return;
        }
        if (low <= 0 || low > open || low > close || high < open || high < close || volume < 0 || tradeCount < 0)
        {
            refuse(market, "open " + open + ", high " + high + ", low " + low + ", close " + close +
                ", volume " + volume + ", trades " + tradeCount +
                "; 0 < low <= open, close <= high and nothing below 0 are allowed");
            return;
        }
        final long endNs = openTimeNs + Intervals.lengthNs(interval);
        if (endNs > clock.timeNs() || !market.bars().isAligned(interval, openTimeNs))
        {
            refuse(market, endNs > clock.timeNs() ? "it ends after now, " + clock.timeNs() :
                "no bar of " + Intervals.code(bar.interval()) + " begins then");
            return;
        }
        if (market.isYoungerThan(openTimeNs) || !market.bars().makeWay(openTimeNs, barHandler))
        {
            market.onLateBar();
            return;
        }
        final boolean isOrderInWay = paper.onBarBegin(market, openTimeNs, endNs);
        final boolean isLed = volume > 0 && (isOrderInWay || bots.isWatchingBars(market));
        if (isLed)
        {
            lead(market, open, high, low, close, volume, endNs, isOrderInWay);
        }
        market.onBarPrice(close, volume, endNs);
        paper.onBarEnd(market.instrument().id(), close, volume);
        if (hasMore || held.isHolding())
        {
            held.hold(market, isLed, clock.timeNs());
            market.bars().onHistoricalBar(
                interval, openTimeNs, clock.timeNs(), open, high, low, close, volume, tradeCount, held);
            return;
        }
        if (isLed)
        {
            paper.onBarsEnded();
            dueTimers.run();
        }
        bots.onMark(market);
        market.bars().onHistoricalBar(
            interval, openTimeNs, clock.timeNs(), open, high, low, close, volume, tradeCount, barHandler);
    }

    private void lead(
        final Market market,
        final long open,
        final long high,
        final long low,
        final long close,
        final long volume,
        final long endNs,
        final boolean isOrderInWay)
    {
        final boolean isLowFirst = open - low <= high - open;
        final Side first = isLowFirst ? Side.SELL : Side.BUY;
        final Side second = isLowFirst ? Side.BUY : Side.SELL;
        final long quarter = volume / 4;
        final long last = market.lastTradePrice();
        if (isOrderInWay)
        {
            paper.onBarOpen(open, quarter, Market.NO_PRICE == last || open == last ? first :
                open > last ? Side.BUY : Side.SELL);
        }
        show(market, open, quarter, endNs, isOrderInWay);
        move(market, isLowFirst ? low : high, quarter, first, endNs, isOrderInWay);
        move(market, isLowFirst ? high : low, quarter, second, endNs, isOrderInWay);
        if (isOrderInWay)
        {
            paper.onBarMove(close, volume - 3 * quarter, first);
        }
    }

    private void move(
        final Market market,
        final long price,
        final long quantity,
        final Side aggressor,
        final long endNs,
        final boolean isOrderInWay)
    {
        if (isOrderInWay)
        {
            paper.onBarMove(price, quantity, aggressor);
        }
        show(market, price, quantity, endNs, isOrderInWay);
    }

    private void show(
        final Market market, final long price, final long quantity, final long endNs, final boolean isOrderInWay)
    {
        market.onBarPrice(price, quantity, endNs);
        if (isOrderInWay)
        {
            dueTimers.run();
        }
        bots.onBarPrice(market);
    }

    private void refuse(final Market market, final String why)
    {
        if (1 == market.onBadBar())
        {
            outputs.alert(-1, -1, AlertCode.FEED.code(), AlertSeverity.WARNING,
                "bar of the past of " + market.instrument().qualifiedSymbol() + " that begins at " + bar.openTimeNs() +
                " is left out, others will only be counted: " + why);
        }
    }
}
