package org.lockstep.engine.strategy.marketmaker;

import org.lockstep.engine.strategy.DescribedFactory;

/** Makes {@code market-maker}. */
public final class MarketMakerFactory extends DescribedFactory
{
    /** Found by {@link java.util.ServiceLoader}. */
    public MarketMakerFactory()
    {
        super(
            "market-maker",
            "Quotes both sides around a price that leans against its inventory (Avellaneda-Stoikov).",
            parameters -> new MarketMakerStrategy(MarketMakerConfig.read(parameters)),
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
}
