package org.lockstep.engine.strategy.crossover;

import java.util.List;

import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.StrategyParameterException;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * @param fast       samples of the fast average, [1, 999].
 * @param slow       samples of the slow average, from {@code fast + 1} to 1,000.
 * @param intervalNs time between samples of the mid price.
 * @param size       of the position on either side.
 * @param isShort    whether to go short on a downward cross, or only flat.
 */
record CrossoverConfig(int fast, int slow, long intervalNs, OrderSize size, boolean isShort)
{
    static CrossoverConfig read(final StrategyParameters parameters)
    {
        final int fast = parameters.integer("fast", 5, 1, 999);
        final int slow = parameters.integer("slow", 20, 2, 1_000);
        if (slow <= fast)
        {
            throw new StrategyParameterException("slow", "'" + slow + "'", "more than fast, which is " + fast, null);
        }
        return new CrossoverConfig(
            fast,
            slow,
            parameters.durationNs("barInterval", "1m", "10ms", "1d"),
            OrderSize.read(parameters, "1000"),
            "both".equals(parameters.word("direction", "both", List.of("both", "long"))));
    }
}
