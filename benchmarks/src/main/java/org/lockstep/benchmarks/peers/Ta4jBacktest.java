package org.lockstep.benchmarks.peers;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Position;
import org.ta4j.core.Strategy;
import org.ta4j.core.Trade;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.backtest.TradeOnCurrentCloseModel;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.Num;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/** ta4j on the same bars with the same rule; its series is built once, its indicators anew for each run. */
final class Ta4jBacktest
{
    private final BarSeries series;
    private final int fastBars;
    private final int slowBars;

    Ta4jBacktest(final MinuteBars bars, final int fastBars, final int slowBars, final Class<? extends Num> number)
    {
        this.fastBars = fastBars;
        this.slowBars = slowBars;
        series = new BaseBarSeriesBuilder().withName("bench").withNumTypeOf(number).build();
        final Duration minute = Duration.ofMinutes(1);
        for (int i = 0; i < bars.count(); i++)
        {
            final Instant end = Instant.ofEpochSecond(0, bars.openTimeNs(i) + MinuteBars.MINUTE_NS);
            series.addBar(minute, end.atZone(ZoneOffset.UTC), bars.open(i), bars.high(i), bars.low(i), bars.close(i),
                bars.volume(i));
        }
    }

    Fills run()
    {
        final ClosePriceIndicator close = new ClosePriceIndicator(series);
        final SMAIndicator fast = new SMAIndicator(close, fastBars);
        final SMAIndicator slow = new SMAIndicator(close, slowBars);
        final Strategy strategy = new BaseStrategy(
            new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow), slowBars);
        final TradingRecord trades = new BarSeriesManager(series, new TradeOnCurrentCloseModel()).run(strategy);
        final Fills fills = new Fills();
        for (final Trade trade : trades.getTrades())
        {
            fills.add(trade.getIndex());
        }
        long profit = 0;
        for (final Position position : trades.getPositions())
        {
            profit += position.getGrossProfit().longValue();
        }
        fills.profit(profit);
        return fills;
    }
}
