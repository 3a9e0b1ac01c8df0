package org.lockstep.tools;

import org.lockstep.tools.command.LockstepCommand;
import org.lockstep.tools.run.StartAhead;
import org.lockstep.tools.run.StartPhases;

/** Entry point of the {@code lockstep} command. */
public final class Lockstep
{
    private Lockstep()
    {
    }

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 usage or configuration, 3 replay
     * diverged or journal damaged, 130 after Ctrl-C.
     *
     * @param args as typed.
     */
    public static void main(final String[] args)
    {
        StartPhases.enter();
        final String command = args.length > 0 ? args[0] : "";
        if ("run".equals(command))
        {
            System.setProperty("lockstep.log", "INFO");     // a runtime says what it does; other commands only complain
        }
        if ("run".equals(command) || "demo".equals(command) || "backtest".equals(command))
        {
            StartAhead.begin();
        }
        System.exit(LockstepCommand.execute(args));
    }
}
