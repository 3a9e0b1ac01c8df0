package org.lockstep.gateway.client.view;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

import org.lockstep.engine.event.codec.CommandAction;

/** With which parameters bots were defined last, as far as the journal tells. */
final class BotDefinitions
{
    private final Map<String, SortedMap<String, String>> parametersByName = new HashMap<>();

    void onCommand(final CommandAction action, final String bot, final SortedMap<String, String> parameters)
    {
        if (CommandAction.DEFINE_BOT == action)
        {
            parametersByName.put(bot, parameters);
        }
    }

    Map<String, String> of(final String bot)
    {
        return parametersByName.containsKey(bot) ? parametersByName.get(bot) : Map.of();
    }
}
