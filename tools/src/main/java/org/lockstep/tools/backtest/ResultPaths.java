package org.lockstep.tools.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/** Looks at the files that results go to before any is opened: they overwrite nothing that a backtest needs. */
final class ResultPaths
{
    private ResultPaths()
    {
    }

    /** Refuses what cannot be written, what is read, and one file for two results. */
    static void check(final BacktestOptions options, final List<BarSource> sources) throws IOException
    {
        check("--trades", options.trades(), options, sources);
        check("--equity", options.equity(), options, sources);
        if (null != options.trades() && null != options.equity() && isSame(options.trades(), options.equity()))
        {
            throw refused("--equity", options.equity(), "which --trades names too");
        }
    }

    private static void check(
        final String option, final Path file, final BacktestOptions options, final List<BarSource> sources)
        throws IOException
    {
        if (null == file)
        {
            return;
        }
        if (Files.isDirectory(file) || !Files.isDirectory(file.toAbsolutePath().getParent()))
        {
            throw new CommandFailure(ExitCode.USAGE,
                option + ": found " + file + ", allowed: a file in a directory that is there");
        }
        if (null != options.config() && isSame(file, options.config()))
        {
            throw refused(option, file, "which is the configuration");
        }
        for (final BarSource source : sources)
        {
            for (final Path bars : source.files())
            {
                if (isSame(file, bars))
                {
                    throw refused(option, file, "which is a file of --bars");
                }
            }
        }
    }

    private static CommandFailure refused(final String option, final Path file, final String why)
    {
        return new CommandFailure(
            ExitCode.USAGE, option + ": found " + file + ", " + why + ", allowed: another file");
    }

    private static boolean isSame(final Path one, final Path other) throws IOException
    {
        return Files.exists(one) && Files.exists(other) ? Files.isSameFile(one, other) : real(one).equals(real(other));
    }

    /** Of a file that need not be there. */
    private static Path real(final Path file) throws IOException
    {
        final Path parent = file.toAbsolutePath().getParent();
        return null != parent && Files.isDirectory(parent) ? parent.toRealPath().resolve(file.getFileName()) :
            file.toAbsolutePath().normalize();
    }
}
