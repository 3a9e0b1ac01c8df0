package org.lockstep.engine.strategy.grid;

import org.lockstep.engine.strategy.DescribedFactory;

/** Makes {@code grid}. */
public final class GridFactory extends DescribedFactory
{
    /** Found by {@link java.util.ServiceLoader}. */
    public GridFactory()
    {
        super(
            "grid",
            "Buys on lines below the price and sells one line higher; earns the step of each back and forth.",
            parameters -> new GridStrategy(GridConfig.read(parameters)),
            new ParameterDescription("levels", "5", "[1, 100]", "lines on each side of the centre"),
            new ParameterDescription("stepBps", "10", "[0.01, 5000]", "distance of the lines, of the centre"),
            new ParameterDescription("quantity", "0", "from 0", "of each order, base currency; 0 = by notional"),
            new ParameterDescription("notional", "200", "above 0", "of each order, quote currency"),
            new ParameterDescription("recentre", "yes", "yes, no", "follow a price that leaves the grid"),
            new ParameterDescription("refreshInterval", "250ms", "[1ms, 1h]", "shortest time between looks"));
    }
}
