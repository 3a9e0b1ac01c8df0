package org.lockstep.engine.strategy;

/**
 * Told what a strategy threw, message and all, for a log. What it does must not come back to the engine: the message
 * may differ from run to run and is therefore no part of state or outputs. Called by the engine thread.
 */
@FunctionalInterface
public interface FaultListener
{
    /** Tells nobody. */
    FaultListener NONE = (botName, callback, fault) -> { };

    /**
     * A strategy threw; its bot has failed for it.
     *
     * @param botName  name of the bot.
     * @param callback in which it threw.
     * @param fault    what it threw.
     */
    void onFault(String botName, String callback, Throwable fault);
}
