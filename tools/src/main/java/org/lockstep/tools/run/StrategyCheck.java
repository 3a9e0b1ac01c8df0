package org.lockstep.tools.run;

import java.util.List;

import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyParameterException;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.Finding;

/** Lets the strategies on the class path judge their own names and parameters while a configuration is read. */
public final class StrategyCheck
{
    private StrategyCheck()
    {
    }

    /** @return a check over every strategy that {@link java.util.ServiceLoader} finds. */
    public static ConfigReader.BotCheck onClassPath()
    {
        final Strategies strategies = Strategies.load();
        return (strategy, parameters) ->
        {
            try
            {
                strategies.create(strategy, parameters);
                return List.of();
            }
            catch (final StrategyParameterException ex)
            {
                final boolean isKnown = strategies.all().stream().anyMatch(known -> known.name().equals(strategy));
                return List.of(new Finding(0, ex.parameter(), ex.found(), ex.allowed() + (isKnown ? "" :
                    " (one of your own: put its jar into LOCKSTEP_CLASSPATH)"), ex.nearest()));
            }
        };
    }
}
