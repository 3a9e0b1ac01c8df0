package org.lockstep.engine.strategy;

/** A strategy, a parameter or a limit that does not fit: which, what was found, what is allowed, what was meant. */
public final class StrategyParameterException extends IllegalArgumentException
{
    private final String parameter;
    private final String found;
    private final String allowed;
    private final String nearest;

    /**
     * Says what is wrong.
     *
     * @param parameter its key, empty for the strategy's name itself.
     * @param found     as configured.
     * @param allowed   range or words.
     * @param nearest   known key or word that was perhaps meant, or null.
     */
    public StrategyParameterException(
        final String parameter, final String found, final String allowed, final String nearest)
    {
        super((parameter.isEmpty() ? "strategy" : parameter) + ": found " + found + ", allowed " + allowed +
            (null == nearest ? "" : " (did you mean " + nearest + "?)"));
        this.parameter = parameter;
        this.found = found;
        this.allowed = allowed;
        this.nearest = nearest;
    }

    /** @return key of the parameter, empty for the strategy's name itself. */
    public String parameter()
    {
        return parameter;
    }

    /** @return what was found. */
    public String found()
    {
        return found;
    }

    /** @return what is allowed. */
    public String allowed()
    {
        return allowed;
    }

    /** @return what was perhaps meant, or null. */
    public String nearest()
    {
        return nearest;
    }
}
