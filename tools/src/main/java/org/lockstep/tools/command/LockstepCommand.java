package org.lockstep.tools.command;

import java.io.PrintWriter;

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
        DumpCommand.class, CheckCommand.class, TokenCommand.class})
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
        err.println("lockstep: " + ex.getClass().getSimpleName() + ": " + ex.getMessage() +
            " (a fault of lockstep itself; LOCKSTEP_TRACE=1 shows where)");
        if (null != System.getenv("LOCKSTEP_TRACE"))
        {
            ex.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
