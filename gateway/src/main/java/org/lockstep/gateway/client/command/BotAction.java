package org.lockstep.gateway.client.command;

import java.util.Locale;

import org.lockstep.engine.event.codec.CommandAction;

/** What a client can tell a bot; an operator may do all of it, since stopping must never wait for an admin. */
public enum BotAction
{
    /** Begins to trade. */
    START(CommandAction.START_BOT),
    /** Cancels its orders and ends. */
    STOP(CommandAction.STOP_BOT),
    /** Keeps its state and sends no orders. */
    PAUSE(CommandAction.PAUSE_BOT),
    /** Goes on after a pause. */
    RESUME(CommandAction.RESUME_BOT),
    /** Ends at once. */
    KILL(CommandAction.KILL_BOT);

    private static final BotAction[] VALUES = values();

    private final CommandAction action;

    BotAction(final CommandAction action)
    {
        this.action = action;
    }

    CommandAction action()
    {
        return action;
    }

    /** @return the name in messages. */
    public String code()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds an action by its name.
     *
     * @param code as it stands in a message.
     * @return the action, or null when there is none of that name.
     */
    public static BotAction byCode(final String code)
    {
        for (final BotAction action : VALUES)
        {
            if (action.code().equals(code))
            {
                return action;
            }
        }
        return null;
    }
}
