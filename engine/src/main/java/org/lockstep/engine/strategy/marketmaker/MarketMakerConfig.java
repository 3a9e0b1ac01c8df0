package org.lockstep.engine.strategy.marketmaker;

import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * @param riskAversion       gamma, per basis point.
 * @param intensity          k, decay of the fill rate with distance, per basis point.
 * @param horizonSeconds     tau, over which inventory is a risk.
 * @param halfLifeNs         of the volatility estimate.
 * @param minHalfSpreadBps   never quote closer to the reservation price.
 * @param maxInventory       quotes on one side only from this many order sizes on.
 * @param size               of each quote.
 * @param refreshIntervalNs  shortest time between looks at the quotes.
 * @param refreshThresholdBps how far a quote must be off before it is moved.
 */
record MarketMakerConfig(
    double riskAversion,
    double intensity,
    double horizonSeconds,
    long halfLifeNs,
    double minHalfSpreadBps,
    int maxInventory,
    OrderSize size,
    long refreshIntervalNs,
    double refreshThresholdBps)
{
    static MarketMakerConfig read(final StrategyParameters parameters)
    {
        return new MarketMakerConfig(
            parameters.number("riskAversion", "0.05", "0.0001", "100"),
            parameters.number("intensity", "0.5", "0.0001", "1000"),
            parameters.durationNs("horizon", "10s", "1ms", "1d") / 1e9,
            parameters.durationNs("volatilityHalfLife", "30s", "10ms", "1d"),
            parameters.number("minHalfSpreadBps", "1", "0", "10000"),
            parameters.integer("maxInventory", 5, 1, 10_000),
            OrderSize.read(parameters, "500"),
            parameters.durationNs("refreshInterval", "500ms", "1ms", "1h"),
            parameters.number("refreshThresholdBps", "0.5", "0", "10000"));
    }
}
