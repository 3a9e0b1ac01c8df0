package org.lockstep.tools.backtest;

import java.nio.file.Path;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** What is said of something wrong with a file of bars: where, what was found, what is allowed. */
final class BadBars
{
    private BadBars()
    {
    }

    static CommandFailure at(final Path file, final long line, final String found, final String allowed)
    {
        return new CommandFailure(
            ExitCode.FAILED, file + (line > 0 ? ":" + line : "") + ": found " + found + ", allowed: " + allowed);
    }
}
