package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.risk.AlertCode;

/**
 * The parameters that bots run with, as far as the journal tells. What a command asks for is in force once the engine
 * says so: a definition when its bot has taken it over, which it does after it has ended what it did under the one
 * before, and limits with the alert that tells of them. Client event loop only.
 */
final class BotDefinitions
{
    private static final String LIMITS = "limits.";

    private final Map<String, SortedMap<String, String>> inForce = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(long sequence, String bot, boolean isDefinition, SortedMap<String, String> parameters)
    {
    }

    void onCommand(
        final long sequence,
        final CommandAction action,
        final String bot,
        final SortedMap<String, String> parameters)
    {
        if (CommandAction.DEFINE_BOT == action || CommandAction.SET_LIMITS == action)
        {
            asked.add(new Asked(sequence, bot, CommandAction.DEFINE_BOT == action, parameters));
        }
    }

    void onAlert(final int code, final long causeSequence)
    {
        if (AlertCode.LIMITS_CHANGED.code() == code)
        {
            asked.forEach(wish -> change(wish, causeSequence));
        }
        if (AlertCode.LIMITS_CHANGED.code() == code || AlertCode.COMMAND_REFUSED.code() == code)
        {
            asked.removeIf(wish -> wish.sequence == causeSequence);
        }
    }

    private void change(final Asked wish, final long causeSequence)
    {
        if (wish.sequence == causeSequence && inForce.containsKey(wish.bot))
        {
            final SortedMap<String, String> changed = new TreeMap<>(inForce.get(wish.bot));
            wish.parameters.forEach((key, value) ->
                changed.put(key.startsWith(LIMITS) ? key : LIMITS + key, value));
            inForce.put(wish.bot, changed);
        }
    }

    void onStatus(final String bot, final BotState state)
    {
        if (BotState.STOPPING == state || asked.isEmpty())
        {
            return;
        }
        for (final Asked wish : asked)
        {
            if (wish.isDefinition && wish.bot.equals(bot) && BotState.KILLED != state)
            {
                inForce.put(bot, wish.parameters);
            }
        }
        asked.removeIf(wish -> wish.isDefinition && wish.bot.equals(bot));
    }

    Map<String, String> of(final String bot)
    {
        return inForce.containsKey(bot) ? inForce.get(bot) : Map.of();
    }
}
