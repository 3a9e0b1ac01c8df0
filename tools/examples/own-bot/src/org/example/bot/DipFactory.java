package org.example.bot;

import org.lockstep.engine.strategy.DescribedFactory;

/** Makes {@code dip}. */
public final class DipFactory extends DescribedFactory
{
    /** Found by {@link java.util.ServiceLoader}. */
    public DipFactory()
    {
        super(
            "dip",
            "Buys once when the price has fallen so far below its highest, and sells when it is back there.",
            parameters -> new DipStrategy(
                parameters.number("dipBps", "20", "1", "5000"),
                parameters.number("notional", "100", "10", "1000000")),
            new ParameterDescription("dipBps", "20", "[1, 5000]", "fall from the highest price"),
            new ParameterDescription("notional", "100", "[10, 1000000]", "of each order, quote currency"));
    }
}
