package org.lockstep.engine.strategy.marketmaker;

import java.util.List;

import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Makes {@code market-maker}. */
public final class MarketMakerFactory implements StrategyFactory
{
    @Override
    public String name()
    {
        return "market-maker";
    }

    @Override
    public String summary()
    {
        return "Quotes both sides around a price that leans against its inventory (Avellaneda-Stoikov).";
    }

    @Override
    public List<ParameterDescription> parameters()
    {
        return List.of(
            new ParameterDescription("riskAversion", "0.05", "[0.0001, 100]", "gamma, per basis point"),
            new ParameterDescription("intensity", "0.5", "[0.0001, 1000]", "k, per basis point"),
            new ParameterDescription("horizon", "10s", "[1ms, 1d]", "over which inventory is a risk"),
            new ParameterDescription("volatilityHalfLife", "30s", "[10ms, 1d]", "memory of the volatility estimate"),
            new ParameterDescription("minHalfSpreadBps", "1", "[0, 10000]", "least distance from reservation"),
            new ParameterDescription("maxInventory", "5", "[1, 10000]", "order sizes held before one side is dropped"),
            new ParameterDescription("quantity", "0", "from 0", "of each quote, base currency; 0 = by notional"),
            new ParameterDescription("notional", "500", "above 0", "of each quote, quote currency"),
            new ParameterDescription("refreshInterval", "500ms", "[1ms, 1h]", "shortest time between looks"),
            new ParameterDescription("refreshThresholdBps", "0.5", "[0, 10000]", "move from this far off"));
    }

    @Override
    public Strategy create(final StrategyParameters parameters)
    {
        return new MarketMakerStrategy(MarketMakerConfig.read(parameters));
    }
}
