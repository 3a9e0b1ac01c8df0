package org.lockstep.benchmarks.peers;

import java.util.List;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.indicator.Sma;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Buys when the fast average of closes crosses above the slow one, sells when it crosses below; long or flat. */
final class BarCrossover implements Strategy
{
    static final String NAME = "bar-crossover";
    static final long QUANTITY = 100_000;

    private final Sma fast;
    private final Sma slow;
    private final Fills fills;
    private int barIndex = -1;
    private int trend;
    private boolean isLong;

    private BarCrossover(final int fastBars, final int slowBars, final Fills fills)
    {
        this.fast = new Sma(fastBars);
        this.slow = new Sma(slowBars);
        this.fills = fills;
    }

    static Strategies strategies(final int fastBars, final int slowBars, final Fills fills)
    {
        return new Strategies(List.of(new Factory(fastBars, slowBars, fills)));
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        barIndex = -1;
    }

    @Override
    public void onBar(final int instrumentId, final Bar bar, final StrategyContext context)
    {
        if (BarInterval.M1 != bar.interval())
        {
            return;
        }
        barIndex++;
        fast.update(bar.close());
        slow.update(bar.close());
        if (!slow.isReady())
        {
            return;
        }
        final int sign = Double.compare(fast.value(), slow.value());
        if (0 != sign && sign != trend)
        {
            final boolean isFirst = 0 == trend;
            trend = sign;
            if (!isFirst && isLong != sign > 0)
            {
                isLong = sign > 0;
                context.submitMarket(instrumentId, isLong ? Side.BUY : Side.SELL, QUANTITY);
            }
        }
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        if (OrderStatus.FILLED == order.status())
        {
            fills.add(barIndex);
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        fast.describe(out);
        slow.describe(out);
        out.field("barIndex", barIndex);
        out.field("trend", trend);
        out.field("isLong", isLong);
    }

    private record Factory(int fastBars, int slowBars, Fills fills) implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Crossover of two averages of closes.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new BarCrossover(fastBars, slowBars, fills);
        }
    }
}
