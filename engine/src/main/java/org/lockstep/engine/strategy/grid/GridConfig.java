package org.lockstep.engine.strategy.grid;

import java.util.List;

import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * @param levels            lines on each side of the centre, [1, 100].
 * @param stepE8            distance of the lines, basis points of the centre, 8 decimals.
 * @param size              of each order.
 * @param isRecentring      whether the grid follows a price that leaves it.
 * @param refreshIntervalNs shortest time between looks at the lines.
 */
record GridConfig(int levels, long stepE8, OrderSize size, boolean isRecentring, long refreshIntervalNs)
{
    static GridConfig read(final StrategyParameters parameters)
    {
        return new GridConfig(
            parameters.integer("levels", 5, 1, 100),
            parameters.decimalE8("stepBps", "10", "0.01", "5000"),
            OrderSize.read(parameters, "200"),
            "yes".equals(parameters.word("recentre", "yes", List.of("yes", "no"))),
            parameters.durationNs("refreshInterval", "250ms", "1ms", "1h"));
    }
}
