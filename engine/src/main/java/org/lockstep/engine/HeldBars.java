package org.lockstep.engine;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.bar.BarHandler;
import org.lockstep.engine.bot.Bots;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.paper.PaperVenue;
import org.lockstep.engine.state.StateWriter;

/**
 * Bars of the past that end at one time, of several instruments, until the last of them is there: what bots do with
 * the first must not meet the prices from which the others have yet to move.
 * Threading: the engine thread. Allocation: none once as many were held as ever will be.
 */
final class HeldBars implements BarHandler
{
    private final List<Market> markets = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private long timeNs;
    private boolean isLed;

    /** Is more to come, for all that is known? */
    boolean isHolding()
    {
        return !markets.isEmpty();
    }

    /** Engine time at which the bars that are held ended. */
    long timeNs()
    {
        return timeNs;
    }

    /** Holds what a bar of a market means to bots; the bars that it closes are added by {@link #onBar}. */
    void hold(final Market market, final boolean isLedPastOrders, final long nowNs)
    {
        markets.add(market);
        bars.add(null);
        isLed |= isLedPastOrders;
        timeNs = nowNs;
    }

    @Override
    public void onBar(final int instrumentId, final Bar bar)
    {
        markets.add(markets.get(markets.size() - 1));
        bars.add(bar);
    }

    /**
     * Requests and reports arrive, positions are valued, and then bots hear of every bar, in the order in which they
     * came.
     */
    void release(final PaperVenue paper, final Runnable dueTimers, final Bots bots, final BarHandler barHandler)
    {
        if (isLed)
        {
            paper.onBarsEnded();
            dueTimers.run();
        }
        for (int i = 0; i < markets.size(); i++)
        {
            if (null == bars.get(i))
            {
                bots.onMark(markets.get(i));
            }
        }
        for (int i = 0; i < markets.size(); i++)
        {
            if (null != bars.get(i))
            {
                barHandler.onBar(markets.get(i).instrument().id(), bars.get(i));
            }
        }
        markets.clear();
        bars.clear();
        isLed = false;
    }

    void describe(final StateWriter out)
    {
        if (!isHolding())
        {
            return;
        }
        out.begin("heldBars");
        out.field("timeNs", timeNs);
        out.field("isLed", isLed);
        for (int i = 0; i < markets.size(); i++)
        {
            out.begin("held", i);
            out.field("instrumentId", markets.get(i).instrument().id());
            out.field("interval", null == bars.get(i) ? "" : bars.get(i).interval().name());
            out.end();
        }
        out.end();
    }
}
