package org.lockstep.engine.strategy.crossover;

import org.lockstep.engine.strategy.DescribedFactory;

/** Makes {@code crossover}. */
public final class CrossoverFactory extends DescribedFactory
{
    /** Found by {@link java.util.ServiceLoader}. */
    public CrossoverFactory()
    {
        super(
            "crossover",
            "Follows the trend: long while a fast moving average is above a slow one, short or flat below.",
            parameters -> new CrossoverStrategy(CrossoverConfig.read(parameters)),
            new ParameterDescription("fast", "5", "[1, 999]", "samples of the fast average"),
            new ParameterDescription("slow", "20", "[2, 1000], more than fast", "samples of the slow average"),
            new ParameterDescription("barInterval", "1m", "[10ms, 1d]", "time between samples"),
            new ParameterDescription("source", "quotes", "quotes, bars",
                "samples of the mid price, or closes of bars of 1m, 5m, 15m, 1h or 1d: those of a backtest too"),
            new ParameterDescription("quantity", "0", "from 0", "position to hold, base currency; 0 = by notional"),
            new ParameterDescription("notional", "1000", "above 0", "position to hold, quote currency"),
            new ParameterDescription("direction", "both", "both, long", "whether to go short as well"));
    }
}
