package org.lockstep.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

import org.lockstep.tools.config.ConfigException;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
    name = "lockstep",
    description = "A low-latency trading engine: live and replay move in lockstep.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "First steps:", "  lockstep demo --for 30s", "  lockstep config init lockstep.yaml"},
    subcommands = {
        DemoCommand.class, RunCommand.class, ConfigCommand.class, SimulateCommand.class, ReplayCommand.class,
        DumpCommand.class, CheckCommand.class, TokenCommand.class, KeysCommand.class, RehearseCommand.class,
        DoctorCommand.class})
public final class LockstepCommand
{
    /**
     * Parses and runs.
     *
     * @param args as typed.
     * @return the exit code.
     */
    public static int execute(final String... args)
    {
        return commandLine().execute(args);
    }

    static CommandLine commandLine()
    {
        final CommandLine commandLine = new CommandLine(new LockstepCommand());
        commandLine.setExpandAtFiles(false);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((ex, command, parsed) -> report(ex, command.getErr()));
        if (!"1".equals(System.getenv("LOCKSTEP_TTY")) || null != System.getenv("NO_COLOR"))
        {
            commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        return commandLine;
    }

    /** The exceptions of file access say only a path; their class says why. */
    private static String reason(final Exception ex)
    {
        final Throwable cause = ex instanceof UncheckedIOException && null != ex.getCause() ? ex.getCause() : ex;
        if (cause instanceof AccessDeniedException)
        {
            return "no permission to use " + cause.getMessage();
        }
        if (cause instanceof NoSuchFileException)
        {
            return "there is no " + cause.getMessage();
        }
        if (cause instanceof FileAlreadyExistsException)
        {
            return cause.getMessage() + " is a file, not a directory";
        }
        return String.valueOf(cause.getMessage());
    }

    private static int report(final Exception ex, final PrintWriter err)
    {
        if (ex instanceof CommandFailure failure)
        {
            err.println("lockstep: " + failure.getMessage());
            return failure.exitCode();
        }
        if (ex instanceof ConfigException)
        {
            err.println(ex.getMessage());
            return ExitCode.USAGE;
        }
        if (ex instanceof IOException || ex instanceof UncheckedIOException)
        {
            err.println("lockstep: " + reason(ex));
            return ExitCode.FAILED;
        }
        err.println("lockstep: " + ex.getClass().getSimpleName() + ": " + ex.getMessage() +
            " (a fault of lockstep itself; LOCKSTEP_TRACE=1 shows where)");
        if (null != System.getenv("LOCKSTEP_TRACE"))
        {
            ex.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
