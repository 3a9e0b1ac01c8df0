package org.lockstep.engine.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Every strategy on the class path, by name. Immutable once loaded. */
public final class Strategies
{
    private final List<StrategyFactory> factories;

    /**
     * Strategies given by hand.
     *
     * @param factories with unique names.
     */
    public Strategies(final List<StrategyFactory> factories)
    {
        final List<StrategyFactory> sorted = new ArrayList<>(factories);
        sorted.sort(Comparator.comparing(StrategyFactory::name));
        for (int i = 1; i < sorted.size(); i++)
        {
            if (sorted.get(i).name().equals(sorted.get(i - 1).name()))
            {
                throw new IllegalStateException("two strategies are named " + sorted.get(i).name() + ": " +
                    sorted.get(i - 1).getClass().getName() + " and " + sorted.get(i).getClass().getName());
            }
        }
        this.factories = List.copyOf(sorted);
    }

    /** @return those that {@link ServiceLoader} finds. */
    public static Strategies load()
    {
        final List<StrategyFactory> found = new ArrayList<>();
        ServiceLoader.load(StrategyFactory.class).forEach(found::add);
        return new Strategies(found);
    }

    /** @return all, sorted by name. */
    public List<StrategyFactory> all()
    {
        return factories;
    }

    /**
     * Makes a strategy.
     *
     * @param name       of its factory.
     * @param parameters its own, as configured.
     * @return a new strategy.
     * @throws StrategyParameterException when name or parameters do not fit.
     */
    public Strategy create(final String name, final Map<String, String> parameters)
    {
        final List<String> names = new ArrayList<>();
        for (final StrategyFactory factory : factories)
        {
            if (factory.name().equals(name))
            {
                final StrategyParameters typed = new StrategyParameters(parameters);
                final Strategy strategy = create(factory, typed);
                typed.finish();
                return strategy;
            }
            if (factory.isOffered())
            {
                names.add(factory.name());
            }
        }
        throw new StrategyParameterException(
            "", "'" + name + "'", "one of " + String.join(", ", names), Nearest.of(name, names));
    }

    /** A factory that breaks is a strategy that cannot be had, not a reason to stop the engine. */
    private static Strategy create(final StrategyFactory factory, final StrategyParameters parameters)
    {
        try
        {
            return factory.create(parameters);
        }
        catch (final StrategyParameterException | VirtualMachineError ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            final StrategyParameterException refusal = new StrategyParameterException(
                "", "'" + factory.name() + "', whose factory threw " + ex.getClass().getSimpleName(),
                "a strategy that can be made", null);
            refusal.initCause(ex);
            throw refusal;
        }
    }
}
