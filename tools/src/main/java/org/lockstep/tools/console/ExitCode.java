package org.lockstep.tools.console;

/** What the process tells the shell. */
public final class ExitCode
{
    /** Done. */
    public static final int OK = 0;
    /** Failed; one line said what and what to try. */
    public static final int FAILED = 1;
    /** Wrong usage or configuration. */
    public static final int USAGE = 2;
    /** Replay diverged or the journal is damaged. */
    public static final int DIVERGED = 3;
    /** Ended by Ctrl-C, after a clean shutdown. */
    public static final int INTERRUPTED = 130;

    private ExitCode()
    {
    }
}
