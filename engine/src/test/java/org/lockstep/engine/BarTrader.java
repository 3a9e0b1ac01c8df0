package org.lockstep.engine;

import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

import java.util.List;

/** Sends orders of all kinds in turn, one a minute, near the close, and takes each back before the next of its kind. */
final class BarTrader implements Strategy
{
    private static final long QUANTITY = 1_000;

    private final boolean isEmulating;
    private final long[] ids = new long[8];
    private int count;

    private BarTrader(final boolean isEmulating)
    {
        this.isEmulating = isEmulating;
    }

    /** Emulated orders are new objects. */
    static StrategyFactory factory(final boolean isEmulating)
    {
        return new Factory(isEmulating);
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        count = 0;
    }

    @Override
    public void onBar(final int instrumentId, final Bar bar, final StrategyContext context)
    {
        if (BarInterval.M1 != bar.interval())
        {
            return;
        }
        final long close = bar.close();
        final Side side = 0 == (count >> 3 & 1) ? Side.BUY : Side.SELL;
        final long away = Side.BUY == side ? -300 : 300;
        context.cancel(ids[count & 7]);
        ids[count & 7] = switch (count++ & 7)
        {
            case 0 -> context.submitMarket(instrumentId, side, QUANTITY);
            case 1 -> context.submitLimit(instrumentId, side, close + away, QUANTITY);
            case 2 -> context.submitStop(
                instrumentId, side, OrderType.STOP_LOSS, TimeInForce.GTC, 0, close - away, QUANTITY);
            case 3 -> context.submitPair(instrumentId, side, close + away, close - away, 0, QUANTITY);
            case 4 -> context.submitStop(instrumentId, side, OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC,
                close - away - 50, close - away, QUANTITY);
            case 5 -> isEmulating ? context.submitAlgo(
                new AlgoOrder().trailingStop(instrumentId, side, QUANTITY).trail(400)) : 0;
            case 6 -> context.submitLimit(instrumentId, side, close + 40 * away, QUANTITY);
            default -> context.submitLimit(instrumentId, side, close, 15 * QUANTITY);
        };
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("count", count);
        for (final long id : ids)
        {
            out.field("id", id);
        }
    }

    private record Factory(boolean isEmulating) implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "bar-trader";
        }

        @Override
        public String summary()
        {
            return "trades on bars";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return new BarTrader(isEmulating);
        }
    }
}
