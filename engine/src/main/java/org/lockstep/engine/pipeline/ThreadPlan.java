package org.lockstep.engine.pipeline;

/**
 * Who runs the engine, decided from what the machine has. Outputs do not depend on the choice.
 *
 * @param mode   who polls and how it waits.
 * @param cores  cores the process may use.
 * @param reason why, in one sentence for the log.
 */
public record ThreadPlan(Mode mode, int cores, String reason)
{
    /** Who polls the engine and how it waits. */
    public enum Mode
    {
        /** Its own thread, spinning: needs a core to itself. */
        DEDICATED_SPIN("spin"),
        /** Its own thread, spinning briefly, then yielding, then parking up to 50 µs: shares cores politely. */
        DEDICATED_BACKOFF("backoff"),
        /** The feed's event loop at the end of each read batch: no hand-off, no further thread. */
        FEED_LOOP("feed-loop");

        private final String configName;

        Mode(final String configName)
        {
            this.configName = configName;
        }

        /** @return the word that stands for it in configuration. */
        public String configName()
        {
            return configName;
        }
    }

    private static final int CORES_FOR_SPIN = 4;

    /**
     * Chooses a plan.
     *
     * @param cores    cores the process may use.
     * @param override {@code auto}, {@code spin}, {@code backoff} or {@code feed-loop}.
     * @return the plan.
     * @throws IllegalArgumentException for another word.
     */
    public static ThreadPlan choose(final int cores, final String override)
    {
        if (!"auto".equals(override))
        {
            for (final Mode mode : Mode.values())
            {
                if (mode.configName.equals(override))
                {
                    return new ThreadPlan(mode, cores, "configured");
                }
            }
            throw new IllegalArgumentException(
                "thread plan must be auto, spin, backoff or feed-loop, found '" + override + "'");
        }
        if (cores >= CORES_FOR_SPIN)
        {
            return new ThreadPlan(Mode.DEDICATED_SPIN, cores,
                cores + " cores leave one for a spinning engine beside feed, gateway and JVM");
        }
        return new ThreadPlan(Mode.FEED_LOOP, cores,
            cores + (1 == cores ? " core is" : " cores are") +
            " too few to spin on, and waking a thread of the engine's own would take longer than its work");
    }

    @Override
    public String toString()
    {
        return mode.configName + " (" + reason + ")";
    }
}
