package org.lockstep.tools.rehearse;

import java.util.List;

import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Makes {@code random}. */
public final class RandomTraderFactory implements StrategyFactory
{
    /** Name of the strategy. */
    public static final String NAME = "random";

    private static final long ONE_E8 = 100_000_000L;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public String summary()
    {
        return "Places, changes and cancels orders at random; for rehearsals, never for money.";
    }

    @Override
    public boolean isOffered()
    {
        return false;
    }

    @Override
    public List<ParameterDescription> parameters()
    {
        return List.of(
            new ParameterDescription("seed", "1", "[1, 2147483647]", "equal seeds decide alike"),
            new ParameterDescription("interval", "5ms", "[1ms, 1h]", "between two decisions"),
            new ParameterDescription("maxOpen", "8", "[1, 100]", "open orders at once"),
            new ParameterDescription("notional", "50", "above 0", "of each order, quote currency"));
    }

    @Override
    public Strategy create(final StrategyParameters parameters)
    {
        final RandomTrader trader = new RandomTrader(
            parameters.integer("seed", 1, 1, Integer.MAX_VALUE),
            parameters.durationNs("interval", "5ms", "1ms", "1h"),
            parameters.integer("maxOpen", 8, 1, 100),
            parameters.decimalE8("notional", "50", "0.01", "1000000") / ONE_E8);
        parameters.finish();
        return trader;
    }
}
