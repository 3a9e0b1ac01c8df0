package org.lockstep.engine.strategy;

import java.util.List;

/**
 * Makes strategies of one kind. Found by {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/org.lockstep.engine.strategy.StrategyFactory} of its jar.
 */
public interface StrategyFactory
{
    /** @return the name used in configuration, lower case with dashes, unique. */
    String name();

    /** @return one sentence for people. */
    String summary();

    /** @return what it can be configured with, for people; in the order they should read it. */
    List<ParameterDescription> parameters();

    /** @return whether people are told of it who named one that there is not; false for tests and rehearsals. */
    default boolean isOffered()
    {
        return true;
    }

    /**
     * Makes a strategy, or says what is wrong with its parameters. Must read every parameter it knows: those left
     * unread are reported as unknown.
     *
     * @param parameters as configured.
     * @return a new strategy.
     * @throws StrategyParameterException naming the first parameter that does not fit.
     */
    Strategy create(StrategyParameters parameters);

    /**
     * A parameter for people.
     *
     * @param name         key in the configuration.
     * @param defaultValue as text.
     * @param allowed      range or words.
     * @param meaning      one sentence.
     */
    record ParameterDescription(String name, String defaultValue, String allowed, String meaning)
    {
    }
}
