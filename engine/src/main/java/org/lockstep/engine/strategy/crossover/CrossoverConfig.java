package org.lockstep.engine.strategy.crossover;

import java.util.List;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.StrategyParameterException;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * @param fast       samples of the fast average, [1, 999].
 * @param slow       samples of the slow average, from {@code fast + 1} to 1,000.
 * @param intervalNs time between samples.
 * @param bars       whose closes are the samples, or null for the mid price of quotes.
 * @param size       of the position on either side.
 * @param isShort    whether to go short on a downward cross, or only flat.
 */
record CrossoverConfig(
    int fast, int slow, long intervalNs, BarInterval bars, OrderSize size, boolean isShort)
{
    static CrossoverConfig read(final StrategyParameters parameters)
    {
        final int fast = parameters.integer("fast", 5, 1, 999);
        final int slow = parameters.integer("slow", 20, 2, 1_000);
        if (slow <= fast)
        {
            throw new StrategyParameterException("slow", "'" + slow + "'", "more than fast, which is " + fast, null);
        }
        final long intervalNs = parameters.durationNs("barInterval", "1m", "10ms", "1d");
        final boolean isOnBars = "bars".equals(parameters.word("source", "quotes", List.of("quotes", "bars")));
        return new CrossoverConfig(
            fast,
            slow,
            intervalNs,
            isOnBars ? bars(intervalNs, parameters.text("barInterval", "1m")) : null,
            OrderSize.read(parameters, "1000"),
            "both".equals(parameters.word("direction", "both", List.of("both", "long"))));
    }

    private static BarInterval bars(final long intervalNs, final String text)
    {
        for (int i = 0; i < Intervals.COUNT; i++)
        {
            if (Intervals.lengthNs(Intervals.at(i)) == intervalNs)
            {
                return Intervals.at(i);
            }
        }
        throw new StrategyParameterException(
            "barInterval", "'" + text + "'", "1m, 5m, 15m, 1h or 1d, since its source is bars", null);
    }
}
