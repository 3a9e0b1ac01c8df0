package org.lockstep.tools.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the bars that ran were like, for a backtest that ended before all had. One thread. */
final class BarsRun
{
    private final List<BacktestInstrument> instruments;
    private final List<Run> runs = new ArrayList<>();
    private final long intervalNs;

    /** The bars of one instrument so far. */
    private static final class Run
    {
        private long bars;
        private long firstOpenNs;
        private long lastOpenNs;
        private long gaps;
        private long missing;
        private long firstPrice;
        private long lastPrice;
    }

    BarsRun(final List<BacktestInstrument> instruments, final long intervalNs)
    {
        this.instruments = instruments;
        this.intervalNs = intervalNs;
        instruments.forEach(wanted -> runs.add(new Run()));
    }

    void onBar(final BarCursor bar)
    {
        final Run run = runs.get(bar.instrument().id());
        if (0 == run.bars++)
        {
            run.firstOpenNs = bar.openTimeNs();
            run.firstPrice = bar.openPrice();
        }
        else if (bar.openTimeNs() - run.lastOpenNs > intervalNs)
        {
            run.gaps++;
            run.missing += (bar.openTimeNs() - run.lastOpenNs) / intervalNs - 1;
        }
        run.lastOpenNs = bar.openTimeNs();
        run.lastPrice = bar.closePrice();
    }

    /** The instruments with those bars only; one without any ends where it would have begun, at its first price. */
    List<BacktestInstrument> instruments()
    {
        return instruments.stream().map(this::instrument).toList();
    }

    private BacktestInstrument instrument(final BacktestInstrument wanted)
    {
        final Run run = runs.get(wanted.instrument().id());
        final BarFacts all = wanted.facts();
        final int scale = wanted.instrument().priceScale();
        final boolean isBegun = run.bars > 0;
        return wanted.with(all.part(run.bars, isBegun ? run.firstOpenNs : all.firstOpenNs(),
            isBegun ? run.lastOpenNs : all.firstOpenNs() - intervalNs, run.gaps, run.missing,
            isBegun ? BigDecimal.valueOf(run.firstPrice, scale) : all.firstPrice(),
            isBegun ? BigDecimal.valueOf(run.lastPrice, scale) : all.firstPrice()));
    }
}
