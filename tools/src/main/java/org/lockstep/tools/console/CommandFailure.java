package org.lockstep.tools.console;

/** A failure the user can do something about: one line that says what, and what to try. */
public final class CommandFailure extends RuntimeException
{
    private final int exitCode;

    /**
     * A failure.
     *
     * @param exitCode for the shell, see {@link ExitCode}.
     * @param message  what went wrong and what to try.
     */
    public CommandFailure(final int exitCode, final String message)
    {
        super(message);
        this.exitCode = exitCode;
    }

    /** @return for the shell. */
    public int exitCode()
    {
        return exitCode;
    }
}
