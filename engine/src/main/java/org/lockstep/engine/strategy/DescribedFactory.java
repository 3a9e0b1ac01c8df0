package org.lockstep.engine.strategy;

import java.util.List;
import java.util.function.Function;

/** A factory that says once what it is and then makes it. Extend it with a constructor without parameters. */
public abstract class DescribedFactory implements StrategyFactory
{
    private final String name;
    private final String summary;
    private final Function<StrategyParameters, Strategy> maker;
    private final List<ParameterDescription> parameters;

    /**
     * Says all of it.
     *
     * @param name       used in configuration, lower case with dashes, unique.
     * @param summary    one sentence for people.
     * @param maker      reads every parameter and makes the strategy.
     * @param parameters for people, in the order they should read them.
     */
    protected DescribedFactory(
        final String name,
        final String summary,
        final Function<StrategyParameters, Strategy> maker,
        final ParameterDescription... parameters)
    {
        this.name = name;
        this.summary = summary;
        this.maker = maker;
        this.parameters = List.of(parameters);
    }

    @Override
    public final String name()
    {
        return name;
    }

    @Override
    public final String summary()
    {
        return summary;
    }

    @Override
    public final List<ParameterDescription> parameters()
    {
        return parameters;
    }

    @Override
    public final Strategy create(final StrategyParameters given)
    {
        return maker.apply(given);
    }
}
