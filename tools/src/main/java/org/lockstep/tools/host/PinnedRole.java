package org.lockstep.tools.host;

/** A thread that can be given cores of its own. */
public enum PinnedRole
{
    /** Runs the engine. */
    ENGINE("engine", "lockstep-engine"),
    /** Reads and writes the venues' sockets. */
    FEED("feed", "lockstep-feed"),
    /** Serves clients. */
    GATEWAY("gateway", "lockstep-gateway");

    private final String configName;
    private final String threadName;

    PinnedRole(final String configName, final String threadName)
    {
        this.configName = configName;
        this.threadName = threadName;
    }

    /** @return its key in the configuration. */
    public String configName()
    {
        return configName;
    }

    /** @return how its thread is called, but for a number behind it. */
    public String threadName()
    {
        return threadName;
    }
}
