package org.lockstep.tools;

import org.lockstep.tools.command.LockstepCommand;

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
        if (args.length > 0 && "run".equals(args[0]))
        {
            System.setProperty("lockstep.log", "INFO");     // a runtime says what it does; other commands only complain
        }
        System.exit(LockstepCommand.execute(args));
    }
}
